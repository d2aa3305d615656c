"""Questions on what was published: reports, claims and contradictions of a workspace."""

from __future__ import annotations

from datetime import date
from typing import Unpack

import pandas as pd
from geopandas import GeoDataFrame

from tracker.actors import read_actors
from tracker.assessment import places_by_claim, require_actor
from tracker.contradiction_table import contradictions_frame
from tracker.evidence.contradictions import contradictions
from tracker.store.repository import Repository
from tracker.store.selection import Criteria
from tracker.timespan import as_day
from tracker.workspace import Workspace


class ClaimQuestions:
    """The part of a workspace's questions that is about what was published.

    Parameters
    ----------
    workspace : Workspace
        Where its parts lie.
    repository : Repository
        Its open database.
    """

    workspace: Workspace
    repository: Repository

    def reports(
        self, *, search: str | None = None, as_of: date | str | None = None
    ) -> pd.DataFrame:
        """List reports.

        Parameters
        ----------
        search : str, optional
            Words of the text; `"a phrase"` and `beginn*` work.
        as_of : date or str, optional
            Only what was public by the end of this UTC day.

        Returns
        -------
        DataFrame
            One row per report, in the wording that holds: `id`, `source`, `own_id`, `address`,
            `title`, `text`, `published_at` (UTC), `versions` and `captures` (counts).
        """
        filed = self.repository.reports(search=search, as_of=as_day(as_of))
        rows = [
            {
                "id": item.report.id,
                "source": item.report.source,
                "own_id": item.report.own_id,
                "address": item.report.address,
                "title": item.versions[-1].title,
                "text": item.versions[-1].text,
                "published_at": item.versions[-1].published_at,
                "versions": len(item.versions),
                "captures": len(item.captures),
            }
            for item in filed
            if item.versions
        ]
        columns = ["id", "source", "own_id", "address", "title", "text", "published_at"]
        return pd.DataFrame(rows, columns=[*columns, "versions", "captures"])

    def claims(self, **criteria: Unpack[Criteria]) -> GeoDataFrame:
        """List claims with their places.

        Parameters
        ----------
        **criteria : Criteria
            `as_of`, `actor` (id or name), `kind`, `status`, `observed`, `bbox` and so on.

        Returns
        -------
        GeoDataFrame
            One row per claim and place, EPSG:4326, as `tracker.store.frames` describes. Criteria
            narrow it in the database.

        Raises
        ------
        NotFoundError
            Where neither the registry nor any claim knows the actor.

        Examples
        --------
        >>> import tracker
        >>> with tracker.open("demo") as t:
        ...     frame = t.claims(actor="RU", as_of="2022-01-13", bbox=(30, 50, 40, 55))
        >>> frame.crs.to_epsg(), set(frame["actor"])
        (4326, {'RU'})
        >>> bool(frame["known_at"].max() < pd.Timestamp("2022-01-14", tz="UTC"))
        True
        """
        given: date | str | None = criteria.get("as_of")
        criteria["as_of"] = as_day(given)
        actors = read_actors(self.workspace.actors)
        asked: str | None = criteria.get("actor")
        if asked is None:
            return self.repository.placed_frame(**criteria)
        criteria["actor"] = actors.id_of(asked)
        frame = self.repository.placed_frame(**criteria)
        if frame.empty and criteria["actor"] not in actors:
            require_actor(self.repository.claims(), criteria["actor"])
        return frame

    def contradictions(
        self, *, as_of: date | str | None = None, actor: str | None = None
    ) -> pd.DataFrame:
        """List claims that cannot both hold, with what would settle them.

        Parameters
        ----------
        as_of : date or str, optional
            Only what was public by the end of this UTC day.
        actor : str, optional
            Whose troops, by id or name; by default all.

        Returns
        -------
        DataFrame
            One row per pair, as `tracker.contradiction_table` describes.
        """
        if actor is not None:
            actor = read_actors(self.workspace.actors).id_of(actor)
        known = Criteria(as_of=as_day(as_of), actor=actor, samples=False)
        placed = places_by_claim(self.repository.placed(**known))
        return contradictions_frame(contradictions(self.repository.claims(**known), placed))
