"""Measure the estimates in the middle of a long silence, in worlds whose claims stop for 190 days.

Run `python bench/silence.py --worlds 16 --together 0.8`: how far the sectors follow one course.
"""

from __future__ import annotations

import argparse
import math
from dataclasses import replace
from datetime import timedelta

import numpy as np
from estimates import DAYS, estimated, part_of
from worlds import START, World, make_world

from tracker.estimates.scoring import covered, interval_score

SILENCE = range(110, 300)
SMOOTHED_DAYS = range(130, 280)
NOWCAST_DAYS = range(140, 300, 40)


def silenced(world: World) -> World:
    """Drop the claims that speak of the silence."""
    kept = [
        claim
        for claim in world.claims
        if claim.observed is None or (claim.observed.start.date() - START).days not in SILENCE
    ]
    return replace(world, claims=tuple(kept))


def score(world: World) -> dict[tuple[str, str], list[float]]:
    """Score sectors and total, back and on the day: CRPS, cover 50 and 90, bias."""
    log_truth = np.log(world.truth)
    later = START + timedelta(days=DAYS + 30)
    nowcasts = [estimated(world, START + timedelta(days=d), range(d, d + 1)) for d in NOWCAST_DAYS]
    quantiles = {
        "smoothed": (estimated(world, later, SMOOTHED_DAYS), log_truth[:, list(SMOOTHED_DAYS)]),
        "nowcast": (np.concatenate(nowcasts, axis=1), log_truth[:, list(NOWCAST_DAYS)]),
    }
    result = {}
    for kind, (all_cuts, all_truth) in quantiles.items():
        for group in ("sectors", "total"):
            cuts, truth = part_of(all_cuts, group, 0), part_of(all_truth, group, 0)
            there = np.isfinite(cuts[..., 9])
            cuts, truth = cuts[there], truth[there]
            rows = (interval_score(cuts, truth), covered(cuts, truth, 0.5))
            rows += (covered(cuts, truth, 0.9), cuts[:, 9] - truth)
            result[group, kind] = [float(row.mean()) for row in rows]
    return result


def main() -> None:
    """Print the scores of so many worlds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=16)
    parser.add_argument("--first-seed", type=int, default=100)
    parser.add_argument("--together", type=float, default=0.8)
    chosen = parser.parse_args()
    seeds = range(chosen.first_seed, chosen.first_seed + chosen.worlds)
    scores = [score(silenced(make_world(seed, together=chosen.together))) for seed in seeds]
    print("                      CRPS  cover 50  cover 90      bias  (+- one standard error)")
    for key in scores[0]:
        values = np.array([row[key] for row in scores])
        errors = values.std(axis=0, ddof=1) / math.sqrt(len(values))
        cells = (f"{m:+.3f}+-{e:.3f}" for m, e in zip(values.mean(axis=0), errors, strict=True))
        print(f"{key[0]:8} {key[1]:9}", *cells)


if __name__ == "__main__":
    main()
