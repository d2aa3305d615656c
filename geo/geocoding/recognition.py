"""Finds the words of a text that name places: longest names, weighed by what stands around."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from geo.gazetteer.coverage import TRANSLITERATED
from geo.gazetteer.names import normalise
from geo.gazetteer.place import NameKind
from geo.geocoding.evidence import BIAS, SHARED_BY_REPEATS, WEIGHTS
from geo.geocoding.lookup import FLAG, Candidate, Lookup, Word
from geo.geocoding.tokens import CAPITALISED, NEXT_WORD, word_before

LONGEST_NAME_WORDS = 6

GIVEN, SURNAME, WORD = FLAG["given"], FLAG["surname"], FLAG["word"]
NO_PLACE, TITLE, ORG = FLAG["no_place"], FLAG["title"], FLAG["org"]
STREET, FEATURE, FACILITY = FLAG["street"], FLAG["feature"], FLAG["facility"]
UNIT, BEFORE, PERSON_VERB = FLAG["unit"], FLAG["before_place"], FLAG["person_verb"]
INSIDE = FLAG["inside"]


@dataclass(slots=True)
class Span:
    """Words that may name a place.

    `evidence` are the names of the features that held; `odds` the sum of their weights;
    `first` is the number of the capitalised token at which the name begins.
    """

    start: int
    end: int
    key: str
    candidates: tuple[Candidate, ...]
    flags: int
    first: int
    abbreviation: bool = False
    evidence: list[str] = field(default_factory=list)
    odds: float = 0.0
    generic: str = ""


# Endings of Russian, Ukrainian, Georgian and Armenian surnames, in all cases.
_SURNAME_LIKE = re.compile(
    r"(?:[оеє]в|ин|їн)(?:а|у|ым|им|е|ой|ою|і|ых)?$|енко$|ск(?:ий|ого|ому|им)$|дзе$|швили$|"
    r"(?:чук|юк|ян)(?:а|у|ом)?$"
)

Token = tuple[int, int, Word]


def find_spans(text: str, lookup: Lookup) -> tuple[list[Span], list[Token]]:
    """Return every name of the gazetteer in a text, longest first, and the capitalised tokens."""
    word = lookup.word
    tokens: list[Token] = []
    for found in CAPITALISED.finditer(text):
        info = word(found[0])
        tokens.append((found.start(), found.end() - info.shortened, info))
    spans: list[Span] = []
    covered = -1
    for number, (start, end, info) in enumerate(tokens):
        if start < covered or not (info.candidates or info.continues):
            continue
        span = _longest(text, number, start, end, info, lookup)
        if span is not None:
            spans.append(span)
            covered = span.end
    return spans, tokens


def _longest(
    text: str, number: int, start: int, end: int, info: Word, lookup: Lookup
) -> Span | None:
    """Return the longest name that begins at a token."""
    best = None
    if info.candidates:
        best = Span(start, end, info.key, info.candidates, info.flags, number)
        best.abbreviation = info.abbreviation
    key, at = info.key, end
    if text[end : end + 1] == "." and not info.abbreviation and len(info.key) < 6:
        dotted = lookup.names(info.key + ".")
        if dotted:
            best = Span(start, end + 1, info.key + ".", dotted, 0, number, True)
            at, key = end, info.key
    if not info.continues:
        return best
    for _ in range(LONGEST_NAME_WORDS):
        following = NEXT_WORD.match(text, at)
        if following is None:
            break
        piece = following[2]
        end = following.end()
        plain = lookup.word(piece)
        key, at = f"{key} {plain.key}", end
        end -= plain.shortened
        if "." in following[1]:
            key = key.replace(" ", ". ", 1) if key.count(" ") == 1 else key
        candidates = lookup.names(key) or (lookup.names(key.replace(".", "")) if "." in key else ())
        if candidates:
            best = Span(start, end, key, candidates, 0, number)
        if not lookup.continues(key) and not lookup.continues(key.replace(".", "")):
            break
    return best


def weigh(text: str, spans: list[Span], tokens: list[Token], lookup: Lookup) -> None:
    """Write each span's evidence and the log-odds that it names a place."""
    repeated: dict[str, int] = {}
    for span in spans:
        repeated[span.key] = repeated.get(span.key, 0) + 1
    ends = {span.end: span for span in spans}
    starts = {span.start: span for span in spans}
    for span in spans:
        evidence = span.evidence
        _weigh_name(span, text, lookup, evidence)
        _weigh_before(span, text, tokens, lookup, ends, evidence)
        _weigh_after(span, text, tokens, lookup, starts, evidence)
        if repeated[span.key] > 1:
            evidence.append("repeated")
        if text[span.start] > "\u0370":
            evidence += ["c:" + name for name in evidence]
            if _is_at_home(span):
                evidence.append("at_home")
        span.odds = BIAS + sum(map(WEIGHTS.__getitem__, evidence))
    _share_between_repeats(spans, repeated)


