"""The place: one thing with a name and a position, as the gazetteer knows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class NameKind(IntEnum):
    """How a written form relates to a place's own name, from strong to weak evidence."""

    PRIMARY = 0
    ALTERNATE = 1
    INFLECTED = 2
    INFLECTED_ALTERNATE = 3
    FOLDED = 4
    ABBREVIATION = 5
    DEMONYM = 6
    ADJECTIVE = 7


AREA_KINDS = frozenset(
    (
        "country", "historic_country", "continent", "macro_region", "admin1", "admin2",
        "military_district", "sea", "ocean", "lake", "desert", "island", "area", "reef",
    )
)  # fmt: skip
STRIP_KINDS = frozenset(("river", "canal", "mountains"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One entry of the gazetteer.

    Attributes
    ----------
    index
        Row in the compiled gazetteer; stable for one build only.
    id
        `geonames:NUMBER`, or the id of the row in the project's own table.
    geonameid
        GeoNames' number, None for rows of the project's own tables.
    name
        Primary name, in Latin letters.
    kind
        `capital`, `settlement`, `country`, `admin1`, `admin2`, `river`, `airfield` and so on.
    country
        ISO 3166-1 alpha-2 code, None for places of several countries and at sea.
    admin1
        First-level region as `COUNTRY.CODE` of GeoNames, None where not known.
    lon, lat
        Representative point, WGS 84 degrees; None for what is not on Earth.
    radius_km
        Distance from the point within which 90 % of the place lies.
    population
        Inhabitants, 0 where not known.
    """

    index: int
    id: str
    geonameid: int | None
    name: str
    kind: str
    country: str | None
    admin1: str | None
    lon: float | None
    lat: float | None
    radius_km: float
    population: int

    @property
    def is_village(self) -> bool:
        """Return whether the place is a settlement known by its community alone.

        Its point is the middle of the community, and no list of towns has it.
        """
        return self.kind == "settlement" and self.geonameid is None

    @property
    def is_area(self) -> bool:
        """Return whether the place is drawn as an area when its outline is known."""
        return self.kind in AREA_KINDS
