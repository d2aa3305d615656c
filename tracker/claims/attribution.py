"""Who says it: the speaker of a sentence's parts, who relays, and whose words run on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.claimants import RELAYING_TYPES, seed_claimants
from tracker.claims.lexicon import Tag
from tracker.claims.tagged import HARD_MARKS, Tagged
from tracker.claims.time_expressions import TimeMention

_PRONOUNS = frozenset({"he", "she", "it", "they", "он", "она", "они", "он", "він", "вона", "вони"})
_THAT = frozenset({"that", "что", "що", "как", "як"})
_QUOTES = frozenset('"“”«»„‟')
_MOST_WORDS = 14
_LONGEST_HEADING = 7
_STOP_WORDS = frozenset(
    {"that", "but", "while", "and", "who", "which", "что", "а", "но", "що", "але", "и", "і", "та",
     "когда", "коли", "как", "як", "because", "as", "so", "when", "since", "where", "which"}
)  # fmt: skip
_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "these", "those", "some"})
_ADDING = frozenset({"added", "add", "adds"})
_BLANK = frozenset({"also", "earlier", "has", "have", "had", "previously", "уже", "также", "теж"})
_RELATIVE = frozenset({"who", "which", "который", "которая", "которые", "який", "яка", "які"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribution:
    """One naming of a speaker.

    Parameters
    ----------
    first, last : int
        Tokens of the whole phrase, `last` exclusive.
    speaker : (int, int)
        Tokens of the name.
    via : tuple of (int, int)
        Tokens of those who relay, in order.
    forward : bool
        Whether what is said follows ("X said that ...") or stands before (", X said").
    pronoun : bool
        Whether the name is a pronoun that goes back to an earlier speaker.
    within : bool
        Whether the whole phrase only names the source, as "according to a report seen by X".
    """

    first: int
    last: int
    speaker: tuple[int, int]
    via: tuple[tuple[int, int], ...] = ()
    forward: bool = True
    pronoun: bool = False
    within: bool = False


def _stops(view: Tagged, at: int, times: Sequence[TimeMention]) -> bool:
    token = view.tokens[at]
    if token.sort == "mark":
        return token.text not in _QUOTES and token.text not in {"-", "'", "’", "."}
    verb = view.starting("say", at)
    noun = view.norm(at - 1) in _DETERMINERS
    if verb is not None and verb.value == "verb" and not token.is_name and not noun:
        return True
    helper = view.starting("function", at)
    if helper is not None and helper.value == "aux":
        return True
    return token.norm in _STOP_WORDS or any(t.first <= at < t.last for t in times)


def _left(view: Tagged, end: int, times: Sequence[TimeMention]) -> tuple[int, int] | None:
    """Take the name that ends before a token."""
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
    return _trimmed(view, first, end)


def _right(view: Tagged, start: int, times: Sequence[TimeMention]) -> tuple[int, int] | None:
    """Take the name that starts at a token."""
    last = start
    while last < len(view.tokens) and last - start < _MOST_WORDS:
        token = view.tokens[last]
        joins = token.norm in {"and", "и", "і", "та", "&"} and last > start
        if joins and last + 1 < len(view.tokens) and view.tokens[last + 1].is_name:
            last += 1
            continue
        if _stops(view, last, times) or (last > start and _is_preposition(view, last)):
            break
        last += 1
    return _trimmed(view, start, last)


def _is_preposition(view: Tagged, at: int) -> bool:
    """Whether a word closes a name: "сообщил чиновник в воскресенье", but not "head of X"."""
    if view.norm(at) in {"of", "for"}:
        return False
    tag = view.starting("function", at)
    if tag is not None and tag.value in {"aux", "rel", "sub"}:
        return True
    if view.starting("status", at) is not None and view.lang != "en":
        return True
    return view.starting("role", at) is not None or (tag is not None and tag.value == "prep")


def _trimmed(view: Tagged, first: int, last: int) -> tuple[int, int] | None:
    """Drop quotation marks, particles and openers from the ends of a name."""
    while first < last and (
        view.tokens[first].sort == "mark" or view.norm(first) in _BLANK | {"as", "to", "by"}
    ):
        first += 1
    while first < last and (
        view.tokens[last - 1].text in _QUOTES | {"-", "."} or view.norm(last - 1) in _BLANK
    ):
        last -= 1
    return (first, last) if first < last else None


def _apposed(view: Tagged, comma: int, times: Sequence[TimeMention]) -> tuple[int, int] | None:
    """Read "Name, head of X, said": the name before the apposition that a comma closes."""
    opening = comma - 1
    while opening > 0 and view.tokens[opening].text != ",":
        if view.tokens[opening].text in HARD_MARKS or comma - opening > _MOST_WORDS:
            return None
        opening -= 1
    if view.tokens[opening].text != ",":
        return None
    if all(token.is_name for token in view.tokens[opening + 1 : comma]):
        return opening + 1, comma
    if not _is_person(view, opening + 1, comma) and view.norm(opening + 1) not in _RELATIVE:
        return None
    return _left(view, opening, times)


def _is_person(view: Tagged, first: int, last: int) -> bool:
    return any(
        tag.value in {"person", "press"} and first <= tag.first < last
        for tag in view.of("speaker")
    )


def _is_name(view: Tagged, span: tuple[int, int]) -> bool:
    """Whether a stretch can be a speaker: a name, a role, or a pronoun."""
    first, last = span
    imagery = {tag.first for tag in view.of("speaker") if tag.value == "imagery"}
    if imagery & set(range(first, last)) and not _is_person(view, first, last):
        return False
    capital = any(
        token.is_name and (at > 0 or (last - first <= 3 and view.starting("function", 0) is None))
        for at, token in enumerate(view.tokens[first:last], start=first)
    )
    return capital or _is_person(view, first, last) or view.norm(first) in _PRONOUNS


def _opener(view: Tagged) -> tuple[int, int] | None:
    """Take the name that opens a sentence, the subject of "..., even hinting that"."""
    last = 0
    while last < len(view.tokens) and view.tokens[last].is_name:
        if view.starting("time", last) is not None:
            break
        last += 1
    if last == 0 or view.starting("function", 0) is not None or view.starting("actor", 0):
        return None
    return 0, last


def _via(view: Tagged, verb: Tag, times: Sequence[TimeMention]) -> tuple[tuple[int, int], int]:
    """Read who was told: "told NBC News", "рассказали изданию «X»"."""
    start = verb.last
    none = ((0, 0), start)
    if not view.norm(verb.first).startswith(("told", "tell", "speaking")):
        return none
    span = _right(view, start, times)
    if span is None:
        return none
    audience = any(
        tag.value == "audience" and span[0] <= tag.first < span[1] for tag in view.of("speaker")
    )
    return (none if audience else (span, span[1])) if span[1] - span[0] <= 7 else none


def _dative_via(view: Tagged, start: int) -> tuple[int, int] | None:
    """Read the outlet in "рассказали очевидцы изданию «X»"."""
    for at in range(start, min(len(view.tokens), start + 10)):
        tag = view.starting("speaker", at)
        quoted = at + 1 < len(view.tokens) and view.tokens[at + 1].text in _QUOTES
        if tag is not None and tag.value == "press" and view.norm(at).endswith(("у", "ю", "е", "і")):
            last = at + 1
            while last < len(view.tokens) and (
                view.tokens[last].text in _QUOTES or view.tokens[last].is_name
            ):
                last += 1
            return _trimmed(view, at + 1, last) if quoted or last > at + 1 else None
    return None


def _of_verb(view: Tagged, verb: Tag, times: Sequence[TimeMention]) -> Attribution | None:
    """Read a verb of saying with its subject."""
    before = view.norm(verb.first - 1)
    here = verb.first
    while here > 0 and view.norm(here - 1) in _BLANK:
        here -= 1
    subject = _left(view, here, times) if here > 0 else None
    follows = view.norm(verb.last)
    is_list = view.norm(verb.first) in _ADDING and follows not in _THAT | {",", ":"} | _QUOTES
    if is_list and follows:
        return None
    if subject is not None and _is_name(view, subject) and before not in _DETERMINERS:
        if view.starting("function", subject[0]) is not None and view.norm(subject[0]) in _RELATIVE:
            return None
        forward = subject[0] == 0 or view.tokens[subject[0] - 1].text not in {","} or (
            follows in _THAT
        )
        closes = verb.last >= len(view.tokens) or view.tokens[verb.last].sort == "mark"
        via, end = _via(view, verb, times)
        if closes and follows not in {":", ","} | _QUOTES and subject[0] > 0:
            forward = False
        return Attribution(
            first=subject[0],
            last=max(verb.last, end),
            speaker=subject,
            via=(via,) if via != (0, 0) else (),
            forward=forward,
            pronoun=view.norm(subject[0]) in _PRONOUNS and subject[1] - subject[0] == 1,
        )
    if view.norm(verb.first).endswith("ing") and subject is None:
        opener = _opener(view)
        if opener is not None:
            return Attribution(first=verb.first, last=verb.last, speaker=opener)
    if before == "," or subject is None or view.tokens[verb.first - 1].text in _QUOTES | {"—", "–"}:
        apposed = _apposed(view, verb.first - 1, times) if before == "," else None
        if apposed is not None and _is_name(view, apposed):
            via, end = _via(view, verb, times)
            return Attribution(
                first=apposed[0],
                last=max(verb.last, end),
                speaker=apposed,
                via=(via,) if via != (0, 0) else (),
                forward=apposed[0] == 0,
            )
        behind = _right(view, verb.last, times)
        if behind is not None and _is_name(view, behind) and follows not in _THAT:
            dative = _dative_via(view, behind[0])
            if dative is not None and dative[0] < behind[1]:
                behind = (behind[0], max(behind[0] + 1, dative[0] - 2)) 
            via_spans = (dative,) if dative is not None else ()
            return Attribution(
                first=verb.first,
                last=behind[1],
                speaker=behind,
                via=via_spans,
                forward=verb.first == 0,
            )
    return None


def _of_prefix(view: Tagged, tag: Tag, times: Sequence[TimeMention]) -> Attribution | None:
    """Read "according to X", "по данным X", "citing X", "seen by X"."""
    start = tag.last
    span = _right_long(view, start, times)
    if span is None:
        return None
    at_start = tag.first == 0 or view.tokens[tag.first - 1].text in HARD_MARKS
    if tag.value == "prefix" and not at_start:
        segments = view.segments()
        end = span[1]
        while end < len(view.tokens) and segments[end] == segments[tag.first]:
            end += 1
        return Attribution(first=tag.first, last=end, speaker=span, forward=False)
    forward = at_start or (tag.value == "cite")
    return Attribution(
        first=tag.first,
        last=span[1],
        speaker=span,
        forward=forward,
        pronoun=view.norm(span[0]) in {"him", "her", "them", "его", "ее", "их", "його", "її", "їх"},
    )


def _right_long(view: Tagged, start: int, times: Sequence[TimeMention]) -> tuple[int, int] | None:
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
    return _trimmed(view, start, last)


def _of_evidence(view: Tagged, tag: Tag) -> Attribution | None:
    """Read the provider in "pictures a Maxar satellite took", "на знімках Maxar"."""
    for at in range(tag.first, min(len(view.tokens), tag.last + 8)):
        token = view.tokens[at]
        if at >= tag.last and token.is_name and view.starting("place", at) is None:
            last = at + 1
            while last < len(view.tokens) and view.tokens[last].is_name:
                last += 1
            return Attribution(first=tag.first, last=last, speaker=(at, last), forward=False)
        if at >= tag.last and token.sort == "mark" and token.text not in _QUOTES:
            break
    return None


def _of_headline(view: Tagged) -> Attribution | None:
    """Read "Ministry: ..." and "... – military expert"."""
    size = len(view.tokens)
    for at in range(1, min(size, _LONGEST_HEADING)):
        if view.tokens[at].text == ":" and _is_person(view, 0, at):
            return Attribution(first=0, last=at + 1, speaker=(0, at))
        if view.tokens[at].sort == "mark" and view.tokens[at].text not in _QUOTES:
            break
    for at in range(size - 2, max(0, size - _LONGEST_HEADING), -1):
        if view.tokens[at].text in {"–", "—", "-"}:
            span = _trimmed(view, at + 1, size)
            if span is not None and _is_person(view, *span):
                return Attribution(first=at, last=size, speaker=span, forward=False)
            break
    return None


def _of_count(view: Tagged) -> Attribution | None:
    """Read the owner in "Kyiv's count rose to"."""
    for at, token in enumerate(view.tokens[:-1]):
        if token.text.endswith(("'s", "’s")) and view.norm(at + 1) in _COUNTS and token.is_name:
            first = at
            while first > 0 and view.tokens[first - 1].is_name:
                first -= 1
            return Attribution(first=first, last=at + 2, speaker=(first, at + 1), forward=True)
    return None


_COUNTS = frozenset({"count", "estimate", "estimates", "tally", "figure", "figures", "assessment"})


def attributions(view: Tagged, times: Sequence[TimeMention]) -> list[Attribution]:
    """Find who is named as a speaker in a sentence.

    Parameters
    ----------
    view : Tagged
        The sentence.
    times : sequence of TimeMention
        Its expressions of time, which end a name.

    Returns
    -------
    list of Attribution
        In order; press that passes on another speaker's words is among its `via`.
    """
    found: list[Attribution] = []
    for tag in view.of("say"):
        reading = None
        if tag.value == "verb":
            reading = _of_verb(view, tag, times)
        elif tag.value == "evidence":
            reading = _of_evidence(view, tag)
        else:
            reading = _of_prefix(view, tag, times)
        if reading is not None and not any(
            other.first < reading.last and reading.first < other.last
            and other.speaker == reading.speaker
            for other in found
        ):
            found.append(reading)
    headline = _of_headline(view)
    if headline is not None and not found:
        found.append(headline)
    counted = _of_count(view)
    if counted is not None:
        found.append(counted)
    return _relayed(view, found)


def _relayed(view: Tagged, found: list[Attribution]) -> list[Attribution]:
    """Make the outlet that passes on another speaker's words a relay of it."""
    cited = [tag.last for tag in view.of("say") if tag.value == "cite"]
    press, others = [], []
    for reading in found:
        words = view.sentence_text(*reading.speaker)
        outlet = _relays(words) or any(
            tag.value == "press" and reading.speaker[0] <= tag.first < reading.speaker[1]
            for tag in view.of("speaker")
        )
        (press if outlet else others).append(reading)
    if not others and cited:
        first = next((r for r in press if any(0 <= r.speaker[0] - at <= 2 for at in cited)), None)
        others = [reading for reading in press if reading is first]
        press = [reading for reading in press if reading is not first]
    found = _quoted_inside(found)
    others = [reading for reading in found if reading in others or reading.via]
    if len(found) < 2 or not others:
        return found
    separate = not cited and _are_separate(view, found)
    if separate or not press:
        return found
    relays = tuple(reading.speaker for reading in press)
    return [replace(reading, via=(*reading.via, *relays)) for reading in others]


