"""Measure the estimates against full Bayesian sampling on small worlds.

Run `python bench/referee.py --worlds 4`. The referee reads the words as the estimator does (the
same likelihood of each claim on the grid, the same weights), but samples sizes, leanings of
claimants, in general and in each area, and factors of units and scopes all at once, with sectors
and total tied exactly (NUTS: Hoffman & Gelman 2014, JMLR 15:1593). Its sizes are a walk with
Student steps. It needs numpyro, which nothing else here does.
"""

from __future__ import annotations

import argparse
import math
import time
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from estimates import WARM_UP, estimated, setting_of
from worlds import START, World, make_world

from tracker.estimates.house import HOUSE_IN_AREA_SD, HOUSE_SD
from tracker.estimates.likelihoods import log_likelihoods
from tracker.estimates.model import Fit, fit
from tracker.estimates.observations import Target
from tracker.estimates.scoring import LEVELS, covered, interval_score

try:
    import jax
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist
    from numpyro.infer import MCMC, NUTS, init_to_median
except ModuleNotFoundError:
    raise SystemExit("bench/referee.py needs numpyro: pip install numpyro.") from None

DAYS, SECTORS, ORIGINALS = 200, 4, 80
KNOT_DAYS = 4
WARM_UPS, SAMPLES = 300, 300
FIRST = (math.log(10_000), 2.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What the referee sees of one world: claims as tables over the grid."""

    fitted: Fit
    logs: np.ndarray
    knot: np.ndarray
    part: np.ndarray
    area: np.ndarray
    source: np.ndarray
    factor: np.ndarray
    factor_sd: np.ndarray


def evidence_of(world: World) -> Evidence:
    """Read the claims of a world as the estimator does, before anything is learnt."""
    setting, end = setting_of(world), START + timedelta(days=DAYS - 1)
    target = Target(actor="RU", as_of=end + timedelta(days=30))
    fitted = fit(world.claims, world.placed, setting, target, (START, end))
    assert fitted is not None
    encoded, data = fitted.encoded, fitted.encoded.data
    used = np.flatnonzero(encoded.weight > 0)
    logs = log_likelihoods(
        fitted.grid,
        [encoded.readings[i] for i in used],
        encoded.data.noise_sd(data.source_prior_sd)[used],
        encoded.log_offset[used],
    )
    ids = [area.id for area in world.areas]
    day = data.day[used] + (fitted.first_day - START).days
    units = [fitted.observations[i].unit for i in used]
    scopes = [fitted.observations[i].scope for i in used]
    names = sorted({name for name in (*units, *scopes) if name})
    sds = {o.unit: o.unit_sd for o in fitted.observations if o.unit}
    sds |= {o.scope: o.scope_sd for o in fitted.observations if o.scope}
    factor = [
        [names.index(n) if n else -1 for n in pair] for pair in zip(units, scopes, strict=True)
    ]
    return Evidence(
        fitted=fitted,
        logs=logs * encoded.weight[used, None],
        knot=day // KNOT_DAYS,
        part=day % KNOT_DAYS / KNOT_DAYS,
        area=np.array([ids.index(fitted.area_ids[a]) for a in data.area[used]]),
        source=data.source[used],
        factor=np.array(factor),
        factor_sd=np.array([sds[name] for name in names]),
    )


def model(seen: Evidence, knots: int, sources: int) -> None:
    """State the joint model of sizes, leanings and factors."""
    step = numpyro.sample("step", dist.HalfNormal(0.15))
    first = numpyro.sample("first", dist.Normal(*FIRST).expand([SECTORS]).to_event(1))
    raw = numpyro.sample("raw", dist.StudentT(3.0).expand([knots - 1, SECTORS]).to_event(2))
    walk = jnp.concatenate([first[None], first + jnp.cumsum(step * raw, axis=0)])
    sizes = jnp.concatenate([walk, jax.scipy.special.logsumexp(walk, axis=1)[:, None]], axis=1)
    numpyro.deterministic("sizes", sizes)
    lean = numpyro.sample("lean", dist.Normal(0, 1).expand([sources]).to_event(1))
    here = numpyro.sample("here", dist.Normal(0, 1).expand([sources, SECTORS + 1]).to_event(2))
    wrong = numpyro.sample("wrong", dist.Normal(0, 1).expand([len(seen.factor_sd) + 1]).to_event(1))
    wrong = wrong * jnp.append(jnp.array(seen.factor_sd), 0.0)
    offset = HOUSE_SD * lean[seen.source] + HOUSE_IN_AREA_SD * here[seen.source, seen.area]
    offset += wrong[seen.factor].sum(axis=1)
    before, after = sizes[seen.knot, seen.area], sizes[seen.knot + 1, seen.area]
    perceived = before + seen.part * (after - before) + offset
    grid = seen.fitted.grid
    place = (perceived - math.log(grid.low)) / grid.step
    cell = jnp.clip(jnp.floor(place), 0, grid.cells - 2).astype(int)
    rows, share = jnp.arange(len(seen.knot)), place - cell
    logs = jnp.array(seen.logs[:, 1:])
    numpyro.factor("claims", (logs[rows, cell] * (1 - share) + logs[rows, cell + 1] * share).sum())


def sampled(world: World, seed: int, days: list[int]) -> tuple[np.ndarray, float, int]:
    """Sample a world: quantiles (areas, days, levels), processor seconds, divergences."""
    seen, knots = evidence_of(world), DAYS // KNOT_DAYS + 1
    runner = MCMC(
        NUTS(model, init_strategy=init_to_median),
        num_warmup=WARM_UPS,
        num_samples=SAMPLES,
        progress_bar=False,
    )
    started = time.process_time()
    runner.run(jax.random.PRNGKey(seed), seen, knots, len(seen.fitted.encoded.sources))
    sizes = np.asarray(runner.get_samples()["sizes"])
    seconds = time.process_time() - started
    cuts = np.quantile(sizes[:, [day // KNOT_DAYS for day in days]], LEVELS, axis=0)
    divergences = int(runner.get_extra_fields()["diverging"].sum())
    return cuts.transpose(2, 1, 0), seconds, divergences


def main() -> None:
    """Print scores, coverage and processor time side by side."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=4)
    parser.add_argument("--first-seed", type=int, default=300)
    chosen = parser.parse_args()
    days = list(range(WARM_UP - WARM_UP % KNOT_DAYS, DAYS - KNOT_DAYS, KNOT_DAYS))
    rows: dict[str, list[list[float]]] = {}
    for seed in range(chosen.first_seed, chosen.first_seed + chosen.worlds):
        world = make_world(seed, days=DAYS, sectors=SECTORS, originals=ORIGINALS)
        truth = np.log(world.truth[:, days])
        started = time.process_time()
        span = range(days[0], DAYS)
        ours = estimated(world, START + timedelta(days=DAYS + 29), span)[:, ::KNOT_DAYS]
        own_seconds = time.process_time() - started
        theirs, seconds, divergences = sampled(world, seed, days)
        for name, cuts in (("estimates", ours[:, : len(days)]), ("full Bayes", theirs)):
            for group, part in (("sectors", slice(-1)), ("total", slice(-1, None))):
                row = [
                    float(interval_score(cuts[part], truth[part]).mean()),
                    float(covered(cuts[part], truth[part], 0.5).mean()),
                    float(covered(cuts[part], truth[part], 0.9).mean()),
                ]
                rows.setdefault(f"{group}, {name}", []).append(row)
        rows.setdefault("seconds", []).append([own_seconds, seconds, divergences])
        print(
            f"world {seed}: {own_seconds:.2f} s and {seconds:.0f} s, {divergences} divergences",
            flush=True,
        )
    for name, values in rows.items():
        print(f"{name:22}", np.round(np.mean(values, axis=0), 3))
    for group in ("sectors", "total"):
        ours, theirs = (
            np.mean([row[0] for row in rows[f"{group}, {name}"]])
            for name in ("estimates", "full Bayes")
        )
        print(f"{group}: CRPS is {ours / theirs:.3f} of full Bayes; goal 1.02")
    own, other, _ = np.sum(rows["seconds"], axis=0)
    print(f"{other / own:.0f} times faster; goal 50")


if __name__ == "__main__":
    main()
