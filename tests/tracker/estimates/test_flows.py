"""Trains raise a strength by what they carry, as uncertain as that is, and prove nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import InvalidValueError
from tracker.estimates.chain import Chain
from tracker.estimates.estimation import estimate
from tracker.estimates.factors import Factor, Factors
from tracker.estimates.flows import (
    RETAINED,
    FlowEvidence,
    arrivals,
    increments_of,
    net_per_day,
    shift_matrices,
    smooth_with_flows,
)
from tracker.estimates.grid import SizeGrid, quantiles
from tracker.vocabulary import Unit

GRID = SizeGrid(low=30, high=1_200_000)
TRAINS = Factors(units={}, scopes={}, carriers={Unit.TRAIN: Factor(log_mean=5.3375, log_sd=0.4)})
PUBLIC = datetime(2030, 1, 20, tzinfo=UTC)


def flow(**changes):
    """Make a flow of three to seven trains a day into a sector, for ten days."""
    plain = {
        "area": "east",
        "actor": "RU",
        "first_day": date(2030, 1, 5),
        "last_day": date(2030, 1, 14),
        "low": 3,
        "high": 7,
        "known_at": PUBLIC,
    }
    return FlowEvidence(**plain | changes)


def test_a_day_of_several_trains_brings_the_published_net_inflow():
    """Three to seven trains a day leave about 230, 580 and 1,430 (5, 50, 95 %) behind."""
    nodes = net_per_day(flow(), TRAINS)

    assert np.quantile(nodes, 0.5) == pytest.approx(600, rel=0.15)
    assert nodes[0] < 330
    assert nodes[-1] > 1_100


def test_ten_days_agree_with_drawing_at_random():
    """The grid's distribution after ten days is that of a simulation with shared capacity."""
    chain = Chain(GRID)
    still = replace(chain.dynamics, diffusion=1e-4, drift=0.0, jump_days=1e9, leaving_days=1e9)
    increments = increments_of([flow(arrival_days=(0, 0))], TRAINS, date(2030, 1, 4), 12)
    prior = GRID.lognormal(6_000, 0.1, 0.0)

    path = smooth_with_flows(Chain(GRID, still), prior, np.ones((12, 161), np.float32), increments)

    cuts = np.exp(quantiles(GRID, path.sizes[-1], np.array([0.35, 0.5, 0.65, 0.95]))[0])
    rng = np.random.default_rng(0)
    net = 10 * np.exp(np.log(4.583) + 5.3375 + np.hypot(0.4, 0.2575) * rng.standard_normal(90_000))
    start = np.exp(np.log(6_000) + 0.1 * rng.standard_normal(90_000))
    drawn = start + np.where(rng.random(90_000) < 0.3, 0, net * rng.beta(*RETAINED, 90_000))
    assert cuts == pytest.approx(np.quantile(drawn, [0.35, 0.5, 0.65, 0.95]), rel=0.08)


@given(
    length=st.integers(1, 40),
    soonest=st.integers(0, 10),
    spread=st.integers(0, 10),
    start=st.integers(-60, 60),
)
def test_nothing_arrives_twice_or_before_it_left(length, soonest, spread, start):
    """Arrivals add up to the days of the flow and begin no sooner than the way is long."""
    first = date(2030, 1, 1)
    one = flow(
        first_day=first + timedelta(days=start),
        last_day=first + timedelta(days=start + length - 1),
        arrival_days=(soonest, soonest + spread),
    )

    days = arrivals(one, first - timedelta(days=60), 220)

    assert days.sum() == pytest.approx(length)
    assert np.flatnonzero(days)[0] == 60 + start + soonest
    assert arrivals(one, first, 10).sum() <= length + 1e-9


@given(size=st.floats(-2e5, 2e5))
def test_a_shift_keeps_all_mass_and_the_mean(size):
    """Every row sums to 1; away from the ends the mean size moves by exactly the increment."""
    matrix = shift_matrices(GRID, np.array([size]))[0].astype(np.float64)
    sizes = np.concatenate([[0.0], np.exp(GRID.log_sizes)])
    inside = (sizes + size > 60) & (sizes + size < 1e6) & (sizes > 0)

    assert np.abs(matrix.sum(axis=1) - 1).max() < 1e-5
    assert (matrix @ sizes)[inside] == pytest.approx((sizes + size)[inside], rel=1e-4)


