"""What a name can mean before its text is seen: places with their priors, made when asked for."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from geo.gazetteer.index import Gazetteer
from geo.gazetteer.place import NameKind, Place

# Log-odds of a reading before its text is seen. Sizes count by their logarithm (Zipf); an area
# stands for more text than its people alone, so it gets the size at which it ranks with cities.
KIND_SIZE = {
    "country": 8.6, "historic_country": 7.2, "continent": 8.2, "macro_region": 7.8, "admin1": 5.9,
    "admin2": 4.3, "military_district": 6.0, "ocean": 7.2, "sea": 6.6, "river": 4.8, "lake": 4.6,
    "mountains": 5.5, "mountain": 4.4, "island": 5.6, "strait": 5.8, "canal": 5.0, "desert": 5.0,
    "landmark": 6.4, "celestial": 7.0, "village": 1.0,
}  # fmt: skip
DEFAULT_SIZE = 4.2
SIZE_WEIGHT = 1.6
NAME_PENALTY = {
    NameKind.PRIMARY: 0.0, NameKind.ALTERNATE: 1.0, NameKind.INFLECTED: 0.2,
    NameKind.INFLECTED_ALTERNATE: 1.2, NameKind.FOLDED: 3.0, NameKind.ABBREVIATION: 0.0,
    NameKind.DEMONYM: 0.0, NameKind.ADJECTIVE: 1.0,
}  # fmt: skip

# Log-odds that one unit of log-share of the other names adds, by what they agree on.
COUNTRY_WEIGHT = 2.0
REGION_WEIGHT = 2.0
NEAR_WEIGHT = 1.6
CELL_DEG = 2.0
ROW = 1000  # more cells than a parallel has

Row = tuple[float, int, NameKind]


class Candidate(NamedTuple):
    """One meaning of a name.

    Attributes
    ----------
    place
        What the name may mean.
    name_kind
        How the name fits it.
    prior
        Log-odds before the text is seen.
    ballot
        The country, region and cells of the map that the place speaks for.
    votes
        Those by which other places speak for this one, with the weight of each.
    """

    place: Place
    name_kind: NameKind
    prior: float
    ballot: tuple[object, ...] = ()
    votes: tuple[tuple[object, float], ...] = ()


class Name:
    """Words with what the gazetteer says that they mean.

    Most names of a text turn out to be none, so only the likeliest place is made at once.

    Parameters
    ----------
    gazetteer
        Where the places are.
    key
        The words as the gazetteer stores them.
    rows
        Prior negated, row of the gazetteer and kind of name, likeliest first; never empty.
    flags
        What else the word is, as bits over `lookup.FLAG`; 0 for several words.
    abbreviation
        Whether it is a short form.

    Attributes
    ----------
    place, name_kind
        The likeliest place and how the name fits it.
    count
        The number of candidates.
    evidence
        What the name alone tells in every text; None until it is weighed.
    """

    __slots__ = (
        "_candidates", "_gazetteer", "_plain", "_rows", "abbreviation", "count", "evidence",
        "flags", "key", "name_kind", "place",
    )  # fmt: skip

    def __init__(
        self, gazetteer: Gazetteer, key: str, rows: list[Row], *, flags: int, abbreviation: bool
    ) -> None:
        self._gazetteer = gazetteer
        self._rows = rows
        self._candidates: tuple[Candidate, ...] | None = None
        self._plain: Name | None = self
        self.key = key
        self.flags = flags
        self.abbreviation = abbreviation
        self.count = len(rows)
        self.place = gazetteer.place(rows[0][1])
        self.name_kind = rows[0][2]
        self.evidence: list[str] | None = None

    def without_adjectives(self) -> Name | None:
        """Return the name without the towns whose adjective it may be.

        Returns
        -------
        Name or None
            None where nothing is left, the name itself where it is no adjective.
        """
        if self._plain is self:
            rows = [row for row in self._rows if row[2] != NameKind.ADJECTIVE]
            if len(rows) < len(self._rows):
                self._plain = self._of(rows) if rows else None
        return self._plain

    def _of(self, rows: list[Row]) -> Name:
        return Name(
            self._gazetteer, self.key, rows, flags=self.flags, abbreviation=self.abbreviation
        )

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Return all that the name can mean, likeliest first.

        Returns
        -------
        tuple of Candidate
            At least one.
        """
        if self._candidates is None:
            places = [self.place, *(self._gazetteer.place(row[1]) for row in self._rows[1:])]
            self._candidates = tuple(
                Candidate(place, kind, -negated, *_agreement(place))
                for place, (negated, _, kind) in zip(places, self._rows, strict=True)
            )
        return self._candidates


def prior(kind: str, population: int, name_kind: NameKind) -> float:
    """Return the log-odds of a meaning before its text is seen.

    Returns
    -------
    float
        By the kind and size of the place and how the name fits it.
    """
    if kind in {"settlement", "capital"}:
        size = math.log10(max(population, 300)) + (0.8 if kind == "capital" else 0)
    elif kind == "country":
        size = max(7.0, 5.0 + 0.45 * math.log10(max(population, 1000)))
    else:
        size = KIND_SIZE.get(kind, DEFAULT_SIZE)
    return SIZE_WEIGHT * size - NAME_PENALTY[name_kind]


def _agreement(place: Place) -> tuple[tuple[object, ...], tuple[tuple[object, float], ...]]:
    # What a place speaks for, and by what others speak for it.
    ballot, votes = _of_regions(place.country, place.admin1)
    if place.lon is None or place.lat is None or place.is_area:
        return ballot, votes
    x, y = place.lon / CELL_DEG, place.lat / CELL_DEG
    # Cells by one number each: rows of the map one after the other.
    west, south = math.floor(x - 0.5), ROW * math.floor(y - 0.5)
    east, north = math.floor(x + 0.5), ROW * math.floor(y + 0.5)
    cells = (west + south, west + north, east + south, east + north)
    return ballot + cells, (*votes, (math.floor(x) + ROW * math.floor(y), NEAR_WEIGHT))


@lru_cache(maxsize=8192)
def _of_regions(
    country: str | None, admin1: str | None
) -> tuple[tuple[object, ...], tuple[tuple[object, float], ...]]:
    votes = ((country, COUNTRY_WEIGHT), (admin1, REGION_WEIGHT))
    known = tuple(vote for vote in votes if vote[0] is not None)
    return tuple(code for code, _ in known), known
