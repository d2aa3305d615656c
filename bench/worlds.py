"""Simulated worlds whose truth is known, made to differ from what the estimator assumes.

True sizes follow ramps, plateaus and abrupt departures, not the estimator's chain. Sources lean,
lag, scatter with fat tails, round by their own habits, mix units and scopes and copy each other,
half of the time without saying so. In a world with deception one government halves its numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import shapely

from tracker.areas import Area
from tracker.claims import Claim, Measure, PlaceMention, Quote
from tracker.placing import PlacedClaim
from tracker.timespan import Timespan
from tracker.vocabulary import ClaimKind, Extent, PlaceRole, Qualifier, Scope, Status, Unit

START = date(2030, 1, 1)
TYPES = ("government", "osint_group", "think_tank", "press")
TRUE_SCATTER = {"government": 0.14, "osint_group": 0.18, "think_tank": 0.25, "press": 0.32}
LAG_DAYS = {"government": 2.0, "osint_group": 1.0, "think_tank": 6.0, "press": 4.0}


@dataclass(frozen=True, kw_only=True)
class World:
    """A simulated world.

    Parameters
    ----------
    areas : tuple of Area
        The theatre last, its sectors before it.
    truth : ndarray of shape (areas, days)
        True sizes, persons.
    claims : tuple of Claim
        What was published.
    placed : Mapping of str to tuple of PlacedClaim
        Where.
    claimant_types : Mapping of str to str
        Type of each source.
    """

    areas: tuple[Area, ...]
    truth: np.ndarray
    claims: tuple[Claim, ...]
    placed: Mapping[str, tuple[PlacedClaim, ...]]
    claimant_types: Mapping[str, str]


def make_world(
    seed: int,
    *,
    days: int = 365,
    sectors: int = 6,
    originals: int = 160,
    deception: bool = False,
    together: float = 0.0,
) -> World:
    """Simulate one world.

    Parameters
    ----------
    seed : int
        Seed of the random numbers.
    days, sectors : int
        Size of the world.
    originals : int
        Number of claims that are not copies; copies come on top, 1.2 per original.
    deception : bool
        Whether one government understates by half.
    together : float
        From 0 to 1: how far the sectors follow one common course instead of their own.
    """
    rng = np.random.default_rng(seed)
    truth = np.stack([_path(rng, days) for _ in range(sectors)])
    if together:
        common = _path(rng, days)
        own = truth / truth[:, :1]
        truth = truth[:, :1] * own ** (1 - together) * (common / common[0]) ** together
    truth = np.vstack([truth, truth.sum(axis=0)])
    areas = _areas(sectors)
    speakers = _speakers(rng, sectors + 1, deception=deception)
    person_factor = math.log(1333) + 0.2 * rng.standard_normal()
    land_share = rng.uniform(0.8, 0.92)
    scene = _Scene(truth, areas, speakers, math.exp(person_factor), land_share)
    claims = [_original(rng, number, scene) for number in range(originals)]
    claims.extend(_copies(rng, claims, speakers))
    return World(
        areas=areas,
        truth=truth,
        claims=tuple(claims),
        placed={claim.id: (_placed(claim, areas),) for claim in claims},
        claimant_types={speaker.name: speaker.type for speaker in speakers},
    )


@dataclass(frozen=True)
class _Speaker:
    name: str
    type: str
    lean: np.ndarray
    floors: float
    btg: float
    land: float


@dataclass(frozen=True)
class _Scene:
    truth: np.ndarray
    areas: Sequence[Area]
    speakers: Sequence[_Speaker]
    persons_per_btg: float
    land_share: float


def _path(rng: np.random.Generator, days: int) -> np.ndarray:
    size = np.full(days, rng.uniform(math.log(2_000), math.log(25_000)))
    day = np.arange(days)
    for _ in range(rng.integers(1, 4)):
        middle, length = rng.uniform(20, days - 20), rng.uniform(8, 50)
        rise = rng.normal(0.25, 0.6)
        size += rise / (1 + np.exp(-(day - middle) / (length / 4)))
    if rng.random() < 0.3:
        size[rng.integers(60, days - 30) :] -= rng.uniform(0.3, 1.0)
    wobble = np.cumsum(rng.normal(0, 0.03, days // 7 + 2))
    return np.exp(size + np.interp(day, np.arange(len(wobble)) * 7, wobble))


def _areas(sectors: int) -> tuple[Area, ...]:
    parts = tuple(
        Area(
            id=f"sector-{i}",
            name=f"Sector {i}",
            geometry=shapely.box(30 + i, 50, 31 + i, 51),
            parent="theatre",
            kind="sector",
        )
        for i in range(sectors)
    )
    whole = shapely.box(30, 50, 30 + sectors, 51)
    return (*parts, Area(id="theatre", name="Theatre", geometry=whole, kind="theatre"))


def _speakers(rng: np.random.Generator, areas: int, *, deception: bool) -> list[_Speaker]:
    speakers = []
    for number in range(14):
        kind = TYPES[number % 4]
        lean = 0.12 * rng.standard_normal() + 0.1 * rng.standard_t(4, areas)
        if deception and number == 0:
            lean = lean - math.log(2)
        floors, btg, land = rng.uniform(0.1, 0.5), 0.25 * (number % 2), rng.uniform(0, 0.3)
        speakers.append(_Speaker(f"source-{number}", kind, lean, floors, btg, land))
    return speakers


def _original(
    rng: np.random.Generator,
    number: int,
    scene: _Scene,
) -> Claim:
    truth, areas, speakers = scene.truth, scene.areas, scene.speakers
    speaker = speakers[rng.integers(len(speakers))]
    area = len(areas) - 1 if rng.random() < 0.3 else int(rng.integers(len(areas) - 1))
    day = int(rng.integers(truth.shape[1]))
    seen = max(0, day - int(rng.exponential(LAG_DAYS[speaker.type])))
    scatter = TRUE_SCATTER[speaker.type] * rng.standard_t(5) / math.sqrt(5 / 3)
    log_size = math.log(truth[area, seen]) + speaker.lean[area] + scatter
    if rng.random() < 0.05:
        log_size += rng.choice([-1, 1]) * rng.uniform(0.7, 1.4)
    scope = None
    if rng.random() < speaker.land:
        log_size += math.log(scene.land_share)
        scope = Scope.LAND_ONLY if rng.random() < 0.7 else None
    unit = Unit.PERSONNEL
    if rng.random() < speaker.btg:
        log_size -= math.log(scene.persons_per_btg)
        unit = Unit.BTG
    published = day + int(rng.exponential(1.5))
    measure = _measure(rng, max(math.exp(log_size), 1.0), unit, speaker.floors)
    return _claim(
        f"w{number}",
        speaker.name,
        areas[area].id,
        day=day,
        published=published,
        measure=measure,
        scope=scope,
    )


def _measure(rng: np.random.Generator, size: float, unit: Unit, floors: float) -> Measure:
    digits = int(rng.choice([1, 2, 3], p=[0.45, 0.4, 0.15]))
    step = max(1.0, 10.0 ** (math.floor(math.log10(size)) - digits + 1))
    if digits == 1:
        step = max(1.0, step * rng.choice([0.5, 1.0]))
    draw = rng.random()
    if draw < floors:
        low = max(math.floor(size / step) * step, 1.0)
        qualifier = Qualifier.MORE_THAN if rng.random() < 0.7 else Qualifier.AT_LEAST
        return Measure(qualifier=qualifier, unit=unit, low=low)
    if draw < floors + 0.1:
        qualifier = Qualifier.NEARLY if rng.random() < 0.4 else Qualifier.UP_TO
        return Measure(qualifier=qualifier, unit=unit, high=math.ceil(size / step) * step)
    if draw < floors + 0.2:
        low, high = max(round(size * 0.85 / step) * step, 1), round(size * 1.2 / step) * step
        if low < high:
            return Measure(qualifier=Qualifier.RANGE, unit=unit, low=low, high=high)
    if draw < floors + 0.25 and unit is Unit.PERSONNEL and size > 20_000:
        return Measure(qualifier=Qualifier.TENS_OF_THOUSANDS, unit=unit)
    best = max(round(size / step) * step, 1.0)
    qualifier = Qualifier.ABOUT if rng.random() < 0.5 else Qualifier.EXACT
    return Measure(qualifier=qualifier, unit=unit, best=best)


def _claim(
    report: str,
    claimant: str,
    area: str,
    *,
    day: int,
    published: int,
    measure: Measure,
    scope: Scope | None,
    relays: tuple[str, ...] = (),
) -> Claim:
    observed = datetime.combine(START + timedelta(days=day), time(0, tzinfo=UTC))
    return Claim(
        report_id=report,
        version_id=report,
        quote=Quote.whole(report),
        kind=ClaimKind.PRESENCE,
        status=Status.ACTUAL,
        actor="RU",
        known_at=observed + timedelta(days=max(published - day, 0), hours=12),
        extractor="simulated",
        claimant=claimant,
        claimant_id=claimant,
        measure=measure,
        extent=Extent.WHOLE,
        scope=scope,
        places=(PlaceMention(role=PlaceRole.AT, text=area),),
        observed=Timespan(start=observed, end=observed + timedelta(hours=23)),
        relays=relays,
        relay_type="repeat" if relays else None,
    )


def _copies(
    rng: np.random.Generator, originals: Sequence[Claim], speakers: Sequence[_Speaker]
) -> list[Claim]:
    press = [speaker.name for speaker in speakers if speaker.type == "press"]
    copies = []
    for number in range(round(1.2 * len(originals))):
        origin = originals[rng.integers(len(originals))]
        assert origin.measure is not None
        assert origin.observed is not None
        day = (origin.observed.start.date() - START).days
        lag = int(rng.exponential(3))
        measure = origin.measure
        number_said = measure.low or measure.high
        if rng.random() < 0.3 and number_said and measure.qualifier is not Qualifier.RANGE:
            measure = Measure(qualifier=Qualifier.ABOUT, unit=measure.unit, best=number_said)
        known = (origin.known_at.date() - START).days + lag
        copies.append(
            _claim(
                f"k{number}",
                str(rng.choice(press)),
                origin.places[0].text,
                day=min(day + lag, known),
                published=known,
                measure=measure,
                scope=origin.scope,
                relays=(origin.id,) if rng.random() < 0.5 else (),
            )
        )
    return copies


def _placed(claim: Claim, areas: Sequence[Area]) -> PlacedClaim:
    name = claim.places[0].text
    area = next(area for area in areas if area.id == name)
    return PlacedClaim(
        claim_id=claim.id,
        role=PlaceRole.AT,
        text=name,
        name=area.name,
        geometry=area.geometry,
        radius_km=0.0,
        gazetteer_id=area.id,
    )
