"""Names of the places and areas that a workspace knows, and where they lie."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from tracker.areas import Area
from tracker.claims.claim import Claim
from tracker.placing import PlacedClaim
from tracker.seeds import seed_file
from tracker.vocabulary import PlaceRole

_ELLIPSOID = Geod(ellps="WGS84")


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownPlace:
    """A place or area by name.

    Parameters
    ----------
    id, name : str
        Id in its table and display name.
    geometry : shapely geometry
        EPSG:4326.
    radius_km : float
        Distance from the geometry's representative point within which the true place lies with
        90 % probability.
    """

    id: str
    name: str
    geometry: BaseGeometry
    radius_km: float


class PlaceIndex:
    """Find places by the names that reports use.

    Parameters
    ----------
    areas : iterable of Area
        Areas; their names win over those of places.
    places : iterable of tuple
        Pairs of a place and its names.
    """

    def __init__(
        self,
        areas: Iterable[Area],
        places: Iterable[tuple[KnownPlace, tuple[str, ...]]] = (),
    ) -> None:
        self._by_name: dict[str, KnownPlace] = {}
        for area in areas:
            place = KnownPlace(
                id=area.id,
                name=area.name,
                geometry=area.geometry,
                radius_km=covering_radius_km(area.geometry),
            )
            self._add(place, (area.id, area.name, *area.names))
        for place, names in places:
            self._add(place, (place.name, *names))

    def _add(self, place: KnownPlace, names: Iterable[str]) -> None:
        for name in names:
            self._by_name.setdefault(name.casefold().strip(), place)

    def find(self, name: str) -> KnownPlace | None:
        """Find a place by one of its names, letter case aside.

        Parameters
        ----------
        name : str
            Name as written.

        Returns
        -------
        KnownPlace or None
            None where no table has the name.
        """
        return self._by_name.get(name.casefold().strip())

    def place(
        self, claim: Claim, position: tuple[float, float, float] | None = None
    ) -> tuple[PlacedClaim, ...]:
        """Put the places of a claim on the map.

        Parameters
        ----------
        claim : Claim
            The claim.
        position : tuple of float, optional
            Longitude, latitude (degrees) and radius (km) of its place of role `at`, where the
            claim itself states them.

        Returns
        -------
        tuple of PlacedClaim
            One per place of the claim, placed or with the reason why not.
        """
        return tuple(
            self._placed(claim.id, mention.role, mention.text, position)
            for mention in dict.fromkeys(claim.places)
        )

    def _placed(
        self,
        claim_id: str,
        role: PlaceRole,
        text: str,
        position: tuple[float, float, float] | None,
    ) -> PlacedClaim:
        if position is not None and role is PlaceRole.AT:
            lon, lat, radius_km = position
            point = shapely.Point(lon, lat)
            return PlacedClaim(
                claim_id=claim_id,
                role=role,
                text=text,
                name=text,
                geometry=point,
                radius_km=radius_km,
                score=1.0,
            )
        known = self.find(text)
        if known is None:
            reason = "no table of places or areas has this name"
            return PlacedClaim(claim_id=claim_id, role=role, text=text, reason=reason)
        return PlacedClaim(
            claim_id=claim_id,
            role=role,
            text=text,
            name=known.name,
            geometry=known.geometry,
            radius_km=known.radius_km,
            gazetteer_id=known.id,
            score=1.0,
        )


def unplaced_notes(placed: Iterable[PlacedClaim]) -> tuple[str, ...]:
    """Say which names could not be put on the map.

    Parameters
    ----------
    placed : iterable of PlacedClaim
        Places of claims.

    Returns
    -------
    tuple of str
        One sentence per name that no table has.
    """
    names = sorted({place.text for place in placed if place.geometry is None})
    return tuple(f"{name!r} is in no table of places, so it is not on the map." for name in names)


def covering_radius_km(geometry: BaseGeometry) -> float:
    """Measure how far a geometry reaches from its representative point.

    Parameters
    ----------
    geometry : shapely geometry
        EPSG:4326, not empty.

    Returns
    -------
    float
        Kilometres on the WGS 84 ellipsoid to the farthest vertex; 0 for a point.
    """
    centre = geometry.representative_point()
    vertices = shapely.get_coordinates(geometry)
    lons, lats = np.full(len(vertices), centre.x), np.full(len(vertices), centre.y)
    _, _, distances_m = _ELLIPSOID.inv(lons, lats, vertices[:, 0], vertices[:, 1])
    return float(np.max(distances_m)) / 1000


def seed_place_index(areas: Iterable[Area]) -> PlaceIndex:
    """Index the places of the seeds beside some areas.

    Parameters
    ----------
    areas : iterable of Area
        Areas of the workspace.

    Returns
    -------
    PlaceIndex
        Finds both.
    """
    outlines = _region_outlines()
    with seed_file("places.csv").open(encoding="utf-8", newline="") as file:
        places = [_known(row, outlines) for row in csv.DictReader(file)]
    return PlaceIndex(areas, places)


def _region_outlines() -> dict[str, Mapping[str, Any]]:
    # First-level regions by name, as GeoJSON geometries: parsed only for the few that are named.
    collection = json.loads(seed_file("boundaries/admin1.geojson").read_bytes())
    return {
        name.casefold(): feature["geometry"]
        for feature in collection["features"]
        for name in (feature["properties"]["name"], feature["properties"]["name_ru"])
        if name
    }


def _known(
    row: Mapping[str, str], outlines: Mapping[str, Mapping[str, Any]]
) -> tuple[KnownPlace, tuple[str, ...]]:
    others = (row["alternate_spellings"], row["russian"], row["ukrainian_belarusian"])
    names = tuple(name.strip() for cell in others for name in cell.split(";") if name.strip())
    outline = outlines.get(row["name"].casefold()) if row["kind"] == "region" else None
    geometry: BaseGeometry = shapely.Point(float(row["lon"]), float(row["lat"]))
    radius_km = float(row["radius_km"])
    if outline is not None:
        geometry = shapely.from_geojson(json.dumps(outline))
        radius_km = covering_radius_km(geometry)
    place = KnownPlace(id=row["name"], name=row["name"], geometry=geometry, radius_km=radius_km)
    return place, names
