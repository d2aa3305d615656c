"""Looks names up for the geocoder: each name once, its meanings kept with their priors."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from geo.gazetteer.index import Gazetteer
from geo.gazetteer.layout import FLAGS
from geo.gazetteer.names import fold_key, normalise
from geo.gazetteer.place import NameKind, Place
from geo.geocoding.tokens import without_possessive

MOST_REMEMBERED = 60_000
MOST_CANDIDATES = 16
SHORTEST_FOLDED = 5  # shorter words sound like too many names

# Log-odds of a reading before its text is seen. Sizes count by their logarithm (Zipf); an area
# stands for more text than its people alone, so it gets the size at which it ranks with cities.
KIND_SIZE = {
    "country": 8.6, "historic_country": 7.2, "continent": 8.2, "macro_region": 6.6, "admin1": 5.9,
    "admin2": 4.3, "military_district": 6.0, "ocean": 7.2, "sea": 6.6, "river": 4.8, "lake": 4.6,
    "mountains": 5.5, "mountain": 4.4, "island": 5.6, "strait": 5.8, "canal": 5.0, "desert": 5.0,
    "landmark": 6.4, "celestial": 7.0,
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

FLAG = {name: 1 << i for i, name in enumerate(FLAGS)}


Answer = TypeVar("Answer")


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


class Word(NamedTuple):
    """A capitalised word.

    Attributes
    ----------
    key
        As the gazetteer stores it.
    flags
        What else the word is, as bits over `FLAG`.
    candidates, dotted
        What it can mean by itself, and with a dot after it ("Tenn.").
    continues
        Whether longer names begin with it.
    shortened
        Letters of the possessive ending that the key lacks.
    abbreviation
        Whether it is written in capitals or with dots, and known so.
    begins_names
        Whether it is a name or begins one.
    """

    key: str
    flags: int
    candidates: tuple[Candidate, ...]
    dotted: tuple[Candidate, ...]
    continues: bool
    shortened: int
    abbreviation: bool
    begins_names: bool


class Remembered(dict[str, Answer]):
    """Answers by key, asked for once; forgets all when there are too many.

    Parameters
    ----------
    ask
        Gives the answer to a new key.
    """

    def __init__(self, ask: Callable[[str], Answer]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, key: str) -> Answer:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        answer = self[key] = self._ask(key)
        return answer


class Lookup:
    """Names with their meanings, remembered between texts.

    Parameters
    ----------
    gazetteer
        Where the names are.
    prior
        Log-odds to add to the places of a country (`UA`) or region (`UA.07`): the theatre that
        a user reads about. Empty for world news.

    Attributes
    ----------
    words
        What a capitalised token can be.
    names
        The meanings of an exact key, likeliest first.
    flags
        What a word is beside a name, as bits over `FLAG`.
    continues
        Whether longer names begin with a key.
    """

    def __init__(self, gazetteer: Gazetteer, prior: Mapping[str, float] | None = None) -> None:
        self.gazetteer = gazetteer
        self._prior = dict(prior or {})
        self._short_forms = gazetteer.short_forms()
        self.words = Remembered(self._read)
        self.names = Remembered(self._candidates)
        self.flags = Remembered(lambda word: gazetteer.flags(normalise(word)) & ~FLAG["begins"])
        self.continues = Remembered(gazetteer.continues)

    def theatre(self, place: Place) -> float:
        """Return the log-odds that the prior adds to a place.

        Returns
        -------
        float
            Zero without a prior.
        """
        if not self._prior:
            return 0.0
        of_country = self._prior.get(place.country or "", 0.0)
        return of_country + self._prior.get(place.admin1 or "", 0.0)

    def _read(self, token: str) -> Word:
        bare = without_possessive(token)
        key = normalise(bare)
        dotted = "." in bare
        capitals = bare.isupper() and 2 <= len(bare) <= 4
        candidates = self.names[bare] if capitals else ()
        abbreviation = dotted or bool(candidates)
        candidates = candidates or self.names[key]
        if not candidates and bare != token:
            whole = self.names[normalise(token)]
            if whole:
                key, bare, candidates = normalise(token), token, whole
        flags = self.gazetteer.flags(key)
        continues = bool(flags & FLAG["begins"])
        flags &= ~FLAG["begins"]
        if not (candidates or flags or continues) and len(key) >= SHORTEST_FOLDED:
            candidates = self.names[fold_key(key)]
        short_form = self.names[key + "."] if key + "." in self._short_forms else ()
        return Word(
            key=key,
            flags=0 if abbreviation else flags,
            candidates=candidates,
            dotted=short_form,
            continues=continues,
            shortened=len(token) - len(bare),
            abbreviation=abbreviation,
            begins_names=bool(candidates or continues or short_form),
        )

    def _candidates(self, key: str) -> tuple[Candidate, ...]:
        postings = self.gazetteer.postings(key)
        if not postings:
            return ()
        best: dict[int, NameKind] = {}
        for index, kind in postings:
            best[index] = min(kind, best.get(index, kind))
        found = [self._candidate(index, kind) for index, kind in best.items()]
        found.sort(key=lambda c: (-c.prior, c.place.index))
        return tuple(found[:MOST_CANDIDATES])

    def _candidate(self, index: int, kind: NameKind) -> Candidate:
        place = self.gazetteer.place(index)
        size = KIND_SIZE.get(place.kind, DEFAULT_SIZE)
        if place.kind in {"settlement", "capital"}:
            size = math.log10(max(place.population, 300)) + (0.8 if place.kind == "capital" else 0)
        elif place.kind == "country":
            size = max(7.0, 5.0 + 0.45 * math.log10(max(place.population, 1000)))
        prior = SIZE_WEIGHT * size - NAME_PENALTY[kind] + self.theatre(place)
        ballot, votes = _agreement(place)
        return Candidate(place, kind, prior, ballot, votes)


def _agreement(place: Place) -> tuple[tuple[object, ...], tuple[tuple[object, float], ...]]:
    # What a place speaks for, and by what others speak for it.
    ballot: list[object] = []
    votes: list[tuple[object, float]] = []
    if place.country is not None:
        ballot.append(place.country)
        votes.append((place.country, COUNTRY_WEIGHT))
    if place.admin1 is not None:
        ballot.append(place.admin1)
        votes.append((place.admin1, REGION_WEIGHT))
    if place.lon is not None and place.lat is not None and not place.is_area:
        x, y = place.lon / CELL_DEG, place.lat / CELL_DEG
        across = (math.floor(x - 0.5), math.floor(x + 0.5))
        ballot += [(cx, cy) for cx in across for cy in (math.floor(y - 0.5), math.floor(y + 0.5))]
        votes.append(((math.floor(x), math.floor(y)), NEAR_WEIGHT))
    return tuple(ballot), tuple(votes)