def _weigh_name(span: Span, text: str, lookup: Lookup, evidence: list[str]) -> None:
    best = span.candidates[0]
    place, kind = best.place, best.name_kind
    if kind == NameKind.DEMONYM:
        evidence.append("kind:demonym")
    elif span.abbreviation:
        evidence.append("kind:abbreviation" if len(span.key) > 2 else "kind:postal")
    elif place.kind in {"settlement", "capital"}:
        evidence.append(f"size:{min(6, int(math.log10(max(place.population, 100))))}")
        if place.kind == "capital":
            evidence.append("kind:capital")
    else:
        evidence.append(f"kind:{place.kind}")
    if kind == NameKind.ADJECTIVE:
        following = NEXT_WORD.match(text, span.end)
        place_noun = following is not None and lookup.flags(following[2]) & INSIDE
        evidence.append("adjective:noun" if place_noun else "adjective:other")
        return
    if kind != NameKind.PRIMARY:
        evidence.append(f"name:{kind.name.lower()}")
    flags = span.flags
    if " " in span.key:
        evidence.append("words")
    else:
        if flags & WORD:
            evidence.append("also:word")
        if flags & GIVEN:
            evidence.append("also:given")
        if flags & SURNAME or (kind >= NameKind.ALTERNATE and _SURNAME_LIKE.search(span.key)):
            evidence.append("also:surname")
        if flags & NO_PLACE:
            evidence.append("also:no_place")
        if flags & TITLE:
            evidence.append("also:title")
        if flags & (STREET | FEATURE | FACILITY):
            evidence.append("also:generic")
        if flags & ORG:
            evidence.append("also:org")
    if len(span.key) < 4:
        evidence.append("short")
    if len(span.candidates) > 8:
        evidence.append("many")


def _weigh_before(
    span: Span,
    text: str,
    tokens: list[Token],
    lookup: Lookup,
    ends: dict[int, Span],
    evidence: list[str],
) -> None:
    start = span.start
    gap, previous = word_before(text, start)
    if not previous or "\n" in gap:
        evidence.append("before:none")
        return
    if gap not in {" ", "-", " \u201c", ' "', "\u00a0", " \u00ab", " (", "\u2013", "\u2014"}:
        if gap == ", ":
            there = ends.get(start - 2)
            evidence.append("before:place_comma" if there else "before:comma")
        elif gap[:1] in ".!?:" and not (gap == ". " and lookup.flags(previous) & TITLE):
            evidence.append("before:sentence")
        elif gap == ". ":
            evidence.append("before:title")
        else:
            evidence.append("before:mark")
        return
    flags = lookup.flags(previous)
    capital = previous[0].isupper()
    if flags & TITLE:
        evidence.append("before:title" if capital else "before:small_title")
    if flags & BEFORE:
        evidence.append("before:cue")
    if capital:
        _weigh_capital_before(span, tokens, flags, previous, ends, gap, evidence)
    elif not flags:
        evidence.append("before:small")
    elif flags & NO_PLACE and not flags & BEFORE:
        evidence.append("before:function")


def _weigh_capital_before(
    span: Span,
    tokens: list[Token],
    flags: int,
    previous: str,
    ends: dict[int, Span],
    gap: str,
    evidence: list[str],
) -> None:
    if len(previous) == 1:
        evidence.append("before:initial")
    elif ends.get(span.start - len(gap)):
        evidence.append("before:place")
    elif flags & GIVEN:
        evidence.append("before:given")
    elif flags & (BEFORE | NO_PLACE):
        evidence.append("before:capital_function")
    elif flags & (WORD | FEATURE | UNIT | FACILITY):
        evidence.append("before:capital_word")
    elif flags & ORG:
        evidence.append("before:org")
    elif not flags & TITLE:
        before = tokens[span.first - 1] if span.first else None
        known = before is not None and before[2].candidates
        evidence.append("before:capital_known" if known else "before:capital_unknown")


