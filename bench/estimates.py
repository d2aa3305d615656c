"""Measure the estimator: coverage and scores on simulated worlds, the record, echoes, scale.

Run `python bench/estimates.py worlds --worlds 200`, or `record`, `positions`, `echoes`, `scale`,
`all`.
"""

from __future__ import annotations

import argparse
import math
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from scale_world import run as run_scale
from unit_positions import positions
from worlds import START, World, make_world

from tracker.area_file import seed_areas
from tracker.assessment import informed_setting
from tracker.claimants import seed_claimants
from tracker.claims.coded import read_coded, resolve_references
from tracker.estimates.backtest import backtest, standings
from tracker.estimates.baselines import BASELINES, Said, said
from tracker.estimates.encoding import encode
from tracker.estimates.factors import Factor, Factors
from tracker.estimates.grid import widened_quantiles
from tracker.estimates.model import fit
from tracker.estimates.observations import Target
from tracker.estimates.scoring import (
    LEVELS,
    covered,
    interval_score,
    normal_quantiles,
)
from tracker.estimates.setting import Setting
from tracker.estimates.shown import Shown
from tracker.place_index import seed_place_index
from tracker.seeds import seed_file
from tracker.vocabulary import Scope, Unit

DAYS = 365
WARM_UP = 30
NOWCAST_DAYS = range(60, DAYS, 30)
CALIBRATION_SEEDS = range(900_000, 900_020)
SPREADS = np.arange(0.1, 0.9, 0.05)
FACTORS = Factors(
    units={Unit.BTG: Factor(log_mean=math.log(1333), log_sd=0.24)},
    scopes={Scope.LAND_ONLY: Factor(log_mean=math.log(1.17), log_sd=0.05)},
)
NAIVE = [name for name in BASELINES if name != "Kalman filter"]
GOALS = {
    ("sectors", "smoothed"): 0.55,
    ("sectors", "nowcast"): 0.78,
    ("total", "smoothed"): 0.50,
    ("total", "nowcast"): 0.48,
}


def setting_of(world: World) -> Setting:
    """Set up what the estimator knows of a world."""
    return Setting(areas=world.areas, factors=FACTORS, claimant_types=world.claimant_types)


def estimated(world: World, as_of: date, days: range) -> np.ndarray:
    """Quantiles of every area, shape (areas, days, 19), log persons."""
    setting = setting_of(world)
    span = (START + timedelta(days=days[0]), START + timedelta(days=days[-1]))
    fitted = fit(world.claims, world.placed, setting, Target(actor="RU", as_of=as_of), span)
    result = np.full((len(world.areas), len(days), len(LEVELS)), np.nan)
    if fitted is None:
        return result
    shown, shift = Shown(fitted, setting), (START - fitted.first_day).days
    for number, area in enumerate(world.areas):
        if area.id in shown.area_ids:
            mass, extra_sd = shown.distributions(
                area.id, range(days[0] + shift, days[-1] + shift + 1)
            )
            result[number] = widened_quantiles(fitted.grid, mass, LEVELS, extra_sd)
    return result


def plain_numbers(world: World) -> list[list[tuple[int, Said]]]:
    """Claims of each area as plain numbers with the day of publication, in order of time."""
    target = Target(actor="RU", as_of=START + timedelta(days=2 * DAYS))
    fitted = fit(world.claims, world.placed, setting_of(world), target)
    assert fitted is not None
    ids = [area.id for area in world.areas]
    encoded = encode(fitted.observations, fitted.weights, ids, START, world.claimant_types)
    published = [(o.claim.known_at.date() - START).days for o in fitted.observations]
    result = []
    for area in range(len(ids)):
        numbers = said(fitted.observations, encoded, area)
        known = [published[i] for i in range(len(published)) if encoded.data.area[i] == area]
        result.append(sorted(zip(known, numbers, strict=True), key=lambda pair: pair[1].day))
    return result


def naive_medians(world: World, day: int, *, nowcast: bool) -> np.ndarray:
    """Medians of the naive methods, shape (methods, areas)."""
    rows = np.full((len(BASELINES), len(world.areas)), np.nan)
    for area, numbers in enumerate(plain_numbers_of(world)):
        known = [
            s for published, s in numbers if s.day <= day and (published <= day or not nowcast)
        ]
        for row, method in enumerate(BASELINES.values()):
            if known:
                rows[row, area] = method(known, day, "")
    return rows


_PLAIN: list[tuple[World, list[list[tuple[int, Said]]]]] = []


