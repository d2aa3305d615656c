"""What can be exported: each layer's columns, and its rows out of what may be published."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pandas as pd
import shapely
from geopandas import GeoDataFrame

from geo.railways import RailNetwork
from tracker.assessment import estimates_frame, places_by_claim
from tracker.contradiction_table import contradictions_frame
from tracker.errors import InvalidValueError, NotFoundError
from tracker.estimates.estimate import Estimate
from tracker.evidence.contradictions import contradictions
from tracker.exports import columns
from tracker.exports.claim_table import claim_rows_frame
from tracker.exports.table import Facts, Field, Table
from tracker.features import (
    areas_frame,
    legs_frame,
    published_frame,
    regions_frame,
    sightings_frame,
)
from tracker.formations import seed_formations
from tracker.movement_tables import arrivals_frame, flows_frame
from tracker.movements.arrivals import expected_arrivals
from tracker.movements.reconstruction import Reconstruction, reconstruct
from tracker.publication import (
    Policy,
    Published,
    Withheld,
    in_words,
    published,
    published_in_parts,
)
from tracker.store.repository import Repository
from tracker.store.selection import Criteria
from tracker.store.spelling import Bbox

OF_CLAIMS = frozenset({"claims", "sightings", "regions"})
"""Layers whose rows come a part at a time, and that all criteria narrow."""
OF_ESTIMATES = frozenset({"estimates"})
"""Layers that need estimates."""
KM_PER_DEG = 111.2


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What is to be exported.

    Parameters
    ----------
    layer : str
        Name of the layer.
    facts : Facts
        What its file says about it; with the day of knowledge.
    policy : Policy
        What may be shown.
    criteria : Criteria
        What narrows it.
    estimates : sequence of Estimate
        For the layer `estimates`.
    network : RailNetwork
        Railways, for layers of movements that are put together.
    """

    layer: str
    facts: Facts
    policy: Policy
    criteria: Criteria
    network: RailNetwork
    estimates: Sequence[Estimate] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Layer:
    """A layer that can be exported.

    Parameters
    ----------
    title : str
        What it holds.
    fields : tuple of Field
        Its columns.
    """

    title: str
    fields: tuple[Field, ...] = field(default_factory=tuple)


LAYERS = {
    "claims": Layer(title="Claims with their places", fields=columns.CLAIMS),
    "sightings": Layer(title="What was seen or counted at a point", fields=columns.SIGHTINGS),
    "regions": Layer(
        title="What was seen or counted somewhere in a region", fields=columns.REGIONS
    ),
    "movements": Layer(
        title="Who went where, between the places that reports name", fields=columns.MOVEMENTS
    ),
    "arrivals": Layer(title="Expected arrivals", fields=columns.ARRIVALS),
    "flows": Layer(title="Movements from districts to areas by week", fields=columns.FLOWS),
    "areas": Layer(title="Areas that have an estimate", fields=columns.AREAS),
    "estimates": Layer(title="Estimated strength by area and day", fields=columns.ESTIMATES),
    "published": Layer(title="Totals as others published them", fields=columns.PUBLISHED),
    "contradictions": Layer(title="Claims that cannot both hold", fields=columns.CONTRADICTIONS),
    "reports": Layer(title="Publications that claims are taken from", fields=columns.REPORTS),
}
"""Name -> layer."""


def table_of(repository: Repository, asked: Asked) -> tuple[Table, list[str]]:
    """Make the table of a layer from what may be published.

    Parameters
    ----------
    repository : Repository
        The open database.
    asked : Asked
        What is to be exported.

    Returns
    -------
    tuple of (Table, list of str)
        The table, whose rows are read while they are written, and the list that tells what was
        withheld, complete when the last row was read.

    Raises
    ------
    NotFoundError
        Where there is no such layer.
    InvalidValueError
        Where a criterion says nothing about this layer.
    """
    if asked.layer not in LAYERS:
        raise NotFoundError(
            f"there is no layer '{asked.layer}'; the layers are {', '.join(LAYERS)}."
        )
    _refuse_idle(asked)
    layer, withheld = LAYERS[asked.layer], list[str]()
    make = _claim_batches if asked.layer in OF_CLAIMS else _whole
    table = Table(
        name=asked.layer,
        title=layer.title,
        fields=layer.fields,
        facts=asked.facts,
        batches=_in_box(make(repository, asked, withheld), asked.criteria.get("bbox")),
    )
    return table, withheld


def _refuse_idle(asked: Asked) -> None:
    if asked.layer in OF_CLAIMS:
        return
    has_shapes = any(one.name == "geometry" for one in LAYERS[asked.layer].fields)
    heeded = {"as_of", *(("bbox",) if has_shapes else ()), *_HEEDED.get(asked.layer, ())}
    idle = [name for name, value in asked.criteria.items() if value and name not in heeded]
    if idle:
        raise InvalidValueError(
            f"{asked.layer} cannot be narrowed by {', '.join(idle)}; leave it out."
        )


_HEEDED = {
    "movements": ("actor",),
    "arrivals": ("actor",),
    "flows": ("actor",),
    "estimates": ("actor",),
    "published": ("actor",),
}


