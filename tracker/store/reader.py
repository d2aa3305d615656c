"""Questions to what is stored: domain values and frames out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Unpack

import geopandas
import pandas as pd

from tracker.areas import Area
from tracker.claims.claim import Claim
from tracker.estimates.estimate import Estimate
from tracker.evidence.clusters import Echo
from tracker.evidence.grades import GradeChange
from tracker.evidence.judgement import Judgement
from tracker.movements.leg import Leg
from tracker.placing import PlacedClaim
from tracker.store import claim_reads, derived_reads, evidence_rows, frames, report_reads
from tracker.store.filed import Provenance
from tracker.store.readings import Reading, stored_readings
from tracker.store.report_reader import ReportReader
from tracker.store.selection import Criteria
from tracker.store.standing import Standing, read_standings
from tracker.vocabulary import Scope, Unit


class Reader(ReportReader):
    """What can be asked of a database of reports and claims.

    Parameters
    ----------
    database : Database
        The open file.

    Notes
    -----
    Every method sees one state of the database. `Criteria` lists what narrows a selection of
    claims.
    """

    def claims(self, **criteria: Unpack[Criteria]) -> list[Claim]:
        """Read claims.

        Parameters
        ----------
        **criteria : Criteria
            `as_of, as_recorded, actor, kind, status, observed, bbox, report_id, version_id, ids,
            corrected, rejected`.

        Returns
        -------
        list of Claim
            Ordered by `known_at`, then id.
        """
        with self.database.reading() as connection:
            return claim_reads.read_claims(connection, criteria)

    def claim(self, prefix: str) -> Claim:
        """Read one claim, whether or not it was corrected since.

        Parameters
        ----------
        prefix : str
            Its id, or enough of its beginning.

        Returns
        -------
        Claim
            In the reading that holds.
        """
        with self.database.reading() as connection:
            claim_id = claim_reads.find_claim_id(connection, prefix)
            wide = Criteria(ids=[claim_id], corrected=True, rejected=True, withdrawn=True)
            return claim_reads.read_claims(connection, wide)[0]

    def standings(self, report_id: str) -> dict[str, Standing]:
        """Read which claims of a report were withdrawn, or stand again.

        Parameters
        ----------
        report_id : str
            The report.

        Returns
        -------
        dict
            The latest standing by id of the claim; a claim that is not in it stands.
        """
        with self.database.reading() as connection:
            return read_standings(connection, report_id)

    def readings(self, report_ids: Sequence[str]) -> dict[str, dict[str, Reading]]:
        """Read how claims of some reports were read last, before people corrected them.

        Parameters
        ----------
        report_ids : sequence of str
            The reports.

        Returns
        -------
        dict
            Readings by id of the claim, by id of the report; withdrawn claims too.
        """
        with self.database.reading() as connection:
            return stored_readings(connection, report_ids)

    def placed(self, **criteria: Unpack[Criteria]) -> list[PlacedClaim]:
        """Read the places of claims, also those that could not be placed.

        Parameters
        ----------
        **criteria : Criteria
            As for `claims`.

        Returns
        -------
        list of PlacedClaim
            Ordered as their claims.
        """
        with self.database.reading() as connection:
            return claim_reads.read_places(connection, criteria)

    def claims_frame(self, **criteria: Unpack[Criteria]) -> pd.DataFrame:
        """Read claims into a frame.

        Parameters
        ----------
        **criteria : Criteria
            As for `claims`.

        Returns
        -------
        DataFrame
            As `tracker.store.frames.claims_frame` describes.
        """
        with self.database.reading() as connection:
            return frames.claims_frame(connection, criteria)

    def placed_frame(self, **criteria: Unpack[Criteria]) -> geopandas.GeoDataFrame:
        """Read placed claims into a frame for a map.

        Parameters
        ----------
        **criteria : Criteria
            As for `claims`.

        Returns
        -------
        GeoDataFrame
            EPSG:4326, as `tracker.store.frames.placed_frame` describes.
        """
        with self.database.reading() as connection:
            return frames.placed_frame(connection, criteria)

    def provenance(
        self, prefix: str, *, as_of: date | None = None, as_recorded: datetime | None = None
    ) -> Provenance:
        """Walk from a claim back to the archived bytes.

        Parameters
        ----------
        prefix : str
            The claim's id, or enough of its beginning.
        as_of, as_recorded : date, datetime, optional
            The state of knowledge that is asked about.

        Returns
        -------
        Provenance
            Claim, places, version, report, captures, and who repeats or replaces the claim.
        """
        with self.database.reading() as connection:
            return claim_reads.read_provenance(
                connection, prefix, Criteria(as_of=as_of, as_recorded=as_recorded)
            )

    def areas(self, *, as_recorded: datetime | None = None) -> list[Area]:
        """Read the areas in the versions that hold.

        Parameters
        ----------
        as_recorded : datetime, optional
            Versions that were recorded by this instant.

        Returns
        -------
        list of Area
            Ordered by id.
        """
        with self.database.reading() as connection:
            return derived_reads.read_areas(connection, as_recorded=as_recorded)

    def legs(self, *, as_of: date | None = None, as_recorded: datetime | None = None) -> list[Leg]:
        """Read the legs of movements in the versions that hold.

        Parameters
        ----------
        as_of : date, optional
            Only legs of which every claim was known by the end of this UTC day.
        as_recorded : datetime, optional
            Versions that were recorded by this instant.

        Returns
        -------
        list of Leg
            Ordered by the start of their window, then id.
        """
        with self.database.reading() as connection:
            return derived_reads.read_legs(connection, as_of=as_of, as_recorded=as_recorded)

    def judgements(
        self, *, report_id: str | None = None, as_recorded: datetime | None = None
    ) -> list[Judgement]:
        """Read what people decided.

        Parameters
        ----------
        report_id : str, optional
            Only judgements of this report.
        as_recorded : datetime, optional
            Only those that were recorded by this instant.

        Returns
        -------
        list of Judgement
            In the order in which they were recorded.
        """
        with self.database.reading() as connection:
            return report_reads.read_judgements(
                connection, report_id=report_id, as_recorded=as_recorded
            )

    def echoes(
        self, *, ids: Collection[str] | None = None, as_recorded: datetime | None = None
    ) -> dict[str, Echo]:
        """Read what claims count within their clusters of echoes.

        Parameters
        ----------
        ids : collection of str, optional
            Only these claims.
        as_recorded : datetime, optional
            What was recorded by this instant.

        Returns
        -------
        dict of str to Echo
            By claim id; a claim that repeats nothing and is not repeated has none.
        """
        with self.database.reading() as connection:
            return evidence_rows.read_echoes(connection, ids=ids, as_recorded=as_recorded)

    def grades(
        self,
        *,
        ids: Collection[str] | None = None,
        as_of: date | None = None,
        as_recorded: datetime | None = None,
    ) -> list[GradeChange]:
        """Read how the grades of claims changed.

        Parameters
        ----------
        ids : collection of str, optional
            Only these claims.
        as_of : date, optional
            Changes that follow from what was known by the end of this UTC day.
        as_recorded : datetime, optional
            What was recorded by this instant.

        Returns
        -------
        list of GradeChange
            Ordered by when they follow from what was known.
        """
        with self.database.reading() as connection:
            return evidence_rows.read_grades(
                connection, ids=ids, as_of=as_of, as_recorded=as_recorded
            )

    def estimates(
        self,
        *,
        area: str | None = None,
        actor: str | None = None,
        unit: Unit | None = None,
        scope: Scope | None = None,
        as_of: date | None = None,
        days: tuple[date, date] | None = None,
        as_recorded: datetime | None = None,
    ) -> list[Estimate]:
        """Read stored estimates.

        Parameters
        ----------
        area, actor, unit, scope, as_of : optional
            Only estimates with exactly these.
        days : tuple of date, optional
            First and last day that they speak of.
        as_recorded : datetime, optional
            Runs up to this instant.

        Returns
        -------
        list of Estimate
            Ordered by area, actor, unit, scope, as_of and day.
        """
        with self.database.reading() as connection:
            return derived_reads.read_estimates(
                connection,
                area=area,
                actor=actor,
                unit=unit,
                scope=scope,
                as_of=as_of,
                days=days,
                as_recorded=as_recorded,
            )
