"""Questions on strengths that people ask of a workspace: how many, and what changed that."""

from __future__ import annotations

from datetime import date

import pandas as pd

from tracker import clock
from tracker.actors import read_actors
from tracker.assessment import (
    estimate_all,
    estimates_frame,
    find_area,
    news_all,
    require_actor,
)
from tracker.errors import InvalidValueError
from tracker.estimates.estimate import Estimate
from tracker.estimates.news import News
from tracker.estimates.observations import Target
from tracker.store.repository import Repository
from tracker.timespan import as_day
from tracker.vocabulary import Scope, Unit
from tracker.workspace import Workspace


class EstimateQuestions:
    """The part of a workspace's questions that is about strengths.

    Parameters
    ----------
    workspace : Workspace
        Where its parts lie.
    repository : Repository
        Its open database.
    """

    workspace: Workspace
    repository: Repository

    def estimates(
        self,
        *,
        area: str | None = None,
        actor: str | None = None,
        first: date | str | None = None,
        last: date | str | None = None,
        as_of: date | str | None = None,
        unit: Unit = Unit.PERSONNEL,
        scope: Scope = Scope.ALL_SERVICES,
    ) -> pd.DataFrame:
        """Estimate strengths.

        Parameters
        ----------
        area : str, optional
            Id or name of one area; by default all.
        actor : str, optional
            Whose troops, by id or name; by default those of every actor, each by itself.
        first, last : date or str, optional
            UTC days; by default from the first claim to `as_of`.
        as_of : date or str, optional
            Only what was public by the end of this UTC day is used; by default today.
        unit : Unit
            `personnel` or `BTG`.
        scope : Scope
            Services included.

        Returns
        -------
        DataFrame
            Columns as `tracker estimate --json` names them, quantiles in `unit`.

        Raises
        ------
        NotFoundError
            Where no area has this id or name, or no claim speaks of the actor.

        Examples
        --------
        >>> import tracker
        >>> with tracker.open("demo") as t:
        ...     week = t.estimates(
        ...         area="around-ukraine", actor="RU", first="2022-02-12", as_of="2022-02-18"
        ...     )
        >>> week["date"].min().isoformat(), set(week["unit"])
        ('2022-02-12T00:00:00', {'personnel'})
        """
        rows = self.estimate_values(
            area=area, actor=actor, first=first, last=last, as_of=as_of, unit=unit, scope=scope
        )
        return estimates_frame(rows)

    def estimate_values(
        self,
        *,
        area: str | None = None,
        actor: str | None = None,
        first: date | str | None = None,
        last: date | str | None = None,
        as_of: date | str | None = None,
        unit: Unit = Unit.PERSONNEL,
        scope: Scope = Scope.ALL_SERVICES,
    ) -> tuple[Estimate, ...]:
        """Estimate strengths, as domain values.

        Parameters
        ----------
        area, actor, first, last, as_of, unit, scope
            As for `estimates`.

        Returns
        -------
        tuple of Estimate
            By area, then by day.

        Raises
        ------
        NotFoundError
            Where no area has this id or name.
        """
        areas = tuple(self.repository.areas())
        known = as_day(as_of) or clock.now().date()
        since, until = as_day(first), as_day(last)
        # Samples show the software; a number written for them is nobody's claim.
        claims = self.repository.claims(as_of=known, corrected=True, samples=False)
        if actor is not None:
            actor = read_actors(self.workspace.actors).id_of(actor)
        require_actor(claims, actor)
        return estimate_all(
            claims,
            self.repository.placed(as_of=known, corrected=True, samples=False),
            areas,
            Target(actor=actor or "", as_of=known, unit=unit, scope=scope),
            days=None if since is None and until is None else (since or date.min, until or known),
            area=None if area is None else find_area(areas, area).id,
        )

    def news(
        self,
        *,
        since: date | str,
        as_of: date | str | None = None,
        day: date | str | None = None,
        area: str | None = None,
        actor: str | None = None,
        unit: Unit = Unit.PERSONNEL,
        scope: Scope = Scope.ALL_SERVICES,
    ) -> tuple[News, ...]:
        """Say what changed estimates between two days of knowledge, claim by claim.

        Parameters
        ----------
        since : date or str
            The earlier day of knowledge, UTC.
        as_of : date or str, optional
            The later day of knowledge; by default today.
        day : date or str, optional
            UTC day that the estimates speak of; by default `as_of`.
        area, actor, unit, scope
            As for `estimates`.

        Returns
        -------
        tuple of News
            By actor and area; those without an estimate of this day are left out.

        Raises
        ------
        NotFoundError
            Where no area has this id or name, or no claim speaks of the actor.
        InvalidValueError
            Where `since` does not lie before `as_of`.
        """
        areas = tuple(self.repository.areas())
        known, earlier = as_day(as_of) or clock.now().date(), as_day(since)
        if earlier is None:
            raise InvalidValueError("since names no day.")
        claims = self.repository.claims(as_of=known, corrected=True, samples=False)
        if actor is not None:
            actor = read_actors(self.workspace.actors).id_of(actor)
        require_actor(claims, actor)
        return news_all(
            claims,
            self.repository.placed(as_of=known, corrected=True, samples=False),
            areas,
            Target(actor=actor or "", as_of=known, unit=unit, scope=scope),
            since=earlier,
            day=as_day(day),
            area=None if area is None else find_area(areas, area).id,
        )