def _claim_batches(
    repository: Repository, asked: Asked, withheld: list[str]
) -> Iterator[GeoDataFrame]:
    total, areas = Withheld(), repository.areas()
    criteria = Criteria(**asked.criteria)
    criteria["bbox"] = _grown(asked)
    parts = published_in_parts(repository, criteria=criteria, policy=asked.policy)
    for shown in parts:
        total += shown.tally
        words = shown.claims, shown.placed, shown.sha256
        if asked.layer == "claims":
            yield claim_rows_frame(*words)
        elif asked.layer == "sightings":
            yield sightings_frame(*words)
        else:
            yield regions_frame(*words, areas)
    withheld += in_words(total)


def _whole(repository: Repository, asked: Asked, withheld: list[str]) -> Iterator[pd.DataFrame]:
    shown = published(
        repository, as_of=asked.facts.as_of, estimates=asked.estimates, policy=asked.policy
    )
    yield _MAKERS[asked.layer](repository, asked, shown)
    withheld += shown.withheld


def _movements(_: Repository, asked: Asked, shown: Published) -> GeoDataFrame:
    actor = asked.criteria.get("actor")
    legs = [leg for leg in shown.legs if actor in {None, leg.actor}]
    return legs_frame(legs, shown.claims, shown.sha256)


def _together(asked: Asked, shown: Published) -> Reconstruction:
    # From what may be shown: what is put together of it tells nothing else.
    return reconstruct(shown.claims, shown.placed, asked.network)


def _arrivals(repository: Repository, asked: Asked, shown: Published) -> pd.DataFrame:
    claims = {claim.id: claim for claim in shown.claims}
    found = expected_arrivals(_together(asked, shown).movements, claims)
    ahead = [one for one in found if one.p95.date() >= asked.facts.as_of]
    return _of_actor(arrivals_frame(ahead, repository.areas()), asked)


def _flows(repository: Repository, asked: Asked, shown: Published) -> pd.DataFrame:
    claims = {claim.id: claim for claim in shown.claims}
    movements = _together(asked, shown).movements
    frame = flows_frame(movements, claims, repository.areas(), seed_formations())
    return _of_actor(frame, asked)


def _of_actor(frame: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    actor = asked.criteria.get("actor")
    return frame if actor is None else frame[frame["actor"] == actor]


def _areas(repository: Repository, _: Asked, __: Published) -> GeoDataFrame:
    return areas_frame(repository.areas())


def _estimates(_: Repository, __: Asked, shown: Published) -> pd.DataFrame:
    frame = estimates_frame(shown.estimates)
    frame["claims"] = [[one["id"] for one in claims] for claims in frame["claims"]]
    return frame


def _published(repository: Repository, asked: Asked, shown: Published) -> pd.DataFrame:
    actor = asked.criteria.get("actor") or "RU"
    return published_frame(shown.claims, shown.placed, repository.areas(), actor=actor)


def _contradictions(_: Repository, __: Asked, shown: Published) -> pd.DataFrame:
    placed = places_by_claim(shown.placed)
    return contradictions_frame(contradictions(shown.claims, placed))


def _reports(_: Repository, __: Asked, shown: Published) -> pd.DataFrame:
    of_version = {claim.version_id: claim.report_id for claim in shown.claims}
    rows = [
        {
            "id": of_version[version],
            "version_id": version,
            "source": one.source,
            "title": one.title,
            "address": one.address,
            "published_at": one.published_at,
            "sha256": one.sha256,
        }
        for version, one in shown.publications.items()
        if version in of_version
    ]
    return pd.DataFrame(rows, columns=[one.name for one in columns.REPORTS])


_MAKERS: dict[str, Callable[[Repository, Asked, Published], pd.DataFrame]] = {
    "movements": _movements,
    "arrivals": _arrivals,
    "flows": _flows,
    "areas": _areas,
    "estimates": _estimates,
    "published": _published,
    "contradictions": _contradictions,
    "reports": _reports,
}


def _in_box(frames: Iterable[pd.DataFrame], bbox: Bbox | None) -> Iterator[pd.DataFrame]:
    # By the shapes that are told: by the true ones, many small boxes would find a hidden place.
    if bbox is None:
        yield from frames
        return
    west, south, east, north = bbox
    boxes = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    asked = shapely.union_all([shapely.box(one, south, other, north) for one, other in boxes])
    for frame in frames:
        shapes = frame["geometry"].to_numpy()
        yield frame[shapely.intersects(shapes, asked)]


def _grown(asked: Asked) -> Bbox | None:
    # What is told may lie a cell away from where it is held.
    bbox = asked.criteria.get("bbox")
    rules = (*asked.policy.rules, asked.policy.otherwise)
    reach_deg = max(rule.grid_km for rule in rules) / KM_PER_DEG
    if bbox is None or not reach_deg:
        return bbox
    west, south, east, north = bbox
    south, north = max(south - reach_deg, -90.0), min(north + reach_deg, 90.0)
    aside_deg = reach_deg / max(0.01, _least_cosine(south, north))
    is_whole = west <= east and east - west + 2 * aside_deg >= 360
    if is_whole or max(abs(west - aside_deg), abs(east + aside_deg)) > 180:
        return (-180.0, south, 180.0, north)
    return (west - aside_deg, south, east + aside_deg, north)


def _least_cosine(south: float, north: float) -> float:
    return math.cos(math.radians(max(abs(south), abs(north))))
