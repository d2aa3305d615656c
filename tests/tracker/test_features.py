"""Only what is there now, or to come, is drawn, and each mark carries its words."""

from dataclasses import replace

import pytest
from shapely import Point, box

from tracker.areas import Area
from tracker.claims import Measure, Quote
from tracker.features import published_frame, regions_frame, sightings_frame
from tracker.placing import PlacedClaim
from tracker.timespan import parse_date
from tracker.vocabulary import ClaimKind, Extent, PlaceRole, Qualifier, Scope, Status, Unit

AREA = Area(id="north", name="North", geometry=box(0, 50, 2, 51))
MANY = Measure(qualifier=Qualifier.EXACT, unit=Unit.PERSONNEL, best=900)


def placed(claim, geometry=None, area=None):
    return PlacedClaim(
        claim_id=claim.id,
        role=PlaceRole.AT,
        text="there",
        name="There",
        geometry=geometry or Point(1, 50.5),
        radius_km=4,
        gazetteer_id=area,
    )


def test_a_sighting_carries_words_claimant_radius_and_hash(make_claim):
    """The panel of a dot has all that its evidence needs."""
    claim = make_claim(claimant="A ministry", measure=MANY, observed=parse_date("2022-01-05"))

    (row,) = sightings_frame([claim], [placed(claim)], {"v-1": "abc"}).to_dict("records")

    assert row["quote"] == claim.quote.text
    assert row["place"] == "There (within 4 km)"
    assert (row["claimant"], row["sha256"]) == ("A ministry", "abc")
    assert row["radius_km"] == 4
    assert row["certainty"] == "observed"


def test_a_place_names_the_places_that_lost(make_claim):
    """The reader sees which namesakes the words could also mean, the first three of them."""
    claim = make_claim()
    lost = tuple({"name": f"There {at}", "lon": 30.04 + at, "lat": 50.0} for at in range(5))
    place = replace(placed(claim), alternatives=({"name": "Nowhere", "lon": None}, *lost))

    (told,) = sightings_frame([claim], [place], {})["alternatives"]

    assert told == "There 0 (50.0, 30.0); There 1 (50.0, 31.0)"


@pytest.mark.parametrize("status", [Status.DENIED, Status.RETRACTED, Status.BACKGROUND])
def test_what_was_not_there_is_not_drawn(make_claim, status):
    """Denied, retracted and historical claims stay off the map."""
    claim = make_claim(status=status)

    assert sightings_frame([claim], [placed(claim)], {}).empty


def test_a_plan_is_drawn_as_a_plan(make_claim):
    """A planned presence is marked so, never as observed."""
    claim = make_claim(status=Status.PLANNED, observed=parse_date("2022-02-01"))

    assert sightings_frame([claim], [placed(claim)], {})["certainty"].tolist() == ["planned"]


def test_a_region_is_a_shape_and_a_charted_total_is_not(make_claim):
    """A sighting somewhere in a region is drawn as the region; an area's total is in the chart."""
    sighting = make_claim(kind=ClaimKind.SIGHTING)
    total = make_claim(measure=MANY)
    places = [placed(sighting, AREA.geometry, "north"), placed(total, AREA.geometry, "north")]

    frame = regions_frame([sighting, total], places, {}, [AREA])

    assert frame["claim_id"].tolist() == [sighting.id]


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, 1),
        ({"extent": Extent.PART}, 0),
        ({"actor": "BY"}, 0),
        ({"status": Status.EXPECTED}, 0),
        ({"scope": Scope.NAVAL}, 0),
        ({"scope": Scope.LAND_ONLY}, 1),
        ({"measure": Measure(qualifier=Qualifier.RATIO, unit=Unit.PERSONNEL, best=4)}, 0),
        ({"measure": Measure(qualifier=Qualifier.EXACT, unit=Unit.TANK, best=4)}, 0),
    ],
)
def test_only_totals_of_the_actor_stand_beside_the_estimate(make_claim, fields, shown):
    """Parts, plans, other actors, other units and ratios are no mark of the chart."""
    whole = {"extent": Extent.WHOLE, "measure": MANY, "observed": parse_date("2022-01-05")}
    claim = make_claim(**whole | fields)

    frame = published_frame([claim], [placed(claim, AREA.geometry, "north")], [AREA], actor="RU")

    assert len(frame) == shown


def test_without_a_number_the_words_are_the_title(make_claim):
    """A reader tells two sightings at one place apart by what was said, cut at a word."""
    words = "Tanks and rocket launchers on flatcars " * 5
    claim = make_claim(quote=Quote.whole(words))

    (title,) = sightings_frame([claim], [placed(claim)], {})["title"]

    assert title.startswith("Tanks and rocket launchers on flatcars")
    assert title.endswith("[...]")
    assert len(title) <= 90
