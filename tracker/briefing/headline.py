"""The first sentences of a briefing: what is new, how many, more or fewer, which way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tracker.briefing.changes import KINDS, is_movement, originals
from tracker.briefing.draft import Draft
from tracker.briefing.model import Figure, Statement
from tracker.briefing.phrases import course_in_words, percent, plain, unit_in_words
from tracker.claims.claim import Claim
from tracker.estimates.estimate import Estimate
from tracker.movements.timeline import named_in
from tracker.vocabulary import PlaceRole

CLEAR_PROBABILITY = 0.8
"""From this probability on a direction is stated: "likely" in most scales of words begins lower."""
MOST_NAMED = 6
"""References behind what came in; `MOST_PLACES` places are named where they come from."""
MOST_PLACES = 4
SAME_SHARE = 0.005
"""A change of the median below this share is none."""

_COUNTED = {
    "movement": "movements",
    "strength": "strengths",
    "plan": "plans",
    "undone": "undone",
}


def write_news_line(draft: Draft) -> Statement:
    """Say what came in since the briefing before.

    Parameters
    ----------
    draft : Draft
        The briefing.

    Returns
    -------
    Statement
        How many reports of what, which course most of them tell, and how many only repeat others.
    """
    moved = [claim for claim in originals(draft) if is_movement(claim)][:MOST_NAMED]
    numbers = tuple(draft.references.number(claim) for claim in moved)
    return Statement(text=_counted(draft), references=numbers)


def write_level(draft: Draft, main: Figure | None) -> tuple[Statement, ...]:
    """Say how many there are, more or fewer, and which way it goes.

    Parameters
    ----------
    draft : Draft
        The briefing.
    main : Figure or None
        The figure of the headline's area.

    Returns
    -------
    tuple of Statement
        Level, then change and direction; why where there is no number.
    """
    return tuple(_numbers(draft, main))


def _numbers(draft: Draft, main: Figure | None) -> Iterator[Statement]:
    edition = draft.edition
    if edition.formation is not None:
        yield _on_record(draft, plain(edition.formation))
        return
    if main is None:
        yield Statement(text=_why_no_number(draft))
        return
    row = main.estimate
    text = draft.say(
        "level.level" if main.is_sharp else "level.unclear",
        actor=plain(edition.actor_name),
        area=plain(main.area_name),
        day=draft.day(row.day),
        unit=unit_in_words(row.unit, draft.language),
        median=draft.size(row.p50),
        **{name: draft.size(getattr(row, name)) for name in ("p05", "p25", "p75", "p95")},
    )
    if any(is_movement(claim) for claim in originals(draft)):
        text = f"{text} {draft.say('level.on_the_way')}"
    yield Statement(text=text, references=main.references)
    yield Statement(text=f"{_trend(draft, main)} {_regime(draft, row)}")


def _on_record(draft: Draft, formation: str) -> Statement:
    # What a quiet week hides: how much is known at all, and where it is said.
    said = sorted(
        (claim for claim in draft.evidence.claims if draft.is_subject(claim)),
        key=lambda claim: (claim.known_at, claim.id),
    )
    if not said:
        return Statement(text=draft.say("level.never_named", formation=formation))
    text = draft.say(
        "level.formation",
        n=len(said),
        formation=formation,
        day=draft.day(said[-1].known_at.date()),
    )
    latest = tuple(draft.references.number(claim) for claim in said[-MOST_NAMED:])
    return Statement(text=text, references=latest)


def _why_no_number(draft: Draft) -> str:
    area = draft.area
    if area is not None and area.valid_until is not None and draft.edition.as_of > area.valid_until:
        day = draft.day(area.valid_until)
        return draft.say("level.no_model", area=plain(area.name), day=day)
    return draft.say("level.no_claim")


def _trend(draft: Draft, figure: Figure) -> str:
    row, before = figure.estimate, figure.previous
    if before is None:
        return draft.say("level.no_earlier")
    change, day = row.p50 - before.p50, draft.day(before.day)
    if abs(change) < SAME_SHARE * before.p50:
        return draft.say("level.same", day=day)
    is_within = abs(change) <= (before.p75 - before.p25) / 2
    return draft.say(
        "level.more" if change > 0 else "level.fewer",
        change=draft.size(abs(change)),
        day=day,
        before=draft.size(before.p50),
        much=draft.say("level.within" if is_within else "level.clear"),
    )


def _regime(draft: Draft, row: Estimate) -> str:
    up, down = row.building_up, row.drawing_down
    if up >= CLEAR_PROBABILITY:
        return draft.say("level.building_up", p=percent(up))
    if down >= CLEAR_PROBABILITY:
        return draft.say("level.drawing_down", p=percent(down))
    return draft.say("level.no_trend", up=percent(up), down=percent(down))


def _counted(draft: Draft) -> str:
    since = draft.day(draft.edition.since)
    if not draft.fresh:
        return draft.say("count.none", since=since)
    own = originals(draft)
    counts = {name: sum(map(belongs, own)) for name, belongs in KINDS}
    parts = [
        draft.say(f"count.{_COUNTED[name]}", n=n, since=since) for name, n in counts.items() if n
    ]
    if counts["movement"]:
        parts[0] = _mostly(draft, parts[0], [claim for claim in own if is_movement(claim)])
    elif parts:
        parts[0] = draft.say("count.only", since=since, what=parts[0])
    told = "; ".join(parts) or draft.say("count.none", since=since).rstrip(".")
    if corrections := sum(1 for claim in own if claim.corrects):
        told = f"{told}; {draft.say('count.corrections', n=corrections)}"
    if repeats := sum(1 for claim in draft.fresh if claim.relays):
        told = f"{told}; {draft.say('count.repeats', n=repeats)}"
    return f"{told}."


def _mostly(draft: Draft, told: str, moved: Sequence[Claim]) -> str:
    courses = Counter(course_in_words(claim, draft.language) for claim in moved)
    (course, times), *_ = courses.most_common(1)
    if len(moved) < 3 or times * 2 <= len(moved):
        return told
    origins = dict.fromkeys(
        plain(place.text)
        for claim in moved
        if course_in_words(claim, draft.language) == course
        for place in claim.places
        if place.role is PlaceRole.FROM and place.text not in named_in(claim)
    )
    places = ", ".join(list(origins)[:MOST_PLACES])
    key = "count.mostly_from" if places else "count.mostly"
    return draft.say(key, told=told, course=course, places=places)
