"""The job `alerts`: what people asked to be told, once each, and past the publication policy."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from shapely import MultiLineString, Point

from jobs.publish import items_of
from jobs.runs.outcome import Outcome
from jobs.settings import Settings, read_settings
from jobs.whole_file import replace_file
from tracker import clock
from tracker.api import Tracker
from tracker.areas import Area
from tracker.assessment import areas_below, find_area
from tracker.estimates.estimate import Estimate
from tracker.movements.leg import Leg
from tracker.publication import Published, published
from tracker.store.cursors import Cursors
from tracker.store.outbox import Alert, Outbox
from tracker.vocabulary import FORWARD_LOOKING, Mode, Unit

FILE = "alerts.json"
"""In the site's folder."""
FRESH = timedelta(days=7)
"""A train is news for so long after it was reported: the first run tells no history."""
TURNED = 0.5
"""Probability of a regime from which on it is the likelier one."""


def raise_alerts(tracker: Tracker, *, as_of: date | None = None) -> Outcome:
    """Raise the alerts that are new, keep them, and address them to the targets.

    Parameters
    ----------
    tracker : Tracker
        The open workspace.
    as_of : date, optional
        Only what was public by the end of this UTC day; by default today.

    Returns
    -------
    Outcome
        How many are new. They stand in the database, in `site/alerts.json` and in the outbox.
    """
    settings = read_settings(tracker.workspace.settings)
    day = as_of or clock.now().date()
    found = [*_silences(tracker, settings), *_from_claims(tracker, settings, day)]
    outbox = Outbox(tracker.repository.database)
    with tracker.repository.transaction():
        new = outbox.raise_alerts(found)
        outbox.post(item for alert in new for item in items_of(alert, settings))
    _write(tracker, settings, outbox)
    lines = tuple(alert.message for alert in new)
    return Outcome(message="; ".join(lines[:3]), counts={"alerts": len(new)}, lines=lines)


def _from_claims(tracker: Tracker, settings: Settings, day: date) -> Iterator[Alert]:
    said = settings.alerts
    if not (said.train_from or said.shift_percent or said.reversal):
        return
    now = _shown(tracker, settings, day)
    if said.train_from:
        yield from _trains(now, said.train_from, tracker.repository.areas(), day)
    if said.shift_percent is not None or said.reversal:
        before = _shown(tracker, settings, day - timedelta(days=1))
        names = {area.id: area.name for area in _theatre(tracker, settings)}
        for one, other in _pairs(before.estimates, now.estimates):
            if one.area in names:
                yield from _changes(settings, one, other, names[one.area], day)


def _theatre(tracker: Tracker, settings: Settings) -> list[Area]:
    areas = tracker.repository.areas()
    top = find_area(areas, settings.page.area)
    return [top, *areas_below(areas, top)]


def _shown(tracker: Tracker, settings: Settings, day: date) -> Published:
    # What may not be shown may not be told either.
    return published(
        tracker.repository,
        as_of=day,
        estimates=tracker.estimate_values(
            actor=settings.page.actor, as_of=day, first=day, last=day
        ),
        policy=settings.publication.policy,
    )


def _trains(
    shown: Published, places: Sequence[str], areas: Sequence[Area], day: date
) -> Iterator[Alert]:
    wanted = {place.casefold(): place for place in places}
    shapes = [area for area in areas if {area.id, area.name.casefold()} & wanted.keys()]
    known = {claim.id: claim.known_at for claim in shown.claims}
    for leg in shown.legs:
        if not _is_train(leg) or not _is_fresh(leg, known, day):
            continue
        start = _start(leg)
        inside = next((area.name for area in shapes if area.geometry.covers(start)), None)
        origin = wanted.get(leg.origin.casefold()) or inside
        if origin is not None:
            yield _train(leg, origin)


def _is_train(leg: Leg) -> bool:
    by_rail = leg.mode is Mode.RAIL or Unit.TRAIN in leg.equipment
    return by_rail and leg.status not in FORWARD_LOOKING


def _start(leg: Leg) -> Point:
    shape = leg.geometry
    line = shape.geoms[0] if isinstance(shape, MultiLineString) else shape
    return Point(line.coords[0])


