"""Put what a workspace knows on a map page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Literal, TypedDict

import geopandas
import pandas as pd
from shapely import box

from geo.gazetteer import Gazetteer
from geo.gazetteer.towns import largest_towns
from geo.layers import AreaEstimates, Movements, PlaceNames, Sightings, VagueAreas
from geo.layers.area_estimates import BREAKS, EFFORT
from geo.page import BaseMap, TroopMap
from tracker.areas import Area
from tracker.assessment import places_by_claim
from tracker.estimates.effort import breaks, effort
from tracker.estimates.estimate import Estimate
from tracker.estimates.observations import Admission, Target
from tracker.estimates.priors import seed_factors
from tracker.features import (
    CATEGORY_LABELS,
    DETAILS,
    FILTERS,
    areas_frame,
    drawn_estimates_frame,
    legs_frame,
    published_frame,
    regions_frame,
    sightings_frame,
)
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


class _Reading(TypedDict):
    details: Mapping[str, str]
    filters: Mapping[str, str]
    category_labels: Mapping[str, str]


def draw_map(
    *,
    title: str,
    as_of: date,
    actor: str,
    areas: Sequence[Area],
    shown: Published,
    theme: Literal["auto", "light", "dark"] = "auto",
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
    theme : str
        `auto`, `light` or `dark`.

    Returns
    -------
    TroopMap
        A folium map; more layers can be added before it is saved.
    """
    page = TroopMap(
        title=title,
        subtitle=f"Reported movements and force-size estimate, as known on {as_of:%-d %B %Y}",
        base_map=_base_map(),
        theme=theme,
        notes=(*_notes(areas, as_of), *shown.withheld),
        attribution=ATTRIBUTION,
        marking=shown.marking,
    )
    claims, placed, sha256 = shown.claims, shown.placed, shown.sha256
    latest = max((row.as_of for row in shown.estimates), default=as_of)
    effort_, breaks_ = _coverage(shown, areas, Target(actor=actor, as_of=as_of))
    AreaEstimates(
        areas_frame(areas),
        drawn_estimates_frame(row for row in shown.estimates if row.as_of == latest),
        published_frame(claims, placed, areas, actor=actor),
        vintages=_vintages_frame([row for row in shown.estimates if row.as_of < latest]),
        effort=effort_,
        breaks=breaks_,
    ).add_to(page)
    reading = _Reading(details=DETAILS, filters=FILTERS, category_labels=CATEGORY_LABELS)
    VagueAreas(regions_frame(claims, placed, sha256, areas), show=False, **reading).add_to(page)
    Movements(legs_frame(shown.legs, claims, sha256), **reading).add_to(page)
    Sightings(sightings_frame(claims, placed, sha256), **reading).add_to(page)
    PlaceNames(_towns(_labelled(areas))).add_to(page)
    return page


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


def _base_map() -> BaseMap:
    return BaseMap(*map(_boundaries, ("countries", "admin1", "disputed")))


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


def _notes(areas: Sequence[Area], as_of: date) -> tuple[str, ...]:
    ends = [area.valid_until for area in areas if area.valid_until is not None]
    notes = [
        f"Everything here was public by the end of {as_of:%-d %B %Y} (UTC).",
        "An estimate is a distribution: 50 % of it lies in the dark band, 90 % in the light one.",
        "Published figures stand beside the estimate as they were stated.",
        "Trains are drawn along the railway between reported places; other lines are no routes.",
    ]
    if ends:
        notes.append(
            f"The estimate ends on {max(ends):%-d %B %Y}: what follows is combat, for which a "
            "model of forces gathering is not made."
        )
    return tuple(notes)
