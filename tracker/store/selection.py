"""Which claims are meant: criteria that people name, and the SQL that they become."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypedDict

import sqlalchemy as sa

from tracker.claims.claim import Claim
from tracker.reports.report import SAMPLE_SOURCE
from tracker.store.claim_rows import CORRECTS
from tracker.store.shapes import WIDE_DEG
from tracker.store.spelling import Bbox, Listed, touching
from tracker.store.standing import InTime, withdrawn
from tracker.store.tables import metadata
from tracker.vocabulary import ClaimKind, Outcome, Status

_report = metadata.tables["report"]
_SAMPLES = sa.select(_report.c.id).where(_report.c.source.startswith(SAMPLE_SOURCE))

WHOLE_CLAIM = "claim"
"""Field of a judgement that speaks of the claim as a whole."""

claim = metadata.tables["claim"]
place = metadata.tables["claim_place"]
_part = metadata.tables["shape_part"]
_link = metadata.tables["claim_link"]
_judgement = metadata.tables["judgement"]
# Made once: an alias copies every column, which costs more than the question it is used in.
_newer_claim = claim.alias("newer_claim")
_newer_place = place.alias("newer_place")
_correction = claim.alias("correction")
_newer_correction = claim.alias("newer_correction")
_newer_judgement = _judgement.alias("newer_judgement")


class Criteria(TypedDict, total=False):
    """What narrows a selection of claims; what is left out does not narrow it.

    Parameters
    ----------
    as_of : date
        Only what the public could know, and people had judged, by the end of this UTC day.
    as_recorded : datetime
        Only what this workspace had written by this instant.
    actor : str
        Whose troops.
    kind : ClaimKind
        What is asserted.
    status : Status or collection of Status
        How real it is.
    observed : tuple of datetime
        Claims whose observed span touches this closed span; those without a time fall away.
    bbox : tuple of float
        west, south, east, north in degrees: claims with a place whose geometry may touch this
        box, judged by envelopes; west > east reaches across the antimeridian.
    report_id, version_id : str
        Claims of one report or of one version.
    report_ids : collection of str
        Claims of these reports.
    ids : collection of str
        Claims with these ids.
    corrected : bool
        Whether to keep claims that a later known one replaces or takes back; by default not.
    rejected : bool
        Whether to keep claims that a person rejected; by default not.
    withdrawn : bool
        Whether to keep claims that their report, or the extractor, makes no longer, and those of
        forgotten reports; by default not.
    samples : bool
        Whether to keep claims of sample reports; by default yes. Estimates leave them out.
    weighed : bool
        Whether claims name the claims that they were found to repeat, and carry the grades that
        were found; by default yes.
    """

    as_of: date | None
    as_recorded: datetime | None
    actor: str | None
    kind: ClaimKind | None
    status: Status | Collection[Status] | None
    observed: tuple[datetime, datetime] | None
    bbox: Bbox | None
    report_id: str | None
    version_id: str | None
    report_ids: Collection[str] | None
    ids: Collection[str] | None
    corrected: bool
    rejected: bool
    withdrawn: bool
    samples: bool
    weighed: bool


def known_before(as_of: date) -> datetime:
    """Return the instant before which a claim must be known to count as of a day.

    Parameters
    ----------
    as_of : date
        The day.

    Returns
    -------
    datetime
        Its end: 00:00 UTC of the next day, exclusive.
    """
    return datetime.combine(as_of + timedelta(days=1), time(0, tzinfo=UTC))


def claim_conditions(criteria: Criteria) -> list[sa.ColumnElement[bool]]:
    """Turn criteria into conditions on the table `claim`.

    Parameters
    ----------
    criteria : Criteria
        What is meant.

    Returns
    -------
    list of ColumnElement
        Conditions that must all hold; the bounding box is not among them.
    """
    conditions = [*_held(claim, criteria), ~_outdated(claim, _newer_claim, criteria)]
    if not criteria.get("corrected"):
        conditions.append(~_corrected(criteria))
    if not criteria.get("rejected"):
        conditions.append(~_rejected(criteria))
    if not criteria.get("withdrawn"):
        conditions.append(~withdrawn(claim.c.id, _in_time(criteria)))
    if not criteria.get("samples", True):
        conditions.append(claim.c.report_id.not_in(_SAMPLES))
    conditions += _named(criteria)
    actor = criteria.get("actor")
    if actor is not None:
        conditions.append((claim.c.actor == actor) | _reread("actor", criteria))
    statuses = _statuses(criteria)
    if statuses is not None:
        conditions.append(
            claim.c.status.in_(sorted(map(str, statuses))) | _reread("status", criteria)
        )
    observed = criteria.get("observed")
    if observed is not None:
        conditions.append(claim.c.observed_from <= observed[1])
        conditions.append(claim.c.observed_to >= observed[0])
    return conditions


def _named(criteria: Criteria) -> Iterator[sa.ColumnElement[bool]]:
    for name in ("kind", "report_id", "version_id"):
        value: Any = criteria.get(name)
        if value is not None:
            yield claim.c[name] == str(value)
    for name, listed in (("id", criteria.get("ids")), ("report_id", criteria.get("report_ids"))):
        if listed is not None:
            yield claim.c[name].in_(sa.select(Listed(listed)))


def rejected_ids(criteria: Criteria) -> sa.Select[tuple[str]]:
    """Ask for the claims that people rejected.

    Parameters
    ----------
    criteria : Criteria
        `as_of` and `as_recorded`, where they matter.

    Returns
    -------
    Select
        Ids of claims.
    """
    of_judged = claim.c.report_id.in_(sa.select(_judgement.c.report_id))
    return sa.select(claim.c.id).where(of_judged, _rejected(criteria))


def withdrawn_ids(criteria: Criteria) -> sa.Select[tuple[str]]:
    """Ask for the claims that their report or the extractor makes no longer.

    Parameters
    ----------
    criteria : Criteria
        `as_of` and `as_recorded`, where they matter.

    Returns
    -------
    Select
        Ids of claims.
    """
    return sa.select(claim.c.id).where(withdrawn(claim.c.id, _in_time(criteria)))


def is_meant(read: Claim, criteria: Criteria) -> bool:
    """Say whether a claim, as people corrected it, has the actor and status that are asked for.

    Parameters
    ----------
    read : Claim
        The claim with its corrections.
    criteria : Criteria
        What is meant.

    Returns
    -------
    bool
        Whether it has; all else is decided by `claim_conditions`.
    """
    statuses = _statuses(criteria)
    return criteria.get("actor") in (None, read.actor) and (
        statuses is None or read.status in statuses
    )


def _statuses(criteria: Criteria) -> Collection[Status] | None:
    status = criteria.get("status")
    return (status,) if isinstance(status, Status) else status


def _reread(field: str, criteria: Criteria) -> sa.Exists:
    # Say that a person corrected a field, so that the row alone does not decide.
    return sa.exists().where(
        _judgement.c.report_id == claim.c.report_id,
        _judgement.c.quote_start == claim.c.quote_start,
        _judgement.c.quote_end == claim.c.quote_end,
        _judgement.c.field == field,
        _judgement.c.outcome == str(Outcome.CORRECTED),
        *_made(_judgement, criteria),
    )


def place_conditions(criteria: Criteria) -> list[sa.ColumnElement[bool]]:
    """Turn criteria into conditions on the table `claim_place`.

    Parameters
    ----------
    criteria : Criteria
        What is meant.

    Returns
    -------
    list of ColumnElement
        Conditions that must all hold.
    """
    newer = _newer_place
    as_recorded = criteria.get("as_recorded")
    in_time = [] if as_recorded is None else [newer.c.recorded_at <= as_recorded]
    same = (newer.c.claim_fid == place.c.claim_fid, newer.c.id == place.c.id)
    conditions = [~sa.exists().where(*same, newer.c.fid > place.c.fid, *in_time)]
    if as_recorded is not None:
        conditions.append(place.c.recorded_at <= as_recorded)
    bbox = criteria.get("bbox")
    if bbox is not None:
        conditions.append(_touches(bbox))
    return conditions


def in_box(criteria: Criteria) -> sa.ColumnElement[bool]:
    """Say that a claim has a place which may touch the box of the criteria.

    Parameters
    ----------
    criteria : Criteria
        With `bbox`.

    Returns
    -------
    ColumnElement
        Condition on the table `claim`.
    """
    return claim.c.fid.in_(sa.select(place.c.claim_fid).where(*place_conditions(criteria)))


def _held(rows: sa.FromClause, criteria: Criteria) -> list[sa.ColumnElement[bool]]:
    # Say that a row of `claim` was public and recorded in time.
    conditions = []
    as_of = criteria.get("as_of")
    if as_of is not None:
        conditions.append(rows.c.known_at < known_before(as_of))
    as_recorded = criteria.get("as_recorded")
    if as_recorded is not None:
        conditions.append(rows.c.recorded_at <= as_recorded)
    return conditions


def _in_time(criteria: Criteria) -> InTime:
    return lambda rows: _held(rows, criteria)


def _outdated(rows: sa.FromClause, newer: sa.FromClause, criteria: Criteria) -> sa.Exists:
    # Say that a later reading of the same claim holds instead.
    return sa.exists().where(
        newer.c.id == rows.c.id, newer.c.fid > rows.c.fid, *_held(newer, criteria)
    )


def _corrected(criteria: Criteria) -> sa.Exists:
    # Say that a known claim that stands, in its reading that holds, replaces this one.
    return (
        sa.exists()
        .where(_link.c.target == claim.c.id, _link.c.relation == CORRECTS)
        .where(_correction.c.fid == _link.c.claim_fid, *_held(_correction, criteria))
        .where(~_outdated(_correction, _newer_correction, criteria))
        .where(~withdrawn(_correction.c.id, _in_time(criteria)).correlate(_correction))
    )


def _rejected(criteria: Criteria) -> sa.Exists:
    # Say that the latest judgement of the claim as a whole is a rejection.
    first, later = _judgement, _newer_judgement
    overruled = [
        later.c.report_id == first.c.report_id,
        later.c.quote_start == first.c.quote_start,
        later.c.quote_end == first.c.quote_end,
        later.c.field == first.c.field,
        later.c.fid > first.c.fid,
        sa.func.coalesce(later.c.claim_id, claim.c.id) == claim.c.id,
    ]
    rejection = [
        first.c.report_id == claim.c.report_id,
        first.c.quote_start == claim.c.quote_start,
        first.c.quote_end == claim.c.quote_end,
        first.c.field == WHOLE_CLAIM,
        first.c.outcome == str(Outcome.REJECTED),
        sa.func.coalesce(first.c.claim_id, claim.c.id) == claim.c.id,
        *_made(first, criteria),
    ]
    overruled += _made(later, criteria)
    # Two levels down, SQLAlchemy correlates only what it is told to.
    later_one = sa.exists().where(*overruled).correlate(first, claim)
    return sa.exists().where(*rejection, ~later_one)


def _made(rows: sa.FromClause, criteria: Criteria) -> list[sa.ColumnElement[bool]]:
    # Say that a judgement was made and recorded in time.
    conditions = []
    as_of = criteria.get("as_of")
    if as_of is not None:
        conditions.append(rows.c.judged_at < known_before(as_of))
    as_recorded = criteria.get("as_recorded")
    if as_recorded is not None:
        conditions.append(rows.c.recorded_at <= as_recorded)
    return conditions


def _touches(bbox: Bbox) -> sa.ColumnElement[bool]:
    # The boxes of the places answer for small shapes, those of the parts for wide ones.
    boxes = _unwrapped(bbox)
    parts = sa.select(_part.c.shape).where(_part.c.fid.in_(touching(_part, boxes)))
    wide = sa.select(place.c.fid).where(place.c.shape.in_(parts))
    narrow = touching(place, boxes, widest_deg=WIDE_DEG)
    # IN (SELECT ...) makes the planner begin with the boxes; a join lets it begin elsewhere.
    return place.c.fid.in_(sa.union_all(narrow, wide))


def _unwrapped(bbox: Bbox) -> list[Bbox]:
    west, south, east, north = (float(edge) for edge in bbox)
    if west <= east:
        return [(west, south, east, north)]
    return [(west, south, 180.0, north), (-180.0, south, east, north)]