def plain_numbers_of(world: World) -> list[list[tuple[int, Said]]]:
    """Remember the plain numbers of the last world, and the world, so that it stays the one."""
    if not _PLAIN or _PLAIN[0][0] is not world:
        _PLAIN[:] = [(world, plain_numbers(world))]
    return _PLAIN[0][1]


def naive_tables(world: World) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Naive medians and truths: shape (methods, areas, days) and (areas, days)."""
    log_truth = np.log(world.truth)
    days = list(range(WARM_UP, DAYS, 5))
    smoothed = np.stack([naive_medians(world, d, nowcast=False) for d in days], axis=2)
    now = np.stack([naive_medians(world, d, nowcast=True) for d in NOWCAST_DAYS], axis=2)
    return {
        "smoothed": (smoothed, log_truth[:, days]),
        "nowcast": (now, log_truth[:, list(NOWCAST_DAYS)]),
    }


def part_of(values: np.ndarray, group: str, axis: int) -> np.ndarray:
    """Pick the sectors or the total along an axis."""
    index = slice(-1) if group == "sectors" else slice(-1, None)
    return values[(slice(None),) * axis + (index,)]


def calibrate() -> dict[tuple[str, str, str], float]:
    """Find the spread at which each naive method scores best, on worlds kept for it."""
    totals: dict[tuple[str, str, str], np.ndarray] = {}
    for seed in CALIBRATION_SEEDS:
        for kind, (medians, truth) in naive_tables(make_world(seed)).items():
            for group in ("sectors", "total"):
                for row, name in enumerate(BASELINES):
                    scores = [
                        np.nanmean(
                            interval_score(
                                normal_quantiles(part_of(medians[row], group, 0), sd),
                                part_of(truth, group, 0),
                            )
                        )
                        for sd in SPREADS
                    ]
                    key = (group, kind, name)
                    totals[key] = totals.get(key, 0) + np.array(scores)
    return {key: float(SPREADS[np.argmin(scores)]) for key, scores in totals.items()}


def score_world(
    world: World, spreads: dict[tuple[str, str, str], float]
) -> dict[tuple[str, str], dict[str, float]]:
    """Score the estimates and the naive methods on one world."""
    log_truth = np.log(world.truth)
    end = START + timedelta(days=DAYS - 1)
    smoothed = estimated(world, end + timedelta(days=30), range(WARM_UP, DAYS))
    now = np.concatenate(
        [estimated(world, START + timedelta(days=d), range(d, d + 1)) for d in NOWCAST_DAYS], axis=1
    )
    ours = {
        "smoothed": (smoothed, log_truth[:, WARM_UP:]),
        "nowcast": (now, log_truth[:, list(NOWCAST_DAYS)]),
    }
    naive = naive_tables(world)
    result: dict[tuple[str, str], dict[str, float]] = {}
    for kind, (quantiles, truth) in ours.items():
        for group in ("sectors", "total"):
            cuts, outcome = part_of(quantiles, group, 0), part_of(truth, group, 0)
            there = np.isfinite(cuts[..., 9])
            row = {
                "crps": float(interval_score(cuts[there], outcome[there]).mean()),
                "cover 50": float(covered(cuts[there], outcome[there], 0.5).mean()),
                "cover 90": float(covered(cuts[there], outcome[there], 0.9).mean()),
                "bias": float((cuts[there][:, 9] - outcome[there]).mean()),
            }
            medians, naive_truth = naive[kind]
            for number, name in enumerate(BASELINES):
                predicted = normal_quantiles(
                    part_of(medians[number], group, 0), spreads[group, kind, name]
                )
                row[name] = float(
                    np.nanmean(interval_score(predicted, part_of(naive_truth, group, 0)))
                )
            result[group, kind] = row
    return result


def worlds(count: int, first_seed: int) -> None:
    """Print scores and coverage over many worlds."""
    started = time.perf_counter()
    spreads = calibrate()
    print(f"naive spreads found on {len(CALIBRATION_SEEDS)} other worlds", flush=True)
    scores = [
        score_world(make_world(s, deception=s == first_seed), spreads)
        for s in range(first_seed, first_seed + count)
    ]
    print(f"{count} worlds in {time.perf_counter() - started:.0f} s; +- is one standard error")
    for key, goal in GOALS.items():
        rows = [score[key] for score in scores]
        print(f"\n{key[0]}, {key[1]}")
        means = {name: np.array([row[name] for row in rows]) for name in rows[0]}
        for name, values in means.items():
            error = values.std(ddof=1) / math.sqrt(count) if count > 1 else float("nan")
            print(f"  {name:16} {values.mean():7.3f} +- {error:.3f}")
        best = min(NAIVE, key=lambda name: means[name].mean())
        ratio = means["crps"].mean() / means[best].mean()
        print(f"  CRPS is {ratio:.2f} of the best naive method ({best}); goal {goal}")


def record_inputs() -> tuple[tuple, dict, Setting]:
    """Read the published record of 2021-22."""
    claimants = seed_claimants()
    files = [
        read_coded(seed_file(name).read_bytes(), source="seeds", claimants=claimants)
        for name in ("estimates.csv", "movements.csv")
    ]
    rows, _ = resolve_references(files[0].claims + files[1].claims)
    areas = seed_areas()
    index = seed_place_index(areas)
    placed = {row.claim.id: index.place(row.claim, row.position) for row in rows}
    claims = tuple(row.claim for row in rows)
    everywhere = [place for places in placed.values() for place in places]
    return claims, placed, informed_setting(claims, everywhere, areas)


def record(horizon_days: int = 7) -> None:
    """Print the back-test on the record."""
    claims, placed, setting = record_inputs()
    target = Target(actor="RU", as_of=date(2022, 2, 24))
    print()
    found = backtest(
        claims,
        placed,
        setting,
        target,
        area="around-ukraine",
        first=date(2021, 11, 1),
        horizon_days=horizon_days,
    )
    own = np.array([p.score for p in found])
    outside = sum(not p.inside_90 for p in found)
    half = np.mean([covered(p.quantiles, np.array(p.log_size), 0.5) for p in found])
    print(f"{len(found)} official figures, {horizon_days} days ahead: WIS {own.mean():.3f}, ")
    print(f"  {outside} outside the 90 % interval, {half:.0%} inside the 50 % interval")
    for other in standings(found):
        print(
            f"  {other.method:16} {other.score:.3f}  "
            f"difference {other.low:+.3f} to {other.high:+.3f} (5-95 %)"
        )


def width(world: World) -> np.ndarray:
    """Measure the 90 % intervals of every area and day, log units."""
    end = START + timedelta(days=DAYS - 1)
    cuts = estimated(world, end + timedelta(days=60), range(WARM_UP, DAYS))
    return cuts[..., -1] - cuts[..., 0]


def echoes(count: int = 10) -> None:
    """Echo each original once more, then double the copies of one outlet."""
    narrowest = {"an echo": 0.0, "doubled copies": 0.0}
    for seed in range(count):
        world = make_world(seed)
        before = width(world)
        for name, change in (("an echo", _with_echo), ("doubled copies", _with_doubles)):
            relative = (width(change(world)) - before) / before
            narrowest[name] = min(narrowest[name], float(np.nanmin(relative)))
    for name, relative in narrowest.items():
        print(f"{name}: the interval that narrows most narrows by {-relative:.2%} (goal 1 %)")


def _with_echo(world: World) -> World:
    origin = world.claims[len(world.claims) // 3]
    echo = replace(
        origin,
        report_id="echo",
        claimant="echoing outlet",
        claimant_id="echoing-outlet",
        known_at=origin.known_at + timedelta(days=1),
    )
    return _more(world, [echo])


def _with_doubles(world: World) -> World:
    outlet = next(c.claimant_id for c in world.claims if c.report_id.startswith("k"))
    doubles = [
        replace(c, report_id=f"{c.report_id}-again")
        for c in world.claims
        if c.claimant_id == outlet and c.report_id.startswith("k")
    ]
    return _more(world, doubles)


def _more(world: World, extra: Sequence) -> World:
    placed = dict(world.placed)
    for claim in extra:
        area = next(a for a in world.areas if a.id == claim.places[0].text)
        known = next(p for places in world.placed.values() for p in places if p.text == area.id)
        placed[claim.id] = (replace(known, claim_id=claim.id),)
    return replace(world, claims=(*world.claims, *extra), placed=placed)


def scale(areas: int = 50, days: int = 3650, claims: int = 100_000) -> None:
    """Print the times and the peak memory of the large model."""
    run_scale(areas, days, claims)
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"peak memory {peak_gb:.2f} GB (goal 1.5)")


def main() -> None:
    """Run the parts that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=["worlds", "record", "positions", "echoes", "scale", "all"])
    parser.add_argument("--worlds", type=int, default=200)
    parser.add_argument("--first-seed", type=int, default=0)
    chosen = parser.parse_args()
    parts: dict[str, Callable[[], object]] = {
        "worlds": lambda: worlds(chosen.worlds, chosen.first_seed),
        "record": lambda: [record(days) for days in (7, 14)],
        "positions": positions,
        "echoes": echoes,
        "scale": scale,
    }
    for name, run in parts.items():
        if chosen.part in {name, "all"}:
            print(f"\n== {name}")
            run()


if __name__ == "__main__":
    main()
