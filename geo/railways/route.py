"""A way along the line: its stations, the distance to each, and its shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely import LineString, MultiLineString

from geo.railways.station import Station


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Route:
    """A way along the line.

    Parameters
    ----------
    stations : tuple of Station
        From the first to the last; a single one where a train does not move.
    along_km : ndarray of float
        Distance along the line from the first station to each, kilometres.
    lonlat : ndarray of float, shape (stations, 2)
        Their positions, WGS 84 degrees; that of a station without coordinates is taken from its
        neighbours.
    """

    stations: tuple[Station, ...]
    along_km: NDArray[np.float64]
    lonlat: NDArray[np.float64]

    @property
    def length_km(self) -> float:
        """Distance along the line from end to end, kilometres."""
        return float(self.along_km[-1])

    @property
    def geometry(self) -> LineString | MultiLineString:
        """Its shape in WGS 84 degrees, a vertex per station.

        No railway crosses the antimeridian, so it is one line.
        """
        points = self.lonlat if len(self.lonlat) > 1 else np.repeat(self.lonlat, 2, axis=0)
        return LineString(points)

    def at_km(self, along_km: float) -> tuple[float, float]:
        """Find the place at a distance along the line.

        Parameters
        ----------
        along_km : float
            Kilometres from the first station; held to the ends of the route.

        Returns
        -------
        tuple of float
            Longitude and latitude, WGS 84 degrees.
        """
        lon, lat = (np.interp(along_km, self.along_km, self.lonlat[:, axis]) for axis in (0, 1))
        return float(lon), float(lat)
