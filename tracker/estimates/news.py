"""What changed an estimate between two days of knowledge, claim by claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import numpy as np

from tracker.claims import Claim
from tracker.errors import InvalidValueError, NotFoundError
from tracker.estimates.alternatives import Alternatives
from tracker.estimates.model import Fit, fit
from tracker.estimates.observations import Target
from tracker.estimates.setting import Setting
from tracker.placing import PlacedClaim

MOST_STEPS = 60
"""At most so many claims, the last ones, are shown one by one; those before them in one step."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step from the earlier to the later median.

    Parameters
    ----------
    claim : Claim or None
        The claim that came; None for what is no single new claim.
    words : str
        What happened.
    median_change : float
        Relative change of the median (0.1 = raised by 10 %).
    """

    claim: Claim | None
    words: str
    median_change: float


def news(
    claims: Iterable[Claim],
    placed: Mapping[str, Sequence[PlacedClaim]],
    setting: Setting,
    target: Target,
    *,
    area: str,
    day: date,
    since: date,
) -> tuple[Step, ...]:
    """Decompose what happened to an estimate since an earlier day of knowledge.

    The new claims are added in order of publication, each to those before it (as in the news of
    a nowcast: Banbura & Modugno 2014, Journal of Applied Econometrics 29:133). The area is seen
    alone, before it is joined with its total or its parts.

    Parameters
    ----------
    claims : iterable of Claim
        All claims.
    placed : Mapping of str to sequence of PlacedClaim
        Their places by claim id.
    setting : Setting
        Areas, factors, claimants.
    target : Target
        Whose troops, and the later day of knowledge.
    area : str
        Id of the area.
    day : date
        UTC day that the estimate speaks of.
    since : date
        The earlier day of knowledge.

    Returns
    -------
    tuple of Step
        First what older claims say differently by now (corrections, leanings learnt since), then
        the new claims. Their factors multiply to the whole change.

    Raises
    ------
    InvalidValueError
        Where `since` does not lie before the later day of knowledge.
    NotFoundError
        Where the area had no claim by either day.
    """
    if since >= target.as_of:
        raise InvalidValueError(f"{since} does not lie before {target.as_of}.")
    everything = list(claims)
    before = fit(everything, placed, setting, replace(target, as_of=since), (day, day))
    after = fit(everything, placed, setting, target, (day, day))
    medians = [_of_all(fitted, setting, area, day) for fitted in (before, after)]
    if medians[0] is None or medians[1] is None or after is None:
        raise NotFoundError(f"nobody had spoken of {area!r} by {since}.")
    steps = _added(after, setting, area, day, since)
    first = steps[0][1] if steps else medians[1]
    old = Step(
        claim=None,
        words="corrections, and what was learnt since about earlier claims",
        median_change=float(np.expm1(first - medians[0])),
    )
    rises = pairwise(steps)
    return (old, *(_step(claim, high - low) for (_, low), (claim, high) in rises))


def _step(claim: Claim | None, rise: float) -> Step:
    words = "earlier new claims, taken together"
    if claim is not None:
        words = f"{claim.claimant or 'an unnamed source'}, published {claim.known_at:%Y-%m-%d}"
    return Step(claim=claim, words=words, median_change=float(np.expm1(rise)))


def _around(fitted: Fit, setting: Setting, area: str, day: date) -> Alternatives:
    number = fitted.area_ids.index(area)
    return Alternatives(fitted, setting, number, (day - fitted.first_day).days)


def _of_all(fitted: Fit | None, setting: Setting, area: str, day: date) -> float | None:
    if fitted is None or area not in {o.area for o in fitted.observations}:
        return None
    around = _around(fitted, setting, area, day)
    return float(around.run(np.ones((1, len(around.window)), dtype=bool)).cuts[0, 1])


def _added(
    fitted: Fit, setting: Setting, area: str, day: date, since: date
) -> list[tuple[Claim | None, float]]:
    # Log medians without the new claims, then after each of them.
    around = _around(fitted, setting, area, day)
    window = [fitted.observations[i].claim for i in around.window]
    new = [i for i, claim in enumerate(window) if claim.known_at.date() > since]
    new.sort(key=lambda i: (window[i].known_at, window[i].id))
    shown = new[-MOST_STEPS:]
    starts: list[list[int]] = [[]] if len(new) == len(shown) else [[], new[: -len(shown)]]
    keep = np.ones((len(starts) + len(shown), len(window)), dtype=bool)
    keep[:, new] = False
    for run, added in enumerate(starts):
        keep[run:, added] = True
    for run, i in enumerate(shown, start=len(starts)):
        keep[run:, i] = True
    medians = around.run(keep).cuts[:, 1]
    labels = [None] * len(starts) + [window[i] for i in shown]
    return [(label, float(median)) for label, median in zip(labels, medians, strict=True)]
