"""Relays and copies count once, and a source that repeats itself counts less each time."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.estimates.observations import Admission
from tracker.estimates.weights import weigh
from tracker.vocabulary import Extent, Qualifier, Unit

TYPES = {"ministry": "government", "agency": "intelligence", "paper": "press"}


def weights(world, *claims):
    """Weigh claims; the answer is keyed by claim id."""
    observations, _ = Admission(world.target(), world.areas, world.factors).admit(
        claims, world.put(claims)
    )
    parents = {area.id: area.parent for area in world.areas}
    found = weigh(observations, claims, parents, TYPES)
    return {o.claim.id: weight for o, weight in zip(observations, found, strict=True)}


def test_a_claim_alone_counts_in_full(world):
    """Nothing to compare with, nothing to take off."""
    claim = world.said(94_300)

    assert weights(world, claim)[claim.id].value == 1


def test_a_relay_counts_nothing_beside_its_origin(world):
    """What rests on a claim in evidence is listed with weight 0 and says so."""
    origin = world.said(94_300, day=5)
    relay = world.said(94_000, day=7, claimant="paper", relays=(origin.id,), relay_type="rounded")

    found = weights(world, origin, relay)

    assert found[origin.id].value == 1
    assert found[relay.id].value == 0
    assert f"rests on {origin.id} (rounded)" in found[relay.id].reason


def test_relays_are_traced_through_claims_that_count_nothing(world):
    """A relay of a relay rests on the origin even where the one between is no observation."""
    origin = world.said(94_300, day=5)
    between = world.said(
        94_000, day=6, claimant="paper", relays=(origin.id,), measure={"unit": Unit.TANK}
    )
    last = world.said(93_000, day=7, claimant="agency", relays=(between.id,))

    assert weights(world, origin, between, last)[last.id].value == 0


def test_a_relay_stands_for_an_origin_that_is_not_in_evidence(world):
    """Where what it rests on counts nothing itself, the relay is all there is."""
    origin = world.said(94_300, day=5, measure={"unit": Unit.TANK})
    relay = world.said(94_300, day=7, claimant="paper", relays=(origin.id,))

    assert weights(world, origin, relay)[relay.id].value == 1


def test_a_total_that_sums_its_sectors_does_not_count_again(world):
    """The sectors' claims reach the theatre by themselves."""
    west = world.said(41_000, area="west")
    total = world.said(80_000, claimant="paper", relays=(west.id,), relay_type="sum")

    assert weights(world, west, total)[total.id].value == 0


def test_a_part_does_not_silence_a_level(world):
    """A total that rests on a bound of a part still gives the level."""
    part = world.said(41_000, extent=Extent.PART)
    total = world.said(80_000, claimant="paper", relays=(part.id,))

    assert weights(world, part, total)[total.id].value == 1


def test_two_claims_that_rest_on_each_other_count_once(world):
    """A circle of relays keeps exactly one."""
    claim = world.said(94_300, day=5)
    other = world.said(94_300, day=5, claimant="paper", relays=(claim.id,))
    one = replace(claim, relays=(other.id,))

    found = weights(world, one, other)

    assert sum(weight.value > 0 for weight in found.values()) == 1


@pytest.mark.parametrize("number", [94_300, 100_000])
def test_a_number_that_another_source_repeats_counts_once(world, number):
    """Within a fortnight the same number is one observation, whoever says it."""
    first = world.said(number, day=5, claimant="agency")
    copy = world.said(number, day=9, claimant="paper")

    found = weights(world, first, copy)

    assert (found[first.id].value, found[copy.id].value) == (1, 0)
    assert first.id in found[copy.id].reason


def test_a_number_comes_back_after_a_fortnight(world):
    """Three weeks later the same number from somebody else is new."""
    first = world.said(100_000, day=5, claimant="agency")
    later = world.said(100_000, day=26, claimant="paper")

    assert weights(world, first, later)[later.id].value == 1


def test_of_two_on_the_same_day_the_better_source_is_the_origin(world):
    """A paper that prints a ministry's number the same day does not become its origin."""
    ministry, paper = world.said(94_300), world.said(94_300, claimant="paper")

    found = weights(world, paper, ministry)

    assert (found[ministry.id].value, found[paper.id].value) == (1, 0)


