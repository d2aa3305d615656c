"""Put what a workspace knows on a map page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from importlib.metadata import entry_points
from typing import Literal, TypedDict

import geopandas
import pandas as pd
from shapely import box

from geo.gazetteer import Gazetteer
from geo.gazetteer.towns import largest_towns
from geo.layers import AreaEstimates, Movements, PlaceNames, Sightings, VagueAreas
from geo.layers.area_estimates import BREAKS, EFFORT
from geo.page import BaseMap, PageElement, TroopMap
from tracker.actors import seed_actors
from tracker.areas import Area
from tracker.assessment import places_by_claim
from tracker.errors import InvalidValueError
from tracker.estimates.effort import breaks, effort
from tracker.estimates.estimate import Estimate
from tracker.estimates.observations import Admission, Target
from tracker.estimates.priors import seed_factors
from tracker.features import (
    areas_frame,
    drawn_estimates_frame,
    legs_frame,
    published_frame,
    regions_frame,
    sightings_frame,
)
from tracker.garbage import no_search
from tracker.item_labels import AFFILIATIONS, CATEGORY_LABELS, DETAILS, FILTERS
from tracker.movements.railways import seed_railways
from tracker.page_words import Language, day_in_words, labelled, speaker
from tracker.publication import Published
from tracker.seeds import seed_file

MOST_TOWNS = 700
Box = tuple[float, float, float, float]
LABELLED_BOX: Box = (14.0, 38.0, 179.0, 75.0)
"""West, south, east, north in degrees: from the Oder to the Pacific, where the record plays."""
AROUND_DEG = 8.0
"""Towns are labelled so far around a theatre that lies elsewhere."""
MARGIN_DEG = 3.0
"""A theatre nearer to the edge of that box lies elsewhere: its map would be half unlabelled."""

ATTRIBUTION = ("Places: GeoNames (CC BY 4.0)",)
NOTES = (
    "Everything here was public by the end of {day} (UTC).",
    "An estimate is a distribution: 50 % of it lies in the dark band, 90 % in the light one.",
    "Published figures stand beside the estimate as they were stated.",
    "Trains are drawn along the railway between the places of reports; other lines are no routes.",
)
LAST_DAY = (
    "The estimate ends on {day}: what follows is combat, for which a model of forces gathering is "
    "not made."
)


class _Reading(TypedDict):
    details: Mapping[str, str]
    filters: Mapping[str, str]
    category_labels: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How a map page looks and what it opens with.

    Parameters
    ----------
    theme : str
        `auto` follows the reader's system; `light` or `dark`.
    lang : str
        Language of the interface and of labels; quotes and titles stay as they are.
    window : tuple of date, optional
        First and last day, UTC, that the page opens with; the whole record where not given.
    online_tiles : str
        Address template of a raster base map that the reader may switch on; no host where empty.
    affiliations : Mapping of str to str
        Key of `tracker.features.IDENTITIES` by actor: the frames of map symbols.
    """

    theme: Literal["auto", "light", "dark"] = "auto"
    lang: Language = "en"
    window: tuple[date, date] | None = None
    online_tiles: str = ""
    affiliations: Mapping[str, str] = field(default_factory=lambda: AFFILIATIONS)


@no_search()
def draw_map(
    *,
    title: str,
    as_of: date,
    actor: str,
    areas: Sequence[Area],
    shown: Published,
    look: Look = Look(),
) -> TroopMap:
    """Draw sightings, regions, movements and estimates on one page.

    Parameters
    ----------
    title : str
        Heading of the page.
    as_of : date
        Day of knowledge that the page states.
    actor : str
        Whose strength is drawn.
    areas : sequence of Area
        Areas with estimates: a theatre and its sectors.
    shown : Published
        What was public by that day, as far as it may be shown.
    look : Look
        Theme, language, window, and what symbols say.

    Returns
    -------
    TroopMap
        A folium map; more layers can be added before it is saved.
    """
    say = speaker(look.lang)
    subtitle = say("Reported movements and force-size estimate, as known on {day}")
    page = TroopMap(
        title=title,
        subtitle=subtitle.format(day=day_in_words(as_of, look.lang)),
        base_map=_base_map(look.lang),
        lang=look.lang,
        theme=look.theme,
        notes=(*_notes(areas, as_of, look.lang), *shown.withheld),
        attribution=[say(words) for words in ATTRIBUTION],
        marking=shown.marking,
        window=look.window and _instants(look.window),
        as_of=as_of,
        online_tiles=look.online_tiles,
    )
    _add_estimates(page, shown, areas, Target(actor=actor, as_of=as_of), look.lang)
    claims, placed, sha256 = shown.claims, shown.placed, shown.sha256
    reading = _Reading(
        details=labelled(DETAILS, look.lang),
        filters=labelled(FILTERS, look.lang),
        category_labels={value: say(words) for value, words in CATEGORY_LABELS.items()},
    )
    told = partial(_in_language, lang=look.lang)
    regions = told(regions_frame(claims, placed, sha256, areas))
    VagueAreas(regions, name=say("Vague areas"), show=False, **reading).add_to(page)
    legs = told(legs_frame(shown.legs, claims, sha256))
    Movements(legs, name=say("Movements"), size_unit=say("personnel"), **reading).add_to(page)
    dots = told(sightings_frame(claims, placed, sha256, look.affiliations))
    Sightings(dots, name=say("Sightings"), **reading).add_to(page)
    for layer in further_layers(shown):
        layer.add_to(page)
    PlaceNames(_towns(_labelled(areas)), name=say("Place names")).add_to(page)
    return page