def _weigh_after(
    span: Span,
    text: str,
    tokens: list[Token],
    lookup: Lookup,
    starts: dict[int, Span],
    evidence: list[str],
) -> None:
    end = span.end
    following = text[end : end + 2]
    if following[:1] == ",":
        there = starts.get(end + 2)
        container = there is not None and _contains(there, span)
        evidence.append("after:container" if container else "after:comma")
        return
    if following[:1] in "'\u2019" and text[end + 1 : end + 2] == "s":
        evidence.append("after:possessive")
        return
    if following[:1] in " \u00a0-":
        there = starts.get(end + 1)
        if there is not None and text[end] == " " and _contains(there, span):
            evidence.append("after:inside")
            return
        found = NEXT_WORD.match(text, end)
        if found is None:
            evidence.append("after:mark")
            return
        word = found[2]
        flags = lookup.flags(word)
        if word[0].isupper():
            _weigh_capital_after(word, flags, lookup, starts.get(found.start(2)), evidence)
        else:
            _weigh_small_after(flags, evidence)
    else:
        evidence.append("after:mark" if following[:1] != "." else "after:stop")


def _weigh_capital_after(
    word: str, flags: int, lookup: Lookup, there: Span | None, evidence: list[str]
) -> None:
    for flag, name in (
        (ORG, "org"), (STREET, "street"), (FACILITY, "facility"), (FEATURE, "feature"),
        (UNIT, "unit"), (TITLE, "title"),
    ):  # fmt: skip
        if flags & flag:
            evidence.append(f"after:{name}")
            return
    if flags & (NO_PLACE | BEFORE):
        evidence.append("after:capital_function")
    elif flags & WORD:
        evidence.append("after:capital_word")
    elif flags & (SURNAME | GIVEN):
        evidence.append("after:capital_name")
    elif there is not None:
        evidence.append("after:place")
    else:
        evidence.append("after:capital_unknown")


def _weigh_small_after(flags: int, evidence: list[str]) -> None:
    if flags & PERSON_VERB:
        evidence.append("after:person_verb")
    elif flags & (FEATURE | FACILITY | STREET):
        evidence.append("after:small_feature")
    elif flags & UNIT:
        evidence.append("after:small_unit")
    elif flags & TITLE:
        evidence.append("after:small_title")
    elif flags & BEFORE:
        evidence.append("after:preposition")
    else:
        evidence.append("after:small")


def _contains(container: Span, span: Span) -> bool:
    """Return whether some meaning of a span lies in some region or country of another."""
    for outer in container.candidates:
        place = outer.place
        if place.kind == "country":
            if any(c.place.country == place.country for c in span.candidates):
                return True
        elif place.kind in {"admin1", "admin2"} and place.admin1:
            if any(c.place.admin1 == place.admin1 for c in span.candidates):
                return True
    return False


def _is_at_home(span: Span) -> bool:
    """Return whether a Cyrillic name is that of a town where people write Cyrillic."""
    best = span.candidates[0]
    return (
        best.place.country in TRANSLITERATED
        and best.place.kind in {"settlement", "capital"}
        and best.name_kind in {NameKind.PRIMARY, NameKind.INFLECTED}
        and not span.flags & (WORD | GIVEN | NO_PLACE)
    )


def _share_between_repeats(spans: list[Span], repeated: dict[str, int]) -> None:
    """Let the repeats of a name in one text lean on each other: mostly they mean the same."""
    total: dict[str, float] = {}
    for span in spans:
        if repeated[span.key] > 1:
            total[span.key] = total.get(span.key, 0.0) + max(-4.0, min(4.0, span.odds))
    for span in spans:
        count = repeated[span.key]
        if count > 1:
            span.odds += SHARED_BY_REPEATS * (total[span.key] / count)


def key_of(words: str) -> str:
    """Return the key under which repeats of unknown words are counted."""
    return normalise(words)