def test_a_relay_never_displaces_its_origin(world):
    """The same words by the same source, once as a relay: the origin counts."""
    origin = world.said(10_000, measure={"qualifier": Qualifier.AT_LEAST})
    relay = world.said(
        10_000, measure={"qualifier": Qualifier.AT_LEAST}, relays=(origin.id,), relay_type="repeat"
    )

    found = weights(world, origin, relay)

    assert (found[origin.id].value, found[relay.id].value) == (1, 0)


def test_the_same_statement_through_two_outlets_counts_once(world):
    """One claimant, one number, two days: one statement."""
    first = world.said(94_300, day=5, via=("a paper",))
    again = world.said(94_300, day=7, via=("another paper",))

    assert weights(world, first, again)[again.id].value == 0


def test_a_source_s_own_repeats_count_less_each(world):
    """Ten statements of one ministry are not ten independent counts."""
    claims = [world.said(90_000 + 1_000 * i, day=i) for i in range(10)]

    found = weights(world, *claims)

    values = [found[claim.id].value for claim in claims]
    assert values == sorted(values, reverse=True)
    assert values[-1] < 0.4
    assert sum(values) < 6


def test_unnamed_sources_are_not_one_source(world):
    """Claims without a claimant do not discount each other."""
    claims = [
        world.said(90_000 + 1_000 * i, day=i, claimant_id=None, claimant=None) for i in range(3)
    ]

    assert [weight.value for weight in weights(world, *claims).values()] == [1, 1, 1]


def test_a_weight_never_changes_afterwards(world):
    """What a source says later does not discount what it said before."""
    claims = [world.said(90_000 + 1_000 * i, day=i) for i in range(10)]

    early, late = weights(world, *claims[:5]), weights(world, *claims)

    assert all(late[claim.id] == early[claim.id] for claim in claims[:5])


def test_a_number_repeated_weeks_later_is_marked(world):
    """'More than 100,000' said again is the same floor, not a fresh count."""
    floor = {"qualifier": Qualifier.MORE_THAN}
    first = world.said(100_000, day=5, measure=floor)
    again = world.said(100_000, day=25, measure=floor)

    found = weights(world, first, again)

    assert (found[first.id].repeated, found[again.id].repeated) == (False, True)


@given(st.integers(0, 2**32 - 1))
def test_the_order_of_claims_does_not_matter(world, seed):
    """Weights depend on what was said, not on the order of the rows."""
    rng = random.Random(seed)
    names = ["ministry", "agency", "paper"]
    claims = [
        world.said(
            rng.choice([90_000, 94_300, 100_000]), day=rng.randrange(20), claimant=rng.choice(names)
        )
        for _ in range(12)
    ]
    shuffled = rng.sample(claims, len(claims))

    assert weights(world, *claims) == weights(world, *shuffled)


def test_a_relay_of_what_was_taken_back_counts_nothing(world):
    """A correction silences those who only repeated the old number."""
    origin = world.said(10_000, day=5)
    relay = world.said(9_000, day=6, claimant="paper", relays=(origin.id,))
    correction = world.said(30_000, day=9, corrects=(origin.id,))

    found = weights(world, origin, relay, correction)

    assert found[relay.id].value == 0
    assert "which was taken back" in found[relay.id].reason
    assert found[correction.id].value == 1


def test_opposite_bounds_are_no_copies(world):
    """More than 30,000 says something else than nearly 30,000."""
    below = world.said(30_000, day=5, measure={"qualifier": Qualifier.NEARLY, "high": 30_000})
    above = world.said(
        30_000,
        day=9,
        claimant="paper",
        measure={"qualifier": Qualifier.MORE_THAN, "low": 30_000},
    )

    found = weights(world, below, above)

    assert (found[below.id].value, found[above.id].value) == (1, 1)


def test_copies_of_copies_do_not_hush_a_number_for_good(world):
    """The fortnight runs from the claim that counts, not from its last copy."""
    first = world.said(94_000, day=1)
    copy = world.said(94_000, day=10, claimant="paper")
    later = world.said(94_000, day=20, claimant="agency")

    found = weights(world, first, copy, later)

    assert (found[copy.id].value, found[later.id].value) == (0, 1)
