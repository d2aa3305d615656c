"""The picture of a briefing: what became known of late on a map, and the estimate over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Literal

from geo.plate import draw_plate
from tracker.areas import Area
from tracker.assessment import areas_below, find_area
from tracker.briefing import Briefing
from tracker.briefing.language import language
from tracker.publication import Published

_WORDS: dict[str, Literal["en", "ru", "uk"]] = {"en": "en", "ru": "ru", "uk": "uk"}
SHOWN = timedelta(weeks=8)
"""What became known earlier is left to the map page."""


def draw_picture(
    briefing: Briefing, shown: Published, areas: Sequence[Area]
) -> tuple[str, bytes] | None:
    """Draw the picture of a briefing.

    Parameters
    ----------
    briefing : Briefing
        The briefing.
    shown : Published
        What may be shown, with estimates of many days.
    areas : sequence of Area
        All areas.

    Returns
    -------
    str
        What it shows, in words.
    bytes
        PNG, legible in grey. None in place of both where nothing of late is known.
    """
    from tracker.drawing import Look, draw_map  # noqa: PLC0415 - folium takes a second to import

    edition = briefing.edition
    top = find_area(areas, edition.area)
    drawn = [top, *areas_below(areas, top)]
    since = edition.as_of - SHOWN
    claims = [claim for claim in shown.claims if claim.known_at.date() > since]
    ids, names = {claim.id for claim in claims}, {area.id for area in drawn}
    if not claims:
        return None
    page = draw_map(
        look=Look(lang=_WORDS[edition.language]),
        title=edition.title,
        as_of=edition.as_of,
        actor=edition.actor,
        areas=drawn,
        shown=replace(
            shown,
            claims=claims,
            placed=[place for place in shown.placed if place.claim_id in ids],
            legs=[leg for leg in shown.legs if ids >= set(leg.claims)],
            estimates=[
                row for row in shown.estimates if row.area in names and row.as_of == edition.as_of
            ],
        ),
    )
    words = language(edition.language)
    said = words.say("text.picture", area=top.name, day=words.day(edition.as_of))
    return said, draw_plate(page)
