"""What leaves the house is old enough, no sharper than allowed, and names nobody."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest
from shapely import LineString, Point, box

from geo.geodesy import great_circle_km
from tracker.claims.claim import PlaceMention, Quote
from tracker.errors import InvalidValueError
from tracker.movements.leg import Leg
from tracker.placing import PlacedClaim
from tracker.publication import DEFAULT_POLICY, Held, Policy, Publication, Rule, publish
from tracker.timespan import Timespan
from tracker.vocabulary import ClaimKind, PlaceRole, Status

NOW = datetime(2022, 1, 10, 18, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
OKHTYRKA = Point(34.8989, 50.3103)


@pytest.fixture
def own(make_claim):
    """Make a sighting of the own side at a town that the words name."""
    return make_claim(
        actor="UA",
        kind=ClaimKind.SIGHTING,
        quote=Quote.whole("30 tanks of the brigade stand at Okhtyrka"),
        places=(PlaceMention(role=PlaceRole.AT, text="Okhtyrka", start=33),),
    )


@pytest.fixture
def place_of():
    """Return a maker of the town's place for a claim."""

    def make(claim, geometry=OKHTYRKA, radius_km=3.0):
        words = {"claim_id": claim.id, "role": PlaceRole.AT, "text": "Okhtyrka"}
        return PlacedClaim(
            **words, name="Okhtyrka", geometry=geometry, radius_km=radius_km, gazetteer_id="700051"
        )

    return make


def test_a_fresh_position_of_the_own_side_waits(own, place_of):
    """Neither claim nor place is shown within a day, and the page says that it waits."""
    shown = publish(Held(claims=[own], placed=[place_of(own)]), DEFAULT_POLICY, NOW)

    assert (list(shown.claims), list(shown.placed)) == ([], [])
    assert shown.withheld[0].startswith("1 claim on the troops of Ukraine not shown yet")
    assert "24 hours" in shown.withheld[0]


def test_an_older_position_is_snapped_and_its_radius_covers_the_truth(own, place_of):
    """The centre of a 25 km cell, with a radius that still reaches the town."""
    shown = publish(Held(claims=[own], placed=[place_of(own)]), DEFAULT_POLICY, LATER)

    (place,) = shown.placed
    away_km = great_circle_km(place.geometry.x, place.geometry.y, OKHTYRKA.x, OKHTYRKA.y)
    assert place.geometry != OKHTYRKA
    assert away_km + 3.0 <= place.radius_km <= 25
    assert place.gazetteer_id is None
    assert "25 km cell" in shown.withheld[0]


def test_a_coarse_position_is_not_named_in_the_words(own, place_of):
    """The town's name is gone from quote, place and mention; the claim keeps its id."""
    shown = publish(Held(claims=[own], placed=[place_of(own)]), DEFAULT_POLICY, LATER)

    assert "Okhtyrka" not in repr(shown)
    assert shown.claims[0].id == own.id == shown.placed[0].claim_id
    assert shown.claims[0].quote.text.startswith("30 tanks of the brigade stand at █")


def test_another_claim_of_the_sentence_does_not_tell_the_place(own, place_of, make_claim):
    """A claim on the other side keeps its own place and loses that of the own side."""
    words = Quote.whole("Shells from Tyotkino fell near the brigade at Okhtyrka")
    other = make_claim(actor="RU", kind=ClaimKind.SIGHTING, quote=words)
    at = PlacedClaim(
        claim_id=other.id,
        role=PlaceRole.AT,
        text="Tyotkino",
        geometry=Point(34.2, 51.2),
        radius_km=2,
    )
    held = Held(claims=[own, other], placed=[place_of(own), at])

    for at_time in (NOW, LATER):
        shown = publish(held, DEFAULT_POLICY, at_time)
        kept = next(claim for claim in shown.claims if claim.actor == "RU")
        assert kept.quote.text == "Shells from Tyotkino fell near the brigade at ████████"


def test_the_watched_side_is_shown_as_reported(make_claim, place_of):
    """Positions of the troops that the workspace follows stay sharp and are not delayed."""
    claim = make_claim(actor="RU", quote=Quote.whole("30 tanks at Okhtyrka"))
    held = Held(claims=[claim], placed=[place_of(claim)])

    shown = publish(held, DEFAULT_POLICY, NOW)

    assert (list(shown.claims), list(shown.placed)) == ([claim], [place_of(claim)])
    assert shown.withheld == ()


def test_a_region_is_vague_enough(own, place_of):
    """What is vaguer than a cell keeps its shape and its name."""
    oblast = place_of(own, geometry=box(33, 50, 36, 52), radius_km=90.0)

    shown = publish(Held(claims=[own], placed=[oblast]), DEFAULT_POLICY, LATER)

    assert list(shown.placed) == [oblast]


def test_a_place_that_could_not_be_placed_is_not_named(own):
    """What this workspace cannot find others may know."""
    lost = PlacedClaim(
        claim_id=own.id, role=PlaceRole.AT, text="Okhtyrka", reason="two places have this name"
    )

    shown = publish(Held(claims=[own], placed=[lost]), DEFAULT_POLICY, LATER)

    assert "Okhtyrka" not in repr(shown)


