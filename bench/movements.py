"""Measures movements: routes, association, arrival windows, the record, and the back-test.

python bench/movements.py [routes|association|arrivals|record|backtest ...]

The simulated trains follow another law than the associator believes in: a speed of the train
(gamma) changed on every section, stops of hours at yards and sometimes of days (Weibull). People
miss trains, misdate, misplace and misread them, and see one twice.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.random import Generator

from geo.railways import RailNetwork, read_tables
from tracker.area_file import seed_areas
from tracker.assessment import informed_setting, places_by_claim, seed_setting
from tracker.claimants import seed_claimants
from tracker.claims.coded import read_coded, resolve_references
from tracker.claims.coded_row import CodedClaim
from tracker.estimates.backtest import backtest
from tracker.estimates.observations import Target
from tracker.movements.arrivals import arrival_window
from tracker.movements.association import associate
from tracker.movements.railways import seed_railways
from tracker.movements.reconstruction import reconstruct
from tracker.movements.sighting import Sighting, Spot
from tracker.movements.track import Track
from tracker.movements.wagons import WagonNumber, check_digit
from tracker.place_index import seed_place_index
from tracker.placing import PlacedClaim
from tracker.seeds import seed_file
from tracker.timespan import Timespan
from tracker.vocabulary import Direction, Precision

SHARED = Path(__file__).parents[2] / "shared"
START = datetime(2022, 1, 1, tzinfo=UTC)
ORIGINS = (
    *("Vladivostok", "Ussuriysk", "Ruzhino", "Khabarovsk I", "Birobidzhan I", "Belogorsk"),
    *("Yekaterinoslavka", "Borzya", "Chita II", "Ulan-Ude", "Yurga I", "Chebarkul", "Samara"),
)
GOALS = (
    *("Rechitsa", "Yelsk", "Mazyr", "Brest", "Baranavichy", "Asipovichy", "Yelnya"),
    *("Klintsy", "Maslovka", "Valuyki", "Belgorod", "Kursk"),
)
KINDS = tuple(f"type {number}" for number in range(80))


@dataclass(frozen=True, kw_only=True)
class Noise:
    """How people see trains."""

    looks: int = 6
    missed: float = 0.2
    wrong_time: float = 0.03
    wrong_place: float = 0.03
    doubled: float = 0.1
    by_the_hour: float = 0.4
    names_formation: float = 0.35
    names_kind: float = 0.75
    misnames_kind: float = 0.04
    reads_wagons: float = 0.6
    names_goal: float = 0.3
    names_heading: float = 0.7


@dataclass(frozen=True, kw_only=True)
class Train:
    """What really went."""

    goal: str
    along_km: np.ndarray
    stations: tuple[str, ...]
    days: np.ndarray
    formation: str
    kinds: frozenset[str]
    wagons: tuple[WagonNumber, ...]


def simulate(
    network: RailNetwork, trains: int, span_days: float, seed: int, noise: Noise | None = None
) -> tuple[list[Sighting], list[int], list[Train]]:
    """Run trains over the network and look at them.

    Returns
    -------
    tuple
        Sightings, the train of each, the trains.
    """
    rng = np.random.default_rng(seed)
    formations = [
        (f"formation {number}", rng.choice(KINDS, 10, replace=False)) for number in range(25)
    ]
    seen: list[Sighting] = []
    truth: list[int] = []
    fleet = []
    for number in range(trains):
        train = _train(network, rng, span_days, formations[rng.integers(len(formations))])
        fleet.append(train)
        for one in _look(network, train, rng, noise or Noise(), number):
            seen.append(one)
            truth.append(number)
    return seen, truth, fleet


def _train(
    network: RailNetwork, rng: Generator, span_days: float, formation: tuple[str, np.ndarray]
) -> Train:
    name, usual = formation
    route = network.route(str(rng.choice(ORIGINS)), goal := str(rng.choice(GOALS)))
    steps_km = np.diff(route.along_km)
    pace = rng.gamma(9, 780 / 9)
    sections = steps_km / np.minimum(pace * rng.gamma(6, 1 / 6, len(steps_km)), 1500)
    stops = np.where(rng.random(len(steps_km)) < 0.12, 0.35 * rng.weibull(0.9, len(steps_km)), 0)
    days = rng.uniform(0, span_days) + np.concatenate([[0], np.cumsum(sections + stops)])
    load = rng.choice(usual, rng.integers(3, 7), replace=False)
    first = rng.integers(2_000_000, 9_999_999, rng.integers(40, 52))
    wagons = tuple(WagonNumber(digits=f"{one}{check_digit(str(one))}") for one in first)
    return Train(
        goal=goal,
        along_km=route.along_km,
        stations=tuple(station.code for station in route.stations),
        days=days,
        formation=name,
        kinds=frozenset(str(kind) for kind in load),
        wagons=wagons,
    )


def _look(
    network: RailNetwork, train: Train, rng: Generator, noise: Noise, number: int
) -> list[Sighting]:
    seen = []
    chosen = rng.choice(len(train.stations), min(noise.looks, len(train.stations)), replace=False)
    for look, place in enumerate(sorted(chosen)):
        if rng.random() < noise.missed:
            continue
        eyes = 2 if rng.random() < noise.doubled else 1
        names = [f"{number}-{look}-{eye}" for eye in range(eyes)]
        seen += [_seen(network, train, rng, noise, int(place), name) for name in names]
    return seen


def _seen(  # noqa: PLR0917 - all that a look depends on
    network: RailNetwork, train: Train, rng: Generator, noise: Noise, place: int, name: str
) -> Sighting:
    day = train.days[place]
    if rng.random() < noise.wrong_time:
        day += rng.choice([-1, 1]) * rng.uniform(1, 3)
    if rng.random() < noise.wrong_place:
        place = int(np.clip(place + rng.choice([-2, -1, 1, 2]), 0, len(train.stations) - 1))
    code = train.stations[place]
    lon, lat = network.lonlat(code)
    kinds = {kind for kind in sorted(train.kinds) if rng.random() < noise.names_kind}
    if rng.random() < noise.misnames_kind:
        kinds.add(str(rng.choice(KINDS)))
    wagons: Sequence[WagonNumber] = ()
    if rng.random() < noise.reads_wagons:
        count = int(rng.integers(6, 25))
        wagons = [train.wagons[one] for one in rng.choice(len(train.wagons), count, replace=False)]
    goal = None
    if rng.random() < noise.names_goal:
        goal = Spot(
            name=train.goal, lon=network.lonlat(train.goal)[0], lat=network.lonlat(train.goal)[1]
        )
    return Sighting(
        id=name,
        claim_id=f"c-{name}",
        spot=Spot(name=code, lon=lon, lat=lat, radius_km=3),
        span=_span(day, rng, noise),
        actor="RU",
        direction=Direction.W if rng.random() < noise.names_heading else None,
        formation=train.formation if rng.random() < noise.names_formation else None,
        equipment=frozenset(kinds),
        wagons=frozenset(wagons),
        destination=goal,
    )


def _span(day: float, rng: Generator, noise: Noise) -> Timespan:
    moment = START + timedelta(days=float(day))
    if rng.random() < noise.by_the_hour:
        return Timespan(start=moment, end=moment + timedelta(hours=1), precision=Precision.HOUR)
    start = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    end = start + timedelta(days=1) - timedelta(milliseconds=1)
    return Timespan(start=start, end=end, precision=Precision.DAY)


def scored(
    seen: Sequence[Sighting], truth: Sequence[int], tracks: Sequence[Track]
) -> tuple[float, float, float]:
    """Score an association.

    Returns
    -------
    tuple of float
        Share of the true pairs that are joined; share of the joined pairs that are wrong; share
        of the pairs of two trains that are joined.
    """
    train = {one.id: number for one, number in zip(seen, truth, strict=True)}
    sizes = np.bincount(truth)
    true_pairs = int((sizes * (sizes - 1) // 2).sum())
    right = wrong = 0
    for track in tracks:
        for one, other in combinations(track.sightings, 2):
            same = train[one.id] == train[other.id]
            right, wrong = right + same, wrong + (not same)
    others = len(seen) * (len(seen) - 1) // 2 - true_pairs
    return right / true_pairs, wrong / max(right + wrong, 1), wrong / others


def association() -> None:
    """Print how well simulated trains are told apart, and how fast."""
    network = seed_railways()
    print("wagons read in, sightings, rightly joined, wrong of the joined, wrong of the others")
    poor = {"names_kind": 0.45, "names_formation": 0.1, "names_goal": 0.05}
    for share in (0.9, 0.6, 0.3, 0.0):
        _told_apart(network, f"{share:.0%}", reads_wagons=share)
    _told_apart(network, "60%, two looks", reads_wagons=0.6, looks=2)
    _told_apart(network, "60%, little told", reads_wagons=0.6, **poor)
    _told_apart(network, "none, little told", reads_wagons=0.0, **poor)
    seen, truth, _ = simulate(network, 2000, 365, 5)
    seen, truth = seen[:10_000], truth[:10_000]
    began = time.process_time()
    found = associate(seen, network)
    taken = time.process_time() - began
    right, wrong, _ = scored(seen, truth, found.tracks)
    print(f"{len(seen):,} sightings in {taken:.2f} s CPU, joined {right:.3f}, wrong {wrong:.4f}")


def _told_apart(network: RailNetwork, name: str, **noise: float) -> None:
    rows = []
    for seed in range(11, 17):
        seen, truth, _ = simulate(network, 200, 20, seed, replace(Noise(), **noise))
        rows.append((len(seen), *scored(seen, truth, associate(seen, network).tracks)))
    count, right, wrong, others = np.mean(rows, axis=0)
    print(f"{name}: {count:.0f}, {right:.3f}, {wrong:.4f}, {others:.6f}")


def routes() -> None:
    """Print lengths of ways against published ones, and how fast they are found."""
    corridor = seed_railways()
    moscow = "Moscow (node of all termini)"
    for start, end in (("Vladivostok", moscow), ("Vladivostok", "Rechitsa")):
        print(f"{start} to {end}: {corridor.route(start, end).length_km:,.0f} km")
    stations = SHARED / "data/real/rail_stations.tsv"
    if not stations.exists():
        print("no full station graph beside the checkout: left out")
        return
    full = RailNetwork(
        read_tables(stations.read_bytes(), stations.with_name("rail_neighbours.csv").read_bytes())
    )
    via = ("940006",)  # Chita: the Trans-Siberian, not the Baikal-Amur line
    length_km = full.route("980003", "195514", via=via).length_km
    print(f"full graph, Vladivostok to Moscow: {length_km:,.0f} km")
    cold, warm = [], []
    for end in [station.code for station in full.stations if station.country == "RU"][::700]:
        for times in (cold, warm):
            began = time.process_time()
            try:
                full.route(end, "202205")
            except LookupError:
                continue
            times.append(1000 * (time.process_time() - began))
    new_ms, known_ms = np.median(cold), np.median(warm)
    print(f"a way on {len(full):,} stations: {new_ms:.2f} ms new, {known_ms:.2f} ms known")


def arrivals() -> None:
    """Print how often simulated trains arrive inside the 90 % windows, by what is left to go."""
    network = seed_railways()
    inside: dict[int, list[bool]] = {}
    for seed in (31, 32, 33):
        seen, truth, fleet = simulate(network, 400, 20, seed, Noise(wrong_time=0, wrong_place=0))
        for one, number in zip(seen, truth, strict=True):
            train = fleet[number]
            left_km = train.along_km[-1] - train.along_km[train.stations.index(one.spot.name)]
            if left_km < 300:
                continue
            p05, _, p95 = arrival_window(one.span, float(left_km))
            there = START + timedelta(days=float(train.days[-1]))
            inside.setdefault(min(int(left_km // 2500), 3), []).append(p05 <= there <= p95)
    every = [hit for hits in inside.values() for hit in hits]
    print(f"arrival inside the 90 % window: {np.mean(every):.3f} of {len(every):,}")
    for part, hits in sorted(inside.items()):
        print(f"  {2500 * part:,} km and more to go: {np.mean(hits):.3f} of {len(hits):,}")


def _read_record() -> tuple[list[CodedClaim], list[PlacedClaim]]:
    coded: list[CodedClaim] = []
    for name in ("estimates.csv", "movements.csv"):
        data = seed_file(name).read_bytes()
        coded += read_coded(data, source="record", claimants=seed_claimants()).claims
    rows, _ = resolve_references(tuple(coded))
    index = seed_place_index(seed_areas())
    return list(rows), [place for row in rows for place in index.place(row.claim, row.position)]


def record() -> None:
    """Print what the record of 2021-22 gives: movements, parts, speeds, conflicts."""
    rows, placed = _read_record()
    found = reconstruct([row.claim for row in rows], placed, seed_railways())
    parts = [part for one in found.movements for part in one.parts]
    joined = [one for one in found.movements if len(one.claims) > 1]
    print(f"{len(found.movements)} movements, {len(joined)} of several rows, {len(parts)} parts,")
    print(f"{sum(part.way == 'along_the_line' for part in parts)} along the line,")
    for certainty in ("observed", "inferred", "planned"):
        print(f"  {certainty}: {sum(part.certainty == certainty for part in parts)}")
    print(f"{len(found.conflicts)} conflicts of speed")


def backtests() -> None:
    """Print the score of the back-test without and with flow evidence, 7 days ahead."""
    rows, placed = _read_record()
    claims, areas = [row.claim for row in rows], seed_areas()
    target = Target(actor="RU", as_of=date(2022, 2, 23))
    settings = {
        "without flows": seed_setting(areas),
        "with flows": informed_setting(claims, placed, areas),
    }
    for name, setting in settings.items():
        predictions = backtest(
            claims,
            places_by_claim(placed),
            setting,
            target,
            area="around-ukraine",
            first=date(2021, 11, 1),
        )
        score = np.mean([one.score for one in predictions])
        outside = sum(not one.inside_90 for one in predictions)
        print(f"{name}: score {score:.4f}, {outside} of {len(predictions)} outside 90 %")


PARTS: dict[str, Callable[[], None]] = {
    "routes": routes,
    "association": association,
    "arrivals": arrivals,
    "record": record,
    "backtest": backtests,
}

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
