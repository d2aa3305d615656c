"""Where the name of a speaker begins and ends: "X, head of Y", "the ministry in Z"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.lexicon import Tag
from tracker.extraction.tagged import HARD_MARKS, Tagged
from tracker.extraction.time_words import TimeMention

PRONOUNS = frozenset({"he", "she", "it", "they", "он", "она", "они", "він", "вона", "вони"})

QUOTES = frozenset('"“”«»„‟')

_MOST_WORDS = 14

_STOP_WORDS = frozenset(
    {"that", "but", "while", "and", "who", "which", "что", "а", "но", "що", "але", "и", "і", "та",
     "когда", "коли", "как", "як", "because", "as", "so", "when", "since", "where"}
)  # fmt: skip

DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "these", "those", "some"})

_NOUNS_TOO_PLURAL = frozenset({"reports", "claims", "counts", "estimates", "states", "notes"})
_NOUNS_TOO = frozenset({"report", "count", "claim", "estimate", "state", "note", "post"})
BLANK = frozenset(
    {
        "first",
        "initially",
        "later",
        "then",
        "repeatedly",
        "clearly",
        "also",
        "earlier",
        "has",
        "have",
        "had",
        "previously",
        "уже",
        "также",
        "теж",
    }
)

RELATIVE = frozenset({"who", "which", "который", "которая", "которые", "який", "яка", "які"})


def is_verb(view: Tagged, at: int) -> bool:
    """Tell a verb of saying from the noun that looks alike: "a ministry report".

    Parameters
    ----------
    view : Tagged
        The sentence.
    at : int
        Index of a token.

    Returns
    -------
    bool
        Whether it is a verb here.
    """
    before = view.norm(at - 1)
    if before in DETERMINERS:
        return False
    follows = view.starting("say", at + 1) or view.starting("predicate", at + 1)
    if view.norm(at) in _NOUNS_TOO_PLURAL and follows is not None:
        return False
    follows = view.starting("actor", at + 1) or view.starting("number", at + 1)
    if view.norm(at) in _NOUNS_TOO and follows is not None:
        return True
    plural = before.endswith("s") or before in PRONOUNS | {"and", "to", "we", "i"}
    return view.norm(at) not in _NOUNS_TOO or plural


def _stops(view: Tagged, at: int, times: Sequence[TimeMention]) -> bool:
    token = view.tokens[at]
    if token.sort == "mark":
        return token.text not in QUOTES and token.text not in {"-", "'", "’", "."}
    verb = view.starting("say", at)
    if verb is not None and verb.value == "verb" and not token.is_name and is_verb(view, at):
        return True
    helper = view.starting("function", at)
    if helper is not None and helper.value == "aux":
        return True
    return token.norm in _STOP_WORDS or any(t.first <= at < t.last for t in times)


def name_before(view: Tagged, end: int, times: Sequence[TimeMention]) -> tuple[int, int] | None:
    """Take the name that ends before a token.

    Parameters
    ----------
    view : Tagged
        The sentence.
    end : int
        Token behind the last one.
    times : sequence of TimeMention
        Expressions of time of the sentence, which end a name.

    Returns
    -------
    (int, int) or None
        Tokens of the name; None where there is none.
    """
    first = end
    while first > 0 and end - first < _MOST_WORDS:
        token = view.tokens[first - 1]
        joins = token.norm in {"and", "и", "і", "та"} and first < end
        joined = joins and view.tokens[first].is_name and first > 1
        if joined and view.tokens[first - 2].is_name:
            first -= 2
            continue
        if _stops(view, first - 1, times):
            break
        first -= 1
    return trimmed(view, first, end)


def name_behind(view: Tagged, start: int, times: Sequence[TimeMention]) -> tuple[int, int] | None:
    """Take the name that starts at a token, up to the first preposition.

    Parameters
    ----------
    view : Tagged
        The sentence.
    start : int
        Token to start from.
    times : sequence of TimeMention
        Expressions of time of the sentence, which end a name.

    Returns
    -------
    (int, int) or None
        Tokens of the name; None where there is none.
    """
    last = start
    while last < len(view.tokens) and last - start < _MOST_WORDS:
        token = view.tokens[last]
        joins = token.norm in {"and", "и", "і", "та", "&"} and last > start
        if joins and last + 1 < len(view.tokens) and view.tokens[last + 1].is_name:
            last += 1
            continue
        if _stops(view, last, times) or (last > start and _is_preposition(view, last)):
            break
        if last > start and view.tokens[last - 1].is_name and _counts(view, last):
            break
        last += 1
    return trimmed(view, start, last)


def _counts(view: Tagged, at: int) -> bool:
    # Whether a number opens what was told: "told Reuters five tanks were seen".
    follows = at + 1 < len(view.tokens) and view.tokens[at + 1].sort != "mark"
    return follows and view.starting("number", at) is not None


def _is_preposition(view: Tagged, at: int) -> bool:
    # Whether a word closes a name: "сообщил чиновник в воскресенье", but not "head of X".
    if view.norm(at) in {"of", "for"}:
        return False
    tag = view.starting("function", at)
    if tag is not None and tag.value in {"aux", "rel", "sub"}:
        return True
    if view.starting("status", at) is not None and view.lang != "en":
        return True
    return view.starting("role", at) is not None or (tag is not None and tag.value == "prep")


def trimmed(view: Tagged, first: int, last: int) -> tuple[int, int] | None:
    """Drop quotation marks, particles and openers from the ends of a name.

    Parameters
    ----------
    view : Tagged
        The sentence.
    first : int
        First token.
    last : int
        Token behind the last one.

    Returns
    -------
    (int, int) or None
        What is left; None where nothing is.
    """
    while first < last and (
        view.tokens[first].sort == "mark" or view.norm(first) in BLANK | {"as", "to", "by"}
    ):
        first += 1
    while first < last and (
        view.tokens[last - 1].text in QUOTES | {"-", "."} or view.norm(last - 1) in BLANK
    ):
        last -= 1
    return (first, last) if first < last else None


def apposed_name(view: Tagged, comma: int, times: Sequence[TimeMention]) -> tuple[int, int] | None:
    """Read "Name, head of X, said": the name before the apposition that a comma closes.

    Parameters
    ----------
    view : Tagged
        The sentence.
    comma : int
        Token of the comma.
    times : sequence of TimeMention
        Expressions of time of the sentence, which end a name.

    Returns
    -------
    (int, int) or None
        Tokens of the name; None where it is no apposition.
    """
    opening = comma - 1
    while opening > 0 and view.tokens[opening].text != ",":
        if view.tokens[opening].text in HARD_MARKS or comma - opening > _MOST_WORDS:
            return None
        opening -= 1
    if view.tokens[opening].text != ",":
        return None
    if all(token.is_name for token in view.tokens[opening + 1 : comma]):
        return opening + 1, comma
    if not names_person(view, opening + 1, comma) and view.norm(opening + 1) not in RELATIVE:
        return None
    return name_before(view, opening, times)


def names_person(view: Tagged, first: int, last: int) -> bool:
    """Tell whether a stretch holds a word for people or bodies that speak.

    Parameters
    ----------
    view : Tagged
        The sentence.
    first : int
        First token.
    last : int
        Token behind the last one.

    Returns
    -------
    bool
        Whether it does.
    """
    return any(
        tag.value in {"person", "press"} and first <= tag.first < last for tag in view.of("speaker")
    )


def can_speak(view: Tagged, span: tuple[int, int]) -> bool:
    """Tell whether a stretch can be a speaker: a name, a role, or a pronoun.

    Parameters
    ----------
    view : Tagged
        The sentence.
    span : (int, int)
        Tokens, the second exclusive.

    Returns
    -------
    bool
        Whether it can.
    """
    first, last = span
    if view.starting("role", first) is not None or view.norm(first) in {"об", "про"}:
        return False
    imagery = {tag.first for tag in view.of("speaker") if tag.value == "imagery"}
    if imagery & set(range(first, last)) and not names_person(view, first, last):
        return False
    capital = any(
        token.is_name and (at > 0 or (last - first <= 3 and view.starting("function", 0) is None))
        for at, token in enumerate(view.tokens[first:last], start=first)
    )
    return capital or names_person(view, first, last) or view.norm(first) in PRONOUNS


def opening_name(view: Tagged) -> tuple[int, int] | None:
    """Take the name that opens a sentence, the subject of "..., even hinting that".

    Parameters
    ----------
    view : Tagged
        The sentence.

    Returns
    -------
    (int, int) or None
        Tokens of the name; None where none does.
    """
    last = 0
    while last < len(view.tokens) and view.tokens[last].is_name:
        if view.starting("time", last) is not None:
            break
        last += 1
    if last == 0 or view.starting("function", 0) is not None or view.starting("actor", 0):
        return None
    return 0, last


def told_outlet(
    view: Tagged, verb: Tag, times: Sequence[TimeMention]
) -> tuple[tuple[int, int], int]:
    """Read who was told: "told NBC News".

    Parameters
    ----------
    view : Tagged
        The sentence.
    verb : Tag
        The verb of saying.
    times : sequence of TimeMention
        Expressions of time of the sentence, which end a name.

    Returns
    -------
    (tuple[int, int], int)
        Tokens of the outlet, (0, 0) where none, and the token behind.
    """
    start = verb.last
    none = ((0, 0), start)
    if not view.norm(verb.first).startswith(("told", "tell", "speaking")):
        return none
    span = name_behind(view, start, times)
    if span is None:
        return none
    audience = any(
        tag.value == "audience" and span[0] <= tag.first < span[1] for tag in view.of("speaker")
    )
    return (none if audience else (span, span[1])) if span[1] - span[0] <= 7 else none


def told_outlet_dative(view: Tagged, start: int) -> tuple[int, int] | None:
    """Read the outlet in "рассказали очевидцы изданию «X»".

    Parameters
    ----------
    view : Tagged
        The sentence.
    start : int
        Token to start from.

    Returns
    -------
    (int, int) or None
        Tokens of the outlet; None where there is none.
    """
    for at in range(start, min(len(view.tokens), start + 10)):
        tag = view.starting("speaker", at)
        quoted = at + 1 < len(view.tokens) and view.tokens[at + 1].text in QUOTES
        if (
            tag is not None
            and tag.value == "press"
            and view.norm(at).endswith(("у", "ю", "е", "і"))
        ):
            last = at + 1
            while last < len(view.tokens) and (
                view.tokens[last].text in QUOTES
                or view.tokens[last].is_name
                or (view.tokens[last].sort == "number" and last > at + 1)
            ):
                last += 1
            return trimmed(view, at + 1, last) if quoted or last > at + 1 else None
    return None


def long_name_behind(
    view: Tagged, start: int, times: Sequence[TimeMention]
) -> tuple[int, int] | None:
    """Take the name that starts at a token, prepositions included.

    Parameters
    ----------
    view : Tagged
        The sentence.
    start : int
        Token to start from.
    times : sequence of TimeMention
        Expressions of time of the sentence, which end a name.

    Returns
    -------
    (int, int) or None
        Tokens of the name; None where there is none.
    """
    last = start
    while last < len(view.tokens) and last - start < _MOST_WORDS and not _stops(view, last, times):
        tag = view.starting("function", last)
        if last > start and tag is not None and tag.value in {"aux", "rel", "sub"}:
            break
        said = view.starting("say", last)
        if said is not None and said.value in {"cite", "by"}:
            break
        predicate = view.starting("predicate", last)
        if last > start + 1 and predicate is not None and not view.tokens[last].is_name:
            break
        last += 1
    return trimmed(view, start, last)
