"""Forget a report: its words and bytes go from the workspace, its hashes and the reason stay."""

from __future__ import annotations

from dataclasses import dataclass

from jobs.documents.addresses import canonical_address
from tracker.errors import NotFoundError
from tracker.reports.archive import Archive
from tracker.store.forgetting import Held
from tracker.store.repository import Repository
from tracker.workspace import Workspace


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportForgotten:
    """What was erased.

    Parameters
    ----------
    held : Held
        What the database held of it.
    files : int
        How many files of the archive were erased.
    """

    held: Held
    files: int


def find_report_id(repository: Repository, named: str) -> str:
    """Find the report that a person names.

    Parameters
    ----------
    repository : Repository
        The open database.
    named : str
        Its id, its address, or the id of one of its claims.

    Returns
    -------
    str
        Its id.

    Raises
    ------
    NotFoundError
        Where nothing has this name.
    """
    if named.startswith("c-"):
        return repository.claim(named).report_id
    address = canonical_address(named)
    found = repository.find_reports(ids=[named], addresses=[address] if address else [])
    if not found:
        raise NotFoundError(f"no report is known as {named[:80]!r}; 'tracker why c-...' shows ids.")
    return found[0].report.id


def forget(
    workspace: Workspace, repository: Repository, report_id: str, *, reason: str
) -> ReportForgotten:
    """Erase the words and the bytes of a report.

    Parameters
    ----------
    workspace : Workspace
        Where the archive lies.
    repository : Repository
        Its open database.
    report_id : str
        The report; one that was forgotten already is cleared of what a killed run left.
    reason : str
        Why; it is kept with the time.

    Returns
    -------
    ReportForgotten
        What was erased. Pages, briefings, exports and backups that were written before still have
        to be made anew or deleted.

    Raises
    ------
    NotFoundError
        Where there is no such report.
    InvalidValueError
        Where no reason is given.
    BusyWorkspaceError
        Where another program holds the database, so that the words are still in its free pages;
        forgetting the report again finishes the work.
    """
    # First the record, then the bytes: a run that is killed in between is finished by the doctor.
    held = repository.forget(report_id, reason)
    archive = Archive(workspace.archive)
    files = sum(archive.erase(sha256) for sha256 in held.hashes)
    repository.database.compact()
    return ReportForgotten(held=held, files=files)