@settings(max_examples=15, deadline=None)
@given(size=st.floats(50, 200_000), day=st.integers(0, 24))
def test_no_flow_annihilates_the_chain(size, day):
    """Whatever is claimed against a flow, every size stays possible and probabilities sum to 1."""
    table = np.full((25, 161), 1e-9, np.float32)
    table[:, np.argmin(np.abs(GRID.log_sizes - np.log(size))) + 1] = 1
    table[:day] = 1
    increments = increments_of([flow(high=900, inward=False)], TRAINS, date(2030, 1, 1), 25)

    path = smooth_with_flows(Chain(GRID), GRID.lognormal(5_000, 1, 0.1), table, increments)

    assert np.isfinite(path.sizes).all()
    assert path.sizes.sum(axis=2) == pytest.approx(1, abs=1e-4)
    assert np.isfinite(path.log_evidence).all()


@pytest.mark.parametrize(
    ("inward", "sense"), [pytest.param(True, 1, id="in"), pytest.param(False, -1, id="out")]
)
def test_trains_move_an_estimate_until_a_count_settles_it(world, inward, sense):
    """A flow moves the median its way and widens the interval; a later count outweighs it."""
    early = [world.said(9_000, 0, area="east"), world.said(9_300, 2, area="east", claimant="b")]
    late = [*early, world.said(9_000, 30, area="east", claimant="c")]
    factors = replace(world.factors, carriers=TRAINS.carriers)
    plain = replace(world.setting, factors=factors)
    flowing = replace(plain, flows=(flow(inward=inward),))

    before, after, settled = (
        last_day(world, claims, setting)
        for claims, setting in ((early, plain), (early, flowing), (late, flowing))
    )

    assert sense * (after.p50 - before.p50) > 1_000
    assert after.p95 / after.p05 > before.p95 / before.p05
    assert settled.p50 == pytest.approx(9_000, rel=0.1)


def test_a_flow_not_yet_public_is_not_used(world):
    """As of the day before its publication the estimate is that without it."""
    claims = [world.said(9_000, 0, area="east")]
    factors = replace(world.factors, carriers=TRAINS.carriers)
    plain = replace(world.setting, factors=factors)
    flowing = replace(plain, flows=(flow(known_at=PUBLIC + timedelta(days=60)), flow(actor="BY")))

    assert last_day(world, claims, flowing).p50 == last_day(world, claims, plain).p50


def test_a_flow_alone_makes_no_estimate(world):
    """What came says nothing of what was there: an area of which nobody spoke has no estimate."""
    claims = [world.said(9_000, 0, area="west")]
    flowing = replace(
        world.setting, factors=replace(world.factors, carriers=TRAINS.carriers), flows=(flow(),)
    )

    rows = estimate(claims, world.put(claims), flowing, world.target(30), area="east")

    assert rows == ()


def last_day(world, claims, setting):
    """Estimate the eastern sector thirty days after the start."""
    day = world.start + timedelta(days=30)
    (row,) = estimate(
        claims, world.put(claims), setting, world.target(30), days=(day, day), area="east"
    )
    return row


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"low": 0}, "not positive", id="none"),
        pytest.param({"high": 1e9}, "at most", id="a billion"),
        pytest.param({"high": float("nan")}, "not positive", id="not a number"),
        pytest.param({"last_day": date(2029, 1, 1)}, "runs over", id="backwards"),
        pytest.param({"arrival_days": (5, 2)}, "not possible", id="arrives before it left"),
        pytest.param({"known_at": datetime(2030, 1, 1)}, "time zone", id="no zone"),  # noqa: DTZ001 - the case
    ],
)
def test_a_flow_that_cannot_be_is_refused(changes, words):
    """What is impossible is refused with one clear sentence."""
    with pytest.raises(InvalidValueError, match=words):
        flow(**changes)
