"""Only what says how strong a force is counts; everything else keeps the reason why not."""

import math
from dataclasses import replace

import pytest

from tracker.areas import Observes
from tracker.claims import PlaceMention
from tracker.estimates.observations import Admission
from tracker.vocabulary import (
    Change,
    ClaimKind,
    Extent,
    Per,
    PlaceRole,
    Presence,
    Qualifier,
    Scope,
    Status,
    Unit,
)


def admit(world, *claims, day=100, **changes):
    """Sort claims into observations and the rest."""
    admission = Admission(world.target(day, **changes), world.areas, world.factors)
    return admission.admit(claims, world.put(claims))


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"status": Status.PLANNED}, "planned, not present"),
        ({"status": Status.EXPECTED}, "expected, not present"),
        ({"status": Status.REQUIRED}, "required, not present"),
        ({"status": Status.BACKGROUND}, "background, not present"),
        ({"status": Status.DENIED}, "denied, not present"),
        ({"status": Status.IN_TRANSIT}, "in_transit, not present"),
        ({"status": Status.RETRACTED}, "retracted, not present"),
        ({"actor": "UA"}, "troops of UA"),
        ({"kind": ClaimKind.MOVEMENT}, "a movement"),
        ({"presence": Presence.EXERCISE}, "exercise, not part"),
        ({"presence": Presence.EN_ROUTE}, "en_route, not part"),
        ({"measure": {"change": Change.INCREMENT}}, "an increment"),
        ({"measure": {"per": Per.DAY}}, "a rate"),
        ({"measure": {"qualifier": Qualifier.RATIO, "best": 0.7}}, "a ratio"),
        ({"measure": {"unit": Unit.TANK}}, "no conversion from tank"),
        ({"measure": {"best": 45_000_000}}, "larger than the 1,200,000"),
        ({"scope": Scope.NAVAL}, "scope naval says nothing"),
        ({"scope": Scope.SEPARATISTS_ONLY}, "scope separatists_only"),
        ({"places": ()}, "names no place"),
    ],
)
def test_what_is_no_present_strength_is_left_aside(world, changes, word):
    """Plans, moves, drills, rates and other people's troops are listed with the reason."""
    observations, aside = admit(world, world.said(50_000, **changes))

    assert observations == []
    assert word in aside[0].reason


@pytest.mark.parametrize("presence", [None, Presence.IN_PLACE, Presence.MIXED])
def test_what_is_in_place_counts(world, presence):
    """A number of an area's troops is a level observation."""
    observations, aside = admit(world, world.said(50_000, day=7, presence=presence))

    assert aside == []
    assert (observations[0].area, observations[0].observes) == ("theatre", Observes.LEVEL)
    assert (observations[0].day - world.start).days == 7


def test_what_was_not_yet_published_is_not_known(world):
    """A claim counts from the day of its publication on, whatever day it speaks of."""
    claim = world.said(50_000, day=10, lag_days=20)

    assert admit(world, claim, day=29) == ([], [])
    assert len(admit(world, claim, day=30)[0]) == 1


def test_a_retracted_claim_counts_until_its_correction_is_known(world):
    """Knowledge is bitemporal: before the correction the first figure stood."""
    first = world.said(150_000, day=10, status=Status.RETRACTED)
    second = world.said(100_000, day=10, lag_days=3, corrects=(first.id,))

    before, _ = admit(world, first, second, day=12)
    after, aside = admit(world, first, second, day=13)

    assert [o.claim for o in before] == [first]
    assert [o.claim for o in after] == [second]
    assert "taken back or replaced on 2030-01-14" in aside[0].reason


def test_a_correction_replaces_a_claim_that_nobody_marked(world):
    """A later row that corrects an actual claim takes its place."""
    first = world.said(90_000, day=10)
    second = world.said(80_000, day=10, lag_days=1, corrects=(first.id,))

    assert [o.claim for o in admit(world, first, second)[0]] == [second]


def test_units_and_scopes_set_the_offset(world):
    """Ten BTG of ground forces stand for 10 x 1,333 x 1.17 persons of all services."""
    claim = world.said(10, measure={"unit": Unit.BTG}, scope=Scope.LAND_ONLY)

    (observation,), _ = admit(world, claim)

    middle = (observation.reading.low + observation.reading.high) / 2
    assert math.exp(middle - observation.log_offset) == pytest.approx(10 * 1333 * 1.17, rel=0.01)
    assert (observation.unit, observation.scope) == ("BTG", "land_only")


def test_an_estimate_in_groups_takes_groups_as_they_are(world):
    """For an estimate in BTG, counts of groups need no factor, and personnel stands aside."""
    groups = world.said(10, measure={"unit": Unit.BTG})
    persons = world.said(13_330)

    observations, aside = admit(world, groups, persons, unit=Unit.BTG)

    assert [(o.claim, o.unit) for o in observations] == [(groups, None)]
    assert "count battalion groups themselves" in aside[0].reason


def test_where_nobody_counts_groups_personnel_is_converted(world):
    """Without a count of groups an estimate in BTG rests on the factor."""
    observations, _ = admit(world, world.said(13_330), unit=Unit.BTG)

    assert [o.unit for o in observations] == ["personnel"]


def test_a_part_becomes_a_bare_lower_bound(world):
    """A brigade's worth in the theatre says that at least so much is there, and no more."""
    claim = world.said(5_000, extent=Extent.PART)

    (observation,), _ = admit(world, claim)

    assert observation.observes is Observes.LOWER_BOUND
    assert observation.reading == observation.reading.bare()
    assert observation.reading.direction == 1


def test_an_upper_bound_of_a_part_says_nothing(world):
    """'Up to 5,000 of them' bounds no total."""
    claim = world.said(5_000, extent=Extent.PART, measure={"qualifier": Qualifier.UP_TO})

    assert "upper bound of a part" in admit(world, claim)[1][0].reason


def test_a_day_outside_the_area_s_time_is_left_aside(world):
    """Beyond `valid_until` there is no model, and the claim says so."""
    closed = tuple(replace(area, valid_until=world.start) for area in world.areas)
    claim = world.said(5_000, day=5)

    _, aside = Admission(world.target(), closed, world.factors).admit([claim], world.put([claim]))

    assert "outside the time" in aside[0].reason


def test_a_claim_on_an_unknown_place_is_left_aside(world):
    """The residual keeps the name."""
    claim = world.said(5_000, places=(PlaceMention(role=PlaceRole.AT, text="Atlantis"),))

    assert "Atlantis" in admit(world, claim)[1][0].reason