def _quoted_inside(found: list[Attribution]) -> list[Attribution]:
    """Read "eyewitnesses report X, said the group": the outer speaker relays the inner one."""
    inner = [reading for reading in found if reading.forward and not reading.pronoun]
    outer = [reading for reading in found if not reading.forward and not reading.pronoun]
    if len(inner) == 1 and len(outer) == 1 and inner[0].last <= outer[0].first:
        return [replace(inner[0], via=(*inner[0].via, outer[0].speaker, *outer[0].via))]
    return found


def _relays(words: str) -> bool:
    """Whether the registry knows a name as one that mostly passes on what others say."""
    registry = seed_claimants()
    known = registry.find(words) or registry.find(words.removeprefix("the "))
    return known is not None and registry.get(known).type in RELAYING_TYPES


def _are_separate(view: Tagged, found: Sequence[Attribution]) -> bool:
    """Whether each speaker has words of its own: "said X, and Y reported that ..."."""
    later = sorted(found, key=lambda reading: reading.first)[1:]
    return any(reading.forward and view.norm(reading.last) in _THAT for reading in later)


def speaker_at(found: Sequence[Attribution], at: int) -> Attribution | None:
    """Choose whose words a token belongs to.

    Parameters
    ----------
    found : sequence of Attribution
        The sentence's attributions.
    at : int
        The token.

    Returns
    -------
    Attribution or None
        The last one before it whose words follow, or the first one behind it whose words went
        before, else the only one there is.
    """
    before = [r for r in found if r.forward and r.last <= at]
    behind = [r for r in found if not r.forward and r.first > at]
    inside = [r for r in found if r.first <= at < r.last]
    if before and behind:
        nearest = before[-1]
        return nearest if at - nearest.last <= behind[0].first - at else behind[0]
    for options in (before[-1:], behind[:1], inside[:1], found[-1:]):
        if options:
            return options[0]
    return None
