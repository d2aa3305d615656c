"""What changed an estimate between two days of knowledge, claim by claim."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np

from tracker.claims import Claim
from tracker.errors import InvalidValueError
from tracker.estimates.alternatives import Alternatives
from tracker.estimates.estimate import Estimate
from tracker.estimates.estimation import estimate_days
from tracker.estimates.grid import Floats, widened_quantiles
from tracker.estimates.model import Fit, fit
from tracker.estimates.observations import Target
from tracker.estimates.setting import Setting
from tracker.estimates.shown import Shown
from tracker.placing import PlacedClaim

MOST_STEPS = 60
"""At most so many claims, the last ones, are shown one by one; those before them in one step."""
OLDER = "corrections, and what was learnt since about earlier claims"
EARLIER_NEW = "earlier new claims, taken together"
_MEDIAN = np.array([0.5])


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step from the earlier to the later median.

    Parameters
    ----------
    claim : Claim or None
        The claim that came; None for what is no single new claim.
    area : str or None
        Area that the claim observes: that of the estimate, its total, or a part.
    words : str
        What happened.
    median_change : float
        Relative change of the median (0.1 = raised by 10 %).
    """

    claim: Claim | None
    area: str | None
    words: str
    median_change: float


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """How one estimate changed between two days of knowledge.

    Parameters
    ----------
    before : Estimate or None
        As known on the earlier day; None where nobody had spoken of the area.
    after : Estimate
        As known on the later day.
    steps : tuple of Step
        First what older claims say differently by now, then the new claims in order of
        publication; their factors multiply to the whole change. Empty where there is no
        earlier estimate.
    """

    before: Estimate | None
    after: Estimate
    steps: tuple[Step, ...]

    @property
    def median_change(self) -> float | None:
        """Relative change of the median; None where there is no earlier estimate."""
        if self.before is None or self.before.p50 == 0:
            return None
        return self.after.p50 / self.before.p50 - 1

    def as_record(self, since: date) -> dict[str, Any]:
        """Turn into the record that `tracker estimate --since --json` prints.

        Parameters
        ----------
        since : date
            The earlier day of knowledge.

        Returns
        -------
        dict of str to Any
            Plain values; the estimates as `Estimate.as_record` gives them.
        """
        change = self.median_change
        return {
            "area": self.after.area,
            "actor": self.after.actor,
            "date": self.after.day.isoformat(),
            "since": since.isoformat(),
            "as_of": self.after.as_of.isoformat(),
            "before": None if self.before is None else self.before.as_record(),
            "after": self.after.as_record(),
            "median_change": None if change is None else round(change, 4),
            "steps": [
                {
                    "claim": None if step.claim is None else step.claim.id,
                    "area": step.area,
                    "words": step.words,
                    "median_change": round(step.median_change, 4),
                }
                for step in self.steps
            ],
        }


