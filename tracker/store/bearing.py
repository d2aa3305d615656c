"""Which claims others can bear on, found by keys, so that only these are read and weighed again.

Each function names at least the claims that are meant; what they say decides in the end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.claims.claim import Claim
from tracker.evidence.sameness import COPY_TIME, SAME_TIME
from tracker.reports.report import SAMPLE_SOURCE
from tracker.store.citations import cited_reports
from tracker.store.claim_rows import RELAYS
from tracker.store.signatures import Window, merged
from tracker.store.spelling import Listed
from tracker.store.tables import metadata

_report = metadata.tables["report"]
_version = metadata.tables["version"]
_claim = metadata.tables["claim"]
_link = metadata.tables["claim_link"]
_standing = metadata.tables["standing"]
_judgement = metadata.tables["judgement"]
_echo = metadata.tables["echo"]
_grade = metadata.tables["grade"]

_IS_JUDGED = _claim.c.report_id.in_(sa.select(_judgement.c.report_id))
"""What people corrected may say something else than its row."""


def never_graded(connection: Connection) -> set[str]:
    """Name the claims that were never weighed.

    Parameters
    ----------
    connection : Connection
        Connection to the database.

    Returns
    -------
    set of str
        Ids of claims, those included that do not stand.
    """
    graded = sa.exists().where(_grade.c.claim_id == _claim.c.id)
    return set(connection.execute(sa.select(_claim.c.id).where(~graded)).scalars())


def changed_since(connection: Connection, instant: datetime) -> set[str]:
    """Name the claims that people judged, or that ceased to stand or stand again, of late.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    instant : datetime
        From when on, aware UTC.

    Returns
    -------
    set of str
        Ids of claims.
    """
    judged = sa.exists().where(
        _judgement.c.recorded_at >= instant,
        _judgement.c.report_id == _claim.c.report_id,
        _judgement.c.quote_start == _claim.c.quote_start,
        _judgement.c.quote_end == _claim.c.quote_end,
    )
    lately = sa.select(_judgement.c.report_id).where(_judgement.c.recorded_at >= instant)
    select = sa.select(_claim.c.id).where(_claim.c.report_id.in_(lately), judged)
    stood = sa.select(_standing.c.claim_id).where(_standing.c.recorded_at >= instant)
    return set(connection.execute(select.union(stood)).scalars())


def claims_of(connection: Connection, column: str, names: Collection[str]) -> set[str]:
    """Name the claims of reports or of wordings.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    column : str
        `report_id` or `version_id`.
    names : collection of str
        Their ids.

    Returns
    -------
    set of str
        Ids of claims.
    """
    select = sa.select(_claim.c.id).where(_claim.c[column].in_(sa.select(Listed(names))))
    return set(connection.execute(select).scalars())


def may_repeat(connection: Connection, claims: Sequence[Claim]) -> set[str]:
    """Name the claims that may repeat one of some claims, by their words or what they cite.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    claims : sequence of Claim
        Claims that came in.

    Returns
    -------
    set of str
        Ids of the claims that relay them, whose wording cites their report, or that may pass on
        what their claimants said.
    """
    if not claims:
        return set()
    naming = connection.execute(_naming({claim.id for claim in claims})).scalars()
    windows = ((claim.known_at, claim.known_at + COPY_TIME) for claim in claims)
    said = _said_alike(connection, claims, windows, passed_on=True)
    return {*naming, *_citing(connection, claims), *said}


def may_be_repeated(connection: Connection, claims: Sequence[Claim]) -> set[str]:
    """Name the claims that one of some claims may relay or pass on.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    claims : sequence of Claim
        The claims.

    Returns
    -------
    set of str
        Ids of claims.
    """
    named = {one for claim in claims for one in claim.relays}
    passing = [claim for claim in claims if claim.via and claim.citation is None]
    windows = ((claim.known_at - COPY_TIME, claim.known_at) for claim in passing)
    return named | _said_alike(connection, passing, windows, passed_on=False)


def _naming(ids: Collection[str]) -> sa.Select[tuple[str]]:
    of_them = _link.c.target.in_(sa.select(Listed(ids))), _link.c.relation == RELAYS
    return sa.select(_claim.c.id).join(_link, _link.c.claim_fid == _claim.c.fid).where(*of_them)


def _citing(connection: Connection, claims: Sequence[Claim]) -> set[str]:
    # Whoever cites became known later: only wordings from then on are searched for addresses.
    reports = {claim.report_id for claim in claims}
    addressed = sa.select(_report.c.id).where(
        _report.c.id.in_(sa.select(Listed(reports))), _report.c.address.is_not(None)
    )
    addresses = set(connection.execute(addressed).scalars())
    since = min((c.known_at for c in claims if c.report_id in addresses), default=None)
    if since is None:
        return set()
    select = (
        sa.select(_claim.c.id, _claim.c.version_id)
        .join(_version, _version.c.id == _claim.c.version_id)
        .where(_claim.c.known_at >= since)
        .where(_version.c.text.like("%http%") | _claim.c.citation.like("%http%"))
    )
    rows = connection.execute(select).all()
    cited = cited_reports(connection, {version_id for _, version_id in rows})
    return {name for name, version_id in rows if addresses & set(cited.get(version_id, ()))}


def _said_alike(
    connection: Connection, claims: Sequence[Claim], windows: Iterable[Window], *, passed_on: bool
) -> set[str]:
    speakers = {name for c in claims if c.measure and (name := c.claimant_id or c.claimant)}
    if not speakers:
        return set()
    said_by = sa.case((_claim.c.claimant_id > "", _claim.c.claimant_id), else_=_claim.c.claimant)
    conditions = [said_by.in_(sa.select(Listed(speakers)))]
    if passed_on:
        conditions.append(_claim.c.citation.is_(None))
    found = set()
    for window in merged(windows):
        select = sa.select(_claim.c.id, _claim.c.via).where(*conditions)
        rows = connection.execute(select.where(_claim.c.known_at.between(*window)))
        found |= {name for name, via in rows if via or not passed_on}
    return found


def in_clusters(connection: Connection, ids: Collection[str]) -> set[str]:
    """Name the claims of clusters.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    ids : collection of str
        Ids of the clusters.

    Returns
    -------
    set of str
        Ids of the claims that are, or once were, found in one of them.
    """
    select = sa.select(_echo.c.claim_id).where(_echo.c.cluster.in_(sa.select(Listed(ids))))
    return set(connection.execute(select).scalars())


def resting_on(connection: Connection, ids: Collection[str]) -> set[str]:
    """Name claims and those that rest on them, step by step.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    ids : collection of str
        Ids of the claims.

    Returns
    -------
    set of str
        With the ids of all that relay them or were found to repeat them, directly or not.
    """
    found: set[str] = set()
    more = set(ids)
    while more:
        found |= more
        of_them = _echo.c.origin.in_(sa.select(Listed(more)))
        select = sa.select(_echo.c.claim_id).where(of_them).union(_naming(more))
        more = set(connection.execute(select).scalars()) - found
    return found


def about_the_same(connection: Connection, claims: Iterable[Claim]) -> set[str]:
    """Name the claims of the sort of some claims, for about the same time.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    claims : iterable of Claim
        The claims.

    Returns
    -------
    set of str
        Ids of claims with a size, wherever: places are compared by the reader.
    """
    sized = [
        (claim.observed.start - SAME_TIME, claim.observed.end + SAME_TIME, claim)
        for claim in claims
        if claim.measure is not None and claim.observed is not None and claim.places
    ]
    found: set[str] = set()
    for first, last in merged((first, last) for first, last, _ in sized):
        members = [claim for begin, _, claim in sized if first <= begin <= last]
        at_once = _claim.c.observed_from <= last, _claim.c.observed_to >= first
        select = sa.select(_claim.c.id).where(*at_once, _of_sort(members) | _IS_JUDGED)
        found |= set(connection.execute(select).scalars())
    return found


def _of_sort(claims: Sequence[Claim]) -> sa.ColumnElement[bool]:
    units = {claim.measure.unit for claim in claims if claim.measure is not None}
    unit = _claim.c.unit.in_({str(unit) for unit in units if unit is not None})
    return sa.and_(
        _claim.c.qualifier.is_not(None),
        unit | _claim.c.unit.is_(None) if None in units else unit,
        _claim.c.actor.in_({claim.actor for claim in claims}),
        _claim.c.kind.in_({str(claim.kind) for claim in claims}),
        _claim.c.status.in_({str(claim.status) for claim in claims}),
    )


def sample_reports(connection: Connection, report_ids: Collection[str]) -> set[str]:
    """Name the reports that are samples.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    report_ids : collection of str
        Reports.

    Returns
    -------
    set of str
        Their ids.
    """
    select = sa.select(_report.c.id).where(_report.c.source.startswith(SAMPLE_SOURCE))
    named = select.where(_report.c.id.in_(sa.select(Listed(report_ids))))
    return set(connection.execute(named).scalars())
