"""Estimates for people: every actor by itself, with the package's published factors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from geo.railways import RailNetwork
from tracker.areas import Area
from tracker.claimants import seed_claimants
from tracker.claims.claim import Claim
from tracker.errors import NoClaimError, NotFoundError
from tracker.estimates.estimate import Estimate
from tracker.estimates.estimation import estimate
from tracker.estimates.news import News, news
from tracker.estimates.observations import Target
from tracker.estimates.priors import seed_factors
from tracker.estimates.setting import Setting
from tracker.inflows import inflows
from tracker.movements.railways import seed_railways
from tracker.placing import PlacedClaim

ESTIMATE_COLUMNS = (
    *("area", "actor", "date", "as_of", "unit", "scope"),
    *("p05", "p25", "p50", "p75", "p95", "p_zero", "building_up", "drawing_down"),
    *("forecast", "method", "claims"),
)


def estimate_all(
    claims: Sequence[Claim],
    placed: Sequence[PlacedClaim],
    areas: Sequence[Area],
    target: Target,
    *,
    days: tuple[date, date] | None = None,
    area: str | None = None,
) -> tuple[Estimate, ...]:
    """Estimate strengths with the package's published factors.

    Parameters
    ----------
    claims, placed
        Claims and their places.
    areas : sequence of Area
        Areas to estimate.
    target : Target
        Whose troops, as of when; an empty actor stands for every one, each by itself.
    days : tuple of date, optional
        First and last UTC day; by default from the first claim to the day of knowledge.
    area : str, optional
        Id of one area; by default all.

    Returns
    -------
    tuple of Estimate
        By actor, area and day.
    """
    setting = informed_setting(claims, placed, areas)
    actors = [target.actor] if target.actor else sorted({claim.actor for claim in claims})
    by_claim = places_by_claim(placed)
    return tuple(
        row
        for actor in actors
        for row in estimate(
            claims, by_claim, setting, replace(target, actor=actor), days=days, area=area
        )
    )


def news_all(
    claims: Sequence[Claim],
    placed: Sequence[PlacedClaim],
    areas: Sequence[Area],
    target: Target,
    *,
    since: date,
    day: date | None = None,
    area: str | None = None,
) -> tuple[News, ...]:
    """Say what changed estimates since an earlier day of knowledge, claim by claim.

    Parameters
    ----------
    claims, placed, areas, target, area
        As for `estimate_all`.
    since : date
        The earlier day of knowledge.
    day : date, optional
        UTC day that the estimates speak of; by default the later day of knowledge, or the last
        one for which the areas are modelled.

    Returns
    -------
    tuple of News
        By actor and area.
    """
    setting = informed_setting(claims, placed, areas)
    last = max((one.valid_until or date.max for one in areas), default=date.max)
    asked = day or min(target.as_of, last)
    actors = [target.actor] if target.actor else sorted({claim.actor for claim in claims})
    by_claim = places_by_claim(placed)
    return tuple(
        row
        for actor in actors
        for row in news(
            claims,
            by_claim,
            setting,
            replace(target, actor=actor),
            day=asked,
            since=since,
            area=area,
        )
    )


def seed_setting(areas: Sequence[Area]) -> Setting:
    """Say what the model knows beside the claims.

    Parameters
    ----------
    areas : sequence of Area
        Areas to estimate.

    Returns
    -------
    Setting
        The areas with the published factors and the registry's types of claimants.
    """
    return Setting(
        areas=tuple(areas), factors=seed_factors(), claimant_types=seed_claimants().types
    )


def informed_setting(
    claims: Sequence[Claim],
    placed: Sequence[PlacedClaim],
    areas: Sequence[Area],
    network: RailNetwork | None = None,
) -> Setting:
    """Say what the model knows beside levels: the setting with what moves into the areas.

    Parameters
    ----------
    claims, placed
        Claims and their places.
    areas : sequence of Area
        Areas to estimate.
    network : RailNetwork, optional
        The railways; by default those of the package.

    Returns
    -------
    Setting
        That of `seed_setting` with the flows that `inflows` finds.
    """
    flows = inflows(claims, placed, areas, network or seed_railways())
    return replace(seed_setting(areas), flows=flows)


def areas_below(areas: Sequence[Area], top: Area) -> list[Area]:
    """List the parts of an area, and theirs.

    Parameters
    ----------
    areas : sequence of Area
        All areas.
    top : Area
        The area above them.

    Returns
    -------
    list of Area
        Without the area itself.
    """
    children = [area for area in areas if area.parent == top.id]
    return [below for child in children for below in (child, *areas_below(areas, child))]


def places_by_claim(placed: Sequence[PlacedClaim]) -> Mapping[str, list[PlacedClaim]]:
    """Group places by their claim.

    Parameters
    ----------
    placed : sequence of PlacedClaim
        Places in any order.

    Returns
    -------
    Mapping of str to list of PlacedClaim
        By claim id.
    """
    grouped: dict[str, list[PlacedClaim]] = defaultdict(list)
    for place in placed:
        grouped[place.claim_id].append(place)
    return grouped


def require_actor(claims: Sequence[Claim], actor: str | None) -> None:
    """Refuse an actor that nobody speaks of, so that a misspelt one is no empty answer.

    Parameters
    ----------
    claims : sequence of Claim
        What is known.
    actor : str or None
        Id of the actor; None stands for all.

    Raises
    ------
    NoClaimError
        Where no claim speaks of it.
    """
    actors = sorted({claim.actor for claim in claims})
    if actor is not None and actor not in actors:
        raise NoClaimError(actor, actors)


def find_area(areas: Sequence[Area], name: str) -> Area:
    """Find an area by id or by one of its names.

    Parameters
    ----------
    areas : sequence of Area
        Areas.
    name : str
        Id or name, letter case aside.

    Returns
    -------
    Area
        The area.

    Raises
    ------
    NotFoundError
        Where none answers to it.
    """
    wanted = name.casefold().strip()
    for area in areas:
        if wanted in {word.casefold() for word in (area.id, area.name, *area.names)}:
            return area
    raise NotFoundError(
        f"no area is called {name[:60]!r}; the areas are {', '.join(a.id for a in areas)}."
    )


def estimates_frame(estimates: Sequence[Estimate]) -> pd.DataFrame:
    """Put estimates into a frame.

    Parameters
    ----------
    estimates : sequence of Estimate
        Estimates.

    Returns
    -------
    DataFrame
        Columns `ESTIMATE_COLUMNS`; `date` and `as_of` are days, quantiles are in `unit`,
        `claims` lists ids with weights.
    """
    frame = pd.DataFrame([row.as_record() for row in estimates], columns=ESTIMATE_COLUMNS)
    for name in ("date", "as_of"):
        frame[name] = pd.to_datetime(frame[name])
    return frame
