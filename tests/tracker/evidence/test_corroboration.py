"""Credibility goes by independent origins: echoes and a source's own repeats add nothing."""

import pytest

from tracker.claims import Measure, PlaceMention
from tracker.evidence.corroboration import corroborate
from tracker.timespan import span_of_dates
from tracker.vocabulary import Credibility, PlaceRole, Qualifier, Unit


@pytest.fixture
def said(make_claim):
    """Return a maker of a claim about the soldiers in Yelnya by a claimant."""

    def make(claimant, best=900, **fields):
        plain = {
            "report_id": f"r-{claimant}",
            "claimant_id": claimant,
            "measure": Measure(qualifier=Qualifier.EXACT, unit=Unit.PERSONNEL, best=best),
            "places": (PlaceMention(role=PlaceRole.AT, text="Yelnya"),),
            "observed": span_of_dates("2022-01-08", "2022-01-08"),
        }
        return make_claim(**plain | fields)

    return make


@pytest.mark.parametrize(
    ("sizes", "grade"),
    [
        ((), Credibility.POSSIBLY_TRUE),
        ((950,), Credibility.PROBABLY_TRUE),
        ((950, 1000), Credibility.CONFIRMED),
        ((950, 9000), Credibility.POSSIBLY_TRUE),
        ((9000,), Credibility.DOUBTFUL),
        ((9000, 8000), Credibility.IMPROBABLE),
    ],
)
def test_the_grade_goes_by_the_voices(said, sizes, grade):
    """More that bear it out grade it up, more against it grade it down."""
    others = [said(f"source {i}", size) for i, size in enumerate(sizes)]

    assert corroborate(said("first"), others, ()).credibility is grade


def test_echoes_and_repeats_bear_nothing_out(said):
    """A repost, a relay and the same source again are no independent origins."""
    claim = said("first")
    repost = said("paper")
    relay = said("agency", relays=(claim.id,))
    again = said("first", report_id="r-again")

    found = corroborate(claim, [claim, repost, relay, again], [(claim.report_id, "r-paper")])

    assert found.support == ()
    assert found.credibility is Credibility.POSSIBLY_TRUE


def test_two_echoes_of_another_origin_are_one_voice(said):
    """Five outlets that carry one post are one observation."""
    others = [said(f"paper {i}") for i in range(5)]

    found = corroborate(said("first"), others, [tuple(other.report_id for other in others)])

    assert len(found.support) == 1
    assert found.credibility is Credibility.PROBABLY_TRUE


def test_what_cannot_be_compared_cannot_be_judged(said):
    """Without a time nobody can say whether others speak of the same thing."""
    assert corroborate(said("x", observed=None), (), ()).credibility == 6
