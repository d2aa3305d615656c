"""Weighs what stands in and around the words that may name a place."""

from __future__ import annotations

import math
import re

from geo.gazetteer.adjectives import ENDINGS as ADJECTIVE_ENDINGS
from geo.gazetteer.coverage import OTHER_LETTERS, TRANSLITERATED
from geo.gazetteer.place import NameKind
from geo.geocoding.evidence import BIAS, SHARED_BY_REPEATS, WEIGHTS
from geo.geocoding.lookup import FLAG, Lookup
from geo.geocoding.meanings import Name
from geo.geocoding.recognition import Span
from geo.geocoding.surroundings import (
    ADJECTIVE_LIKE,
    CHAIN,
    DISTRICT_NOUN,
    ENGLISH_CHAIN,
    FORCE_WORDS,
    FORCES,
    HEADS,
    IN_A_CASE,
    LISTED,
    NOUNS,
    PLURALS,
    REGION_NOUN,
    SETTLEMENT_SHORT,
    SEVERAL,
    SHIPS,
    SHIPS_AFTER,
    SIDE,
    SURNAME_LIKE,
)
from geo.geocoding.tokens import CONTEXT_CHARS, NEXT_WORD, word_before

GIVEN, SURNAME, WORD = FLAG["given"], FLAG["surname"], FLAG["word"]
NO_PLACE, TITLE, ORG = FLAG["no_place"], FLAG["title"], FLAG["org"]
STREET, FEATURE, FACILITY = FLAG["street"], FLAG["feature"], FLAG["facility"]
UNIT, BEFORE, PERSON_VERB = FLAG["unit"], FLAG["before_place"], FLAG["person_verb"]
INSIDE = FLAG["inside"]
GENERIC = STREET | FEATURE | FACILITY
TELLING = GIVEN | SURNAME | TITLE | ORG | UNIT  # what a first word tells with or without capital
REGION_KINDS = frozenset(("country", "admin1", "macro_region"))
FIRST_CYRILLIC = "\u0400"
LONGEST_LIST_MARK = max(map(len, LISTED))
LONG_NAME = 8  # letters: so long a name in Latin letters is no word that happens to be a village
MOST_REPEATED_ODDS = 4.0
SPELLED_ANEW = TRANSLITERATED | OTHER_LETTERS | {"XK"}
THEATRE_SHARE = 0.4  # of the prior's log-odds, which are on what a name means, not on its being one
GAPS = frozenset((" ", "-", " \u201c", ' "', "\u00a0", " \u00ab", " (", "\u2013", "\u2014"))
ALSO = (
    (WORD, "also:word"), (GIVEN, "also:given"), (NO_PLACE, "also:no_place"), (TITLE, "also:title"),
    (GENERIC, "also:generic"), (ORG, "also:org"),
)  # fmt: skip
CAPITAL_AFTER = (
    (ORG, "org"), (STREET, "street"), (FACILITY, "facility"), (FEATURE, "feature"),
    (UNIT, "unit"), (TITLE, "title"), (NO_PLACE | BEFORE, "capital_function"),
    (WORD, "capital_word"), (SURNAME | GIVEN, "capital_name"),
)  # fmt: skip
SMALL_AFTER = (
    (PERSON_VERB, "person_verb"), (GENERIC, "small_feature"), (UNIT, "small_unit"),
    (TITLE, "small_title"), (BEFORE, "preposition"),
)  # fmt: skip
CAPITAL_BEFORE = (
    (GIVEN, "given"), (BEFORE | NO_PLACE, "capital_function"),
    (WORD | FEATURE | UNIT | FACILITY, "capital_word"), (ORG, "org"),
)  # fmt: skip


