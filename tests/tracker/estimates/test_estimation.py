"""Estimates keep their promises whatever is said, and cover the published record of 2021-22."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from tracker.areas import Area
from tracker.errors import InvalidValueError
from tracker.estimates.estimation import estimate
from tracker.vocabulary import Extent, Qualifier, Scope, Unit


def run(world, *claims, day=60, days=None, **changes):
    """Estimate from claims; the answer is keyed by area and day number."""
    rows = estimate(
        claims, world.put(claims), world.setting, world.target(day, **changes), days=days
    )
    return {(row.area, (row.day - world.start).days): row for row in rows}


def span(world, first, last):
    """Name days by their number."""
    return world.start + timedelta(days=first), world.start + timedelta(days=last)


def test_a_few_claims_give_an_interval_around_them(world):
    """Three ministries that say 100,000, 105,000 and 98,000 leave little doubt."""
    claims = [
        world.said(size, day=10 + i, claimant=f"source-{i}")
        for i, size in enumerate((100_000, 105_000, 98_000))
    ]

    row = run(world, *claims)["theatre", 12]

    assert row.p05 < 98_000
    assert row.p95 > 105_000
    assert row.p95 / row.p05 < 2.2


def test_missing_is_not_zero(world):
    """Nobody spoke of the East, so it has no estimate; nothing at all gives none at all."""
    rows = run(world, world.said(20_000, area="west"))

    assert {area for area, _ in rows} == {"west", "theatre"}
    assert run(world) == {}


def test_a_total_of_which_only_a_part_is_known_is_open_above(world):
    """Nobody spoke of the theatre: it holds at least its part, and nobody knows how much more."""
    claims = [world.said(size, area="west", claimant=str(size)) for size in (20_000, 21_000)]
    rows = run(world, *claims)

    part, total = rows["west", 0], rows["theatre", 0]
    assert total.p05 > 0.9 * part.p05
    assert total.p95 > 3 * part.p95
    assert {claim.id for claim in total.claims} == {claim.id for claim in claims}


@pytest.mark.parametrize("ring_size", [None, 15_000, 400_000])
def test_a_ring_inside_a_theatre_is_no_larger_than_it(world, ring_size):
    """Whatever was said of the ring, no quantile lies above that of the area that holds it."""
    ring = Area(id="ring", name="Ring", geometry=box(30.2, 50.2, 31.8, 50.8), kind="ring")
    setting = replace(world.setting, areas=(*world.areas, ring))
    claims = [world.said(size, claimant=str(size)) for size in (100_000, 104_000)]
    placed = world.put(claims)
    words = {} if ring_size else {"qualifier": Qualifier.TENS_OF_THOUSANDS}
    spoken = world.said(ring_size, area="ring", measure=words)
    there = replace(placed[claims[0].id][0], claim_id=spoken.id, geometry=ring.geometry)
    placed |= {spoken.id: [there]}

    rows = estimate([*claims, spoken], placed, setting, world.target(60))

    found = {(row.area, row.day): row for row in rows}
    for (area, day), row in found.items():
        if area == "ring":
            whole = found["theatre", day]
            assert row.p50 <= 1.01 * whole.p50
            assert row.p95 <= 1.01 * whole.p95


def test_a_long_silence_stays_near_the_record(world):
    """After a year without a word the interval is wide, and within what the area can be."""
    claims = [world.said(32_000 + 500 * i, day=10 * i, claimant=str(i)) for i in range(4)]

    rows = run(world, *claims, day=365, days=span(world, 365, 365))

    row = rows["theatre", 365]
    assert row.p50 == pytest.approx(32_000, rel=0.3)
    assert 5 < row.p95 / row.p05 < 60


def test_silence_widens_and_does_not_draw_down(world):
    """Fifty days without a word are no withdrawal."""
    rows = run(world, world.said(50_000, day=0), day=50)

    first, last = rows["theatre", 0], rows["theatre", 50]
    assert last.p95 / last.p05 > first.p95 / first.p05
    assert last.p50 == pytest.approx(first.p50, rel=0.1)
    assert last.p_zero < 0.05


def test_a_total_does_not_grow_by_waiting(world):
    """Half a year after all fell silent the total stands where it stood, with a wide interval."""
    claims = [
        world.said(size + 500 * day, day=day, area=area, claimant=f"source-{day}")
        for day in (0, 3)
        for area, size in (("west", 40_000), ("theatre", 80_000))
    ]

    rows = run(world, *claims, day=180)

    assert rows["theatre", 170].p50 == pytest.approx(80_000, rel=0.2)
    assert rows["theatre", 170].p95 / rows["theatre", 170].p05 > 10


def test_days_after_the_day_of_knowledge_are_forecasts(world):
    """A day that was not yet is marked as such."""
    rows = run(world, world.said(50_000, day=0), day=10, days=span(world, 9, 12))

    assert [rows["theatre", d].forecast for d in (9, 10, 11, 12)] == [False, False, True, True]


def test_actors_are_never_summed(world):
    """What others have in the area changes nothing."""
    own, other = world.said(50_000), world.said(200_000, actor="UA", claimant="agency")

    assert run(world, own, other) == run(world, own)


def test_a_total_and_its_part_are_not_added(world):
    """Ground forces of 106,000 are part of the 127,000, not on top of it."""
    total = world.said(127_000)
    part = world.said(106_000, scope=Scope.LAND_ONLY, relays=(total.id,), relay_type="part_of")

    assert run(world, total, part)["theatre", 0].p50 == run(world, total)["theatre", 0].p50


@pytest.mark.parametrize("unit", [Unit.PERSONNEL, Unit.BTG])
def test_groups_and_persons_agree(world, unit):
    """60 battalion groups are about 80,000 persons, whichever is asked for."""
    row = run(world, world.said(60, measure={"unit": Unit.BTG}), unit=unit)["theatre", 0]

    assert row.p50 == pytest.approx({Unit.PERSONNEL: 80_000, Unit.BTG: 60}[unit], rel=0.1)


def test_a_factor_that_all_claims_share_does_not_average_out(world):
    """Many counts of groups leave the size of a group as uncertain as one does."""
    claims = [
        world.said(55 + i, day=i, claimant=f"source-{i}", measure={"unit": Unit.BTG})
        for i in range(12)
    ]

    row = run(world, *claims)["theatre", 11]

    assert row.p95 / row.p05 > 2


def test_a_lower_bound_of_a_part_does_not_lower_the_total(world):
    """5,000 seen in a theatre of 100,000 is no news."""
    level = world.said(100_000)
    part = world.said(5_000, day=1, extent=Extent.PART, claimant="agency")

    with_part, without = run(world, level, part), run(world, level)

    assert with_part["theatre", 1].p50 == pytest.approx(without["theatre", 1].p50, rel=0.01)


def test_nobody_there_is_believed_of_a_small_force(world):
    """'They have left' raises the probability of zero to near one."""
    there = world.said(500, day=0, area="west")
    gone = world.said(
        None, day=30, area="west", measure={"qualifier": Qualifier.NONE}, claimant="agency"
    )

    rows = run(world, there, gone)

    assert rows["west", 0].p_zero < 0.2
    assert rows["west", 30].p_zero > 0.9


def test_who_came_back_is_believed_after_a_report_that_all_had_left(world):
    """20,000, then nobody, then 15,000: most of the 15,000 are there, not nobody."""
    there = world.said(20_000, day=0, area="west")
    gone = world.said(
        None, day=30, area="west", measure={"qualifier": Qualifier.NONE}, claimant="b"
    )
    back = world.said(15_000, day=50, area="west", claimant="agency")

    before, after = run(world, there, gone)["west", 50], run(world, there, gone, back)["west", 50]

    assert before.p_zero > 0.5
    assert after.p_zero < 0.1
    assert 10_000 < after.p50 < 20_000


def test_one_report_of_nobody_does_not_outweigh_three_counts(world):
    """Three sources count some 20,000 and one sees nobody on the same day: 20,000 it is."""
    counts = [
        world.said(size, day=0, area="west", claimant=f"source-{size}")
        for size in (19_000, 20_000, 22_000)
    ]
    nobody = world.said(
        None, day=0, area="west", measure={"qualifier": Qualifier.NONE}, claimant="agency"
    )

    row = run(world, *counts, nobody)["west", 1]

    assert row.p_zero < 0.05
    assert row.p05 > 10_000


@pytest.mark.parametrize("bound", [5_000, 20_000, 100_000, 1_000_000])
def test_a_floor_makes_nobody_no_likelier(world, bound):
    """Beside a count of 10,000 no 'at least', however wild, raises the chance of nobody."""
    count = world.said(10_000, day=0, area="west")
    floor = world.said(bound, day=0, area="west", extent=Extent.PART, claimant="agency")

    without, with_floor = run(world, count)["west", 1], run(world, count, floor)["west", 1]

    assert with_floor.p_zero <= without.p_zero + 1e-6
    assert with_floor.p05 >= without.p05 * 0.999


def nested(world, *claims):
    """Estimate with a country around the theatre; the answer of day 3 is keyed by area."""
    country = Area(id="country", name="Country", geometry=box(30, 50, 34, 51), kind="theatre")
    west, east, theatre = world.setting.areas
    areas = (west, east, replace(theatre, parent="country"), country)
    placed = {
        claim_id: [replace(one, geometry=country.geometry) if one.text == "country" else one]
        for claim_id, (one,) in world.put(claims).items()
    }
    days = span(world, 3, 3)
    rows = estimate(claims, placed, replace(world.setting, areas=areas), world.target(5), days=days)
    return {row.area: row for row in rows}


@pytest.mark.parametrize("country_size", [12_000, 40_000, 200_000])
def test_no_area_is_larger_than_any_above_it(world, country_size):
    """Two levels up too: whatever is said of the country, its theatre is no larger than it."""
    claims = [
        world.said(10_000, area="west", claimant="a"),
        world.said(30_000, area="theatre", claimant="b"),
        world.said(country_size, area="country", claimant="c"),
    ]

    rows = nested(world, *claims)

    for part, whole in (("west", "theatre"), ("theatre", "country")):
        for name in ("p05", "p25", "p50", "p75", "p95"):
            assert getattr(rows[part], name) <= getattr(rows[whole], name) * 1.001


def test_what_is_said_of_parts_of_parts_reaches_the_top(world):
    """10,000 west and 9,000 east are at least 19,000 in the country that nobody counted."""
    west, east = world.said(10_000, area="west"), world.said(9_000, area="east", claimant="b")

    rows = nested(world, west, east)

    assert rows["country"].p05 > 12_000
    assert {"west", "east", "theatre", "country"} == set(rows)


@settings(max_examples=15)
@given(st.integers(0, 2**32 - 1))
def test_the_order_of_claims_does_not_matter(world, seed):
    """The same claims in another order give the same estimates."""
    rng = random.Random(seed)
    claims = [
        world.said(
            rng.choice([40_000, 52_500, 100_000]),
            day=rng.randrange(40),
            claimant=f"source-{rng.randrange(4)}",
            area=rng.choice(["west", "east", "theatre"]),
        )
        for _ in range(10)
    ]

    assert run(world, *claims) == run(world, *rng.sample(claims, len(claims)))


@settings(max_examples=15)
@given(number=st.sampled_from([52_500, 90_000, 100_000, 94_300]), lag_days=st.integers(0, 13))
def test_an_echo_narrows_no_interval(world, number, lag_days):
    """A number that somebody repeats, attributed or not, is no second observation."""
    origin = world.said(number, day=5, claimant="agency")
    other = world.said(80_000, day=25)
    echo = world.said(number, day=5 + lag_days, claimant="paper")

    before, after = run(world, origin, other), run(world, origin, other, echo)

    for key, row in before.items():
        assert after[key].p95 / after[key].p05 > 0.99 * row.p95 / row.p05


@settings(max_examples=15)
@given(log_sd=st.floats(-0.02, 0.02))
def test_an_independent_claim_at_the_median_widens_nothing(world, log_sd):
    """Agreement does not add doubt."""
    claims = [world.said(51_000 + 999 * i, day=10 * i, claimant=f"s-{i}") for i in range(5)]
    before = run(world, *claims)
    middle = before["theatre", 20].p50 * (1 + log_sd)

    after = run(world, *claims, world.said(round(middle), day=20, claimant="newcomer"))

    for key, row in before.items():
        assert after[key].p95 / after[key].p05 < 1.01 * row.p95 / row.p05


def test_an_absurd_span_of_days_is_refused(world):
    """Centuries are not estimated at once."""
    with pytest.raises(InvalidValueError, match="at most 4000 days"):
        run(world, world.said(5_000), days=(world.start, date(2199, 1, 1)))


def test_a_claim_from_another_century_is_left_out(world):
    """A slip of the pen in a date costs that claim, not the memory of the machine."""
    old = world.said(5_000, day=-40_000, claimant="agency")

    rows = run(world, old, world.said(50_000))

    assert rows["theatre", 0].p50 == pytest.approx(50_000, rel=0.1)
