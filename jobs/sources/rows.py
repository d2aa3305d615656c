"""Coded records of a source into the store: new ones, edited ones, and no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from jobs.connector import Piece, Row
from jobs.ingest import Ingested, claims_in
from tracker.claimants import Claimants
from tracker.claims.claim import Claim
from tracker.claims.coded import resolve_references
from tracker.claims.coded_row import REQUIRED, CodedClaim, read_row
from tracker.errors import InvalidValueError
from tracker.movements.legs import legs_of_all
from tracker.place_index import PlaceIndex, unplaced_notes
from tracker.reports.report import Capture
from tracker.store.filed import FiledReport
from tracker.store.repository import Repository

_BATCH = 500
"""Records of one transaction."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadRows:
    """Records that were read, and those that were not.

    Parameters
    ----------
    coded : tuple of CodedClaim
        What can be stored.
    rejected : tuple of str
        One sentence for each of the others.
    """

    coded: tuple[CodedClaim, ...]
    rejected: tuple[str, ...]


def read_rows(rows: Sequence[Row], source: str, claimants: Claimants) -> ReadRows:
    """Read records strictly; a bad one stops no other.

    Parameters
    ----------
    rows : sequence of Row
        The records.
    source : str
        Name of the source; with a record's id it names the report.
    claimants : Claimants
        Finds claimants by the words that name them.

    Returns
    -------
    ReadRows
        Accepted and refused records.
    """
    accepted: dict[str, CodedClaim] = {}
    rejected: list[str] = []
    empty = dict.fromkeys(REQUIRED, "")
    for row in rows:
        try:
            coded = read_row(empty | dict(row.cells), source, claimants)
        except InvalidValueError as error:
            rejected.append(f"{row.where}: {error}")
            continue
        if coded.row_id in accepted:
            rejected.append(f"{row.where}: the id {coded.row_id[:60]!r} stands twice.")
            continue
        accepted[coded.row_id] = coded
    return ReadRows(coded=tuple(accepted.values()), rejected=tuple(rejected))


def store_rows(
    repository: Repository,
    source: str,
    rows: Sequence[CodedClaim],
    *,
    piece: Piece,
    sha256: str,
    index: PlaceIndex,
) -> tuple[Ingested, int]:
    """Store the records that are new or say something else than before.

    Parameters
    ----------
    repository : Repository
        The open database.
    source : str
        Name of the source.
    rows : sequence of CodedClaim
        The records.
    piece : Piece
        The bytes that they stand in.
    sha256 : str
        Hash of these bytes in the archive.
    index : PlaceIndex
        Finds the places.

    Returns
    -------
    Ingested
        Counts and notes.
    int
        How many records were edited: a changed one is a new version of its report, known from this
        reading on, and its claim corrects the one before.
    """
    resolved, missing = resolve_references(tuple(rows), claims_in(repository, source))
    total, edits = Ingested(notes=missing), 0
    for start in range(0, len(resolved), _BATCH):
        batch = resolved[start : start + _BATCH]
        held = {
            filed.report.id: filed
            for filed in repository.find_reports(ids=[row.report.id for row in batch])
        }
        changed = []
        for row in batch:
            before = held.get(row.report.id)
            if before is None:
                changed.append(row)
            elif row.version.id not in {version.id for version in before.versions}:
                changed.append(_edited(repository, row, before, piece.captured_at))
                edits += 1
        known = Ingested(known=len(batch) - len(changed))
        total += known + _store(repository, changed, piece, sha256, index)
    return total, edits


def _edited(
    repository: Repository, row: CodedClaim, before: FiledReport, at: datetime
) -> CodedClaim:
    known_at = max(at, row.version.published_at, before.versions[-1].known_at)
    claims = repository.claims(report_id=row.report.id, corrected=True, rejected=True)
    replaced = {name for claim in claims for name in claim.corrects}
    same = [claim for claim in claims if claim.id == row.claim.id]
    version = replace(row.version, known_at=known_at)
    if same:
        # The words and the size stayed: only the coding or a remark changed, as of the beginning.
        claim: Claim = replace(row.claim, known_at=same[-1].known_at, version_id=version.id)
    else:
        old = tuple(claim.id for claim in claims if claim.id not in replaced)
        claim = replace(row.claim, known_at=known_at, corrects=(*row.claim.corrects, *old))
    return replace(row, version=version, claim=claim)


def _store(
    repository: Repository,
    rows: Sequence[CodedClaim],
    piece: Piece,
    sha256: str,
    index: PlaceIndex,
) -> Ingested:
    if not rows:
        return Ingested()
    placed = [place for row in rows for place in index.place(row.claim, row.position)]
    claims = [row.claim for row in rows]
    with repository.transaction():
        repository.add_reports(_filed(row, piece, sha256) for row in rows)
        added = repository.add_claims(claims)
        repository.add_claims((), placed)
        repository.add_legs(legs_of_all(claims, placed))
    return Ingested(new=added.new, known=added.known, notes=unplaced_notes(placed))


def _filed(row: CodedClaim, piece: Piece, sha256: str) -> FiledReport:
    capture = Capture(
        version_id=row.version.id,
        sha256=sha256,
        address=piece.address or piece.name,
        captured_at=piece.captured_at,
        status=piece.status,
        headers=piece.headers,
    )
    return FiledReport(report=row.report, versions=(row.version,), captures=(capture,))