class Weigher:
    """Reads the evidence around the names of one text.

    Parameters
    ----------
    text
        The text.
    spans
        Its names, as `recognition.find_spans` gives them.
    lookup
        What words are beside names.
    """

    def __init__(self, text: str, spans: list[Span], lookup: Lookup) -> None:
        self._text = text
        self._spans = spans
        self._lookup = lookup
        self._ends = {span.end: span for span in spans}
        self._starts = {span.start: span for span in spans}
        self._has_chains = any(noun in text for noun in PLURALS)

    def weigh(self) -> None:
        """Write each span's evidence and the log-odds that it names a place."""
        of_names = [self._name(span) for span in self._spans]
        repeated: dict[str, int] = {}
        for span in self._spans:
            repeated[span.key] = repeated.get(span.key, 0) + 1
        listed_from = -LONGEST_LIST_MARK  # where the settlement ends that was believed last
        for span, of_name in zip(self._spans, of_names, strict=True):
            evidence = [*of_name, *self._before(span), self._after(span)]
            if span.start - listed_from <= LONGEST_LIST_MARK and self._is_listed(listed_from, span):
                evidence.append("listed")
            if repeated[span.key] > 1:
                evidence.append("repeated")
            if self._text[span.start] >= FIRST_CYRILLIC:
                evidence += ["c:" + name for name in evidence]
                person = "before:capital_unknown" in evidence or "after:capital_unknown" in evidence
                if _is_at_home(span.name, TRANSLITERATED if person else SPELLED_ANEW):
                    evidence.append("at_home")
            span.evidence = evidence
            span.odds = BIAS + sum(map(WEIGHTS.__getitem__, evidence))
            span.odds += THEATRE_SHARE * self._lookup.theatre(span.name.place)
            if span.odds > 0 and _is_at_home(span.name):
                listed_from = span.end
        _share_between_repeats(self._spans, repeated)

    def _is_listed(self, listed_from: int, span: Span) -> bool:
        # Whether a name follows a town in a list and can be the next one.
        if self._text[listed_from : span.start] not in LISTED:
            return False
        name = span.name
        return name.place.is_village or (_is_at_home(name) and name.key >= FIRST_CYRILLIC)

    def _name(self, span: Span) -> list[str]:
        if span.key >= FIRST_CYRILLIC and span.key.endswith(ADJECTIVE_ENDINGS):
            noun = self._noun_of(span.end)
            region = self._region(span.key) if noun.startswith(REGION_NOUN) else None
            if region is not None:
                span.name, span.key = region, region.key
                return _kind_evidence(region)
            if noun and not span.name.flags & NO_PLACE:
                district = noun.startswith(DISTRICT_NOUN)
                adjective = "adjective:district" if district else "adjective:noun"
                return [*_kind_evidence(span.name), adjective]
            plain = span.name.without_adjectives()
            if plain is None:
                return [*_kind_evidence(span.name), "adjective:other"]
            span.name = plain
        if self._has_chains and ENGLISH_CHAIN.match(self._text, span.end):
            regions = (self._lookup.names[f"{span.key} {noun}"] for noun in NOUNS)
            region = next((r for r in regions if r and r.place.kind == "admin1"), None)
            if region is not None:
                span.name, span.key = region, region.key
        name = span.name
        if name.evidence is None:
            name.evidence = _name_evidence(name)
        return name.evidence

    def _noun_of(self, at: int) -> str:
        # The noun after an adjective that names a site or a part of a country, with at most one
        # other adjective or several of the same kind between; empty where there is none.
        chain = CHAIN.match(self._text, at)
        if chain is not None and _in_plural(chain["noun"]):
            return chain["noun"].lower()
        following = NEXT_WORD.match(self._text, at)
        if following is None:
            return ""
        for found in (following, NEXT_WORD.match(self._text, following.end())):
            if found is not None and self._lookup.flags[found[2]] & INSIDE:
                between = found is following or ADJECTIVE_LIKE.search(following[2])
                return found[2].lower() if between else ""
        return ""

    def _region(self, adjective: str) -> Name | None:
        # The region of an adjective in any case, where it stands apart from its noun.
        stem = re.sub(r"(?<=к)\w{1,3}$", "", adjective)
        ending = "а" if stem.endswith("ьк") else "ая"
        name = self._lookup.names[f"{stem}{ending} {REGION_NOUN}ь"]
        return name if name is not None and name.place.kind == "admin1" else None

    def _before(self, span: Span) -> list[str]:
        gap, previous = word_before(self._text, span.start)
        if not previous or "\n" in gap:
            return ["before:none"]
        flags = self._lookup.flags[previous]
        if gap not in GAPS:
            return [self._mark_before(span, gap, previous, flags)]
        capital = previous[0].isupper()
        evidence = []
        telling = self._telling_before(span, gap, previous)
        if telling:
            return [telling]
        if flags & TITLE and not _is_region(span.name):
            evidence.append("before:title" if capital else "before:small_title")
        if flags & BEFORE:
            evidence.append("before:cue")
        if capital:
            evidence += self._capital_before(span, gap, previous, flags)
        elif not flags:
            evidence.append("before:small")
        elif flags & NO_PLACE and not flags & BEFORE:
            evidence.append("before:function")
        return evidence

    def _telling_before(self, span: Span, gap: str, previous: str) -> str:
        # What by itself tells what the name is: a ship's, a force's, that of whom a head governs.
        if previous.lower() in SHIPS:
            return "before:ship"
        if span.name.place.kind == "country" and self._is_force(span.start, gap, previous):
            return "before:force"
        headed = span.name.name_kind in IN_A_CASE and previous.lower() in HEADS
        return "before:head" if headed else ""

    def _is_force(self, start: int, gap: str, previous: str) -> bool:
        # Whether the words before a country make it the name of its armed forces.
        if previous in FORCES:
            return True
        end = start - len(gap)
        return previous[:3].lower() == "сил" and bool(
            FORCE_WORDS.search(self._text[max(0, end - CONTEXT_CHARS) : end])
        )

    def _mark_before(self, span: Span, gap: str, previous: str, flags: int) -> str:
        if gap in {".", ". ", ".\u00a0"} and previous in SETTLEMENT_SHORT:
            return "before:cue"
        if gap == ", ":
            return "before:place_comma" if span.start - 2 in self._ends else "before:comma"
        if gap == ". " and flags & TITLE:
            return "before:title"
        return "before:sentence" if gap[:1] in ".!?:" else "before:mark"

    def _capital_before(self, span: Span, gap: str, previous: str, flags: int) -> list[str]:
        if len(previous) == 1:
            return ["before:initial"]
        if span.start - len(gap) in self._ends:
            return ["before:place"]
        first = self._begins_sentence(span.start - len(gap) - len(previous))
        if first and not flags & TELLING and _is_no_person(span.name):
            return ["before:small"]
        for flag, name in CAPITAL_BEFORE:
            if flags & flag:
                return [f"before:{name}"]
        if flags & TITLE:
            return []
        known = self._lookup.words[previous].name
        return ["before:capital_known" if known is not None else "before:capital_unknown"]

    def _begins_sentence(self, at: int) -> bool:
        # Whether a Cyrillic word is written with a capital only because it comes first.
        if self._text[at] < FIRST_CYRILLIC:
            return False
        head = self._text[max(0, at - CONTEXT_CHARS) : at].rstrip(' "\u00ab\u201c\u201e')
        return not head or head[-1] in ".!?\n|"

    def _after(self, span: Span) -> str:  # noqa: PLR0911 - one return per kind of evidence
        end = span.end
        mark = self._text[end : end + 1]
        if mark == "," or self._text[end : end + 2] == " (":
            there = self._starts.get(end + 2)
            # A country in brackets is as often that of a person.
            told = there and (mark == "," or there.name.place.kind != "country")
            if there and told and _contains(there, span):
                return "after:container"
            if mark == ",":
                return "after:comma"
        if mark and mark in "'\u2019" and self._text[end + 1 : end + 2] == "s":
            return "after:possessive"
        if mark == ".":
            return "after:stop"
        following = NEXT_WORD.match(self._text, end) if mark and mark in " \u00a0-" else None
        if following is None:
            return "after:mark"
        there = self._starts.get(end + 1) if mark == " " else None
        if there and SIDE.fullmatch(self._text, span.start, end):
            return "after:other_side"
        if there and _contains(there, span):
            return "after:inside"
        return self._after_word(span, following)

    def _after_word(self, span: Span, following: re.Match[str]) -> str:
        # What the word behind a name tells.
        if following[2] in SHIPS_AFTER:
            return "after:ship"
        flags = self._lookup.flags[following[2]]
        if not following[2][0].isupper():
            if _is_region(span.name):
                return "after:small"
            return next((f"after:{n}" for flag, n in SMALL_AFTER if flags & flag), "after:small")
        for flag, name in CAPITAL_AFTER:
            if flags & flag:
                return f"after:{name}"
        return "after:place" if following.start(2) in self._starts else "after:capital_unknown"


