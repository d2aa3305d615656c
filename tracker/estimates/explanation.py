"""Why an estimate is what it is: its claims, what each does to it, and what was left aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from tracker.areas import Observes
from tracker.claims import Claim, Measure
from tracker.claims.wording import measure_in_words
from tracker.errors import NotFoundError
from tracker.estimates.alternatives import REACH_DAYS, Alternatives
from tracker.estimates.estimate import Estimate
from tracker.estimates.estimation import estimate_days
from tracker.estimates.flows import FlowEvidence, known_flows
from tracker.estimates.grid import Floats, Masses
from tracker.estimates.likelihoods import gross_error_probability
from tracker.estimates.model import Fit, fit
from tracker.estimates.observations import LeftAside, Target
from tracker.estimates.setting import Setting
from tracker.estimates.shown import Shown
from tracker.placing import PlacedClaim
from tracker.vocabulary import Qualifier

MOST_CLAIMS = 60
"""At most so many, the heaviest, are taken out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Influence:
    """What one claim does to an estimate.

    Parameters
    ----------
    claim : Claim
        The claim.
    day : date
        Day that it speaks of.
    weight : float
        Exponent of its likelihood; 0 for a relay.
    reason : str
        Why this weight.
    median_change : float or None
        Relative change of the median that it brings about (0.1 = raises it by 10 %), its relays
        and copies taken out with it; None where it was not tried.
    width_change : float or None
        Change of the width of the 90 % interval in log units; negative where it narrows it.
    gross_error : float or None
        Probability that its number is a gross error.
    floor : bool
        Whether it speaks of a part and so counts as a lower bound alone.
    """

    claim: Claim
    day: date
    weight: float
    reason: str
    median_change: float | None = None
    width_change: float | None = None
    gross_error: float | None = None
    floor: bool = False

    @property
    def sentence(self) -> str:
        """The influence as an analyst would put it."""
        who = self.claim.claimant or "an unnamed source"
        said = f"{who}, {self.claim.known_at:%Y-%m-%d}"
        if self.weight == 0:
            return f"{said}: not counted, {self.reason}."
        why = f"{self.reason}; of a part, so a floor alone" if self.floor else self.reason
        if self.median_change is None:
            far = "too far from the day to be taken out by itself"
            return f"{said}: weight {self.weight:.2f}, {why}; {far}."
        effect = "without it and its repeats the median would be the same"
        if abs(self.median_change) >= 0.005:
            share = 1 / (1 + self.median_change) - 1
            sense = "higher" if share > 0 else "lower"
            effect = f"without it and its repeats the median would be {abs(share):.0%} {sense}"
        doubt = ""
        if self.gross_error is not None and self.gross_error > 0.5:
            doubt = "; it is probably a gross error"
        return f"{said}: {effect}{doubt} (weight {self.weight:.2f}, {why})."


@dataclass(frozen=True, kw_only=True, slots=True)
class Inflow:
    """What movements into an area and out of it do to an estimate, all taken together.

    Parameters
    ----------
    flows : tuple of FlowEvidence
        The movements, known by then and under way by the day, by their first day.
    median_change : float
        Relative change of the median that they bring about (0.1 = they raise it by 10 %).
    """

    flows: tuple[FlowEvidence, ...]
    median_change: float

    @property
    def lines(self) -> tuple[str, ...]:
        """The effect as an analyst would put it, then the movements."""
        share = 1 / (1 + self.median_change) - 1
        effect = "the same"
        if abs(share) >= 0.005:
            effect = f"{abs(share):.0%} {'higher' if share > 0 else 'lower'}"
        return (
            (
                f"Movements by rail ({len(self.flows)}) count as growth, never as a strength: "
                f"without them the median would be {effect}."
            ),
            *(
                f"- [{', '.join(flow.claims)}] {_in_words(flow)}, seen {flow.first_day} to "
                f"{flow.last_day}."
                for flow in self.flows
            ),
        )

    def as_record(self) -> dict[str, Any]:
        """Lay the effect and its movements out as plain values.

        Returns
        -------
        dict
            `median_change` and `flows`, of which numbers are a day, in `unit`; days are ISO.
        """
        flows = [
            {
                "claims": list(flow.claims),
                "first_day": flow.first_day.isoformat(),
                "last_day": flow.last_day.isoformat(),
                "unit": str(flow.unit),
                "low_per_day": flow.low,
                "high_per_day": flow.high,
                "inward": flow.inward,
            }
            for flow in self.flows
        ]
        return {"median_change": self.median_change, "flows": flows}


