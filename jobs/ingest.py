"""Read files of coded claims into a workspace; reading them again changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jobs.input_file import read_file
from tracker import clock
from tracker.actors import Actors, read_actors
from tracker.claimants import read_claimants
from tracker.claims.claim import Claim
from tracker.claims.coded import read_coded, resolve_references
from tracker.claims.coded_row import CodedClaim
from tracker.errors import TrackerError, UnreadableInputError
from tracker.movements.legs import legs_of_all
from tracker.place_index import seed_place_index, unplaced_notes
from tracker.reports.archive import Archive
from tracker.reports.report import Capture, Report
from tracker.store.filed import FiledReport
from tracker.store.repository import Repository
from tracker.workspace import Workspace


@dataclass(frozen=True, kw_only=True, slots=True)
class Ingested:
    """What came in.

    Parameters
    ----------
    new, known : int
        Claims that the workspace did not have, and claims that it had.
    rejected : tuple of str
        One sentence per record or file that was refused.
    notes : tuple of str
        What was read and is worth knowing: unknown columns, references to nothing, names that
        no table of places has.
    """

    new: int = 0
    known: int = 0
    rejected: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __add__(self, other: Ingested) -> Ingested:
        return Ingested(
            new=self.new + other.new,
            known=self.known + other.known,
            rejected=self.rejected + other.rejected,
            notes=self.notes + other.notes,
        )


def ingest_coded(
    workspace: Workspace, repository: Repository, paths: Sequence[Path], *, source: str | None
) -> Ingested:
    """Read files of coded claims into a workspace.

    Parameters
    ----------
    workspace : Workspace
        Where the archive lies.
    repository : Repository
        Its open database.
    paths : sequence of Path
        CSV files. A file that cannot be read is named and the others go on.
    source : str or None
        Id under which their rows are known; by default each file's own name without its ending.
        Files of one source may refer to each other's rows.

    Returns
    -------
    Ingested
        Counts, refusals and notes.
    """
    total = Ingested()
    by_source: dict[str, list[tuple[Path, bytes]]] = {}
    for path in paths:
        try:
            data = read_file(path)
        except (TrackerError, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            total += Ingested(rejected=(f"{path}: {reason}",))
        else:
            by_source.setdefault(source or path.stem, []).append((path, data))
    for name, files in by_source.items():
        total += _ingest_source(workspace, repository, name, files)
    return total


def claims_in(repository: Repository, source: str) -> Callable[[str], str | None]:
    """Look up the claims that an earlier reading of a table has left.

    Parameters
    ----------
    repository : Repository
        The open database.
    source : str
        Source of the table.

    Returns
    -------
    callable
        From the id of a row to the id of its present claim; None where there is none.
    """

    def claim_id(row_id: str) -> str | None:
        report = Report(source=source, own_id=row_id)
        claims = repository.claims(report_id=report.id, corrected=True, rejected=True)
        return claims[-1].id if claims else None

    return claim_id


def _ingest_source(
    workspace: Workspace,
    repository: Repository,
    source: str,
    files: Sequence[tuple[Path, bytes]],
) -> Ingested:
    archive = Archive(workspace.archive)
    rows: dict[str, CodedClaim] = {}
    captures: dict[str, tuple[str, str]] = {}
    rejected: list[str] = []
    notes: list[str] = []
    for path, data in files:
        sha256 = archive.add(data)
        try:
            coded = read_coded(data, source=source, claimants=read_claimants(workspace.claimants))
        except UnreadableInputError as error:
            rejected.append(f"{path}: {error}")
            continue
        rejected += [f"{path}: {refusal}" for refusal in coded.rejected]
        notes += [f"{path}: the column {name!r} is ignored." for name in coded.unknown_columns]
        for row in coded.claims:
            rows[row.row_id] = row
            captures[row.version.id] = (sha256, path.name)
    resolved, missing = resolve_references(tuple(rows.values()), claims_in(repository, source))
    _erase_forgotten(archive, repository, resolved, captures)
    return _store(workspace, repository, source, resolved, captures) + Ingested(
        rejected=tuple(rejected), notes=(*notes, *missing)
    )


def _erase_forgotten(
    archive: Archive,
    repository: Repository,
    rows: Sequence[CodedClaim],
    captures: Mapping[str, tuple[str, str]],
) -> None:
    # A file that still holds a forgotten row does not bring its words back into the archive.
    forgotten = repository.forgotten()
    hashes = {captures[row.version.id][0] for row in rows if row.report.id in forgotten}
    if hashes:
        repository.forget_bytes(hashes)
        for sha256 in hashes:
            archive.erase(sha256)


def _store(
    workspace: Workspace,
    repository: Repository,
    source: str,
    rows: Sequence[CodedClaim],
    captures: Mapping[str, tuple[str, str]],
) -> Ingested:
    index = seed_place_index(repository.areas())
    at = clock.now()
    placed = [place for row in rows for place in index.place(row.claim, row.position)]
    claims = [row.claim for row in rows]
    held = {
        (capture.version_id, capture.sha256)
        for filed in repository.reports(source=source)
        for capture in filed.captures
    }
    with repository.transaction():
        repository.add_reports(_filed(row, captures[row.version.id], at, held) for row in rows)
        added = repository.add_claims(claims)
        repository.add_claims((), placed)
        repository.add_legs(legs_of_all(claims, placed))
    return Ingested(
        new=added.new,
        known=added.known,
        notes=(*unplaced_notes(placed), *_unknown_actors(claims, read_actors(workspace.actors))),
    )


def _unknown_actors(claims: Sequence[Claim], actors: Actors) -> tuple[str, ...]:
    unknown = sorted({claim.actor for claim in claims if claim.actor not in actors})
    return tuple(
        f"the actor {actor!r} is unknown and is estimated by itself; name it in actors.csv of the "
        "workspace, or mend its id."
        for actor in unknown
    )


def _filed(
    row: CodedClaim, origin: tuple[str, str], at: datetime, held: Container[tuple[str, str]]
) -> FiledReport:
    sha256, address = origin
    # The same bytes read again prove nothing new: a watched folder would fill the table.
    fresh = (row.version.id, sha256) not in held
    capture = Capture(version_id=row.version.id, sha256=sha256, address=address, captured_at=at)
    return FiledReport(
        report=row.report, versions=(row.version,), captures=(capture,) if fresh else ()
    )
