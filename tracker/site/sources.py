"""How the sources and those who speak through them are doing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.claimants import seed_claimants
from tracker.errors import NotFoundError
from tracker.site.entries import Entry, slug
from tracker.store.filed import FiledReport

SILENT_AFTER_DAYS = 14
"""Days without a report from which a source is called silent, as of the site's day."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceState:
    """One source.

    Parameters
    ----------
    id, slug : str
        Its id, and the part of the address of its feed.
    grade : str
        Grade of its publisher, A to F; "not graded" where its settings state none.
    reports, claims : int
        Reports held, and claims told out of them.
    first, last : date
        UTC days of the first and the last report.
    captured_at : datetime or None
        Last fetch of its bytes, UTC.
    unread : int
        Reports out of which no claim was read.
    silent_days : int
        Days from its last report to the site's day.
    """

    id: str
    slug: str
    grade: str
    reports: int
    claims: int
    first: date
    last: date
    captured_at: datetime | None
    unread: int
    silent_days: int

    @property
    def health(self) -> str:
        """In a word or two, how it does."""
        if self.silent_days > SILENT_AFTER_DAYS:
            return f"silent for {self.silent_days} days"
        return "live"


@dataclass(frozen=True, kw_only=True, slots=True)
class Speaker:
    """One who makes claims.

    Parameters
    ----------
    name, kind, grade : str
        Name in English, type, and grade on the Admiralty scale.
    claims : int
        Claims of theirs on the site.
    last : date
        UTC day of the newest.
    """

    name: str
    kind: str
    grade: str
    claims: int
    last: date


def source_states(
    reports: Iterable[FiledReport],
    entries: Iterable[Entry],
    *,
    grades: Mapping[str, str],
    as_of: date,
) -> tuple[SourceState, ...]:
    """Say how each source does.

    Parameters
    ----------
    reports : iterable of FiledReport
        What is held.
    entries : iterable of Entry
        What is told.
    grades : Mapping of str to str
        Grades of publishers by the source's id.
    as_of : date
        The site's day.

    Returns
    -------
    tuple of SourceState
        By id.
    """
    held: dict[str, list[FiledReport]] = defaultdict(list)
    for report in reports:
        if report.versions:
            held[report.report.source].append(report)
    claims = Counter(entry.source for entry in entries)
    read = {entry.claim.report_id for entry in entries}
    return tuple(
        _state(
            source,
            held[source],
            claims=claims[source],
            read=read,
            grade=grades.get(source, "not graded"),
            as_of=as_of,
        )
        for source in sorted(held)
    )


def _state(
    source: str,
    held: Sequence[FiledReport],
    *,
    claims: int,
    read: set[str],
    grade: str,
    as_of: date,
) -> SourceState:
    days = [report.versions[0].published_at.date() for report in held]
    captured = [capture.captured_at for report in held for capture in report.captures]
    return SourceState(
        id=source,
        slug=slug(source),
        grade=grade,
        reports=len(held),
        claims=claims,
        first=min(days),
        last=max(days),
        captured_at=max(captured, default=None),
        unread=sum(report.report.id not in read for report in held),
        silent_days=(as_of - max(days)).days,
    )


def speakers(entries: Iterable[Entry]) -> tuple[Speaker, ...]:
    """Say who makes the claims, and how far each is trusted.

    Parameters
    ----------
    entries : iterable of Entry
        What is told.

    Returns
    -------
    tuple of Speaker
        Claimants of the registry, those with most claims first.
    """
    told: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.claim.claimant_id is not None:
            told[entry.claim.claimant_id].append(entry)
    found = [_speaker(claimant, group) for claimant, group in told.items()]
    return tuple(sorted(found, key=lambda one: (-one.claims, one.name)))


def _speaker(claimant_id: str, told: Sequence[Entry]) -> Speaker:
    try:
        known = seed_claimants().get(claimant_id)
    except NotFoundError:
        # One that the workspace adds: called as the claim calls it.
        said = told[0].claim
        name, kind, grade = said.claimant or claimant_id, "", str(said.reliability or "not graded")
    else:
        name, kind = known.name, known.type.replace("_", " ")
        grade = str(known.reliability or "not graded")
    last = max(entry.day for entry in told)
    return Speaker(name=name, kind=kind, grade=grade, claims=len(told), last=last)
