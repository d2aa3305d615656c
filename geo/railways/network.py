"""A railway network: nearest stations, distances along the line, and the ways between stations."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from geo.errors import NoRouteError, UnknownStationError
from geo.gazetteer.names import fold, normalise
from geo.railways.positions import chord_to_km, located, lonlat_of, unit_vectors
from geo.railways.route import Route
from geo.railways.station import Link, RailTables, Station

WINDING = 1.02
"""Line over great circle between neighbouring stations where tables state too few lengths: what
brings the full station graph to the 9,289 km between Moscow and Vladivostok (docs/method)."""
ENOUGH_LENGTHS = 30
"""Stated lengths from which the winding of the others is taken."""
DETOUR = 1.4
"""Longest alternative over the shortest way; longer ones nobody would send a train."""
PENALTY = 1.6
"""What a link used before costs over its length in the search for alternatives (the penalty
method of de la Barra, Perez and Anez 1993)."""
MOST_SHARED = 0.85
"""Share of its length that an alternative may have in common with a way found before."""
KEPT_TREES = 512
SHORTEST_LINK_KM = 1e-3
"""Two stations at one point stay two."""


class RailNetwork:
    """Stations and the line between them.

    Parameters
    ----------
    tables : RailTables
        What `read_tables` gave. Parts of the network in which no station has coordinates are
        left out.
    """

    def __init__(self, tables: RailTables) -> None:
        index = {station.code: place for place, station in enumerate(tables.stations)}
        ends = np.array(
            [(index[link.start], index[link.end]) for link in tables.links], np.int64
        ).reshape(-1, 2)
        vectors, kept = located(tables.stations, ends)
        self.stations = tuple(s for s, good in zip(tables.stations, kept, strict=True) if good)
        self.faults = tables.faults
        self._index = {station.code: place for place, station in enumerate(self.stations)}
        self._vectors = vectors[kept]
        self._lonlat = lonlat_of(self._vectors)
        inside = np.logical_and(kept[ends[:, 0]], kept[ends[:, 1]])
        links = [link for link, good in zip(tables.links, inside, strict=True) if good]
        self._ends = (np.cumsum(kept) - 1)[ends[inside]]
        self._length_km = self._lengths(links)
        weight = np.array([link.weight for link in links], float)
        self._lengths_graph = self._graph_of(self._length_km)
        self._cost_graph = self._graph_of(self._length_km * weight)
        self._tree = cKDTree(self._vectors) if len(self._vectors) else None
        self._names: dict[str, list[int]] = {}
        for place, station in enumerate(self.stations):
            for name in {station.code, station.name, *station.other_names}:
                for key in {normalise(name), "~" + fold(normalise(name))}:
                    self._names.setdefault(key, []).append(place)
        self._search = lru_cache(maxsize=KEPT_TREES)(self._search_from)

    def _lengths(self, links: Sequence[Link]) -> NDArray[np.float64]:
        start, end = (self._vectors[self._ends[:, side]] for side in (0, 1))
        direct_km = chord_to_km(np.linalg.norm(start - end, axis=1))
        stated_km = np.array([np.nan if one.line_km is None else one.line_km for one in links])
        told = (stated_km >= direct_km) & (direct_km > 1)
        enough = np.count_nonzero(told) >= ENOUGH_LENGTHS
        winding = np.median(stated_km[told] / direct_km[told]) if enough else WINDING
        length_km = np.where(np.isnan(stated_km), direct_km * winding, stated_km)
        return np.maximum(length_km, SHORTEST_LINK_KM)

    def _graph_of(self, values: NDArray[np.float64]) -> csr_array:
        size = len(self.stations)
        both = np.concatenate([self._ends, self._ends[:, ::-1]])
        twice = np.concatenate([values, values])
        return csr_array((twice, (both[:, 0], both[:, 1])), shape=(size, size))

    def __len__(self) -> int:
        return len(self.stations)

    def lines(self) -> list[shapely.LineString]:
        """Give the links as straight lines between their stations.

        Returns
        -------
        list of LineString
            Longitudes and latitudes, WGS 84 degrees.
        """
        return list(shapely.linestrings(self._lonlat[self._ends]))

    def station(self, name: str) -> Station:
        """Find a station by its code or one of its names.

        Parameters
        ----------
        name : str
            Code or name, in Latin or Cyrillic letters; spellings are folded as in the gazetteer.

        Returns
        -------
        Station
            The one that has this code, else this name, else this name in another spelling.

        Raises
        ------
        UnknownStationError
            Where none or several have it.
        """
        found = self.find(name)
        if len(found) != 1:
            raise UnknownStationError(name=name[:60], options=[s.code for s in found[:5]])
        return found[0]

    def find(self, name: str) -> tuple[Station, ...]:
        """Find the stations that a name can mean.

        Parameters
        ----------
        name : str
            Code or name.

        Returns
        -------
        tuple of Station
            That with this code; else all of this name; else all whose name folds alike.
        """
        if name in self._index:
            return (self.stations[self._index[name]],)
        key = normalise(name)
        places = self._names.get(key) or self._names.get("~" + fold(key), [])
        return tuple(self.stations[place] for place in dict.fromkeys(places))

    def nearest(self, lon: float, lat: float, *, within_km: float) -> tuple[Station, float] | None:
        """Find the station nearest to a place.

        Parameters
        ----------
        lon, lat : float
            WGS 84 degrees.
        within_km : float
            Greatest distance.

        Returns
        -------
        tuple of Station and float, or None
            The station and its distance in kilometres; None where none is as near.
        """
        if self._tree is None:
            return None
        chord, place = self._tree.query(unit_vectors(np.array([[lon, lat]]))[0])
        distance_km = float(chord_to_km(np.asarray(chord)))
        return (self.stations[int(place)], distance_km) if distance_km <= within_km else None

    def within(self, shape: BaseGeometry) -> Station | None:
        """Find the station that stands for a region.

        Parameters
        ----------
        shape : shapely Geometry
            WGS 84 degrees.

        Returns
        -------
        Station or None
            The one inside that is nearest to the region's representative point.
        """
        inside = np.flatnonzero(shapely.contains_xy(shape, *self._lonlat.T))
        if not len(inside):
            return None
        point = shape.representative_point()
        centre = unit_vectors(np.array([[point.x, point.y]]))[0]
        return self.stations[int(inside[np.argmax(self._vectors[inside] @ centre)])]

    def lonlat(self, code: str) -> tuple[float, float]:
        """Return where a station is drawn.

        Parameters
        ----------
        code : str
            Code of a station.

        Returns
        -------
        tuple of float
            Longitude and latitude, WGS 84 degrees; from its neighbours where the table has none.
        """
        lon, lat = self._lonlat[self._place(code)]
        return float(lon), float(lat)

    def distances_km(self, sources: Sequence[str], targets: Sequence[str]) -> NDArray[np.float64]:
        """Measure distances along the line.

        Parameters
        ----------
        sources, targets : sequence of str
            Codes of stations.

        Returns
        -------
        ndarray of float, shape (sources, targets)
            Kilometres along the shortest way; infinite where there is none.
        """
        if not sources or not targets:
            return np.zeros((len(sources), len(targets)))
        rows = [self._place(code) for code in sources]
        columns = [self._place(code) for code in targets]
        table = dijkstra(self._lengths_graph, directed=True, indices=rows)
        return np.asarray(table, float).reshape(len(rows), -1)[:, columns]

    def route(self, start: str, end: str, *, via: Sequence[str] = ()) -> Route:
        """Find the way between two stations that costs least: the shortest where weights are 1.

        Parameters
        ----------
        start, end : str
            Codes of stations.
        via : sequence of str
            Codes of stations to be passed, in order.

        Returns
        -------
        Route
            The way.

        Raises
        ------
        NoRouteError
            Where no line joins them.
        UnknownStationError
            Where no station has a code.
        """
        places = [self._place(code) for code in (start, *via, end)]
        path = [places[0]]
        for one, other in pairwise(places):
            path += self._path(one, other)[1:]
        return self._route(path)

    def routes(self, start: str, end: str, *, most: int = 3) -> tuple[Route, ...]:
        """Find several ways between two stations that differ.

        Parameters
        ----------
        start, end : str
            Codes of stations.
        most : int
            How many at most.

        Returns
        -------
        tuple of Route
            That of `route` first; each at most 40 % longer than it, and sharing at most 85 % of its
            length with each one before.

        Raises
        ------
        NoRouteError
            Where no line joins them.
        """
        origin, target = self._place(start), self._place(end)
        found = [self._route(self._path(origin, target))]
        graph = self._cost_graph.copy()
        for _ in range(4 * most):
            if len(found) >= most:
                break
            _penalise(graph, [self._index[s.code] for s in found[-1].stations])
            before = _predecessors(graph, origin)
            found_path = _walk_back(before, origin, target)
            route = self._route(found_path)
            if route.length_km > DETOUR * found[0].length_km:
                break
            if all(_shared(route, other) <= MOST_SHARED for other in found):
                found.append(route)
            else:
                _penalise(graph, found_path)
        return tuple(found)

    def _place(self, code: str) -> int:
        if code not in self._index:
            raise UnknownStationError(name=code[:60], options=[])
        return self._index[code]

    def _search_from(self, origin: int) -> NDArray[np.int32]:
        return _predecessors(self._cost_graph, origin)

    def _path(self, origin: int, target: int) -> list[int]:
        path = _walk_back(self._search(origin), origin, target)
        if not path:
            raise NoRouteError(
                start=self.stations[origin].name[:60], end=self.stations[target].name[:60]
            )
        return path

    def _route(self, path: list[int]) -> Route:
        one, other = np.asarray(path[:-1], int), np.asarray(path[1:], int)
        steps_km = np.asarray(self._lengths_graph[one, other], float).ravel()
        return Route(
            stations=tuple(self.stations[place] for place in path),
            along_km=np.concatenate([[0.0], np.cumsum(steps_km)]),
            lonlat=self._lonlat[path],
        )


def _predecessors(graph: csr_array, origin: int) -> NDArray[np.int32]:
    _, before = dijkstra(graph, directed=True, indices=origin, return_predecessors=True)
    return np.asarray(before, np.int32)


def _walk_back(before: NDArray[np.int32], origin: int, target: int) -> list[int]:
    path = [target]
    while path[-1] != origin:
        step = int(before[path[-1]])
        if step < 0:
            return []
        path.append(step)
    return path[::-1]


def _penalise(graph: csr_array, path: Sequence[int]) -> None:
    start, end = np.asarray(path[:-1]), np.asarray(path[1:])
    rows, columns = np.concatenate([start, end]), np.concatenate([end, start])
    graph[rows, columns] = graph[rows, columns] * PENALTY


def _shared(route: Route, other: Route) -> float:
    links = {frozenset((one.code, two.code)) for one, two in pairwise(other.stations)}
    steps_km = np.diff(route.along_km)
    common = [frozenset((one.code, two.code)) in links for one, two in pairwise(route.stations)]
    return float(steps_km[common].sum() / max(route.length_km, 1e-9))