def _in_plural(noun: str) -> bool:
    # Whether a noun is that of several regions, districts, airfields or directions.
    return bool(SEVERAL.match(noun))


def _is_region(name: Name) -> bool:
    # Whether a name is that of a region with its noun, which no person bears.
    return " " in name.key and name.place.kind == "admin1" and name.key >= FIRST_CYRILLIC


def _name_evidence(name: Name) -> list[str]:
    # What a name tells in every text.
    evidence = _kind_evidence(name)
    if name.name_kind != NameKind.PRIMARY:
        evidence.append(f"name:{name.name_kind.name.lower()}")
    if " " in name.key:
        evidence.append("words")
    else:
        evidence += [also for flag, also in ALSO if name.flags & flag]
        declined = name.name_kind >= NameKind.ALTERNATE and name.place.kind not in REGION_KINDS
        if name.flags & SURNAME or (declined and SURNAME_LIKE.search(name.key)):
            evidence.append("also:surname")
    if len(name.key) < 4:
        evidence.append("short")
    if name.count > 8:
        evidence.append("many")
    return evidence


def _kind_evidence(name: Name) -> list[str]:
    place = name.place
    if name.name_kind == NameKind.DEMONYM:
        return ["kind:demonym"]
    if name.abbreviation:
        return ["kind:abbreviation" if len(name.key) > 2 else "kind:postal"]
    if place.kind not in {"settlement", "capital"}:
        return [f"kind:{place.kind}"]
    if place.is_village:
        plain = name.flags or len(name.key) < LONG_NAME or name.key >= FIRST_CYRILLIC
        return ["kind:village"] if plain else ["kind:village", "village:long"]
    size = f"size:{min(6, int(math.log10(max(place.population, 100))))}"
    return [size, "kind:capital"] if place.kind == "capital" else [size]