def further_layers(shown: Published) -> list[PageElement]:
    """Make the layers that other packages bring.

    A package names a function in its entry points, group `tracker.layers`. It is handed what may
    be shown, past the publication policy, so that no layer can tell more than the page does.

    Parameters
    ----------
    shown : Published
        What may be shown.

    Returns
    -------
    list of PageElement
        One per entry point, by its name; none where a function returns None.

    Raises
    ------
    InvalidValueError
        Where a function returns something else than a layer.
    """
    layers = []
    for entry in sorted(entry_points(group="tracker.layers"), key=lambda one: one.name):
        layer = entry.load()(shown)
        if layer is None:
            continue
        if not isinstance(layer, PageElement):
            raise InvalidValueError(
                f"the layer {entry.name!r} ({entry.value}) made {type(layer).__name__!r}; return a "
                "geo.page.PageElement, or uninstall its package."
            )
        layers.append(layer)
    return layers


def _add_estimates(
    page: TroopMap, shown: Published, areas: Sequence[Area], target: Target, lang: Language
) -> None:
    say = speaker(lang)
    latest = max((row.as_of for row in shown.estimates), default=target.as_of)
    effort_, breaks_ = _coverage(shown, areas, target)
    frame = areas_frame(areas)
    AreaEstimates(
        frame.assign(name=frame["name"].map(say)),
        drawn_estimates_frame(row for row in shown.estimates if row.as_of == latest),
        published_frame(shown.claims, shown.placed, areas, actor=target.actor),
        vintages=_vintages_frame([row for row in shown.estimates if row.as_of < latest]),
        effort=effort_,
        breaks=breaks_,
        unit=say("personnel"),
        name=say("Estimates"),
    ).add_to(page)


def _in_language(frame: geopandas.GeoDataFrame, *, lang: Language) -> geopandas.GeoDataFrame:
    # What the record codes is put into words; what somebody wrote stays as it is.
    say, names = speaker(lang), {actor.id: actor.name for actor in seed_actors()}
    actor = [say(names.get(one, one)) for one in frame["actor"]]
    coded = {name: frame[name].map(say) for name in ("kind", "status", "claimant")}
    return frame.assign(actor=actor, **coded)


def _instants(window: tuple[date, date]) -> tuple[datetime, datetime]:
    first, last = (datetime(day.year, day.month, day.day, tzinfo=UTC) for day in window)
    return first, last + timedelta(days=1, minutes=-1)


def _vintages_frame(earlier: Sequence[Estimate]) -> pd.DataFrame:
    return drawn_estimates_frame(earlier).assign(as_of=[row.as_of for row in earlier])


def _coverage(
    shown: Published, areas: Sequence[Area], target: Target
) -> tuple[pd.DataFrame, pd.DataFrame]:
    # Who spoke of each area when, and when nobody did.
    placed = places_by_claim(shown.placed)
    observations, _ = Admission(target, areas, seed_factors()).admit(shown.claims, placed)
    spoken = [
        {
            "area_id": area.id,
            "date": period.first,
            "until": period.last,
            "claims": period.claims,
            "sources": period.sources,
        }
        for area in areas
        for period in effort(observations, area.id)
        if period.claims
    ]
    silent = [
        {"area_id": area.id, "date": first, "until": last}
        for area in areas
        for first, last in breaks(observations, area.id)
    ]
    return pd.DataFrame(spoken, columns=list(EFFORT)), pd.DataFrame(silent, columns=list(BREAKS))


def _base_map(lang: Language) -> BaseMap:
    countries, regions, disputed = map(_boundaries, ("countries", "admin1", "disputed"))
    if lang != "en":
        own = countries[f"name_{lang}"]
        countries = countries.assign(name=own.where(own.notna(), countries["name"]))
    railways = geopandas.GeoDataFrame(geometry=seed_railways().lines(), crs="EPSG:4326")
    return BaseMap(countries, regions, disputed, railways)


@cache
def _boundaries(name: str) -> geopandas.GeoDataFrame:
    return geopandas.read_file(seed_file(f"boundaries/{name}.geojson"))


@cache
def _towns(bbox: Box) -> geopandas.GeoDataFrame:
    return largest_towns(Gazetteer.open(), bbox, MOST_TOWNS)


def _labelled(areas: Sequence[Area]) -> Box:
    # The record's part of the world where the theatre lies in it, else the theatre's own.
    west, south, east, north = geopandas.GeoSeries([area.geometry for area in areas]).total_bounds
    around = (
        max(west - AROUND_DEG, -180.0),
        max(south - AROUND_DEG, -90.0),
        min(east + AROUND_DEG, 180.0),
        min(north + AROUND_DEG, 90.0),
    )
    inside = box(*LABELLED_BOX).contains(box(west, south, east, north).buffer(MARGIN_DEG))
    return LABELLED_BOX if inside else around


def _notes(areas: Sequence[Area], as_of: date, lang: Language) -> tuple[str, ...]:
    say = speaker(lang)
    ends = [area.valid_until for area in areas if area.valid_until is not None]
    notes = [say(words).format(day=day_in_words(as_of, lang)) for words in NOTES]
    if ends:
        notes.append(say(LAST_DAY).format(day=day_in_words(max(ends), lang)))
    return tuple(notes)
