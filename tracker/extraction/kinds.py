"""What a draft asserts: movement, presence or sighting, its sense, and its status in time."""

from __future__ import annotations

from tracker.extraction.drafts import Draft
from tracker.extraction.source import Source
from tracker.extraction.tagged import Tagged
from tracker.vocabulary import FORWARD_LOOKING, ClaimKind, Flow, PlaceRole, Status, Unit

_BACKGROUND_AFTER_DAYS = 120
"""A presence that was observed longer ago than this is the baseline, not the news."""

_SIGHTED_BY = frozenset({"imagery"})

AWAY = frozenset({PlaceRole.FROM, PlaceRole.TO})


def kind_of(view: Tagged, draft: Draft) -> ClaimKind:
    """Decide what a draft asserts.

    Parameters
    ----------
    view : Tagged
        The sentence.
    draft : Draft
        The draft.

    Returns
    -------
    ClaimKind
        Movement, presence or sighting.
    """
    roles = {place.role for place in draft.places}
    away = bool(roles & AWAY)
    act = draft.act
    if act is None:
        if draft.force.base:
            return ClaimKind.PRESENCE
        rolling = draft.force.unit is Unit.TRAIN and PlaceRole.AT not in roles
        return ClaimKind.MOVEMENT if away or rolling else ClaimKind.PRESENCE
    if act.sort == "movement":
        return ClaimKind.MOVEMENT
    if act.sort == "deploy":
        planned = draft.status in FORWARD_LOOKING | {Status.DENIED}
        return ClaimKind.MOVEMENT if away or planned else ClaimKind.PRESENCE
    if act.sort == "sighting" or any(tag.value in _SIGHTED_BY for tag in view.of("speaker")):
        return ClaimKind.SIGHTING
    return ClaimKind.PRESENCE


def flow_of(draft: Draft, kind: ClaimKind) -> Flow | None:
    """Read the sense of a movement off its predicate.

    Parameters
    ----------
    draft : Draft
        The draft.
    kind : ClaimKind
        What it asserts.

    Returns
    -------
    Flow or None
        The sense; None for what does not move.
    """
    if kind is not ClaimKind.MOVEMENT:
        return None
    if draft.act is not None and draft.act.flow and draft.act.sort == "movement":
        return Flow(draft.act.flow)
    return None


def dated_status(draft: Draft, source: Source, kind: ClaimKind) -> Status:
    """Make an old presence, and a whole that is nowhere, the background that it is.

    Parameters
    ----------
    draft : Draft
        The draft.
    source : Source
        The report.
    kind : ClaimKind
        What it asserts.

    Returns
    -------
    Status
        The status.
    """
    placed = draft.places or draft.act is not None
    if draft.force.base and draft.status is Status.ACTUAL and not placed:
        return Status.BACKGROUND
    old = draft.time is not None and kind is ClaimKind.PRESENCE
    if old and draft.status is Status.ACTUAL and draft.time is not None:
        age_days = (source.published_at.date() - draft.time.past[1]).days
        if age_days > _BACKGROUND_AFTER_DAYS:
            return Status.BACKGROUND
    return draft.status
