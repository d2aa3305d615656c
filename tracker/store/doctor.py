"""The doctor: looks over a database and its archive, and mends what can be mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.errors import ReadOnlyWorkspaceError
from tracker.reports.archive import Archive
from tracker.store import schema
from tracker.store.database import Database
from tracker.store.forgetting import forgotten_hashes
from tracker.store.report_intake import broken_links
from tracker.store.tables import metadata

MOST_LISTED = 5
"""Faults of one kind that are named one by one; the rest is counted."""


class State(StrEnum):
    """How a check came out."""

    SOUND = "sound"
    MENDED = "mended"
    BROKEN = "broken"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What one check found.

    Parameters
    ----------
    check : str
        What was looked at.
    state : State
        How it came out.
    message : str
        What was found, or what to do about it.
    """

    check: str
    state: State
    message: str = ""


def examine(
    database: Database, archive: Archive | None = None, *, mend: bool = True, deep: bool = False
) -> list[Finding]:
    """Look over a database and its archive.

    Parameters
    ----------
    database : Database
        The open file.
    archive : Archive, optional
        The archive of raw bytes.
    mend : bool
        Whether to mend what can be mended; otherwise it is only reported.
    deep : bool
        Whether to hash every archived file anew instead of only looking whether it is there.

    Returns
    -------
    list of Finding
        At least one for each check, in a fixed order.
    """
    with database.reading() as connection:
        findings = [
            *_damage(database, connection),
            *_schema(connection),
            *_captures(connection),
        ]
        hashes = _captured(connection)
        forgotten = forgotten_hashes(connection)
    findings += _bookkeeping(database, mend=mend)
    if archive is not None:
        findings += _forgotten(archive, forgotten, mend=mend)
        findings += _archive(archive, hashes - forgotten, mend=mend, deep=deep)
    return findings


def is_healthy(findings: list[Finding]) -> bool:
    """Tell whether nothing is left to mend.

    Parameters
    ----------
    findings : list of Finding
        What `examine` returned.

    Returns
    -------
    bool
        False where something is broken.
    """
    return all(finding.state is not State.BROKEN for finding in findings)


def _result(check: str, faults: list[str], remedy: str) -> Finding:
    if not faults:
        return Finding(check=check, state=State.SOUND)
    listed = "; ".join(faults[:MOST_LISTED])
    rest = f"; and {len(faults) - MOST_LISTED} more" if len(faults) > MOST_LISTED else ""
    return Finding(check=check, state=State.BROKEN, message=f"{listed}{rest}. {remedy}")


_REMEDIES = {
    "file": "Restore the file from a backup.",
    "references": "Ingest the missing reports again.",
}


def _damage(database: Database, connection: Connection) -> Iterator[Finding]:
    for check, faults in database.faults(connection).items():
        yield _result(check, faults, _REMEDIES[check])


def _schema(connection: Connection) -> Iterator[Finding]:
    faults = schema.differences(connection)
    yield _result("schema", faults, "Copy the data to a new workspace.")
    yield Finding(check="revision", state=State.SOUND, message=schema.HEAD)


def _captures(connection: Connection) -> Iterator[Finding]:
    capture = metadata.tables["capture"]
    rows = connection.execute(sa.select(capture).order_by(capture.c.fid)).mappings()
    faults = [f"capture {fid} does not follow from the one before" for fid in broken_links(rows)]
    yield _result("captures", faults, "Rows were changed or removed; compare with a backup.")


def _captured(connection: Connection) -> set[str]:
    return set(connection.execute(sa.select(metadata.tables["capture"].c.sha256)).scalars())


class _Undo(Exception):  # noqa: N818 - leaves a transaction without committing; never seen outside
    """Carries what would be mended out of the transaction that is rolled back."""


def _bookkeeping(database: Database, *, mend: bool) -> Iterator[Finding]:
    check = database.bookkeeping
    mended: list[str] = []
    try:
        with database.writing() as connection:
            mended = database.repair(connection)
            if not mend:
                raise _Undo  # noqa: TRY301 - the way out of the transaction
    except _Undo:
        yield _result(check, mended, "Run 'tracker doctor' to mend it.")
    except ReadOnlyWorkspaceError as error:
        yield Finding(
            check=database.bookkeeping, state=State.SOUND, message=f"not looked at: {error}"
        )
    else:
        yield from (
            Finding(check=database.bookkeeping, state=State.MENDED, message=what) for what in mended
        )
        if not mended:
            yield Finding(check=check, state=State.SOUND)


def _forgotten(archive: Archive, hashes: set[str], *, mend: bool) -> Iterator[Finding]:
    left = sorted(sha256 for sha256 in hashes if sha256 in archive)
    if left and not mend:
        faults = [f"{sha256} was to be erased and is still there" for sha256 in left]
        yield _result("forgotten", faults, "Run 'tracker doctor' to erase it.")
    elif left:
        for sha256 in left:
            archive.erase(sha256)
        message = f"erased {len(left)} files that belong to forgotten reports"
        yield Finding(check="forgotten", state=State.MENDED, message=message)
    elif hashes:
        message = f"the bytes of {len(hashes)} captures were erased on purpose"
        yield Finding(check="forgotten", state=State.SOUND, message=message)


def _archive(archive: Archive, captured: set[str], *, mend: bool, deep: bool) -> Iterator[Finding]:
    held = set(archive.hashes())
    missing = (f"{sha256} is missing" for sha256 in sorted(captured - held))
    changed = (f"{sha256} was changed" for sha256 in sorted(held) if not archive.is_intact(sha256))
    faults = list(chain(missing, changed if deep else ()))
    yield _result("archive", faults, "Restore these files from a backup.")
    strangers = len(held - captured)
    if strangers:
        message = f"{strangers} files belong to no report; they do no harm"
        yield Finding(check="archive", state=State.SOUND, message=message)
    if mend and (swept := archive.sweep()):
        message = f"removed {swept} unfinished files"
        yield Finding(check="archive", state=State.MENDED, message=message)
