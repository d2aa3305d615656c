"""Questions on movements that people ask of a workspace: who went where, who is expected."""

from __future__ import annotations

from datetime import date

import pandas as pd
from geopandas import GeoDataFrame

from tracker import clock
from tracker.formations import seed_formations
from tracker.movement_tables import arrivals_frame, flows_frame, movements_frame
from tracker.movements.arrivals import expected_arrivals
from tracker.movements.railways import railways_in
from tracker.movements.reconstruction import Reconstruction, reconstruct
from tracker.movements.timeline import FormationTimeline, formation_timeline
from tracker.store.repository import Repository
from tracker.timespan import as_day
from tracker.workspace import Workspace


class MovementQuestions:
    """The part of a workspace's questions that is about movements.

    Parameters
    ----------
    workspace : Workspace
        Where its parts lie.
    repository : Repository
        Its open database.
    """

    workspace: Workspace
    repository: Repository

    def movements(self, *, as_of: date | str | None = None) -> GeoDataFrame:
        """List movements in their parts: who went from where to where, along which line.

        Parameters
        ----------
        as_of : date or str, optional
            Only what was public by the end of this UTC day.

        Returns
        -------
        GeoDataFrame
            One row per part, EPSG:4326: `id`, `movement_id`, `origin`, `destination`,
            `certainty` (observed, inferred, planned), `way`, `length_km`, `time_from`, `time_to`
            (UTC), `quote`, `claimant` and more, as `tracker.movement_tables` describes.
        """
        claims = self.repository.claims(as_of=as_day(as_of), corrected=True)
        movements = self.reconstruction(as_of=as_of).movements
        return movements_frame(movements, claims, self.archived_hashes())

    def reconstruction(self, *, as_of: date | str | None = None) -> Reconstruction:
        """Put together who went where, as domain values.

        Parameters
        ----------
        as_of : date or str, optional
            Only what was public by the end of this UTC day.

        Returns
        -------
        Reconstruction
            Movements, and pairs of sightings that look like one train and cannot be.
        """
        known = as_day(as_of)
        return reconstruct(
            self.repository.claims(as_of=known, corrected=True),
            self.repository.placed(as_of=known, corrected=True),
            railways_in(self.workspace.railways),
        )

    def arrivals(self, *, as_of: date | str | None = None) -> pd.DataFrame:
        """List expected arrivals of trains on their way, with windows of 90 %.

        Parameters
        ----------
        as_of : date or str, optional
            Only what was public by the end of this UTC day; by default today. Windows that end
            before it are left out.

        Returns
        -------
        DataFrame
            One row per movement and destination: `movement_id`, `formation`, `area`, `p05`,
            `p50`, `p95` (UTC), `trains`, `personnel_p05` to `personnel_p95`, `claims`.
        """
        claims = self.repository.claims(as_of=as_day(as_of), corrected=True)
        movements = self.reconstruction(as_of=as_of).movements
        today = as_day(as_of) or clock.now().date()
        arrivals = expected_arrivals(movements, {claim.id: claim for claim in claims})
        ahead = [one for one in arrivals if one.p95.date() >= today]
        return arrivals_frame(ahead, self.repository.areas())

    def flows(self, *, as_of: date | str | None = None) -> pd.DataFrame:
        """Count movements from districts to areas, week by week.

        Parameters
        ----------
        as_of : date or str, optional
            Only what was public by the end of this UTC day.

        Returns
        -------
        DataFrame
            `week` (Monday), `district`, `area`, `actor`, `movements`, `trains`, `claims`.
        """
        claims = self.repository.claims(as_of=as_day(as_of), corrected=True)
        return flows_frame(
            self.reconstruction(as_of=as_of).movements,
            {claim.id: claim for claim in claims},
            self.repository.areas(),
            seed_formations(),
        )

    def formation(self, name: str, *, as_of: date | str | None = None) -> FormationTimeline:
        """Gather what is published on a formation: garrison, sightings, movements.

        Parameters
        ----------
        name : str
            Its designation or another of its names.
        as_of : date or str, optional
            Only what was public by the end of this UTC day.

        Returns
        -------
        FormationTimeline
            Entries in the order of their times, with the words and who said them.

        Raises
        ------
        NotFoundError
            Where neither the order of battle nor a claim knows it.
        """
        known = as_day(as_of)
        return formation_timeline(
            name,
            self.repository.claims(as_of=known, corrected=True),
            self.repository.placed(as_of=known, corrected=True),
            self.reconstruction(as_of=known).movements,
            seed_formations(),
        )

    def archived_hashes(self) -> dict[str, str]:
        """Return the hash of the first archived bytes of each version.

        Returns
        -------
        dict of str to str
            SHA-256 in hex by version id.
        """
        hashes: dict[str, str] = {}
        for filed in self.repository.reports():
            for capture in filed.captures:
                hashes.setdefault(capture.version_id, capture.sha256)
        return hashes
