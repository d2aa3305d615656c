"""Each day as known on it equals a full run over what was public then."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.estimates.chain import Chain
from tracker.estimates.estimation import estimate
from tracker.estimates.grid import SizeGrid
from tracker.estimates.model import fit
from tracker.estimates.vintages import filtered_nowcasts, nowcasts, weekly_vintages

GRID = SizeGrid(low=100, high=100_000, cells=40)
CHAIN = Chain(GRID)
PRIOR = GRID.lognormal(3_000, 1.5, 0.1)[None].repeat(2, axis=0)
DAYS = 25
claims = st.lists(
    st.tuples(
        st.integers(0, 1), st.integers(0, DAYS - 1), st.integers(0, 12), st.floats(300, 50_000)
    ),
    max_size=15,
)


def evaluate(said):
    """Lay claims out as arrays: logs, area, day, day of publication."""
    table = np.array(said, dtype=float).reshape(-1, 4)
    area, day, lag = table[:, :3].T.astype(int)
    distance = GRID.log_sizes[None] - np.log(table[:, 3:4])
    logs = np.concatenate([np.full((len(said), 1), -6.0), -0.5 * (distance / 0.3) ** 2], axis=1)
    return np.maximum(logs, -12).astype(np.float32), area, day, day + lag


def median_of(fitted, mass):
    """Read the median off a distribution."""
    cumulated = np.cumsum(mass[1:]) / mass[1:].sum()
    return np.exp(fitted.grid.log_sizes[np.searchsorted(cumulated, 0.5)])


@settings(max_examples=30)
@given(claims)
def test_every_vintage_equals_a_full_run(said):
    """Restarting at the oldest new day gives what running everything anew gives."""
    logs, area, day, known = evaluate(said)

    found = filtered_nowcasts(CHAIN, PRIOR, logs, area=area, day=day, known=known, shape=(DAYS, 2))

    for vintage in (3, 11, DAYS - 1):
        table = np.zeros((vintage + 1, 2, GRID.cells + 1))
        seen = (known <= vintage) & (day <= vintage)
        np.add.at(table, (day[seen], area[seen]), logs[seen])
        table -= table.max(axis=2, keepdims=True)
        messages, _ = CHAIN.filter(PRIOR, np.exp(table).astype(np.float32))
        full = messages[-1].sum(axis=0)
        full /= full.sum(axis=1, keepdims=True)
        assert np.abs(found[vintage] - full).max() < 1e-5


def test_the_last_vintage_is_the_fitted_model_s_last_day(world):
    """On the last day nothing lies ahead, so the smoothed path ends in the nowcast."""
    said = [
        world.said(50_000 + 4_000 * i, day=7 * i, lag_days=i, claimant=f"s-{i}") for i in range(6)
    ]
    fitted = fit(said, world.put(said), world.setting, world.target(45))

    found = nowcasts(fitted, world.setting)

    assert found[-1] == pytest.approx(fitted.path.sizes[-1, : len(fitted.area_ids)], abs=1e-5)


def test_a_late_report_changes_the_past_only_from_its_publication_on(world):
    """What came out on day 30 about day 10 was not known on day 20."""
    early = world.said(50_000, day=5)
    late = world.said(90_000, day=10, lag_days=20, claimant="agency")
    both = (early, late)
    fitted = fit(both, world.put(both), world.setting, world.target(40))

    found = nowcasts(fitted, world.setting)[:, fitted.area_ids.index("theatre")]

    median = [median_of(fitted, mass) for mass in found]
    assert median[15] == pytest.approx(median[14], rel=0.02)
    assert median[25] > median[24]


def test_weekly_vintages_are_what_each_week_knew(world):
    """Each row is the estimate that a run of its own, on that day of knowledge, would give."""
    claims = [world.said(9_000 + 300 * i, 4 * i, lag_days=3) for i in range(12)]
    wanted = world.target(50)

    rows = weekly_vintages(claims, world.put(claims), world.setting, wanted, areas={"theatre"})

    assert all(row.as_of < wanted.as_of and row.day <= row.as_of for row in rows)
    assert {(wanted.as_of - row.as_of).days % 7 for row in rows} == {0}
    one = next(row for row in rows if row.day == row.as_of)
    alone = estimate(
        claims,
        world.put(claims),
        world.setting,
        replace(wanted, as_of=one.as_of),
        days=(one.day, one.day),
        area="theatre",
    )
    assert alone[0].p50 == pytest.approx(one.p50, rel=1e-6)


def test_vintages_stay_as_few_as_asked(world):
    """Where there are more weeks than days of knowledge, every n-th week is kept."""
    claims = [world.said(9_000, 4 * i) for i in range(40)]

    rows = weekly_vintages(
        claims, world.put(claims), world.setting, world.target(170), areas={"theatre"}, most=7
    )

    assert 4 <= len({row.as_of for row in rows}) <= 7
