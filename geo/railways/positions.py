"""Where stations lie: unit vectors, and places for those without coordinates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, diags_array
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import spsolve

from geo.geodesy import EARTH_RADIUS_M
from geo.railways.station import Station


def unit_vectors(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn positions into unit vectors.

    Parameters
    ----------
    lonlat : ndarray of float, shape (n, 2)
        WGS 84 degrees.

    Returns
    -------
    ndarray of float, shape (n, 3)
        On the unit sphere.
    """
    lon, lat = np.radians(lonlat).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def lonlat_of(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn unit vectors into positions.

    Parameters
    ----------
    vectors : ndarray of float, shape (n, 3)
        On the unit sphere.

    Returns
    -------
    ndarray of float, shape (n, 2)
        Longitude and latitude, degrees.
    """
    x, y, z = vectors.T
    lonlat = np.column_stack([np.arctan2(y, x), np.arcsin(np.clip(z, -1, 1))])
    return np.asarray(np.degrees(lonlat))


def chord_to_km(chord: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn the distance of two unit vectors into that along the sphere.

    Parameters
    ----------
    chord : ndarray of float
        Straight distance, in radii.

    Returns
    -------
    ndarray of float
        Kilometres.
    """
    return np.asarray(2e-3 * EARTH_RADIUS_M * np.arcsin(np.minimum(chord / 2, 1.0)))


def located(
    stations: Sequence[Station], ends: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Give every station a place: its own, or one between its neighbours on the line.

    A station without coordinates lies in the mean of its neighbours, and so do they: the harmonic
    interpolation of the graph. The place serves lengths and drawing, never as where it is.

    Parameters
    ----------
    stations : sequence of Station
        Stations.
    ends : ndarray of int, shape (links, 2)
        Indices of the linked ones.

    Returns
    -------
    vectors : ndarray of float, shape (stations, 3)
        Unit vectors; zero where no station of its part of the network has coordinates.
    kept : ndarray of bool
        Which stations have a place.
    """
    size = len(stations)
    known = np.array([station.position is not None for station in stations], bool)
    lonlat = np.array(
        [(s.position.lon, s.position.lat) if s.position else (0.0, 0.0) for s in stations], float
    ).reshape(-1, 2)
    vectors = unit_vectors(lonlat) * known[:, None]
    ones = np.ones(2 * len(ends))
    both = np.concatenate([ends, ends[:, ::-1]])
    graph = coo_array((ones, (both[:, 0], both[:, 1])), shape=(size, size)).tocsr()
    _, part = connected_components(graph, directed=False)
    reachable = np.isin(part, np.unique(part[known]))
    sought = np.flatnonzero(~known & reachable)
    if len(sought):
        degree = np.asarray(graph.sum(axis=1)).ravel()
        laplacian = (diags_array(degree) - graph).tocsr()[sought]
        unknown = laplacian[:, sought].tocsc()
        fixed = -(laplacian[:, np.flatnonzero(known)] @ vectors[known])
        solved = spsolve(unknown, fixed).reshape(len(sought), 3)
        vectors[sought] = solved / np.linalg.norm(solved, axis=1, keepdims=True)
    return vectors, known | reachable
