"""Estimates for people: each actor by itself, areas by any of their names."""

from datetime import date

import pytest
from shapely import box

from tracker.areas import Area
from tracker.assessment import areas_below, estimate_all, estimates_frame, find_area
from tracker.claims import Measure, PlaceMention
from tracker.errors import NotFoundError
from tracker.estimates.observations import Target
from tracker.place_index import PlaceIndex
from tracker.timespan import parse_date
from tracker.vocabulary import Extent, PlaceRole, Qualifier, Unit

NORTH = Area(id="north", name="The North", names=("Up there",), geometry=box(0, 50, 2, 51))
PART = Area(id="part", name="Part", parent="north", geometry=box(0, 50, 1, 51))


@pytest.fixture
def claims(make_claim):
    """Two actors in one area."""
    return [
        make_claim(
            report_id=f"r-{actor}",
            actor=actor,
            extent=Extent.WHOLE,
            places=(PlaceMention(role=PlaceRole.AT, text="up there"),),
            observed=parse_date("2022-01-05"),
            measure=Measure(qualifier=Qualifier.EXACT, unit=Unit.PERSONNEL, best=best),
        )
        for actor, best in (("RU", 20_000), ("BY", 5_000))
    ]


def test_actors_are_never_added_up(claims):
    """Without an actor each one has rows of its own, near its own number."""
    index = PlaceIndex([NORTH])
    placed = [place for claim in claims for place in index.place(claim)]

    rows = estimate_all(claims, placed, [NORTH], Target(actor="", as_of=date(2022, 1, 10)))

    last = {row.actor: row for row in rows}
    assert last["RU"].p05 < 20_000 < last["RU"].p95
    assert last["BY"].p05 < 5_000 < last["BY"].p95
    assert estimates_frame(rows)["actor"].tolist().count("RU") == len(rows) / 2


def test_an_area_is_found_by_any_of_its_names():
    """Id, name and other names answer, whatever the case."""
    assert find_area([NORTH, PART], "UP THERE") is NORTH
    assert find_area([NORTH, PART], "part") is PART


def test_an_unknown_area_is_told_with_the_known_ones():
    """The message lists what could have been meant."""
    with pytest.raises(NotFoundError, match="the areas are north, part"):
        find_area([NORTH, PART], "south")


def test_the_parts_of_an_area_are_listed():
    """Parts, and theirs, without the area itself."""
    assert areas_below([NORTH, PART], NORTH) == [PART]
    assert areas_below([NORTH, PART], PART) == []
