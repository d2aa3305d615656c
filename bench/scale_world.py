"""Time the numerical stages on 50 areas, ten years and 100,000 claims."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from tracker.estimates.chain import Chain
from tracker.estimates.encoding import Encoded, shared_errors
from tracker.estimates.grid import SizeGrid, widened_quantiles
from tracker.estimates.house import Measurements, learn
from tracker.estimates.model import daily_likelihoods, observation_logs
from tracker.estimates.readings import AT_LEAST, INTERVAL, Reading
from tracker.estimates.vintages import filtered_nowcasts

SOURCES = 300
CUTS = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
_T = TypeVar("_T")


def make(areas: int, days: int, claims: int) -> Encoded:
    """Simulate encoded claims: two thirds points, one third bounds, one in eight converted."""
    rng = np.random.default_rng(0)
    truth = 9 + np.cumsum(rng.normal(0, 0.01, (areas, days)), axis=1)
    area, day = rng.integers(0, areas, claims), rng.integers(0, days, claims)
    source = rng.integers(0, SOURCES, claims)
    lean = rng.normal(0, 0.12, SOURCES)
    values = truth[area, day] + lean[source] + rng.normal(0, 0.2, claims)
    bound = rng.random(claims) < 1 / 3
    half = rng.choice([0.01, 0.05, 0.1], claims)
    readings = tuple(
        Reading(AT_LEAST, v - 0.1, v - 0.1, 0.14, 0.3) if b else Reading(INTERVAL, v - h, v + h)
        for v, b, h in zip(values, bound, half, strict=True)
    )
    zeros = np.zeros(claims)
    weight = rng.choice([0.0, 0.6, 1.0], claims, p=[0.3, 0.3, 0.4])
    converted = rng.random(claims) < 1 / 8
    return Encoded(
        readings=readings,
        log_offset=zeros,
        data=Measurements(
            area=area,
            day=day,
            words=np.array(readings, dtype=np.float64),
            date_variance=zeros + 0.0025,
            weight=weight,
            source=source,
            factors=np.stack([np.where(converted, 0, -1), np.full(claims, -1)], axis=1),
            source_prior_sd=rng.choice([0.12, 0.19, 0.27, 0.33], SOURCES),
            factor_prior_sd=np.array([0.24]),
        ),
        sources=tuple(f"source-{i}" for i in range(SOURCES)),
    )


def timed(name: str, run: Callable[[], _T]) -> tuple[_T, float]:
    """Time one stage."""
    started, processor = time.perf_counter(), time.process_time()
    result = run()
    spent_s = time.perf_counter() - started
    print(f"  {name:40} {spent_s:6.2f} s ({time.process_time() - processor:.2f} s processor)")
    return result, spent_s


def smooth(encoded: Encoded, chain: Chain, prior: np.ndarray, shape: tuple[int, int]) -> float:
    """Run every stage of a full smoothing; seconds on the wall."""
    days, areas = shape
    grid = chain.grid
    leanings, a = timed("leanings and errors", lambda: learn(encoded.data))
    table, b = timed("likelihoods", lambda: daily_likelihoods(grid, encoded, leanings, days, areas))
    path, c = timed("forward-backward", lambda: chain.smooth(prior, table))
    shared, d = timed("shared errors", lambda: shared_errors(encoded, leanings, days, areas))
    extra_sd = shared.in_area_sd
    _, e = timed("quantiles", lambda: widened_quantiles(grid, path.sizes, CUTS, extra_sd))
    return math.fsum((a, b, c, d, e))


def vintages(encoded: Encoded, chain: Chain, prior: np.ndarray, shape: tuple[int, int]) -> None:
    """Run all daily vintages; claims are published two days late on average."""
    leanings, used = learn(encoded.data), np.flatnonzero(encoded.weight > 0)
    logs = observation_logs(chain.grid, encoded, leanings, used)
    lag_days = np.random.default_rng(1).exponential(2, len(used)).astype(int)
    area, day = encoded.data.area[used], encoded.data.day[used]
    timed(
        "all daily vintages (goal 1.5)",
        lambda: filtered_nowcasts(
            chain, prior, logs, area=area, day=day, known=day + lag_days, shape=shape
        ),
    )


def run(areas: int, days: int, claims: int) -> None:
    """Run everything twice; the second turn is warm."""
    encoded, usual = make(areas, days, claims), np.full(areas, np.log(10_000))
    chain = Chain(SizeGrid(low=30, high=1_200_000), usual=usual)
    prior = np.repeat(chain.grid.lognormal(10_000, 2.0, 0.1)[None], areas, axis=0)
    for turn in ("cold", "warm"):
        print(f"{areas} areas x {days} days x {claims} claims, {turn}")
        spent_s = smooth(encoded, chain, prior, (days, areas))
        print(f"  {'full smoothing':40} {spent_s:6.2f} s (goal 4)")
        vintages(encoded, chain, prior, (days, areas))
