"""The one door to what is stored: domain values in, and out as `Reader` says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy.engine import Connection

from tracker import clock
from tracker.areas import Area
from tracker.claims.claim import Claim
from tracker.estimates.estimate import Estimate
from tracker.evidence.judgement import Judgement
from tracker.movements.leg import Leg
from tracker.placing import PlacedClaim
from tracker.reports.report import Report
from tracker.store.claim_intake import insert_claims, insert_places
from tracker.store.database import BUSY_TIMEOUT_S, Database
from tracker.store.derived_intake import insert_areas, insert_estimates, insert_legs
from tracker.store.filed import FiledReport
from tracker.store.forgetting import Held, forget_bytes, forget_report, held_of
from tracker.store.intake import Added, batches, insert_new
from tracker.store.ledger import Ledger
from tracker.store.opening import open_database
from tracker.store.reader import Reader
from tracker.store.report_intake import fill_report, insert_reports
from tracker.store.report_rows import judgement_row
from tracker.store.standing import Standing, insert_standings

Item = TypeVar("Item")


class Repository(Reader):
    """A database of reports, claims and what follows from them, to ask and to add to.

    Parameters
    ----------
    database : Database
        The open file; `Repository.open` opens one.

    Notes
    -----
    Every method is one transaction, and several are one inside `transaction`: it happens as a whole
    or not at all. `ledger` keeps the runs of jobs.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.ledger = Ledger(database)

    @classmethod
    def open(
        cls, where: Path | str, *, create: bool = False, busy_timeout_s: float = BUSY_TIMEOUT_S
    ) -> Self:
        """Open a database and bring its schema up to date.

        Parameters
        ----------
        where : Path or str
            A GeoPackage file, by habit `tracker.gpkg`, or the address of a PostGIS database.
        create : bool
            Whether to make it where it is missing.
        busy_timeout_s : float
            How long to wait for another program's lock, seconds.

        Returns
        -------
        Repository
            To be closed, or used in a `with` block.

        Raises
        ------
        NotFoundError, WorkspaceError
            As `open_database` says.
        """
        return cls(open_database(where, create=create, busy_timeout_s=busy_timeout_s))

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make everything that is added in a `with` block happen as a whole or not at all.

        Yields
        ------
        None
            Other programs see nothing of it before the block ends.
        """
        with self.database.writing():
            yield

    def add_reports(self, filed: Iterable[FiledReport]) -> Added:
        """Add reports with their versions and captures.

        Parameters
        ----------
        filed : iterable of FiledReport
            The reports.

        Returns
        -------
        Added
            Counts of reports, versions and captures together.
        """
        return self._add(insert_reports, filed)

    def fill_report(self, report: Report) -> None:
        """Fill in what was learnt about a stored report: its address, its language.

        Parameters
        ----------
        report : Report
            The report; what the database holds already stays as it is.
        """
        with self.database.writing() as connection:
            fill_report(connection, report)

    def add_claims(self, claims: Iterable[Claim], placed: Iterable[PlacedClaim] = ()) -> Added:
        """Add claims of stored reports, with their places.

        Parameters
        ----------
        claims : iterable of Claim
            The claims.
        placed : iterable of PlacedClaim
            Places of these claims, or of claims that are stored already.

        Returns
        -------
        Added
            Counts of claims and places together.
        """
        at = clock.now()
        with self.database.writing() as connection:
            added = _insert(connection, insert_claims, claims, at)
            return added + _insert(connection, insert_places, placed, at)

    def add_standings(self, standings: Iterable[Standing]) -> int:
        """Add which claims are withdrawn, and which stand again.

        Parameters
        ----------
        standings : iterable of Standing
            How claims stand.

        Returns
        -------
        int
            How many changed.
        """
        with self.database.writing() as connection:
            return insert_standings(connection, standings, clock.now())

    def holdings(self, report_id: str) -> Held:
        """Say what would be erased with a report.

        Parameters
        ----------
        report_id : str
            The report.

        Returns
        -------
        Held
            Bytes, wordings, claims, and the reports that share the bytes.
        """
        with self.database.reading() as connection:
            return held_of(connection, report_id)

    def forget(self, report_id: str, reason: str) -> Held:
        """Erase the words of a report from all tables.

        Parameters
        ----------
        report_id : str
            The report.
        reason : str
            Why; it is kept with the time.

        Returns
        -------
        Held
            What was erased. The archive and the free pages of the file are the caller's to clear.
        """
        with self.database.writing() as connection:
            return forget_report(connection, report_id, reason, clock.now())

    def forget_bytes(self, hashes: Iterable[str]) -> None:
        """Note that bytes were erased from the archive because they hold a forgotten report.

        Parameters
        ----------
        hashes : iterable of str
            Their hashes.
        """
        with self.database.writing() as connection:
            forget_bytes(connection, set(hashes), clock.now())

    def add_areas(self, areas: Iterable[Area]) -> Added:
        """Add areas, or new versions of them.

        Parameters
        ----------
        areas : iterable of Area
            The areas.

        Returns
        -------
        Added
            Counts.
        """
        return self._add(insert_areas, areas)

    def add_legs(self, legs: Iterable[Leg]) -> Added:
        """Add legs of movements, or new versions of them.

        Parameters
        ----------
        legs : iterable of Leg
            The legs.

        Returns
        -------
        Added
            Counts.
        """
        return self._add(insert_legs, legs)

    def add_estimates(self, estimates: Iterable[Estimate]) -> Added:
        """Add the estimates of a run.

        Parameters
        ----------
        estimates : iterable of Estimate
            The estimates.

        Returns
        -------
        Added
            Counts; what an earlier run found alike is known.
        """
        return self._add(insert_estimates, estimates)

    def add_judgements(self, judgements: Iterable[Judgement]) -> Added:
        """Add decisions of people about claims of stored reports.

        Parameters
        ----------
        judgements : iterable of Judgement
            The decisions.

        Returns
        -------
        Added
            Counts.
        """
        at = clock.now()
        with self.database.writing() as connection:
            rows = [judgement_row(judgement) for judgement in judgements]
            new = insert_new(connection, "judgement", rows, at)
            return Added(new=new, known=len(rows) - new)

    def _add(
        self,
        insert: Callable[[Connection, Sequence[Item], datetime], Added],
        items: Iterable[Item],
    ) -> Added:
        at = clock.now()
        with self.database.writing() as connection:
            return _insert(connection, insert, items, at)


def _insert(
    connection: Connection,
    insert: Callable[[Connection, Sequence[Item], datetime], Added],
    items: Iterable[Item],
    at: datetime,
) -> Added:
    added = Added()
    for batch in batches(items):
        added += insert(connection, batch, at)
    return added