def _contains(container: Span, span: Span) -> bool:
    # Whether some meaning of a span lies in some region or country of another.
    for outer in container.candidates:
        place = outer.place
        if place.kind == "country":
            if any(c.place.country == place.country for c in span.candidates):
                return True
        elif (
            place.kind in {"admin1", "admin2"}
            and place.admin1
            and any(c.place.admin1 == place.admin1 for c in span.candidates)
        ):
            return True
    return False


def _is_no_person(name: Name) -> bool:
    # Whether hardly anybody bears a Cyrillic name: a region, or a town at home.
    if name.place.kind in REGION_KINDS:
        return not name.abbreviation
    return _is_at_home(name) and not name.flags & SURNAME and not SURNAME_LIKE.search(name.key)


def _is_at_home(name: Name, countries: frozenset[str] = SPELLED_ANEW) -> bool:
    # Whether a Cyrillic name is that of a town which is not written in Latin letters at home, and
    # so no word of a western language.
    return (
        name.place.country in countries
        and name.place.kind in {"settlement", "capital"}
        and name.name_kind in {NameKind.PRIMARY, NameKind.INFLECTED}
        and not name.flags & (WORD | GIVEN | NO_PLACE)
    )


def _share_between_repeats(spans: list[Span], repeated: dict[str, int]) -> None:
    # The repeats of a name in one text lean on each other: mostly they mean the same.
    total: dict[str, float] = {}
    for span in spans:
        if repeated[span.key] > 1:
            bounded = max(-MOST_REPEATED_ODDS, min(MOST_REPEATED_ODDS, span.odds))
            total[span.key] = total.get(span.key, 0.0) + bounded
    for span in spans:
        count = repeated[span.key]
        if count > 1:
            span.odds += SHARED_BY_REPEATS * (total[span.key] / count)
