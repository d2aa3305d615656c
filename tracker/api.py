"""The questions that people ask of a workspace, and the answers as frames, values and maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self, Unpack

from tracker import clock
from tracker.actors import read_actors
from tracker.assessment import (
    areas_below,
    find_area,
    informed_setting,
    places_by_claim,
)
from tracker.claim_questions import ClaimQuestions
from tracker.estimate_questions import EstimateQuestions
from tracker.estimates.estimate import Estimate
from tracker.estimates.observations import Target
from tracker.estimates.vintages import weekly_vintages
from tracker.item_labels import AFFILIATIONS
from tracker.movement_questions import MovementQuestions
from tracker.movements.railways import railways_in
from tracker.page_words import Language
from tracker.publication import DEFAULT_POLICY, Policy, published
from tracker.store.repository import Repository
from tracker.store.selection import Criteria
from tracker.timespan import as_day
from tracker.vocabulary import Scope, Unit
from tracker.why import Why, why
from tracker.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from geo.page import TroopMap
    from tracker.exports import Exported


class Tracker(ClaimQuestions, EstimateQuestions, MovementQuestions):
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

    def _actor(self, words: str | None) -> str:
        # By id or name; that of the settings where nobody is named.
        return read_actors(self.workspace.actors).id_of(words or self.workspace.actor)

    def map(
        self,
        *,
        as_of: date | str | None = None,
        area: str | None = None,
        actor: str | None = None,
        title: str = "Reported troop movements",
        theme: Literal["auto", "light", "dark"] = "auto",
        lang: Language = "en",
        window: tuple[date, date] | None = None,
        online_tiles: str = "",
        affiliations: Mapping[str, str] = AFFILIATIONS,
        estimates: Sequence[Estimate] | None = None,
        policy: Policy = DEFAULT_POLICY,
    ) -> TroopMap:
        """Draw the map page: sightings, movements, estimates, time control, words behind each.

        Parameters
        ----------
        as_of : date or str, optional
            Only what was public by the end of this UTC day; by default today.
        area : str, optional
            Area whose estimate the chart opens with; its parts are drawn with it. By default that
            of the workspace's settings.
        actor : str, optional
            Whose strength is estimated; by default that of the settings.
        title : str
            Heading of the page.
        theme : {'auto', 'light', 'dark'}
            `auto` follows the reader's system.
        lang : {'en', 'ru', 'uk'}
            Language of the interface and of labels; quotes and titles stay as they are.
        window : tuple of date, optional
            First and last day that the page opens with, UTC.
        online_tiles : str
            Address template (https) of a raster base map that the reader may switch on; the page
            calls no host where it is empty.
        affiliations : Mapping of str to str
            `hostile`, `friend` or `neutral` by actor, for the frames of map symbols.
        estimates : sequence of Estimate, optional
            Estimates of this actor as of this day, where they were made before.
        policy : Policy
            What may be shown; by default the own side and neutral states are protected.

        Returns
        -------
        TroopMap
            A `folium.Map`: add layers of your own, then `save(path)` writes one file.

        Raises
        ------
        NotFoundError
            Where no area has this id or name.
        """
        from tracker.drawing import Look, draw_map  # noqa: PLC0415 - folium takes a second to import

        known = as_day(as_of) or clock.now().date()
        area = area or self.workspace.area
        actor = self._actor(actor)
        areas = self.repository.areas()
        drawn = [find_area(areas, area), *areas_below(areas, find_area(areas, area))]
        ids = {one.id for one in drawn}
        if estimates is None:
            estimates = self.estimate_values(actor=actor, as_of=known)
        kept = [row for row in estimates if row.area in ids]
        claims = self.repository.claims(as_of=known, corrected=True, samples=False)
        placed = self.repository.placed(as_of=known, corrected=True, samples=False)
        kept += weekly_vintages(
            claims,
            places_by_claim(placed),
            informed_setting(claims, placed, areas),
            Target(actor=actor, as_of=known),
            areas=ids,
        )
        shown = published(self.repository, as_of=known, estimates=kept, policy=policy)
        return draw_map(
            title=title,
            as_of=known,
            actor=actor,
            areas=drawn,
            shown=shown,
            look=Look(
                theme=theme,
                lang=lang,
                window=window,
                online_tiles=online_tiles,
                affiliations=affiliations,
            ),
        )

    def export(
        self,
        layer: str,
        file: str | Path,
        *,
        form: str | None = None,
        policy: Policy = DEFAULT_POLICY,
        licence: str = "",
        cite_as: str = "",
        **criteria: Unpack[Criteria],
    ) -> Exported:
        """Write a layer into a file for other programs, with its description beside it.

        Parameters
        ----------
        layer : str
            `claims`, `sightings`, `regions`, `movements`, `arrivals`, `flows`, `areas`,
            `estimates`, `published`, `contradictions` or `reports`.
        file : str or Path
            The file; it is replaced when the new one is complete.
        form : str, optional
            `csv`, `geojson`, `geopackage`, `geoparquet`, `kml`, `kmz`, `stix`, `timemap` or
            `xlsx`; by default told by the ending of the file's name.
        policy : Policy
            What may be shown; by default the own side and neutral states are protected.
        licence, cite_as : str
            In words; empty where not stated.
        **criteria : Criteria
            As for `claims`; other layers heed `as_of`, and some `actor` and `bbox`.

        Returns
        -------
        Exported
            The file, its description beside it, its rows, and what was withheld.

        Raises
        ------
        NotFoundError
            Where there is no such layer.
        InvalidValueError
            Where the form is not known or cannot hold the layer, or a criterion does not narrow it.
        WorkspaceError
            Where the file cannot be written.

        Examples
        --------
        >>> import tracker
        >>> with tracker.open("demo") as t:
        ...     done = t.export("sightings", "sightings.geojson", as_of="2022-02-18")
        >>> done.metadata.name, done.rows > 50
        ('sightings.geojson.metadata.json', True)
        """
        from tracker.exports import (  # noqa: PLC0415 - writers bring libraries along
            Asked,
            Facts,
            form_of,
            table_of,
            write_table,
        )

        path = Path(file)
        chosen = form_of(path, form)
        given: date | str | None = criteria.get("as_of")
        known = criteria["as_of"] = as_day(given) or clock.now().date()
        if (words := criteria.get("actor")) is not None:
            criteria["actor"] = self._actor(words)
        estimates: Sequence[Estimate] = ()
        if layer == "estimates":
            estimates = self.estimate_values(actor=criteria.get("actor"), as_of=known)
        facts = Facts(as_of=known, marking=str(policy.marking), licence=licence, citation=cite_as)
        asked = Asked(
            layer=layer,
            facts=facts,
            policy=policy,
            criteria=criteria,
            estimates=estimates,
            network=railways_in(self.workspace.railways),
        )
        table, withheld = table_of(self.repository, asked)
        return write_table(table, path, chosen, withheld)

    def why(
        self,
        question: str,
        *,
        actor: str | None = None,
        unit: Unit = Unit.PERSONNEL,
        scope: Scope = Scope.ALL_SERVICES,
    ) -> Why:
        """Show the evidence behind something.

        Parameters
        ----------
        question : str
            A claim's id, the id of a movement or of a part, or `AREA@DAY` or
            `AREA@DAY~AS_OF` for an estimate.
        actor, unit, scope
            Which estimate is meant; by default of the actor that the settings name.

        Returns
        -------
        Why
            Print it to read it; `record` holds plain values.

        Raises
        ------
        NotFoundError
            Where nothing has this id, or there is no such estimate.
        InvalidValueError
            Where it is no question of these kinds.

        Examples
        --------
        >>> import tracker
        >>> with tracker.open("demo") as t:
        ...     answer = t.why("around-ukraine@2022-02-18~2022-02-18")
        >>> len(answer.lines) > 5, max(one["weight"] for one in answer.record["influences"]) > 0.3
        (True, True)
        """
        return why(
            self.repository,
            question,
            actor=self._actor(actor),
            unit=unit,
            scope=scope,
            network=railways_in(self.workspace.railways),
        )


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
