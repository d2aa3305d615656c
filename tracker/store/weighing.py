"""Weigh what came in since the last time: find echoes, grade claims, write both down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from tracker import clock
from tracker.claims.claim import Claim
from tracker.evidence.clusters import Echo, alone, clusters, with_origin
from tracker.evidence.corroboration import Witnesses
from tracker.evidence.echoes import ECHO_DAYS, ReportEcho, report_echoes
from tracker.evidence.grades import Axis, GradeChange, credibility_changes, reliability_changes
from tracker.evidence.telling import Telling
from tracker.evidence.track_record import TrackRecord
from tracker.placing import PlacedClaim
from tracker.store import evidence_rows
from tracker.store.citations import cited_reports
from tracker.store.intake import Added, batches
from tracker.store.repository import Repository
from tracker.vocabulary import Reliability

_MOST_TEXTS = 20_000
"""So many texts that are compared are held in memory."""
_REACH = timedelta(days=ECHO_DAYS)


def weigh_evidence(
    repository: Repository,
    *,
    source_grades: Mapping[str, Reliability] | None = None,
    records: Mapping[str, TrackRecord] | None = None,
) -> Added:
    """Find the echoes among new reports, and grade the claims that they touch.

    Parameters
    ----------
    repository : Repository
        The open workspace.
    source_grades : Mapping of str to Reliability, optional
        Grade of a source by its id, for claims whose claimant has none.
    records : Mapping of str to TrackRecord, optional
        How often earlier figures of claimants came true, by claimant id.

    Returns
    -------
    Added
        Rows of echoes and grades; nothing is read twice where nothing came in since.

    Notes
    -----
    Only wordings published within `ECHO_DAYS` of a new one are compared with it, and only those
    that share a key, so the effort goes with what is new and not with what is held. Claims are
    read again only where a new wording, or one that tells the same, makes any.
    """
    with repository.database.reading() as connection:
        tellings, coded = evidence_rows.read_unsigned(connection)
        judged_since = _judged_since(repository, evidence_rows.last_graded(connection))
    if not (tellings or coded or records or source_grades or judged_since):
        return Added()
    with repository.transaction():
        return _weigh(
            repository, tellings, coded, source_grades or {}, records or {}, whole=judged_since
        )


def _judged_since(repository: Repository, graded_at: datetime | None) -> bool:
    if graded_at is None:
        return False
    return len(repository.judgements()) > len(repository.judgements(as_recorded=graded_at))


def _weigh(
    repository: Repository,
    tellings: Sequence[Telling],
    coded: Sequence[str],
    source_grades: Mapping[str, Reliability],
    records: Mapping[str, TrackRecord],
    *,
    whole: bool,
) -> Added:
    retold, touched = _retold(repository, tellings, coded)
    if not (whole or records or source_grades or _has_claims(repository, touched)):
        return Added()
    every = repository.claims(corrected=True, weighed=False)
    real = {claim.id for claim in repository.claims(corrected=True, samples=False, weighed=False)}
    placed: dict[str, list[PlacedClaim]] = defaultdict(list)
    for place in repository.placed(corrected=True):
        placed[place.claim_id].append(place)
    weighed = {change.claim_id for change in repository.grades()}
    fresh = {c.id for c in every if c.version_id in touched or c.id not in weighed}
    with repository.database.reading() as connection:
        cited = cited_reports(connection, touched)
    by_report = _grades_by_report(repository, source_grades)
    held, histories = repository.echoes(), _histories(repository)
    settled = {name: echo for name, echo in held.items() if name not in fresh}
    added = Added()
    # A sample is written to show the software: it is nobody's origin and bears nothing out.
    for claims in (
        [claim for claim in every if claim.id in real],
        [claim for claim in every if claim.id not in real],
    ):
        now = {echo.claim_id: echo for echo in clusters(claims, retold, cited, settled, fresh)}
        lone = [alone(c.id) for c in claims if c.id in fresh & held.keys() - now.keys()]
        added += _add_echoes(repository, [*now.values(), *lone])
        read = [with_origin(claim, now.get(claim.id)) for claim in claims]
        changes = _credibility(read, placed, None if whole else fresh)
        sources = (
            read if records or source_grades else [claim for claim in read if claim.id in fresh]
        )
        changes += reliability_changes(sources, by_report, records, histories, clock.now())
        added += _add_grades(repository, changes)
    return added


def _has_claims(repository: Repository, version_ids: Collection[str]) -> bool:
    # Whether anything is to be weighed: most reports claim nothing, and cost no second reading.
    with repository.database.reading() as connection:
        ids = evidence_rows.claims_to_weigh(connection, version_ids)
    return bool(ids and repository.claims(ids=ids, corrected=True, weighed=False))


def _retold(
    repository: Repository, tellings: Sequence[Telling], coded: Sequence[str]
) -> tuple[list[ReportEcho], set[str]]:
    # The pairs of all wordings around the new ones, and the wordings whose claims they touch.
    at = clock.now()
    with repository.database.writing() as connection:
        for batch in batches(
            [*((one.id, one.keys) for one in tellings), *((c, ()) for c in coded)]
        ):
            evidence_rows.insert_signatures(connection, batch, at)
        if not tellings:
            return [], set(coded)
        first = min(one.published_at for one in tellings) - _REACH
        last = max(one.published_at for one in tellings) + _REACH
        signatures = evidence_rows.read_signatures(connection, (first - _REACH, last))
        near = {one.id for one in signatures if first <= one.published_at <= last}

        @lru_cache(maxsize=_MOST_TEXTS)
        def telling_of(version_id: str) -> Telling:
            return evidence_rows.read_telling(connection, version_id)

        retold = report_echoes(signatures, telling_of, near)
    new = {one.id for one in tellings}
    paired = {one for echo in retold for one in (echo.id, echo.origin)}
    return retold, {*coded, *new, *(paired & near)}


def _credibility(
    claims: Sequence[Claim],
    placed: Mapping[str, Sequence[PlacedClaim]],
    fresh: Collection[str] | None,
) -> list[GradeChange]:
    if fresh is None:
        return credibility_changes(claims, placed)
    witnesses = Witnesses(claims, placed)
    touched = {
        other.id
        for claim in claims
        if claim.id in fresh
        for other in (claim, *witnesses.around(claim))
    }
    return credibility_changes(claims, placed, only=touched)


def _grades_by_report(
    repository: Repository, source_grades: Mapping[str, Reliability]
) -> dict[str, Reliability]:
    return {
        filed.report.id: grade
        for source, grade in source_grades.items()
        for filed in repository.reports(source=source)
    }


def _histories(repository: Repository) -> dict[str, list[GradeChange]]:
    found: dict[str, list[GradeChange]] = defaultdict(list)
    for change in repository.grades():
        if change.axis is Axis.RELIABILITY:
            found[change.claim_id].append(change)
    return found


def _add_echoes(repository: Repository, echoes: Iterable[Echo]) -> Added:
    added, at = Added(), clock.now()
    with repository.database.writing() as connection:
        for batch in batches(echoes):
            added += evidence_rows.insert_echoes(connection, batch, at)
    return added


def _add_grades(repository: Repository, changes: Iterable[GradeChange]) -> Added:
    # The history of a claim is written in one piece.
    histories: dict[str, list[GradeChange]] = defaultdict(list)
    for change in changes:
        histories[change.claim_id].append(change)
    added, at = Added(), clock.now()
    with repository.database.writing() as connection:
        for batch in batches(histories.values()):
            whole = [change for history in batch for change in history]
            added += evidence_rows.insert_grades(connection, whole, at)
    return added
