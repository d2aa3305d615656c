"""Which reports tell one story again: reposts keep the words, translations keep the facts.

Candidates meet in a key of their tellings; a repost is confirmed by the words that recur in
order, a translation by numbers and names within days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any

from rapidfuzz.distance import LCSseq

from tracker.evidence.telling import Telling

SAME_WORDS = 0.6
"""Share of the shorter text's words, in their order, from which it is the other text again."""
ECHO_DAYS = 3
"""A story is carried on within so many days; a figure that comes up later is another one."""
_REACH = timedelta(days=ECHO_DAYS)
SAME_FACTS = 0.5
LEAST_NAMES = 2
"""Translations share half of the numbers and half of the names, and at least two names, or one
name and two numbers."""
MOST_ALIKE = 50
"""Of more reports under one key within those days, each is compared with so many before it, to
stay linear."""


class EchoKind(StrEnum):
    """How one report tells again what another one told."""

    REPOST = "repost"
    SAME_FACTS = "same facts"


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """By what a wording is looked up, without its text.

    Parameters
    ----------
    id : str
        Id of the wording.
    report_id : str
        Its report; two wordings of one report are no echo of each other.
    published_at, known_at : datetime
        Aware UTC; the later known of two is the echo.
    keys : frozenset of int
        As `Telling.keys`.
    """

    id: str
    report_id: str
    published_at: datetime
    known_at: datetime
    keys: frozenset[int]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportEcho:
    """One wording that tells again what an earlier one told.

    Parameters
    ----------
    id, origin : str
        The later and the earlier wording.
    kind : EchoKind
        How.
    """

    id: str
    origin: str
    kind: EchoKind


def report_echoes(
    signatures: Iterable[Signature],
    telling_of: Callable[[str], Telling],
    only: Collection[str] | None = None,
) -> list[ReportEcho]:
    """Find the wordings that tell one story again.

    Parameters
    ----------
    signatures : iterable of Signature
        Wordings in any order.
    telling_of : Callable
        Gives the telling of a wording by its id; asked for candidates alone.
    only : collection of str, optional
        Only what these wordings tell again is looked for; by default what all do.

    Returns
    -------
    list of ReportEcho
        Each echo with every earlier wording that it repeats, the earliest first. What becomes
        known later, or is published more than `ECHO_DAYS` away, changes no echo.
    """
    ordered = _ordered(signatures)
    pairs = {
        (i, j)
        for members in _alike(ordered, only)
        for position, j in enumerate(members)
        if only is None or ordered[j].id in only
        for i in islice(_before(ordered, members, position), MOST_ALIKE)
    }
    found = []
    for earlier, later in sorted(pairs, key=lambda pair: pair[::-1]):
        first, second = ordered[earlier], ordered[later]
        if first.report_id == second.report_id:
            continue
        kind = one_story(telling_of(first.id), telling_of(second.id))
        if kind is not None:
            found.append(ReportEcho(id=second.id, origin=first.id, kind=kind))
    return found


def may_echo(signatures: Iterable[Signature], new: Collection[str]) -> set[str]:
    """Name the wordings of which new ones may change what they tell again.

    Parameters
    ----------
    signatures : iterable of Signature
        Wordings in any order, the new ones among them.
    new : collection of str
        Ids of the new ones.

    Returns
    -------
    set of str
        The new ones, and those that became known later and share a key with one of them.
    """
    ordered = _ordered(signatures)
    found = set(new)
    for members in _alike(ordered, new):
        found |= {
            ordered[j].id
            for position, j in enumerate(members)
            if ordered[j].id not in found
            and any(ordered[i].id in new for i in _before(ordered, members, position))
        }
    return found


def echoes(tellings: Iterable[Telling]) -> list[tuple[str, ...]]:
    """Group reports that tell one story.

    Parameters
    ----------
    tellings : iterable of Telling
        One wording of each report, in any order.

    Returns
    -------
    list of tuple of str
        Ids of each group of two and more, the first published one first. A telling joins the
        group of the earliest one that it repeats.
    """
    by_id = {telling.id: telling for telling in tellings}
    signatures = [
        Signature(
            id=one.id,
            report_id=one.id,
            published_at=one.published_at,
            known_at=one.published_at,
            keys=one.keys,
        )
        for one in by_id.values()
    ]
    root: dict[str, str] = {}
    for echo in report_echoes(signatures, by_id.__getitem__):
        root.setdefault(echo.id, root.get(echo.origin, echo.origin))
    groups: dict[str, list[str]] = defaultdict(list)
    for telling in sorted(by_id.values(), key=lambda one: (one.published_at, one.id)):
        groups[root.get(telling.id, telling.id)].append(telling.id)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def one_story(first: Telling, second: Telling) -> EchoKind | None:
    """Say how two tellings tell one story.

    Parameters
    ----------
    first, second : Telling
        The tellings.

    Returns
    -------
    EchoKind or None
        None where they tell two: the same sentence with another figure is news.
    """
    if _far(first, second):
        return None
    if first.numbers and second.numbers and not first.numbers & second.numbers:
        return None
    if _same_words(first, second):
        return EchoKind.REPOST
    return EchoKind.SAME_FACTS if _same_facts(first, second) else None


def _far(first: Telling | Signature, second: Telling | Signature) -> bool:
    return abs(second.published_at - first.published_at) > _REACH


def _ordered(signatures: Iterable[Signature]) -> list[Signature]:
    return sorted(signatures, key=lambda one: (one.known_at, one.published_at, one.id))


def _alike(ordered: Sequence[Signature], among: Collection[str] | None) -> Iterable[list[int]]:
    # The places of the wordings under each key, or under each that some of them have.
    theirs = [one.keys for one in ordered if among is None or one.id in among]
    wanted = frozenset().union(*theirs)
    buckets: dict[int, list[int]] = defaultdict(list)
    for i, signature in enumerate(ordered):
        for key in signature.keys & wanted:
            buckets[key].append(i)
    return buckets.values()


def _before(ordered: Sequence[Signature], members: Sequence[int], position: int) -> Iterator[int]:
    # Walk back from a wording to those before it; nothing is known before it is published.
    later = ordered[members[position]]
    since = later.published_at - _REACH
    for place in range(position - 1, -1, -1):
        i = members[place]
        if ordered[i].known_at < since:
            return
        if not _far(ordered[i], later):
            yield i


def _same_words(first: Telling, second: Telling) -> bool:
    shorter = min(len(first.words), len(second.words))
    if not shorter or not _half(first.names, second.names):
        return False
    return LCSseq.similarity(first.words, second.words) >= SAME_WORDS * shorter


def _same_facts(first: Telling, second: Telling) -> bool:
    if bool(first.numbers) != bool(second.numbers):
        return False
    names = len(first.names & second.names)
    least = LEAST_NAMES if first.numbers else LEAST_NAMES + 1
    two_numbers = len(first.all_numbers & second.all_numbers) > 1
    if names < least and not (names and two_numbers):
        return False
    return _half(first.names, second.names) and _half(first.numbers, second.numbers)


def _half(first: frozenset[Any], second: frozenset[Any]) -> bool:
    # Half of the facts of the one that tells fewer; where one tells none, nothing speaks against.
    return len(first & second) >= SAME_FACTS * min(len(first), len(second))