def _is_fresh(leg: Leg, known: dict[str, datetime], day: date) -> bool:
    times = [known[claim].date() for claim in leg.claims if claim in known]
    return bool(times) and min(times) > day - FRESH


def _train(leg: Leg, origin: str) -> Alert:
    # Not the leg's id, which changes with every claim that confirms it.
    when = leg.window.start.date().isoformat() if leg.window else "no day stated"
    who = f" of {leg.formation}" if leg.formation else ""
    return Alert(
        key=f"train:{leg.actor}:{leg.origin}:{leg.destination}:{when}",
        kind="train",
        subject=f"New train from {origin}",
        message=f"A train{who} ({leg.actor}) from {leg.origin} to {leg.destination} is reported, "
        f"{when}; see 'tracker why {leg.id}'.",
    )


def _pairs(
    before: Sequence[Estimate], now: Sequence[Estimate]
) -> Iterator[tuple[Estimate, Estimate]]:
    earlier, later = _last_by_area(before), _last_by_area(now)
    for area in sorted(earlier.keys() & later.keys()):
        yield earlier[area], later[area]


def _last_by_area(rows: Sequence[Estimate]) -> dict[str, Estimate]:
    known = sorted((row for row in rows if not row.forecast), key=lambda row: row.day)
    return {row.area: row for row in known}


def _changes(
    settings: Settings, before: Estimate, now: Estimate, name: str, day: date
) -> Iterator[Alert]:
    said = settings.alerts
    percent = 100 * abs(now.p50 - before.p50) / before.p50 if before.p50 else 0.0
    if said.shift_percent is not None and percent > said.shift_percent:
        yield Alert(
            key=f"shift:{now.actor}:{now.area}:{day}",
            kind="shift",
            subject=f"{name}: the estimate shifted",
            message=f"{name}, {now.actor}: from {before.p50:,.0f} ({before.p05:,.0f} to "
            f"{before.p95:,.0f}) to {now.p50:,.0f} ({now.p05:,.0f} to {now.p95:,.0f}) {now.unit} "
            f"within a day; see 'tracker why {now.area}@{now.day}'.",
        )
    turn = _turn(before, now)
    if said.reversal and turn is not None:
        yield Alert(
            key=f"reversal:{now.actor}:{now.area}:{day}",
            kind="reversal",
            subject=f"{name}: the trend turned",
            message=f"{name}, {now.actor}: {turn} is now the likelier, "
            f"see 'tracker why {now.area}@{now.day}'.",
        )


def _turn(before: Estimate, now: Estimate) -> str | None:
    if before.building_up > TURNED < now.drawing_down:
        return "drawing down"
    if before.drawing_down > TURNED < now.building_up:
        return "building up"
    return None


def _silences(tracker: Tracker, settings: Settings) -> Iterator[Alert]:
    if not settings.alerts.silence:
        return
    cursors = Cursors(tracker.repository.database)
    for name, source in settings.sources.items():
        kept = cursors.read(name)
        if not source.enabled or source.silent_after_h is None or kept is None:
            continue
        silence = clock.now() - kept.changed_at
        if silence > timedelta(hours=source.silent_after_h):
            yield Alert(
                key=f"silence:{name}:{kept.changed_at.isoformat()}",
                kind="silence",
                subject=f"{name} has gone silent",
                message=f"The source {name} gave nothing new since "
                f"{kept.changed_at:%Y-%m-%d %H:%M} UTC; see 'tracker sources check {name}'.",
            )


def _write(tracker: Tracker, settings: Settings, outbox: Outbox) -> None:
    told = {
        "marking": str(settings.publication.policy.marking),
        "alerts": [
            {
                "key": alert.key,
                "kind": alert.kind,
                "subject": alert.subject,
                "message": alert.message,
                "raised_at": alert.recorded_at.isoformat() if alert.recorded_at else None,
            }
            for alert in outbox.alerts()
            if alert.kind != "silence"  # what a desk reads, and how, is its own matter
        ],
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    replace_file(tracker.workspace.site / FILE, f"{text}\n".encode("utf-8", "replace"))
