"""Questions about reports: their wordings, their captures, and what was forgotten."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from tracker.reports.report import Capture
from tracker.store import report_reads
from tracker.store.database import Database
from tracker.store.filed import FiledReport
from tracker.store.forgetting import Forgotten, read_forgotten


class ReportReader:
    """What can be asked of a database about reports.

    Parameters
    ----------
    database : Database
        The open database.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    def reports(
        self,
        *,
        search: str | None = None,
        as_of: date | None = None,
        source: str | None = None,
        limit: int | None = None,
    ) -> list[FiledReport]:
        """Read reports with their versions and captures.

        Parameters
        ----------
        search : str, optional
            Words that one wording must hold; `"a phrase"`, `beginn*`.
        as_of : date, optional
            Only wordings that were known by the end of this UTC day.
        source : str, optional
            Only reports of this source.
        limit : int, optional
            At most so many.

        Returns
        -------
        list of FiledReport
            The best match first, or without `search` the first published one.
        """
        with self.database.reading() as connection:
            return report_reads.read_reports(
                connection, search=search, as_of=as_of, source=source, limit=limit
            )

    def find_reports(
        self, *, ids: Sequence[str] = (), addresses: Sequence[str] = ()
    ) -> list[FiledReport]:
        """Find reports by what identifies them.

        Parameters
        ----------
        ids : sequence of str
            Ids.
        addresses : sequence of str
            Addresses where readers find them.

        Returns
        -------
        list of FiledReport
            Reports with one of the ids or addresses, the first recorded one first.
        """
        with self.database.reading() as connection:
            return report_reads.find_reports(connection, ids=ids, addresses=addresses)

    def reports_with_any(
        self, phrases: Sequence[str], *, nameless: bool = False, limit: int
    ) -> list[FiledReport]:
        """Find reports of which a wording holds one of several phrases.

        Parameters
        ----------
        phrases : sequence of str
            Words in a row, letters and digits with single spaces.
        nameless : bool
            Only reports that have no address.
        limit : int
            At most so many reports.

        Returns
        -------
        list of FiledReport
            By id.
        """
        with self.database.reading() as connection:
            return report_reads.reports_with_any(
                connection, phrases, nameless=nameless, limit=limit
            )

    def captures(self, *hashes: str) -> list[Capture]:
        """Read the captures that gave some bytes.

        Parameters
        ----------
        *hashes : str
            Hashes of the bytes.

        Returns
        -------
        list of Capture
            In the order in which they were recorded.
        """
        with self.database.reading() as connection:
            return report_reads.read_captures(connection, hashes)

    def all_captures(self) -> list[Capture]:
        """Read every capture.

        Returns
        -------
        list of Capture
            In the order of their chain; a capture of several reports is there for each of them.
        """
        with self.database.reading() as connection:
            return report_reads.all_captures(connection)

    def last_hashes(self, addresses: Collection[str]) -> dict[str, str]:
        """Read which bytes were captured last under some addresses or names.

        Parameters
        ----------
        addresses : collection of str
            Addresses, or names of files.

        Returns
        -------
        dict
            SHA-256 by address.
        """
        with self.database.reading() as connection:
            return report_reads.last_hashes(connection, addresses)

    def report_ids(self) -> list[str]:
        """List the reports.

        Returns
        -------
        list of str
            Ids, in the order in which they came in.
        """
        with self.database.reading() as connection:
            return report_reads.report_ids(connection)

    def forgotten(self) -> dict[str, Forgotten]:
        """Read which reports were forgotten.

        Returns
        -------
        dict
            When and why, by id of the report.
        """
        with self.database.reading() as connection:
            return read_forgotten(connection)
