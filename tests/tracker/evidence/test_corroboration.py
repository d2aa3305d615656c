"""Credibility goes by independent origins: echoes and a source's own repeats add nothing."""

import pytest
from shapely import Point

from tracker.claims import Measure, PlaceMention
from tracker.evidence.corroboration import Witnesses
from tracker.placing import PlacedClaim
from tracker.timespan import span_of_dates
from tracker.vocabulary import Credibility, PlaceRole, Qualifier, Unit


def at(text):
    """Name a place."""
    return (PlaceMention(role=PlaceRole.AT, text=text),)


@pytest.fixture
def make_placed_at():
    """Return a function that puts a claim into Yelnya."""

    def make(claim):
        place = {"role": PlaceRole.AT, "text": claim.places[0].text, "gazetteer_id": "geo:1"}
        return PlacedClaim(claim_id=claim.id, geometry=Point(33, 54), radius_km=5.0, **place)

    return make


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
    first = said("first")
    others = [said(f"source {i}", size) for i, size in enumerate(sizes)]

    assert Witnesses([first, *others]).hear(first).credibility is grade


def test_echoes_and_repeats_bear_nothing_out(said):
    """A relay, a relay of a relay and the same source again are no independent origins."""
    claim = said("first")
    relay = said("agency", relays=(claim.id,))
    again = said("paper", relays=(relay.id,))
    repeat = said("first", report_id="r-again")

    found = Witnesses([claim, relay, again, repeat]).hear(claim)

    assert found.support == ()
    assert found.credibility is Credibility.POSSIBLY_TRUE


def test_two_echoes_of_another_origin_are_one_voice(said):
    """Five outlets that carry one post are one observation."""
    post = said("post")
    papers = [said(f"paper {i}", relays=(post.id,)) for i in range(5)]
    first = said("first")

    found = Witnesses([first, post, *papers]).hear(first)

    assert len(found.support) == 1
    assert found.credibility is Credibility.PROBABLY_TRUE


@pytest.mark.parametrize(("size", "least"), [(94_300, 0.99), (100_000, 0.8), (90_000, 0.8)])
def test_the_same_odd_number_is_probably_a_copy(said, size, least):
    """Two who say 94,300 within days are hardly two who counted; a round number may be chance."""
    first, later = said("first", size), said("paper", size)

    (voice,) = Witnesses([first, later]).hear(first).voices

    assert 1 - voice.weight > least


def test_places_in_two_languages_are_one_place(said, make_placed_at):
    """The gazetteer's id tells places, not their spelling."""
    first, later = said("first"), said("paper", 950, places=at("Ельня"))
    placed = {one.id: [make_placed_at(one)] for one in (first, later)}

    assert Witnesses([first, later], placed).hear(first).support == (later,)


def test_what_cannot_be_compared_cannot_be_judged(said):
    """Without a time nobody can say whether others speak of the same thing."""
    claim = said("x", observed=None)

    assert Witnesses([claim]).hear(claim).credibility == 6
