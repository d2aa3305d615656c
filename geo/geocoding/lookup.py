"""Looks names up for the geocoder: each name once, its meanings kept with their priors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from geo.gazetteer.adjectives import ENDINGS, bases
from geo.gazetteer.coverage import TRANSLITERATED
from geo.gazetteer.index import Gazetteer
from geo.gazetteer.layout import FLAGS, VILLAGE
from geo.gazetteer.names import fold_key, normalise, sounds_alike
from geo.gazetteer.place import NameKind, Place
from geo.geocoding.meanings import NAME_PENALTY, Name, Row, prior
from geo.geocoding.tokens import without_possessive

MOST_REMEMBERED = 60_000
MOST_CANDIDATES = 16
MOST_VILLAGES = 80
SHORTEST_FOLDED = 5  # shorter words sound like too many names

ADJECTIVE_OF = frozenset(("settlement", "capital", "admin1", "macro_region"))
OWN_NAMES = frozenset((NameKind.PRIMARY, NameKind.ALTERNATE))
LEAST_ADJECTIVE_POPULATION = 1_000  # smaller ones are rarely meant
IRREGULAR_PENALTY = 2.0
REGION_KINDS = frozenset(("country", "admin1", "macro_region"))
SMALL_KINDS = frozenset(("settlement", VILLAGE))
KNOWN_TOWN = 20_000  # inhabitants
NAMESAKE_PENALTY = 4.0
FORMER_PENALTY = 2.0
FIRST_CYRILLIC = "\u0400"

FLAG = {name: 1 << i for i, name in enumerate(FLAGS)}
BEGINS = FLAG["begins"]


Answer = TypeVar("Answer")


class Word(NamedTuple):
    """A capitalised word.

    Attributes
    ----------
    key
        As the gazetteer stores it.
    name, dotted
        What it names by itself, and with a dot after it ("Tenn."); None where nothing.
    continues
        Whether longer names begin with it.
    shortened
        Letters of the possessive ending that the key lacks.
    begins_names
        Whether it is a name or begins one.
    """

    key: str
    name: Name | None
    dotted: Name | None
    continues: bool
    shortened: int
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
    theatre
        Log-odds to add to the places of a country (`UA`) or region (`UA.07`): the theatre that
        a user reads about. Empty for world news.

    Attributes
    ----------
    words
        What a capitalised token can be.
    pieces
        Key of a token inside a longer name, with the letters of its possessive ending.
    names
        What an exact key names; None where nothing.
    longer
        What a key of several words names, and whether longer names begin with it.
    flags
        What a word is beside a name, as bits over `FLAG`.
    """

    def __init__(self, gazetteer: Gazetteer, theatre: Mapping[str, float] | None = None) -> None:
        self.gazetteer = gazetteer
        self._theatre = dict(theatre or {})
        self._short_forms = gazetteer.short_forms()
        self.words = Remembered(self._read)
        self.pieces = Remembered(self._piece)
        self.names = Remembered(self._name)
        self.longer = Remembered(self._longer)
        self.flags = Remembered(lambda word: gazetteer.flags(normalise(word)) & ~BEGINS)

    def theatre(self, place: Place) -> float:
        """Return the log-odds that the theatre adds to a place.

        Returns
        -------
        float
            Zero without a theatre.
        """
        if not self._theatre:
            return 0.0
        return self._theatre_of(place.country, place.admin1)

    def _theatre_of(self, country: str | None, admin1: str | None) -> float:
        return self._theatre.get(country or "", 0.0) + self._theatre.get(admin1 or "", 0.0)

    def _read(self, token: str) -> Word:
        bare = without_possessive(token)
        key = normalise(bare)
        capitals = 2 <= len(bare) <= 4 and bare.isupper()
        name = (self.names[bare] if capitals else None) or self.names[key]
        if name is None and bare != token:
            name = self.names[normalise(token)]
            if name is not None:
                key, bare = name.key, token
        flags = self.gazetteer.flags(key)
        if name is None and not flags and len(key) >= SHORTEST_FOLDED:
            rows = self._rows(fold_key(key))
            name = self._named(key, rows) if rows else None
        dotted = self.names[key + "."] if key + "." in self._short_forms else None
        continues = bool(flags & BEGINS)
        return Word(
            key=key,
            name=name,
            dotted=dotted,
            continues=continues,
            shortened=len(token) - len(bare),
            begins_names=continues or name is not None or dotted is not None,
        )

    def _piece(self, token: str) -> tuple[str, int]:
        if without_possessive(token) == token:
            return normalise(token), 0
        word = self.words[token]
        return word.key, word.shortened

    def _name(self, key: str) -> Name | None:
        rows = self._rows(key)
        if not rows:
            return None
        capitals = key.isupper()
        return self._named(normalise(key) if capitals else key, rows, capitals=capitals)

    def _longer(self, key: str) -> tuple[Name | None, bool]:
        rows, continues = self._rows(key), self.gazetteer.continues(key)
        if "." in key:  # "St. Louis" is stored with its dot and without
            plain = key.replace(".", "")
            rows = rows or self._rows(plain)
            continues = continues or self.gazetteer.continues(plain)
        return (self._named(key, rows) if rows else None), continues

    def _named(self, key: str, rows: list[Row], *, capitals: bool = False) -> Name:
        single = " " not in key
        abbreviation = capitals or (single and "." in key)
        flags = self.gazetteer.flags(key) & ~BEGINS if single and not abbreviation else 0
        return Name(self.gazetteer, key, rows, flags=flags, abbreviation=abbreviation)

    def _rows(self, key: str) -> list[Row]:
        postings = self.gazetteer.postings(key)
        adjective = key >= FIRST_CYRILLIC and key.endswith(ENDINGS) and " " not in key
        if not postings and not adjective:
            return []
        best: dict[int, NameKind] = {}
        for index, kind in postings:
            best[index] = min(kind, best.get(index, kind))
        rows = [(-self._prior(index, kind), index, kind) for index, kind in best.items()]
        if adjective:
            rows += self._adjective_rows(key, best)
        if len(rows) > 1:
            rows = self._former_last(key, rows)
            if key >= FIRST_CYRILLIC:
                rows = self._regions_first(rows)
        rows.sort()
        return rows[: self._most(rows)]

    def _most(self, rows: list[Row]) -> int:
        # How many meanings to keep: villages of one name are many and alike, the text decides.
        last = rows[MOST_CANDIDATES][1] if len(rows) > MOST_CANDIDATES else None
        villages = last is not None and self.gazetteer.size(last)[0] == VILLAGE
        return MOST_VILLAGES if villages else MOST_CANDIDATES

    def _former_last(self, key: str, rows: list[Row]) -> list[Row]:
        # A town that was called so before stands back behind those that are: Engels, "Pokrovsk".
        return [
            (negated + FORMER_PENALTY * self._is_former(key, index, kind), index, kind)
            for negated, index, kind in rows
        ]

    def _is_former(self, key: str, index: int, kind: NameKind) -> bool:
        if kind != NameKind.ALTERNATE or " " in key:  # "St. Petersburg" was never another name
            return False
        if self.gazetteer.size(index)[0] != "settlement":
            return False
        place = self.gazetteer.place(index)
        known = place.country in TRANSLITERATED
        return known and not sounds_alike(key, normalise(place.name))

    def _regions_first(self, rows: list[Row]) -> list[Row]:
        # Small towns that are called like a region stand back behind it: "Крым".
        sizes = [self.gazetteer.size(index)[:2] for _, index, _ in rows]
        if not any(kind in REGION_KINDS for kind, _ in sizes):
            return rows
        return [
            (negated + NAMESAKE_PENALTY * (of in SMALL_KINDS and people < KNOWN_TOWN), index, kind)
            for (negated, index, kind), (of, people) in zip(rows, sizes, strict=True)
        ]

    def _adjective_rows(self, key: str, known: Mapping[int, NameKind]) -> Iterator[Row]:
        # The towns and regions of which a word may be the adjective.
        seen = set(known)
        for names, penalty in zip(bases(key), (0.0, IRREGULAR_PENALTY), strict=True):
            for index, kind in (row for name in names for row in self.gazetteer.postings(name)):
                if kind in OWN_NAMES and index not in seen and self._has_adjective(index):
                    seen.add(index)
                    prior = self._prior(index, NameKind.ADJECTIVE) - NAME_PENALTY[kind]
                    yield penalty - prior, index, NameKind.ADJECTIVE

    def _has_adjective(self, index: int) -> bool:
        kind, population, region = self.gazetteer.size(index)
        small = kind == "settlement" and population < LEAST_ADJECTIVE_POPULATION
        return kind in ADJECTIVE_OF and not small and region[:2] in TRANSLITERATED

    def _prior(self, index: int, name_kind: NameKind) -> float:
        place_kind, population, region = self.gazetteer.size(index)
        log_odds = prior(place_kind, population, name_kind)
        if self._theatre:
            admin1 = region if len(region) > 2 else None
            log_odds += self._theatre_of(region[:2], admin1)
        return log_odds
