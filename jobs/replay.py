"""Read all kept wordings with the present extractor, and see what changes before it is kept."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from jobs.ingest_texts.ahead import Extract, VersionClaims, claims_of
from jobs.ingest_texts.identity import channel_of
from jobs.ingest_texts.revision import compare, revise
from jobs.processes.executors import SERIAL, Executor, Prepare, open_executor
from jobs.reading.texts import TextReader, text_reader
from tracker.claims.claim import Claim
from tracker.evidence.corrections import by_span, judged
from tracker.movements.legs import legs_of_all
from tracker.placing import PlacedClaim
from tracker.store.filed import FiledReport
from tracker.store.intake import batches
from tracker.store.readings import Reading, readings_of
from tracker.store.repository import Repository
from tracker.store.standing import Cause, Standing
from tracker.store.weighing import weigh_evidence
from tracker.vocabulary import Outcome
from tracker.workspace import Workspace

REPORTS_TOGETHER = 100
"""Reports whose changes are stored in one transaction."""


class Change(StrEnum):
    """What the present extractor makes of a claim."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    KEPT = "kept"


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One claim that is read in another way than it is stored.

    Parameters
    ----------
    change : Change
        Read for the first time, or again; in another way; no longer; or no longer but kept,
        because a person confirmed or corrected it.
    before, after : Claim or None
        The claim as it is stored, and as it is read now.
    """

    change: Change
    before: Claim | None
    after: Claim | None

    @property
    def claim(self) -> Claim:
        """The claim, as it is read now where it is."""
        claim = self.after or self.before
        assert claim is not None
        return claim


@dataclass(frozen=True, kw_only=True, slots=True)
class Replay:
    """What a replay found.

    Parameters
    ----------
    reports : int
        How many reports were read.
    differences : tuple of Difference
        In the order of the reports.
    rejected : tuple of str
        Reports that could not be read, with the reason.
    """

    reports: int = 0
    differences: tuple[Difference, ...] = ()
    rejected: tuple[str, ...] = ()

    def __add__(self, other: Replay) -> Replay:
        return Replay(
            reports=self.reports + other.reports,
            differences=self.differences + other.differences,
            rejected=self.rejected + other.rejected,
        )

    def in_words(self) -> str:
        """Say the counts in one line.

        Returns
        -------
        str
            Reports, then claims by what becomes of them.
        """
        count = Counter(one.change for one in self.differences)
        return (
            f"{self.reports} reports read again: {count[Change.NEW]} claims new, "
            f"{count[Change.CHANGED]} changed, {count[Change.GONE]} no longer read, "
            f"{count[Change.KEPT]} no longer read but kept as people judged them."
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Outcome:
    """What is to be stored for one report."""

    differences: tuple[Difference, ...]
    claims: tuple[Claim, ...]
    placed: tuple[PlacedClaim, ...]
    standings: tuple[Standing, ...]


def replay(
    workspace: Workspace,
    repository: Repository,
    *,
    executor: str = SERIAL,
    keep: bool = False,
    prepare: Prepare | None = None,
) -> Replay:
    """Read every kept wording of texts, pages and posts with the present extractor.

    Parameters
    ----------
    workspace : Workspace
        Its settings say with which gazetteer places are found.
    repository : Repository
        Its open database.
    executor : str
        Where it is read, as `open_executor` names it.
    keep : bool
        Whether what differs is stored; by default it is only told.
    prepare : callable, optional
        Makes the function that reads a report; by default the one of this release.

    Returns
    -------
    Replay
        What differs. A claim that is read in another way keeps its id and its judgements; one that
        is read no longer is withdrawn, and as recorded before it is still there.
    """
    forgotten = repository.forgotten()
    ids = [name for name in repository.report_ids() if name not in forgotten]
    work = prepare or partial(_rereader, text_reader(workspace))
    total = Replay()
    with open_executor(executor, work, processes=os.cpu_count() or 1) as opened:
        for batch in batches(ids, REPORTS_TOGETHER):
            total += _replay_batch(repository, opened, batch, keep=keep)
    if keep and total.differences:
        weigh_evidence(repository)
    return total


def reread(filed: FiledReport, *, extract: Extract) -> tuple[VersionClaims, ...]:
    """Read the claims of every wording of a report.

    Parameters
    ----------
    filed : FiledReport
        The report.
    extract : Callable
        Reads the claims of a text.

    Returns
    -------
    tuple of VersionClaims
        In the order in which the wordings became known.
    """
    return tuple(claims_of(version, filed.report.language, extract) for version in filed.versions)


def _rereader(reader: TextReader) -> Callable[[FiledReport], tuple[VersionClaims, ...]]:
    return partial(reread, extract=reader)


def _replay_batch(
    repository: Repository, executor: Executor, ids: Sequence[str], *, keep: bool
) -> Replay:
    # captures tell nothing about words, and would weigh on the way to another process
    filed = repository.find_reports(ids=ids)
    texts = [replace(one, captures=()) for one in filed if _is_text(one)]
    stored = repository.readings([filed.report.id for filed in texts])
    rejected = []
    outcomes = []
    for outcome in executor.map(texts):
        report_id = outcome.item.report.id
        if outcome.result is None:
            rejected.append(f"{report_id}: {outcome.trouble}")
        else:
            held = stored.get(report_id, {})
            outcomes.append(_compared(repository, report_id, outcome.result, held))
    if keep:
        with repository.transaction():
            for found in outcomes:
                repository.add_claims(found.claims, found.placed)
                repository.add_standings(found.standings)
                repository.add_legs(legs_of_all(list(found.claims), list(found.placed)))
    differences = tuple(one for found in outcomes for one in found.differences)
    return Replay(reports=len(outcomes), differences=differences, rejected=tuple(rejected))


def _is_text(filed: FiledReport) -> bool:
    # Coded rows were not read out of a text, and are not read again.
    return any(map(channel_of, filed.captures))


def _compared(
    repository: Repository,
    report_id: str,
    wordings: Sequence[VersionClaims],
    held: dict[str, Reading],
) -> _Outcome:
    made: list[Claim] = []
    for said in wordings:
        made += revise(said.claims, made) if made else said.claims
    now = {claim.id: claim for claim in made}
    placed = [place for said in wordings for place in said.placed if place.claim_id in now]
    readings = {one.claim.id: one for one in readings_of(now.values(), placed)}
    standings = repository.standings(report_id)
    unread = {
        name for name, one in standings.items() if not one.holds and one.cause is Cause.UNREAD
    }
    differences = []
    for name, reading in readings.items():
        before = held.get(name)
        if before is None or name in unread:
            differences.append(Difference(change=Change.NEW, before=None, after=reading.claim))
        elif not before.says_the_same(reading):
            differences.append(
                Difference(change=Change.CHANGED, before=before.claim, after=reading.claim)
            )
    differences += _no_longer_read(repository, report_id, held, readings.keys() | unread)
    changed = {one.claim.id for one in differences if one.after is not None}
    return _Outcome(
        differences=tuple(differences),
        claims=tuple(claim for name, claim in now.items() if name in changed),
        placed=tuple(place for place in placed if place.claim_id in changed),
        standings=tuple(_standings(differences, wordings, unread)),
    )


def _no_longer_read(
    repository: Repository, report_id: str, held: dict[str, Reading], read: set[str]
) -> Iterator[Difference]:
    missing = [reading.claim for name, reading in held.items() if name not in read]
    judgements = by_span(repository.judgements(report_id=report_id)) if missing else {}
    for claim in missing:
        upheld = any(
            judgement.outcome in {Outcome.CONFIRMED, Outcome.CORRECTED}
            for judgement in judged(claim, judgements)
        )
        change = Change.KEPT if upheld else Change.GONE
        yield Difference(change=change, before=claim, after=None)


def _standings(
    differences: Sequence[Difference], wordings: Sequence[VersionClaims], unread: set[str]
) -> Iterator[Standing]:
    fresh = [one.claim for one in differences if one.change is Change.NEW]
    last = wordings[-1]
    taken_out = set(compare(last.claims, fresh).gone)
    for claim in fresh:
        is_earlier = claim.version_id != last.version.id and last.version.known_at > claim.known_at
        if claim.id in unread:
            yield Standing(
                claim_id=claim.id, holds=True, cause=Cause.UNREAD, known_at=claim.known_at
            )
        elif claim.id in taken_out and is_earlier:
            yield Standing(
                claim_id=claim.id,
                holds=False,
                cause=Cause.EDIT,
                known_at=last.version.known_at,
            )
    for one in differences:
        if one.change is Change.GONE:
            yield Standing(
                claim_id=one.claim.id,
                holds=False,
                cause=Cause.UNREAD,
                known_at=one.claim.known_at,
            )
