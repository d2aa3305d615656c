"""Weigh what came in since the last time: find echoes, grade claims, write both down.

Only claims that the news can bear on are read again, so the effort goes with what is new and with
what is said about the same things on the same days, not with all that is held.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from sqlalchemy.engine import Connection

from tracker import clock
from tracker.claims.claim import Claim
from tracker.evidence.clusters import Echo, alone, clusters, with_origin
from tracker.evidence.corroboration import Witnesses
from tracker.evidence.echoes import ECHO_DAYS, ReportEcho, may_echo, report_echoes
from tracker.evidence.grades import Axis, GradeChange, credibility_changes, reliability_changes
from tracker.evidence.telling import Telling
from tracker.evidence.track_record import TrackRecord
from tracker.store import bearing, evidence_rows, signatures
from tracker.store.citations import cited_reports
from tracker.store.intake import Added, batches
from tracker.store.known_claims import KnownClaims
from tracker.store.repository import Repository
from tracker.store.selection import Criteria
from tracker.vocabulary import Reliability

_MOST_TEXTS = 20_000
"""So many texts that are compared are held in memory."""
_REACH = timedelta(days=ECHO_DAYS)


@dataclass(frozen=True, kw_only=True)
class _News:
    """What was not weighed yet: wordings, claims, and claims that were judged or withdrawn."""

    tellings: Sequence[Telling]
    coded: Sequence[str]
    ungraded: Collection[str]
    changed: Sequence[Claim]  # as they were

    def __bool__(self) -> bool:
        return bool(self.tellings or self.coded or self.ungraded or self.changed)


def weigh_evidence(
    repository: Repository,
    *,
    source_grades: Mapping[str, Reliability] | None = None,
    records: Mapping[str, TrackRecord] | None = None,
) -> Added:
    """Find the echoes among new claims, and grade the claims that they touch.

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
    What is found is the same in whatever order and parts reports come in. Only wordings published
    within `ECHO_DAYS` of a new one are compared with it, and only those that share a key. With
    grades of sources or with records, the claims of all sources are read.
    """
    news = _news(repository)
    if not (news or records or source_grades):
        return Added()
    with repository.transaction():
        known = KnownClaims(repository)
        fresh = _fresh(repository, known, news)
        added, moved = _cluster(repository, known, fresh)
        added += _add_grades(repository, _credibility(repository, known, moved, news.changed))
        sources = _reliability(repository, known, fresh, source_grades or {}, records or {})
        return added + _add_grades(repository, sources)


def _news(repository: Repository) -> _News:
    with repository.database.reading() as connection:
        tellings, coded = signatures.read_unsigned(connection)
        ungraded = bearing.never_graded(connection)
        graded_at = evidence_rows.last_graded(connection)
        changed = bearing.changed_since(connection, graded_at) if graded_at else set()
    stand = Criteria(ids=ungraded, corrected=True, weighed=False)
    were = Criteria(
        ids=changed,
        as_recorded=graded_at,
        corrected=True,
        rejected=True,
        withdrawn=True,
        weighed=False,
    )
    return _News(
        tellings=tellings,
        coded=coded,
        ungraded={claim.id for claim in repository.claims(**stand)} if ungraded else (),
        changed=repository.claims(**were) if changed else (),
    )


def _fresh(repository: Repository, known: KnownClaims, news: _News) -> set[str]:
    # Claims of which it may be found only now what they repeat.
    new = {*(one.id for one in news.tellings), *news.coded}
    at = clock.now()
    with repository.database.writing() as connection:
        signed = [*((one.id, one.keys) for one in news.tellings), *((c, ()) for c in news.coded)]
        for batch in batches(signed):
            signatures.insert_signatures(connection, batch, at)
        new |= {claim.version_id for claim in known.read(news.ungraded)}
        near = signatures.signatures_around(connection, new, _REACH)
        touched = bearing.claims_of(connection, "version_id", may_echo(near.values(), new) | new)
        came_in = known.read(touched | set(news.ungraded))
        names = {claim.id for claim in came_in} | bearing.may_repeat(connection, came_in)
    return {claim.id for claim in known.read(names)}


def _cluster(repository: Repository, known: KnownClaims, fresh: set[str]) -> tuple[Added, set[str]]:
    # Writes what claims repeat; names those that the news moved, and all that rest on them.
    if not fresh:
        return Added(), set()
    claims = known.read(fresh)
    versions = {claim.version_id for claim in claims}
    with repository.database.reading() as connection:
        cited = cited_reports(connection, versions)
        retold = _retold(connection, versions)
        every = {name for names in cited.values() for name in names}
        names = fresh | bearing.claims_of(connection, "report_id", every)
        names |= bearing.claims_of(connection, "version_id", {echo.origin for echo in retold})
        names |= bearing.may_be_repeated(connection, claims)
        met = evidence_rows.read_echoes(connection, ids=names)
        names |= bearing.in_clusters(connection, {one.cluster for one in met.values()} | names)
        held = evidence_rows.read_echoes(connection, ids=names)
    settled = {name: echo for name, echo in held.items() if name not in fresh}
    found: dict[str, Echo] = {}
    # A sample is written to show the software: it is nobody's origin and bears nothing out.
    for group in known.by_kind(known.read(names)):
        now = {one.claim_id: one for one in clusters(group, retold, cited, settled, fresh)}
        lone = (c.id for c in group if c.id in held.keys() - now.keys())
        found |= now | {name: alone(name) for name in lone}
    moved = {
        claim.id
        for claim in known.read(found)
        if with_origin(claim, found[claim.id]).relays
        != with_origin(claim, held.get(claim.id)).relays
    }
    added = _add_echoes(repository, found.values())
    with repository.database.reading() as connection:
        return added, bearing.resting_on(connection, moved | fresh)


def _retold(connection: Connection, versions: Collection[str]) -> list[ReportEcho]:
    near = signatures.signatures_around(connection, versions, _REACH)

    @lru_cache(maxsize=_MOST_TEXTS)
    def telling_of(version_id: str) -> Telling:
        return signatures.read_telling(connection, version_id)

    return report_echoes(near.values(), telling_of, versions)


def _credibility(
    repository: Repository, known: KnownClaims, moved: set[str], were: Sequence[Claim]
) -> list[GradeChange]:
    # Grades what moved, and what is said about the same things at the same times, then or now.
    moved = moved | {claim.id for claim in were}
    if not moved:
        return []
    subjects = [*known.read(moved), *were]
    with repository.database.reading() as connection:
        names = moved | bearing.about_the_same(connection, subjects)
    witnesses = Witnesses(known.read(names), known.placed(names))
    graded = moved | {one.id for subject in subjects for one in witnesses.around(subject)}
    with repository.database.reading() as connection:
        names |= bearing.about_the_same(connection, known.read(graded))
    groups = known.by_kind(known.with_origins(names))
    placed = known.placed(names)
    return [
        change for group in groups for change in credibility_changes(group, placed, only=graded)
    ]


def _reliability(
    repository: Repository,
    known: KnownClaims,
    fresh: set[str],
    source_grades: Mapping[str, Reliability],
    records: Mapping[str, TrackRecord],
) -> list[GradeChange]:
    ids = None if records or source_grades else fresh
    claims = repository.claims(corrected=True, weighed=False) if ids is None else known.read(ids)
    histories: dict[str, list[GradeChange]] = defaultdict(list)
    for change in repository.grades(ids=ids):
        if change.axis is Axis.RELIABILITY:
            histories[change.claim_id].append(change)
    by_report = {
        filed.report.id: grade
        for source, grade in source_grades.items()
        for filed in repository.reports(source=source)
    }
    return reliability_changes(claims, by_report, records, histories, clock.now())


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