def test_a_plan_is_young_until_it_is_past(make_claim):
    """An announced move of the own side is not shown before its time is over."""
    window = Timespan(start=LATER, end=LATER + timedelta(days=2))
    plan = make_claim(actor="UA", status=Status.PLANNED, observed=window)

    def is_shown(at):
        return bool(publish(Held(claims=[plan], placed=[]), DEFAULT_POLICY, at).claims)

    assert not is_shown(LATER + timedelta(days=2))
    assert is_shown(LATER + timedelta(days=4))


def test_a_leg_is_as_coarse_as_its_claims(own):
    """Ends move to their cells, what lies between goes, and names with it."""
    leg = Leg(
        actor="UA",
        origin="Okhtyrka",
        destination="Sumy",
        geometry=LineString([OKHTYRKA, (34.6, 50.6), (34.8, 50.91)]),
        status=Status.ACTUAL,
        claims=(own.id,),
        via=(Point(34.6, 50.6),),
    )
    held = Held(claims=[own], placed=[], legs=[leg])

    (shown,) = publish(held, DEFAULT_POLICY, LATER).legs

    assert "Okhtyrka" not in repr(shown)
    assert "Sumy" not in repr(shown)
    assert (34.8989, 50.3103) not in list(shown.geometry.coords)
    assert shown.via == ()
    assert not publish(held, DEFAULT_POLICY, NOW).legs


def test_people_are_blanked_in_every_text(make_claim):
    """Claimant, relay, quote, title, citation: the submitter is in none of them."""
    claim = make_claim(
        quote=Quote.whole("Ivan Petrov saw 20 tanks, his plate А123ВС 77"),
        claimant="Ivan Petrov",
        via=("@ivan_p",),
        citation="chat with +79131234567, https://t.me/rail_watch/1",
    )
    published = Publication(
        title="Sent in by Ivan Petrov",
        source="rail-watch",
        address="https://t.me/rail_watch/1",
        published_at=NOW,
        sha256=None,
        submitters=frozenset({"Ivan Petrov"}),
    )
    held = Held(claims=[claim], placed=[], publications={"v-1": published})

    shown = publish(held, DEFAULT_POLICY, NOW)

    for secret in ("Petrov", "ivan_p", "9131234567", "А123ВС"):
        assert secret not in repr(shown)
    assert shown.publications["v-1"].address == "https://t.me/rail_watch/1"
    assert "Blanked in 1 quote" in shown.withheld[0]


def test_a_registered_claimant_is_named(make_claim):
    """Who speaks publicly, and stands in the registry, is not blanked."""
    claim = make_claim(claimant="Reuters @ReutersWorld", claimant_id="reuters")

    (shown,) = publish(Held(claims=[claim], placed=[]), DEFAULT_POLICY, NOW).claims

    assert shown.claimant == "Reuters @ReutersWorld"


def test_rules_apply_by_actor_and_kind(make_claim):
    """The first rule that fits holds; everyone else has the other one."""
    policy = Policy(
        rules=(Rule(actors=("RU",), kinds=(ClaimKind.SIGHTING,), grid_km=5), Rule(actors=("RU",))),
        otherwise=Rule(delay_hours=48, grid_km=50),
    )

    assert policy.rule_for("RU", ClaimKind.SIGHTING).grid_km == 5
    assert policy.rule_for("RU", ClaimKind.PRESENCE).grid_km == 0
    assert policy.rule_for("UA", ClaimKind.PRESENCE).delay_hours == 48
    assert policy.longest_delay("UA") == timedelta(hours=48)


def test_a_day_long_past_holds_nothing_back(own, place_of):
    """Delays count from the instant of publication, so a historical page is whole."""
    held = Held(claims=[own], placed=[place_of(own)])

    shown = publish(held, DEFAULT_POLICY, datetime(2026, 1, 1, tzinfo=UTC))

    assert len(shown.claims) == 1


def test_estimates_of_protected_troops_end_where_the_delay_begins(make_estimate):
    """A fresh strength would tell what is held back; that of the watched side is shown."""
    rows = [
        dataclasses.replace(make_estimate(), actor=actor, day=day, as_of=date(2022, 1, 10))
        for actor in ("UA", "RU")
        for day in (date(2022, 1, 8), date(2022, 1, 9), date(2022, 1, 10))
    ]

    shown = publish(Held(claims=[], placed=[], estimates=rows), DEFAULT_POLICY, NOW)

    assert [row.day.day for row in shown.estimates if row.actor == "UA"] == [8]
    assert [row.day.day for row in shown.estimates if row.actor == "RU"] == [8, 9, 10]


@pytest.mark.parametrize("wrong", [{"delay_hours": -1}, {"grid_km": float("nan")}])
def test_a_rule_out_of_bounds_is_refused(wrong):
    """A negative delay or a grid that is no number is named."""
    with pytest.raises(InvalidValueError, match="must lie between 0 and"):
        Rule(**wrong)
