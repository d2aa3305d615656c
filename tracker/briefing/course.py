"""Movements that go on or ended, and trains that are expected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tracker.briefing.draft import Draft, end_of
from tracker.briefing.model import Section, Statement
from tracker.briefing.phrases import plain
from tracker.claims.claim import Claim
from tracker.movements.arrivals import Arrival, expected_arrivals
from tracker.movements.movement import Movement
from tracker.vocabulary import Flow

MOST_MOVEMENTS = 8

_ENDS = {Flow.IN: "course.arrived", Flow.OUT: "course.left"}


def write_course(draft: Draft) -> list[Section]:
    """Say which movements went on or ended since the briefing before, and what is expected.

    Parameters
    ----------
    draft : Draft
        The briefing.

    Returns
    -------
    list of Section
        Up to two sections; movements of which only new claims tell stand among the news.
    """
    subjects = {claim.id for claim in draft.evidence.claims if draft.is_subject(claim)}
    own = [one for one in draft.evidence.movements if subjects & set(one.claims)]
    arrivals = expected_arrivals(own, draft.claims)
    sections = []
    went_on = (*_went_on(draft, own), *_overdue(draft, arrivals))
    if went_on:
        sections.append(
            Section(heading=draft.say("heading.course"), statements=went_on[:MOST_MOVEMENTS])
        )
    expected = tuple(_expected(draft, arrivals))
    if expected:
        sections.append(
            Section(heading=draft.say("heading.arrival"), statements=expected[:MOST_MOVEMENTS])
        )
    return sections


def _went_on(draft: Draft, movements: Sequence[Movement]) -> Iterator[Statement]:
    since = end_of(draft.edition.since)
    for movement in movements:
        claims = [draft.claims[one] for one in movement.claims if one in draft.claims]
        new = [claim for claim in claims if claim.known_at >= since and not claim.relays]
        old = [claim for claim in claims if claim.known_at < since]
        if not new or not old:
            continue
        what = _what(draft, movement.formation, movement.origin, movement.destination)
        key = _ENDS.get(movement.flow, "") if movement.flow else ""
        first = min(claim.known_at for claim in old)
        text = draft.say(key or "course.seen_again", what=what, since=draft.day(first.date()))
        yield Statement(text=text, references=_numbers(draft, (*new, *old)))


def _overdue(draft: Draft, arrivals: Sequence[Arrival]) -> Iterator[Statement]:
    first, last = end_of(draft.edition.since), end_of(draft.edition.as_of)
    for one in arrivals:
        if first <= one.p95 < last:
            text = draft.say(
                "course.overdue",
                what=_what(draft, one.formation, one.origin, one.destination),
                place=plain(one.destination),
                day=draft.day(one.p95.date()),
            )
            yield Statement(text=text, references=_of(draft, one))


def _expected(draft: Draft, arrivals: Sequence[Arrival]) -> Iterator[Statement]:
    together: dict[tuple[str, str], list[Arrival]] = defaultdict(list)
    for one in arrivals:
        if one.p95 >= end_of(draft.edition.as_of):
            together[one.movement_id, one.destination].append(one)
    for group in together.values():
        # Parts that come from several places are told once, with the window that holds them all.
        one = group[len(group) // 2]
        text = draft.say(
            "course.expected",
            what=draft.say("course.starts", who=_who(draft, one), origin=_listed(one.origin)),
            place=plain(one.destination),
            first=draft.day(min(each.p05 for each in group).date()),
            middle=draft.day(one.p50.date()),
            last=draft.day(max(each.p95 for each in group).date()),
        )
        yield Statement(text=text, references=_of(draft, one))


def _who(draft: Draft, one: Arrival) -> str:
    parts = [_listed(one.formation)] if one.formation else []
    parts.append(draft.say("course.trains", n=one.trains))
    if one.personnel is not None:
        low, median, high = (one.personnel.p05, one.personnel.p50, one.personnel.p95)
        sizes = {"low": draft.size(low), "median": draft.size(median), "high": draft.size(high)}
        parts.append(draft.say("course.people", **sizes))
    return ", ".join(parts)


def _listed(names: str) -> str:
    return plain(names).replace(";", ",")


def _what(draft: Draft, formation: str | None, origin: str | None, to: str | None) -> str:
    who = _listed(formation) if formation else draft.say("course.unnamed")
    ends = {"origin": _listed(origin or ""), "destination": _listed(to or "")}
    is_way = bool(origin and to and origin != to)
    name = "ends" if is_way else "starts" if origin else "reaches" if to else "nowhere"
    return draft.say(f"course.{name}", who=who, **ends)


def _of(draft: Draft, arrival: Arrival) -> tuple[int, ...]:
    return _numbers(draft, [draft.claims[one] for one in arrival.claims if one in draft.claims])


def _numbers(draft: Draft, claims: Sequence[Claim]) -> tuple[int, ...]:
    return tuple(draft.references.number(claim) for claim in claims[:4])
