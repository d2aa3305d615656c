"""Which reports tell one story again: reposts keep the words, translations keep the facts.

Candidates meet in a key of their tellings; a repost is confirmed by the words that recur in
order, a translation by numbers and names within days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from rapidfuzz.distance import LCSseq

from tracker.evidence.telling import Telling

SAME_WORDS = 0.6
"""Share of the shorter text's words, in their order, from which it is the other text again."""
ECHO_DAYS = 3
"""A story is carried on within so many days; a figure that comes up later is another one."""
SAME_FACTS = 0.5
LEAST_NAMES = 2
"""Translations share half of the numbers and half of the names, and at least two names, or one
name and two numbers."""
MOST_ALIKE = 50
"""Of more reports under one key, each is compared with so many before it, to stay linear."""


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
    fresh: Collection[str] | None = None,
) -> list[ReportEcho]:
    """Find the wordings that tell one story again.

    Parameters
    ----------
    signatures : iterable of Signature
        Wordings in any order.
    telling_of : Callable
        Gives the telling of a wording by its id; asked for candidates alone.
    fresh : collection of str, optional
        Only pairs with one of these wordings are compared; by default all.

    Returns
    -------
    list of ReportEcho
        Each echo with every earlier wording that it repeats, the earliest first. What becomes
        known later changes no echo that was found before.
    """
    ordered = sorted(signatures, key=lambda one: (one.known_at, one.published_at, one.id))
    found = []
    for earlier, later in sorted(_candidates(ordered, fresh), key=lambda pair: pair[::-1]):
        first, second = ordered[earlier], ordered[later]
        if first.report_id == second.report_id or _far(first, second):
            continue
        kind = one_story(telling_of(first.id), telling_of(second.id))
        if kind is not None:
            found.append(ReportEcho(id=second.id, origin=first.id, kind=kind))
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
    return abs(second.published_at - first.published_at) > timedelta(days=ECHO_DAYS)


def _candidates(
    ordered: Sequence[Signature], fresh: Collection[str] | None
) -> set[tuple[int, int]]:
    buckets: dict[int, list[int]] = defaultdict(list)
    for i, signature in enumerate(ordered):
        for key in signature.keys:
            buckets[key].append(i)
    return {
        (i, j)
        for members in buckets.values()
        for position, j in enumerate(members)
        for i in members[max(0, position - MOST_ALIKE) : position]
        if fresh is None or ordered[i].id in fresh or ordered[j].id in fresh
    }


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
