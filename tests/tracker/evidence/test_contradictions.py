"""Only sizes of the same whole, at the same time, that do not meet contradict each other."""

import pytest

from tracker.claims import Measure, PlaceMention
from tracker.evidence.contradictions import contradictions
from tracker.evidence.review import doubts
from tracker.timespan import span_of_dates
from tracker.vocabulary import Extent, PlaceRole, Qualifier, Status, Unit


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

    assert contradictions([second, first]) in ([(first, second)], [(second, first)])


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


def test_an_unsure_reading_is_worth_a_look(said):
    """The least sure one comes first, and a sure one is left alone."""
    claims = [said(900, confidence=c, report_id=f"r-{c}") for c in (0.9, 0.5, 0.2)]

    found = doubts(claims, (), {})

    assert [doubt.claim.confidence for doubt in found] == [0.2, 0.5]
    assert found[0].reasons == ("read with confidence 0.20",)