def _in_words(flow: FlowEvidence) -> str:
    days = (flow.last_day - flow.first_day).days + 1
    low, high = round(flow.low * days, 1), round(flow.high * days, 1)
    size = Measure(qualifier=Qualifier.EXACT, unit=flow.unit, best=high)
    if low < high:
        size = Measure(qualifier=Qualifier.RANGE, unit=flow.unit, low=low, high=high)
    return f"{'in' if flow.inward else 'out'}: {measure_in_words(size)}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """The evidence behind one estimate.

    Parameters
    ----------
    estimate : Estimate
        The estimate.
    influences : tuple of Influence
        Claims on its area, the strongest effect first, then those that count nothing.
    aside : tuple of LeftAside
        Claims on its area that are no observation of its strength, with the reason.
    conflict_sd : float or None
        How far the sectors' sum lies above the theatre's own claims, in standard deviations.
    inflow : Inflow or None
        What movements do to it; None where none was counted.
    joined : bool
        Whether the area is joined with its total or parts: effects of claims are then those on
        the area by itself.
    """

    estimate: Estimate
    influences: tuple[Influence, ...]
    aside: tuple[LeftAside, ...]
    conflict_sd: float | None = None
    inflow: Inflow | None = None
    joined: bool = False


def explain(
    claims: Sequence[Claim],
    placed: Mapping[str, Sequence[PlacedClaim]],
    setting: Setting,
    target: Target,
    *,
    area: str,
    day: date,
) -> Explanation:
    """Explain the estimate of an area on a day.

    Parameters
    ----------
    claims : sequence of Claim
        All claims.
    placed : Mapping of str to sequence of PlacedClaim
        Their places by claim id.
    setting : Setting
        Areas, factors, claimants, what moves.
    target : Target
        Whose troops, as of when, in which unit and scope.
    area : str
        Id of the area.
    day : date
        UTC day.

    Returns
    -------
    Explanation
        The estimate with its claims and what each of them does to it.

    Raises
    ------
    NotFoundError
        Where there is no estimate of this area on this day.
    """
    fitted = fit(claims, placed, setting, target, (day, day))
    shown = None if fitted is None else Shown(fitted, setting)
    if fitted is None or shown is None or area not in shown.area_ids:
        raise NotFoundError(
            f"no claim known by {target.as_of} says how strong {target.actor} is in {area!r}."
        )
    if not shown.day_numbers(area, (day, day)):
        raise NotFoundError(
            f"{area!r} has no estimate for {day}: nobody had spoken of it, or it is not modelled."
        )
    day_number = (day - fitted.first_day).days
    conflict = shown.conflict_sd(area, range(day_number, day_number + 1))
    (estimate,) = estimate_days(fitted, shown, area, range(day_number, day_number + 1))
    return Explanation(
        estimate=estimate,
        influences=tuple(_influences(fitted, setting, area, day_number)),
        aside=tuple(left for left in fitted.aside if left.area == area),
        conflict_sd=None if conflict is None else float(conflict[0]),
        inflow=_inflow(claims, placed, setting, estimate),
        joined=len(shown.relatives(area)) > 1,
    )


def _inflow(
    claims: Sequence[Claim],
    placed: Mapping[str, Sequence[PlacedClaim]],
    setting: Setting,
    estimate: Estimate,
) -> Inflow | None:
    # Fit once more as if nothing had moved: so the change is that of the joined estimate.
    target = Target(
        actor=estimate.actor, as_of=estimate.as_of, unit=estimate.unit, scope=estimate.scope
    )
    flows = sorted(
        (
            flow
            for flow in known_flows(setting.flows, target.actor, target.known_before)
            if flow.area == estimate.area and flow.first_day <= estimate.day
        ),
        key=lambda flow: (flow.first_day, flow.claims),
    )
    days = (estimate.day, estimate.day)
    still = replace(setting, flows=())
    fitted = fit(claims, placed, still, target, days) if flows else None
    if fitted is None:
        return None
    shown = Shown(fitted, still)
    (without,) = estimate_days(fitted, shown, estimate.area, shown.day_numbers(estimate.area, days))
    change = estimate.p50 / without.p50 - 1 if without.p50 > 0 else 0.0
    return Inflow(flows=tuple(flows), median_change=change)


def _influences(fitted: Fit, setting: Setting, area: str, day_number: int) -> list[Influence]:
    number = fitted.area_ids.index(area)
    rows = [int(i) for i in np.flatnonzero(fitted.encoded.data.area == number)]
    counted = [i for i in rows if fitted.weights[i].value > 0]
    near = [i for i in counted if abs(fitted.encoded.data.day[i] - day_number) <= REACH_DAYS]
    near = sorted(near, key=lambda i: -fitted.weights[i].value)[:MOST_CLAIMS]
    tried = _leave_out(fitted, setting, number, day_number, near) if near else {}
    found = [
        Influence(
            claim=fitted.observations[i].claim,
            day=fitted.observations[i].day,
            weight=fitted.weights[i].value,
            reason=fitted.weights[i].reason,
            floor=fitted.observations[i].observes is Observes.LOWER_BOUND,
            **tried.get(i, {}),
        )
        for i in rows
        if i in tried
        or fitted.weights[i].value > 0
        or abs(fitted.encoded.data.day[i] - day_number) <= REACH_DAYS
    ]
    return sorted(found, key=lambda f: (-abs(f.median_change or 0.0), -f.weight, f.day))


def _leave_out(
    fitted: Fit, setting: Setting, number: int, day_number: int, near: Sequence[int]
) -> dict[int, dict[str, float]]:
    # One run without each claim and one with all. Relays and copies do not step in for their
    # origin, so a claim goes with its whole cluster.
    alternatives = Alternatives(fitted, setting, number, day_number)
    place = {int(i): position for position, i in enumerate(alternatives.window)}
    keep = np.ones((len(near) + 1, len(place)), dtype=bool)
    for run, i in enumerate(near):
        keep[run, place[i]] = False
    runs = alternatives.run(keep)
    return {
        i: _change(
            fitted, i, runs.cuts[run], runs.cuts[-1], runs.sizes[alternatives.days[place[i]], run]
        )
        for run, i in enumerate(near)
    }


def _change(
    fitted: Fit, i: int, without: Floats, with_all: Floats, others: Masses
) -> dict[str, float]:
    encoded = fitted.encoded
    sd = encoded.data.noise_sd(fitted.leanings.source_sd)[i]
    offset = (encoded.log_offset + fitted.leanings.offset)[i]
    return {
        "median_change": float(np.expm1(with_all[1] - without[1])),
        "width_change": float(with_all[2] - with_all[0] - without[2] + without[0]),
        "gross_error": gross_error_probability(
            fitted.grid, encoded.readings[i], float(sd), float(offset), others.astype(np.float64)
        ),
    }
