"""Only sizes of the same whole, at the same time, that do not meet contradict each other."""

import pytest
from shapely import Point, box

from tracker.claims import Measure, PlaceMention
from tracker.evidence.contradictions import Conflict, contradictions
from tracker.evidence.review import doubts
from tracker.placing import PlacedClaim
from tracker.timespan import span_of_dates
from tracker.vocabulary import Extent, PlaceRole, Precision, Qualifier, Scope, Status, Unit

CRIMEA = Point(34, 45)


def placed_at(claim, geometry=CRIMEA):
    """Put a claim somewhere."""
    text = claim.places[0].text
    return PlacedClaim(
        claim_id=claim.id, role=PlaceRole.AT, text=text, geometry=geometry, radius_km=5.0
    )


@pytest.fixture
def said(make_claim):
    """Return a maker of a claim of a level; each comes from a report of its own."""

    def make(best, day=10, qualifier=Qualifier.EXACT, place="Yelnya", **fields):
        plain = {
            "report_id": f"r-{best}-{day}-{place}-{sorted(fields)}",
            "measure": Measure(qualifier=qualifier, unit=Unit.PERSONNEL, best=best),
            "extent": Extent.WHOLE,
            "places": (PlaceMention(role=PlaceRole.AT, text=place),),
            "observed": span_of_dates(f"2022-01-{day:02}", f"2022-01-{day:02}"),
        }
        return make_claim(**plain | fields)

    return make


def test_two_sizes_of_one_place_on_one_day_contradict(said):
    """900 and 3,000 soldiers cannot be all that are in Yelnya, however it is spelled out."""
    first, second = said(900), said(3000, place="YELNYA")

    (found,) = contradictions([second, first])

    assert {found.first, found.second} == {first, second}
    assert found.conflict is Conflict.SIZE
    assert "Yelnya" in found.settled_by.title()
    assert "on 2022-01-10" in found.settled_by


@pytest.mark.parametrize(
    ("size", "fields"),
    [
        (1000, {}),
        (3000, {"day": 1}),
        (3000, {"place": "Klintsy"}),
        (3000, {"actor": "BY"}),
        (3000, {"extent": Extent.PART}),
        (3000, {"status": Status.PLANNED}),
        (800, {"qualifier": Qualifier.MORE_THAN}),
        (3000, {"qualifier": Qualifier.UP_TO}),
    ],
)
def test_what_can_both_hold_is_no_contradiction(said, size, fields):
    """Rounding, another time, place, side, part, plan, or a bound that leaves room."""
    assert contradictions([said(900), said(size, **fields)]) == []


def test_a_relay_does_not_contradict_its_origin(said):
    """A number that was garbled on the way is an echo, not evidence against."""
    origin = said(900)

    assert contradictions([origin, said(9000, relays=(origin.id,))]) == []


def test_a_speaker_who_counts_anew_does_not_contradict_himself(said):
    """Fewer two days on are a withdrawal where one speaker counts, a quarrel where two do."""
    first, later = (said(n, day, claimant="Ministry") for n, day in ((8350, 8), (4500, 10)))
    other = said(4500, 10, claimant="Watchers")
    same_day = said(4500, 8, claimant="Ministry")

    assert contradictions([first, later]) == []
    assert len(contradictions([first, other])) == len(contradictions([first, same_day])) == 1


def test_a_part_cannot_be_more_than_its_whole(said):
    """At least 60,000 in Crimea and at most 40,000 around Ukraine, Crimea included, clash."""
    whole = said(40_000, place="around", qualifier=Qualifier.AT_MOST)
    part = said(60_000, place="Crimea", extent=Extent.PART)
    placed = {whole.id: [placed_at(whole, box(30, 44, 40, 52))], part.id: [placed_at(part)]}

    (found,) = contradictions([whole, part], placed)

    assert found.conflict is Conflict.PART


def test_a_denial_stands_against_what_it_denies(said):
    """What one asserts and another denies of the same place and day cannot both hold."""
    (found,) = contradictions([said(900), said(900, status=Status.DENIED)])

    assert found.conflict is Conflict.DENIAL


def test_a_formation_is_not_in_two_places_at_once(said):
    """The 41st army on one day in Yelnya and 4,000 km away; a month later it may be there."""
    first, second, later = (
        said(size, day, place=name, formation_id="RU-41CAA", formation="41st CAA")
        for size, day, name in ((900, 9, "Yelnya"), (901, 9, "Ulan-Ude"), (902, 1, "Ulan-Ude"))
    )
    placed = {
        claim.id: [placed_at(claim, Point(lon, 53))]
        for claim, lon in ((first, 33), (second, 107), (later, 107))
    }

    (found,) = contradictions([first, second, later], placed)

    assert (found.conflict, found.other(first.id)) == (Conflict.TWO_PLACES, second)
    assert "41st CAA" in found.settled_by


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"scope": Scope.LAND_ONLY}, "scope"),
        ({"observed": span_of_dates("2022-01-01", "2022-01-31", Precision.MONTH)}, "day"),
        ({}, "pictures"),
    ],
)
def test_what_is_left_open_would_settle_it(said, fields, words):
    """A missing scope or day is asked for before a picture."""
    (found,) = contradictions([said(900), said(3000, **fields)])

    assert words in found.settled_by


def test_an_unsure_reading_is_worth_a_look(said):
    """The least sure one comes first, and a sure one is left alone."""
    claims = [said(900, confidence=c, report_id=f"r-{c}") for c in (0.9, 0.5, 0.2)]

    found = doubts(claims, (), {})

    assert [doubt.claim.confidence for doubt in found] == [0.2, 0.5]
    assert found[0].reasons == ("read with confidence 0.20",)
