"""Would the estimates have foreseen the next official figure? Each is predicted before it came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from tracker.areas import Observes
from tracker.claims import Claim
from tracker.estimates.baselines import BASELINES, said
from tracker.estimates.grid import Floats, widened_quantiles
from tracker.estimates.house import HOUSE_SD, prior_reporting_sd
from tracker.estimates.model import Fit, fit
from tracker.estimates.observations import Admission, Observation, Target
from tracker.estimates.readings import AT_LEAST, AT_MOST
from tracker.estimates.scoring import (
    LEVELS,
    block_bootstrap,
    covered,
    interval_score,
    normal_quantiles,
)
from tracker.estimates.setting import Setting
from tracker.estimates.shown import Shown
from tracker.estimates.weights import weigh
from tracker.placing import PlacedClaim
from tracker.vocabulary import Unit

OFFICIAL_TYPES = frozenset({"government", "military", "intelligence", "international"})
HORIZON_DAYS = 7
BASELINE_SD = 0.25
"""Spread given to the naive predictions, log units; set beforehand, not tuned on the record."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Prediction:
    """One official figure and what was predicted of it.

    Parameters
    ----------
    claim : Claim
        The figure.
    day : date
        Day that it speaks of.
    as_of : date
        Last day whose publications the prediction uses.
    log_size : float
        The figure as stated, in its own scope; the middle of a range.
    quantiles : ndarray of shape (19,)
        Predicted log figure at the levels of the score.
    score : float
        Weighted interval score of the estimate.
    baseline_scores : Mapping of str to float
        The same of each naive method.
    """

    claim: Claim
    day: date
    as_of: date
    log_size: float
    quantiles: Floats
    score: float
    baseline_scores: Mapping[str, float]

    @property
    def inside_90(self) -> bool:
        """Whether the figure lies in the 90 % interval."""
        return bool(covered(self.quantiles, np.array(self.log_size), 0.9) > 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How one method scored on all figures.

    Parameters
    ----------
    method : str
        The naive method.
    score : float
        Its mean weighted interval score.
    low, high : float
        5 and 95 % bounds of the mean score of the estimate less its own: below zero where the
        estimate is better.
    """

    method: str
    score: float
    low: float
    high: float


def standings(predictions: Sequence[Prediction]) -> tuple[Standing, ...]:
    """Compare the estimate with each naive method, figure by figure.

    Parameters
    ----------
    predictions : sequence of Prediction
        In order of publication, at least one.

    Returns
    -------
    tuple of Standing
        One per naive method.
    """
    own = np.array([prediction.score for prediction in predictions])
    result = []
    for method in BASELINES:
        theirs = np.array([prediction.baseline_scores[method] for prediction in predictions])
        low, high = block_bootstrap(own - theirs)
        result.append(Standing(method=method, score=float(theirs.mean()), low=low, high=high))
    return tuple(result)


def backtest(
    claims: Iterable[Claim],
    placed: Mapping[str, Sequence[PlacedClaim]],
    setting: Setting,
    target: Target,
    *,
    area: str,
    first: date,
    horizon_days: int = HORIZON_DAYS,
) -> tuple[Prediction, ...]:
    """Predict each official figure from what was public some days before it.

    Parameters
    ----------
    claims : iterable of Claim
        All claims.
    placed : Mapping of str to sequence of PlacedClaim
        Their places by claim id.
    setting : Setting
        Areas, factors, claimants.
    target : Target
        Whose troops; figures known by its `as_of` are predicted.
    area : str
        Id of the area.
    first : date
        Day of publication from which on figures count.
    horizon_days : int
        Days between the prediction and the publication.

    Returns
    -------
    tuple of Prediction
        In order of publication. What relays a figure or is a part of one is not predicted again.
    """
    rehearsal = _Rehearsal(tuple(claims), placed, setting, target)
    predictions = (
        rehearsal.predict(figure, horizon_days) for figure in rehearsal.figures(area, first)
    )
    return tuple(prediction for prediction in predictions if prediction is not None)


@dataclass(frozen=True, slots=True)
class _Rehearsal:
    """The inputs of a back-test."""

    claims: tuple[Claim, ...]
    placed: Mapping[str, Sequence[PlacedClaim]]
    setting: Setting
    target: Target

    def figures(self, area: str, first: date) -> list[Observation]:
        admission = Admission(self.target, self.setting.areas, self.setting.factors)
        observations, _ = admission.admit(self.claims, self.placed)
        parents = {known.id: known.parent for known in self.setting.areas}
        types = self.setting.claimant_types
        weights = weigh(observations, self.claims, parents, types)
        figures = [
            observation
            for observation, weight in zip(observations, weights, strict=True)
            if observation.area == area
            and observation.observes is Observes.LEVEL
            and (weight.value > 0 or not observation.claim.relays)
            and observation.claim.known_at.date() >= first
            and observation.claim.measure is not None
            and observation.claim.measure.unit is Unit.PERSONNEL
            and types.get(observation.source) in OFFICIAL_TYPES
        ]
        return sorted(figures, key=lambda figure: (figure.claim.known_at, figure.claim.id))

    def predict(self, figure: Observation, horizon_days: int) -> Prediction | None:
        as_of = figure.claim.known_at.date() - timedelta(days=horizon_days)
        day = max(figure.day, as_of)
        target = replace(self.target, as_of=as_of)
        fitted = fit(self.claims, self.placed, self.setting, target, (day, day))
        if fitted is None or figure.area not in fitted.area_ids:
            return None
        number = fitted.area_ids.index(figure.area)
        before = said(fitted.observations, fitted.encoded, number)
        if not before:
            return None
        day_number = (day - fitted.first_day).days
        quantiles = _figure_quantiles(fitted, self.setting, figure, day_number)
        outcome = np.array((figure.reading.low + figure.reading.high) / 2)
        return Prediction(
            claim=figure.claim,
            day=day,
            as_of=as_of,
            log_size=float(outcome),
            quantiles=quantiles,
            score=float(interval_score(quantiles, outcome)),
            baseline_scores={
                name: _naive_score(
                    method(before, day_number, figure.source) + figure.log_offset, outcome
                )
                for name, method in BASELINES.items()
            },
        )


def _naive_score(log_size: float, outcome: Floats) -> float:
    return float(interval_score(normal_quantiles(np.array(log_size), BASELINE_SD), outcome))


def _figure_quantiles(
    fitted: Fit, setting: Setting, figure: Observation, day_number: int
) -> Floats:
    # What the speaker will say: the size, its scope, the speaker's leaning, error and rounding.
    shown = Shown(fitted, setting)
    mass, common_sd = shown.distributions(figure.area, range(day_number, day_number + 1))
    leaning, variance = 0.0, HOUSE_SD**2
    reporting_sd = prior_reporting_sd(setting.claimant_types.get(figure.source))
    if figure.source in fitted.encoded.sources:
        source = fitted.encoded.sources.index(figure.source)
        leaning = float(fitted.leanings.source_mean[source])
        variance = float(fitted.leanings.source_variance[source])
        reporting_sd = float(fitted.leanings.source_sd[source])
    overshoot = figure.reading.overshoot if np.isfinite(figure.reading.wide_scale) else 0.0
    beyond = {AT_LEAST: -overshoot, AT_MOST: overshoot}.get(figure.reading.direction, 0.0)
    sd = np.sqrt(common_sd**2 + variance + reporting_sd**2 + figure.scope_sd**2 + beyond**2)
    log_size = widened_quantiles(fitted.grid, mass, LEVELS, sd)[0]
    return np.asarray(log_size + leaning + figure.log_offset + beyond)