def news(
    claims: Iterable[Claim],
    placed: Mapping[str, Sequence[PlacedClaim]],
    setting: Setting,
    target: Target,
    *,
    day: date,
    since: date,
    area: str | None = None,
) -> tuple[News, ...]:
    """Decompose what happened to the estimates of a day since an earlier day of knowledge.

    The new claims are added in order of publication, each to those before it (as in the news of
    a nowcast: Banbura & Modugno 2014, Journal of Applied Econometrics 29:133), with the leanings
    of the later day. A new claim on a sector moves its theatre, and the other way round.

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
    day : date
        UTC day that the estimates speak of.
    since : date
        The earlier day of knowledge.
    area : str, optional
        Id of one area; by default all.

    Returns
    -------
    tuple of News
        One per area that has an estimate of this day by now.

    Raises
    ------
    InvalidValueError
        Where `since` does not lie before the later day of knowledge.
    """
    if since >= target.as_of:
        raise InvalidValueError(f"{since} does not lie before {target.as_of}.")
    everything = list(claims)
    before = _View.of(everything, placed, setting, replace(target, as_of=since), day)
    after = _View.of(everything, placed, setting, target, day)
    if after is None:
        return ()
    wanted = [one for one in after.shown.area_ids if area in {None, one}]
    families = {after.shown.relatives(one) for one in wanted}
    new = {family: _New(after, setting, family, since) for family in families}
    found = (_news(before, after, new[after.shown.relatives(one)], one) for one in wanted)
    return tuple(one for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class _View:
    """What one day of knowledge shows of the day."""

    fitted: Fit
    shown: Shown
    day: date

    @classmethod
    def of(
        cls,
        claims: Sequence[Claim],
        placed: Mapping[str, Sequence[PlacedClaim]],
        setting: Setting,
        target: Target,
        day: date,
    ) -> _View | None:
        fitted = fit(claims, placed, setting, target, (day, day))
        return None if fitted is None else cls(fitted, Shown(fitted, setting), day)

    @property
    def day_number(self) -> int:
        return (self.day - self.fitted.first_day).days

    def estimate(self, area_id: str) -> Estimate | None:
        known = area_id in self.shown.area_ids
        if not known or not self.shown.day_numbers(area_id, (self.day, self.day)):
            return None
        numbers = range(self.day_number, self.day_number + 1)
        (row,) = estimate_days(self.fitted, self.shown, area_id, numbers)
        return row


def _news(before: _View | None, after: _View, new: _New, area_id: str) -> News | None:
    now = after.estimate(area_id)
    then = None if before is None else before.estimate(area_id)
    if now is None:
        return None
    if then is None or then.p50 == 0 or now.p50 == 0:
        return News(before=then, after=now, steps=())
    rises = [high - low for low, high in pairwise(new.log_medians(area_id))]
    older = math.log(now.p50 / then.p50) - sum(rises)
    first = Step(claim=None, area=None, words=OLDER, median_change=math.expm1(older))
    added = (_step(label, rise) for label, rise in zip(new.labels, rises, strict=True))
    return News(before=then, after=now, steps=(first, *added))


def _step(label: tuple[Claim, str] | None, rise: float) -> Step:
    if label is None:
        return Step(claim=None, area=None, words=EARLIER_NEW, median_change=math.expm1(rise))
    claim, area = label
    words = f"{claim.claimant or 'an unnamed source'}, published {claim.known_at:%Y-%m-%d}"
    return Step(claim=claim, area=area, words=words, median_change=math.expm1(rise))


class _New:
    """The new claims on areas that are joined, added one after the other."""

    def __init__(self, after: _View, setting: Setting, family: Sequence[str], since: date) -> None:
        self._after, fitted = after, after.fitted
        around = {
            one: Alternatives(fitted, setting, fitted.area_ids.index(one), after.day_number)
            for one in family
        }
        new = [
            (fitted.observations[i].claim, one, int(i))
            for one, alternatives in around.items()
            for i in alternatives.window
            if fitted.observations[i].claim.known_at.date() > since
        ]
        new.sort(key=lambda item: (item[0].known_at, item[0].id))
        together, alone = new[:-MOST_STEPS], new[-MOST_STEPS:]
        first = [None] if together else []
        self.labels: list[tuple[Claim, str] | None] = [*first, *(item[:2] for item in alone)]
        offset = len(first) + 1
        self._arrives = {item[2]: 1 for item in together}
        self._arrives |= {item[2]: turn for turn, item in enumerate(alone, start=offset)}
        touched = {item[1] for item in new}
        self._runs = {one: self._run(around[one]) for one in around if one in touched}

    def _run(self, around: Alternatives) -> Floats:
        # A turn that brings nothing to this area repeats the run before it.
        came = np.array([self._arrives.get(int(i), 0) for i in around.window], dtype=np.int64)
        turns = np.unique(np.append(came, 0))
        sizes = around.run(came[None, :] <= turns[:, None]).on_day
        number = np.searchsorted(turns, np.arange(len(self.labels) + 1), side="right") - 1
        return sizes[number].astype(np.float64)

    def log_medians(self, area_id: str) -> list[float]:
        # The log median without the new claims, then after each turn.
        if not self._runs:
            return [0.0]
        after = self._after
        mass, log_sd = after.shown.rejoined(area_id, after.day_number, self._runs)
        cuts = widened_quantiles(after.fitted.grid, mass, _MEDIAN, log_sd)
        return [float(median) for median in cuts[:, 0]]
