"""Who says it: the speaker of a sentence's parts, who relays, and whose words run on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.claimants import RELAYING_TYPES, seed_claimants
from tracker.extraction.headlines import of_count, of_headline
from tracker.extraction.lexicon import Tag
from tracker.extraction.saying import Attribution
from tracker.extraction.speaker_names import (
    BLANK,
    PRONOUNS,
    QUOTES,
    RELATIVE,
    apposed_name,
    can_speak,
    is_verb,
    long_name_behind,
    name_before,
    name_behind,
    opening_name,
    told_outlet,
    told_outlet_dative,
)
from tracker.extraction.tagged import HARD_MARKS, Tagged
from tracker.extraction.time_words import TimeMention

_THAT = frozenset({"that", "что", "що", "как", "як"})

_NEXT = 2
"""Tokens between a speaker and "citing": a comma, a quotation mark."""

_SILENT = frozenset({"declined", "refused", "declines", "refuses", "unable", "failed"})
_IMPERSONAL = ("лось", "ется", "ється", "ться")
"""Endings of verbs that nobody speaks: "сообщалось"."""

_OPENING = frozenset({"—", "–", "этом", "це"})
"""Words before a verb whose subject stands behind it: "об этом сообщил X"."""
_INVERTED = frozenset({"said", "says", "reported", "reports"})
"""Verbs that stand before whom they speak of as well as behind."""
_TELLING = frozenset({"said", "says", "told", "wrote", "writes", "tweeted", "posted"})
"""Verbs of which only people are the subject."""
_LONGEST_SOMEBODY = 5
_ADDING = frozenset({"added", "add", "adds"})


def _of_verb(view: Tagged, verb: Tag, times: Sequence[TimeMention]) -> Attribution | None:
    # Read a verb of saying with its subject, on whichever side it stands.
    if not _says(view, verb):
        return None
    here = verb.first
    while here > 0 and view.norm(here - 1) in BLANK:
        here -= 1
    named = name_before(view, here, times) if here > 0 else None
    speaks = named is not None and (can_speak(view, named) or _is_somebody(view, named, verb))
    subject = named if speaks else _seat(view, named, verb)
    if subject is not None:
        return _after_subject(view, verb, subject, times)
    if view.norm(verb.first).endswith("ing"):
        opener = opening_name(view)
        if opener is not None:
            return Attribution(first=verb.first, last=verb.last, speaker=opener)
    return _apart(view, verb, times)


def _is_somebody(view: Tagged, named: tuple[int, int], verb: Tag) -> bool:
    # Whether somebody without a name or title can only be speaking: "a railway enthusiast wrote".
    first, last = named
    somebody = view.norm(first) in {"a", "an"} and last - first <= _LONGEST_SOMEBODY
    return somebody and view.norm(first - 1) == "," and view.norm(verb.first) in _TELLING


def _says(view: Tagged, verb: Tag) -> bool:
    # Whether somebody says something here: not "declined to say", "сообщалось", "added 20 tanks".
    norm, follows = view.norm(verb.first), view.norm(verb.last)
    silent = view.norm(verb.first - 1) == "to" and view.norm(verb.first - 2) in _SILENT
    adds = norm in _ADDING and follows not in _THAT | {",", ":", ""} | QUOTES
    named = any(tag.first < verb.first < tag.last for tag in view.of("actor"))  # "United States"
    mute = norm.endswith(_IMPERSONAL) or silent or adds or named
    return is_verb(view, verb.first) and not mute


def _apart(view: Tagged, verb: Tag, times: Sequence[TimeMention]) -> Attribution | None:
    # Read a subject behind an apposition, or behind the verb.
    before = view.norm(verb.first - 1)
    if before == "," and _is_inverted(view, verb, times):
        return _before_subject(view, verb, times)
    apposed = apposed_name(view, verb.first - 1, times) if before == "," else None
    if apposed is not None and can_speak(view, apposed):
        reading = _after_subject(view, verb, apposed, times)
        return reading and replace(reading, forward=apposed[0] == 0)
    opens = before == "," or verb.first == 0 or before in QUOTES | _OPENING
    follows = view.norm(verb.last)
    return _before_subject(view, verb, times) if opens and follows not in _THAT else None


def _is_inverted(view: Tagged, verb: Tag, times: Sequence[TimeMention]) -> bool:
    # Whether a name behind a verb of saying ends the sentence: "in X, Belarus, said the team".
    behind = name_behind(view, verb.last, times)
    if behind is None or view.norm(verb.first) not in _INVERTED or not can_speak(view, behind):
        return False
    closed = behind[1] >= len(view.tokens) or view.tokens[behind[1]].text in {".", ",", ";"}
    clause = ("predicate", "function", "number")
    return closed and all(
        view.tokens[at].sort != "number"
        and (at == behind[0] or all(view.starting(c, at) is None for c in clause))
        for at in range(*behind)
    )


def _seat(view: Tagged, subject: tuple[int, int] | None, verb: Tag) -> tuple[int, int] | None:
    # Read "В Баку опровергли": those who sit there speak.
    saw = view.starting("predicate", verb.first)
    if saw is not None and saw.value == "sighting":
        return None
    if subject is None or view.lang == "en" or subject[1] - subject[0] < 2:
        return None
    plural = view.norm(verb.first).endswith(("ли", "ют", "ут", "ят", "ть"))
    inside = subject[0] + 1, subject[1]
    there = view.norm(subject[0]) in {"в", "во", "у", "на"} and plural
    return inside if there and can_speak(view, inside) else None


def _after_subject(
    view: Tagged, verb: Tag, subject: tuple[int, int], times: Sequence[TimeMention]
) -> Attribution | None:
    # "X said that ...", "..., X told Y".
    if view.norm(subject[0]) in RELATIVE:
        return None
    follows = view.norm(verb.last)
    closes = verb.last >= len(view.tokens) or view.tokens[verb.last].sort == "mark"
    inserted = subject[0] > 0 and view.tokens[subject[0] - 1].text == ","
    forward = not inserted or follows in _THAT
    if closes and follows not in {":", ","} | QUOTES and subject[0] > 0:
        forward = False
    via, end = told_outlet(view, verb, times)
    return Attribution(
        first=subject[0],
        last=max(verb.last, end),
        speaker=subject,
        via=(via,) if via != (0, 0) else (),
        forward=forward,
        pronoun=view.norm(subject[0]) in PRONOUNS and subject[1] - subject[0] == 1,
    )


def _before_subject(view: Tagged, verb: Tag, times: Sequence[TimeMention]) -> Attribution | None:
    # "..., said X", "..., рассказали очевидцы изданию «Y»".
    if view.norm(verb.last) == "of":
        return None
    start = verb.last + (view.norm(verb.last) in {"в", "у", "во"})
    behind = name_behind(view, start, times)
    if behind is None or not can_speak(view, behind):
        return None
    helper = view.starting("function", behind[1])
    if helper is not None and helper.value == "aux":
        return None  # "the politician, said Lukashenko had sent": he acts and does not speak
    dative = told_outlet_dative(view, behind[0])
    if dative is not None and dative[0] < behind[1]:
        quoted = view.tokens[dative[0] - 1].text in QUOTES
        behind = (behind[0], max(behind[0] + 1, dative[0] - 1 - quoted))
    return Attribution(
        first=verb.first,
        last=_segment_end(view, behind[1]),
        speaker=behind,
        via=(dative,) if dative is not None else (),
        forward=verb.first == 0,
    )


def _segment_end(view: Tagged, at: int) -> int:
    # Return the token at the next comma or hard mark: what follows a name still describes it.
    while at < len(view.tokens) and view.tokens[at].text not in HARD_MARKS | {","}:
        at += 1
    return at


def _of_prefix(view: Tagged, tag: Tag, times: Sequence[TimeMention]) -> Attribution | None:
    # Read "according to X", "по данным X", "citing X", "seen by X".
    start = tag.last
    span = long_name_behind(view, start, times)
    if span is not None and tag.value == "by":
        span = _before_place(view, span)
    if span is None:
        return None
    at_start = tag.first == 0 or view.tokens[tag.first - 1].text in HARD_MARKS
    if tag.value == "prefix" and not at_start:
        segments = view.segments()
        end = span[1]
        while end < len(view.tokens) and segments[end] == segments[tag.first]:
            if view.tokens[end].text in HARD_MARKS | {","}:
                break
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


def _before_place(view: Tagged, span: tuple[int, int]) -> tuple[int, int]:
    # Leave out where something was seen: "seen by the group at Brest".
    first, last = span
    roles = [tag.first for tag in view.of("role") if first < tag.first < last]
    return first, min([last, *roles])


def _of_evidence(view: Tagged, tag: Tag, times: Sequence[TimeMention]) -> Attribution | None:
    # Read the provider in "pictures a Maxar satellite took", "на знімках Maxar".
    dated = {at for time in times for at in range(time.first, time.last)}
    for at in range(tag.first, min(len(view.tokens), tag.last + 8)):
        token = view.tokens[at]
        known = view.starting("speaker", at)
        provides = known is not None and known.value == "provider"
        free = view.starting("place", at) is None and at not in dated
        if at >= tag.last and token.is_name and free and (provides or tag.value == "evidence"):
            last = at + 1
            while last < len(view.tokens) and view.tokens[last].is_name:
                last += 1
            return Attribution(
                first=tag.first, last=last, speaker=(at, last), forward=False, shown=True
            )
        if at >= tag.last and token.sort == "mark" and token.text not in QUOTES:
            break
    return None


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
        elif tag.value in {"evidence", "provided"}:
            reading = _of_evidence(view, tag, times)
        else:
            reading = _of_prefix(view, tag, times)
        if reading is not None and not any(
            other.first < reading.last
            and reading.first < other.last
            and other.speaker == reading.speaker
            for other in found
        ):
            found.append(reading)
    headline = of_headline(view)
    if headline is not None and not found:
        found.append(headline)
    counted = of_count(view)
    if counted is not None:
        found.append(counted)
    return _relayed(view, found)


def _relayed(view: Tagged, found: list[Attribution]) -> list[Attribution]:
    # Make the outlet that passes on another speaker's words a relay of it.
    if not found:
        return found
    cited = [tag.last for tag in view.of("say") if tag.value == "cite"]
    press: list[Attribution] = []
    others: list[Attribution] = []
    for reading in found:
        words = view.sentence_text(*reading.speaker)
        outlet = _relays(words) or any(
            tag.value == "press" and reading.speaker[0] <= tag.first < reading.speaker[1]
            for tag in view.of("speaker")
        )
        (press if outlet else others).append(reading)
    citing = [tag.first for tag in view.of("say") if tag.value == "cite"]
    relaying = [r for r in others if any(0 <= at - r.speaker[1] <= _NEXT for at in citing)]
    if len(relaying) < len(others):
        press.extend(relaying)
        others = [reading for reading in others if reading not in relaying]
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
    return [
        replace(reading, via=tuple(dict.fromkeys((*reading.via, *relays)))) for reading in others
    ]


def _quoted_inside(found: list[Attribution]) -> list[Attribution]:
    # Read "eyewitnesses report X, said the group": the outer speaker relays the inner one.
    inner = [reading for reading in found if reading.forward and not reading.pronoun]
    outer = [reading for reading in found if not reading.forward and not reading.pronoun]
    if len(inner) == 1 and len(outer) == 1 and inner[0].last <= outer[0].first:
        return [replace(inner[0], via=(*inner[0].via, outer[0].speaker, *outer[0].via))]
    return found


def _relays(words: str) -> bool:
    # Whether the registry knows a name as one that mostly passes on what others say.
    registry = seed_claimants()
    known = registry.find(words) or registry.find(words.removeprefix("the "))
    return known is not None and registry.get(known).type in RELAYING_TYPES


def _are_separate(view: Tagged, found: Sequence[Attribution]) -> bool:
    # Whether each speaker has words of its own: "said X, and Y reported that ...".
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
