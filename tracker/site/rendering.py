"""From values that may be published to every file of the site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tracker.areas import Area
from tracker.assessment import areas_below
from tracker.drawing import Look, draw_map
from tracker.estimates.estimate import Estimate
from tracker.exports.parquet import HAS_PARQUET
from tracker.movements.leg import Leg
from tracker.publication import Published
from tracker.site.data_files import Layer, data_files, layers
from tracker.site.day_picture import day_picture
from tracker.site.entries import (
    Entry,
    Group,
    by_area,
    by_day,
    by_formation,
    by_source,
    entries_of,
)
from tracker.site.feeds import feed
from tracker.site.matter import Facts, File, Matter
from tracker.site.pages import page
from tracker.site.sources import source_states, speakers

NEWEST = 12
"""Entries that the index tells."""


def render_site(matter: Matter) -> Iterator[File]:
    """Write every file of the site.

    Parameters
    ----------
    matter : Matter
        What it is made from. The same matter gives the same bytes.

    Yields
    ------
    File
        The pages, feeds and files of data, the index last, so that a site whose writing broke off
        never links to what is not there.
    """
    entries = entries_of(matter.shown)
    days, formations = by_day(entries), by_formation(entries)
    areas, sources = by_area(entries, matter.areas), by_source(entries)
    found = layers(matter)
    yield from data_files(matter, found)
    yield from _maps(matter, areas)
    yield from _days(matter, days)
    yield from _formations(matter, formations)
    yield from _feeds(matter, areas, formations, sources)
    yield from _about(matter, entries, found)
    yield _index(matter, entries, days, formations, areas)


def _maps(matter: Matter, groups: Sequence[Group]) -> Iterator[File]:
    for area, group in zip(matter.areas, groups, strict=True):
        is_theatre = area.id == matter.facts.area
        drawn = [area, *areas_below(matter.areas, area)]
        shown = matter.shown if is_theatre else _within(matter.shown, group, drawn)
        title = matter.facts.title if is_theatre else f"{area.name}: {matter.facts.title}"
        drawing = draw_map(
            title=title,
            as_of=matter.facts.as_of,
            actor=matter.facts.actor,
            areas=drawn,
            shown=shown,
            look=Look(lang=matter.facts.lang, affiliations=matter.facts.affiliations),
        )
        path = "theatre.html" if is_theatre else f"areas/{group.slug}.html"
        yield File(path=path, data=drawing.get_root().render().encode())


def _within(shown: Published, group: Group, areas: Sequence[Area]) -> Published:
    ids = {entry.claim.id for entry in group.entries}
    drawn = {area.id for area in areas}
    return replace(
        shown,
        claims=[claim for claim in shown.claims if claim.id in ids],
        placed=[place for place in shown.placed if place.claim_id in ids],
        legs=[leg for leg in shown.legs if leg.claims[0] in ids],
        estimates=[row for row in shown.estimates if row.area in drawn],
    )


def _days(matter: Matter, days: Mapping[date, Sequence[Entry]]) -> Iterator[File]:
    legs: dict[str, list[Leg]] = defaultdict(list)
    for leg in matter.shown.legs:
        for claim in leg.claims:
            legs[claim].append(leg)
    order, estimates = list(days), _theatre_estimates(matter)
    for at, day in enumerate(order):
        title = f"What became known on {day.day} {day:%B %Y}"
        yield page(
            matter.facts,
            f"days/{day}.html",
            "day",
            title=title,
            day=day,
            entries=days[day],
            picture=day_picture(days[day], legs, matter.areas, title),
            estimate=estimates.get(day),
            before=order[at - 1] if at else None,
            after=order[at + 1] if at + 1 < len(order) else None,
            withheld=matter.shown.withheld,
        )


def _formations(matter: Matter, groups: Sequence[Group]) -> Iterator[File]:
    withheld = matter.shown.withheld
    for group in groups:
        yield page(
            matter.facts,
            f"formations/{group.slug}.html",
            "formation",
            title=group.name,
            group=group,
            withheld=withheld,
        )
    yield page(
        matter.facts,
        "formations/index.html",
        "formations",
        title="Formations",
        groups=groups,
        withheld=withheld,
    )


def _feeds(
    matter: Matter, areas: Sequence[Group], formations: Sequence[Group], sources: Sequence[Group]
) -> Iterator[File]:
    facts, withheld = matter.facts, matter.shown.withheld
    for area, group in zip(matter.areas, areas, strict=True):
        where = "theatre.html" if area.id == facts.area else f"areas/{group.slug}.html"
        yield feed(facts, group, kind="area", page=where, withheld=withheld)
    for group in formations:
        where = f"formations/{group.slug}.html"
        yield feed(facts, group, kind="formation", page=where, withheld=withheld)
    for group in sources:
        yield feed(facts, group, kind="source", page="sources.html", withheld=withheld)


def _about(matter: Matter, entries: Sequence[Entry], found: Sequence[Layer]) -> Iterator[File]:
    facts, withheld = matter.facts, matter.shown.withheld
    states = source_states(matter.reports, entries, grades=matter.grades, as_of=facts.as_of)
    yield page(
        facts,
        "sources.html",
        "sources",
        title="Sources",
        sources=states,
        speakers=speakers(entries),
        withheld=withheld,
    )
    methods = sorted({row.method for row in matter.shown.estimates})
    yield page(facts, "method.html", "method", title="Method", methods=methods, withheld=withheld)
    yield page(
        facts,
        "data/index.html",
        "data",
        title="Data",
        layers=found,
        has_parquet=HAS_PARQUET,
        withheld=withheld,
    )


def _index(
    matter: Matter,
    entries: Sequence[Entry],
    days: Mapping[date, Sequence[Entry]],
    formations: Sequence[Group],
    areas: Sequence[Group],
) -> File:
    months: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for day, told in days.items():
        months[f"{day:%B %Y}"].append((day, len(told)))
    return page(
        matter.facts,
        "index.html",
        "index",
        title=matter.facts.title,
        rows=[
            (area, group, _latest(matter, area))
            for area, group in zip(matter.areas, areas, strict=True)
        ],
        newest=entries[:NEWEST],
        months=dict(reversed(months.items())),
        formations=formations,
        briefings=sorted(matter.briefings, reverse=True),
        withheld=matter.shown.withheld,
    )


def _latest(matter: Matter, area: Area) -> Estimate | None:
    rows = [
        row
        for row in matter.shown.estimates
        if row.area == area.id and row.actor == matter.facts.actor and not row.forecast
    ]
    return max(rows, key=lambda row: row.day, default=None)


def _theatre_estimates(matter: Matter) -> dict[date, Estimate]:
    facts: Facts = matter.facts
    return {
        row.day: row
        for row in matter.shown.estimates
        if row.area == facts.area and row.actor == facts.actor
    }
