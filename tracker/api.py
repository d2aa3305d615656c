"""The questions that people ask of a workspace, and the answers as frames, values and maps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self, Unpack

import pandas as pd
from geopandas import GeoDataFrame

from tracker import clock
from tracker.areas import Area
from tracker.claimants import seed_claimants
from tracker.errors import NotFoundError
from tracker.estimates.estimate import Estimate
from tracker.estimates.estimation import estimate
from tracker.estimates.observations import Target
from tracker.estimates.priors import seed_factors
from tracker.estimates.setting import Setting
from tracker.features import WGS84, legs_frame
from tracker.placing import PlacedClaim
from tracker.store.repository import Repository
from tracker.store.selection import Criteria
from tracker.vocabulary import Scope, Unit
from tracker.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from geo.page import TroopMap

ESTIMATE_COLUMNS = (
    *("area", "actor", "date", "as_of", "unit", "scope"),
    *("p05", "p25", "p50", "p75", "p95", "p_zero", "building_up", "drawing_down"),
    *("forecast", "method", "claims"),
)


class Tracker:
    """A workspace, open for questions.

    Parameters
    ----------
    workspace : Workspace
        Where its parts lie.
    repository : Repository
        Its open database.
    """

    def __init__(self, workspace: Workspace, repository: Repository) -> None:
        self.workspace = workspace
        self.repository = repository

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self.repository.close()

    def reports(self, *, search: str | None = None, as_of: date | None = None) -> pd.DataFrame:
        """List reports.

        Parameters
        ----------
        search : str, optional
            Words of the text; `"a phrase"` and `beginn*` work.
        as_of : date, optional
            Only what was public by the end of this UTC day.

        Returns
        -------
        DataFrame
            One row per report, in the wording that holds: `id`, `source`, `own_id`, `address`,
            `title`, `text`, `published_at` (UTC), `versions` and `captures` (counts).
        """
        filed = self.repository.reports(search=search, as_of=as_of)
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
            `as_of`, `actor`, `kind`, `status`, `observed`, `bbox` and so on.

        Returns
        -------
        GeoDataFrame
            One row per claim and place, EPSG:4326, as `tracker.store.frames` describes.
        """
        return self.repository.placed_frame(**criteria)

    def movements(self, *, as_of: date | None = None) -> GeoDataFrame:
        """List the legs of movements.

        Parameters
        ----------
        as_of : date, optional
            Only what was public by the end of this UTC day.

        Returns
        -------
        GeoDataFrame
            One row per leg, EPSG:4326: `id`, `title`, `time_from`, `time_to` (UTC), `quote`,
            `claimant` and more.
        """
        legs = self.repository.legs(as_of=as_of)
        claims = self.repository.claims(as_of=as_of)
        return legs_frame(legs, claims, self.archived_hashes()).to_crs(WGS84)

    def estimates(
        self,
        *,
        area: str | None = None,
        actor: str = "RU",
        first: date | None = None,
        last: date | None = None,
        as_of: date | None = None,
        unit: Unit = Unit.PERSONNEL,
        scope: Scope = Scope.ALL_SERVICES,
    ) -> pd.DataFrame:
        """Estimate strengths.

        Parameters
        ----------
        area : str, optional
            Id or name of one area; by default all.
        actor : str
            Whose troops.
        first, last : date, optional
            UTC days; by default from the first claim to `as_of`.
        as_of : date, optional
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
            Where no area has this id or name.
        """
        rows = self.estimate_values(
            area=area, actor=actor, first=first, last=last, as_of=as_of, unit=unit, scope=scope
        )
        return estimates_frame(rows)

    def estimate_values(
        self,
        *,
        area: str | None = None,
        actor: str = "RU",
        first: date | None = None,
        last: date | None = None,
        as_of: date | None = None,
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
        known = as_of or clock.now().date()
        days = None if first is None and last is None else (first or date.min, last or known)
        return estimate(
            self.repository.claims(as_of=known),
            places_by_claim(self.repository.placed(as_of=known)),
            Setting(areas=areas, factors=seed_factors(), claimant_types=seed_claimants().types),
            Target(actor=actor, as_of=known, unit=unit, scope=scope),
            days=days,
            area=None if area is None else find_area(areas, area).id,
        )

    def map(
        self,
        *,
        as_of: date | None = None,
        area: str = "around-ukraine",
        actor: str = "RU",
        title: str = "Reported troop movements",
        theme: Literal["auto", "light", "dark"] = "auto",
    ) -> TroopMap:
        """Draw the map page: sightings, movements, estimates, time control, words behind each.

        Parameters
        ----------
        as_of : date, optional
            Only what was public by the end of this UTC day; by default today.
        area : str
            Area whose estimate the chart opens with; its parts are drawn with it.
        actor : str
            Whose strength is estimated.
        title : str
            Heading of the page.
        theme : {'auto', 'light', 'dark'}
            `auto` follows the reader's system; `light` or `dark`.

        Returns
        -------
        TroopMap
            A `folium.Map`: add layers of your own, then `save(path)` writes one file.

        Raises
        ------
        NotFoundError
            Where no area has this id or name.
        """
        from tracker.drawing import draw_map  # noqa: PLC0415 - folium takes a second to import

        known = as_of or clock.now().date()
        areas = self.repository.areas()
        drawn = [find_area(areas, area), *_below(areas, find_area(areas, area))]
        ids = {one.id for one in drawn}
        estimates = self.estimate_values(actor=actor, as_of=known)
        return draw_map(
            title=title,
            as_of=known,
            actor=actor,
            areas=drawn,
            claims=self.repository.claims(as_of=known),
            placed=self.repository.placed(as_of=known),
            legs=self.repository.legs(as_of=known),
            estimates=[row for row in estimates if row.area in ids],
            sha256=self.archived_hashes(),
            theme=theme,
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


def open_workspace(folder: str | Path = ".") -> Tracker:
    """Open a workspace.

    Parameters
    ----------
    folder : str or Path
        Its folder.

    Returns
    -------
    Tracker
        To be closed, or used in a `with` block.

    Raises
    ------
    NotAWorkspaceError
        Where the folder holds none.
    """
    workspace = find_workspace(Path(folder))
    return Tracker(workspace, Repository.open(workspace.database))


def _below(areas: Sequence[Area], top: Area) -> list[Area]:
    children = [area for area in areas if area.parent == top.id]
    return [below for child in children for below in (child, *_below(areas, child))]


def places_by_claim(placed: Sequence[PlacedClaim]) -> Mapping[str, list[PlacedClaim]]:
    """Group places by their claim.

    Parameters
    ----------
    placed : sequence of PlacedClaim
        Places in any order.

    Returns
    -------
    Mapping of str to list of PlacedClaim
        By claim id.
    """
    grouped: dict[str, list[PlacedClaim]] = defaultdict(list)
    for place in placed:
        grouped[place.claim_id].append(place)
    return grouped


def find_area(areas: Sequence[Area], name: str) -> Area:
    """Find an area by id or by one of its names.

    Parameters
    ----------
    areas : sequence of Area
        Areas.
    name : str
        Id or name, letter case aside.

    Returns
    -------
    Area
        The area.

    Raises
    ------
    NotFoundError
        Where none answers to it.
    """
    wanted = name.casefold().strip()
    for area in areas:
        if wanted in {word.casefold() for word in (area.id, area.name, *area.names)}:
            return area
    raise NotFoundError(
        f"no area is called {name[:60]!r}; the areas are {', '.join(a.id for a in areas)}."
    )


def estimates_frame(estimates: Sequence[Estimate]) -> pd.DataFrame:
    """Put estimates into a frame.

    Parameters
    ----------
    estimates : sequence of Estimate
        Estimates.

    Returns
    -------
    DataFrame
        Columns `ESTIMATE_COLUMNS`; `date` and `as_of` are days, quantiles are in `unit`,
        `claims` lists ids with weights.
    """
    frame = pd.DataFrame([row.as_record() for row in estimates], columns=ESTIMATE_COLUMNS)
    for name in ("date", "as_of"):
        frame[name] = pd.to_datetime(frame[name])
    return frame
