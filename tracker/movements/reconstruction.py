"""Claims to movements: sightings of one train in a row, with where it came from and goes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from shapely.geometry.base import BaseGeometry

from geo.railways import RailNetwork
from tracker.claims.claim import Claim
from tracker.movements.association import associate
from tracker.movements.claim_sightings import (
    NOT_MOVING,
    goes_by_rail,
    rail_sightings,
    trains_counted,
)
from tracker.movements.leg import Leg
from tracker.movements.legs import drawn, in_order
from tracker.movements.movement import Certainty, Movement, Part, movement_id
from tracker.movements.track import Conflict, Track
from tracker.placing import PlacedClaim
from tracker.timespan import Timespan
from tracker.vocabulary import FORWARD_LOOKING, ClaimKind, Flow, PlaceRole, Precision, Status

SAME_PLACE_DEG = 0.3
"""Places as near as this are one end: a town and its station or range."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reconstruction:
    """What claims tell of movements.

    Parameters
    ----------
    movements : tuple of Movement
        By the start of their window.
    conflicts : tuple of Conflict
        Sightings that look like one train and cannot be.
    """

    movements: tuple[Movement, ...]
    conflicts: tuple[Conflict, ...] = ()


def reconstruct(
    claims: Sequence[Claim], placed: Iterable[PlacedClaim], network: RailNetwork
) -> Reconstruction:
    """Put together who went where.

    Parameters
    ----------
    claims : sequence of Claim
        Claims that were public.
    placed : iterable of PlacedClaim
        Their places.
    network : RailNetwork
        The railways.

    Returns
    -------
    Reconstruction
        Movements, each claim in at most one: trains by association of their sightings, all others
        one per claim. Sightings of what stands somewhere are no movement.
    """
    places: dict[str, list[PlacedClaim]] = defaultdict(list)
    for place in placed:
        if place.geometry is not None:
            places[place.claim_id].append(place)
    by_id = {claim.id: claim for claim in claims}
    found = associate(rail_sightings(claims, places), network)
    tracks = _whole_claims(found.tracks)
    told = {claim_id for track in tracks for claim_id in track.claims}
    movements = [_of_track(track, by_id, places, network) for track in tracks]
    movements += [
        _movement([claim], places, network)
        for claim in claims
        if claim.id not in told
        and claim.kind is ClaimKind.MOVEMENT
        and claim.status not in NOT_MOVING
        and claim.id in places
    ]
    ordered = sorted(movements, key=lambda one: (one.window is not None, _start(one), one.id))
    return Reconstruction(movements=tuple(ordered), conflicts=found.conflicts)


def _start(movement: Movement) -> float:
    return movement.window.start.timestamp() if movement.window else 0.0


def _whole_claims(tracks: Sequence[Track]) -> list[Track]:
    # A claim that names several places belongs to one track: that of its first sighting.
    seen: set[str] = set()
    kept = []
    for track in tracks:
        new = tuple(one for one in track.sightings if one.claim_id not in seen)
        if new:
            kept.append(replace(track, sightings=new))
        seen |= {one.claim_id for one in new}
    return kept


def _of_track(
    track: Track,
    by_id: Mapping[str, Claim],
    places: Mapping[str, list[PlacedClaim]],
    network: RailNetwork,
) -> Movement:
    claims = [by_id[claim_id] for claim_id in track.claims]
    return replace(
        _movement(claims, places, network),
        probability=track.probability,
        alternatives=track.alternatives,
    )


def _trains(claims: Sequence[Claim]) -> int | None:
    counts = [trains_counted(claim) for claim in claims]
    return max((count for count in counts if count is not None), default=None)


def _movement(
    claims: Sequence[Claim], places: Mapping[str, list[PlacedClaim]], network: RailNetwork
) -> Movement:
    ends = {role: _ends(claims, places, role) for role in PlaceRole}
    named = [claim for claim in claims if claim.formation_id or claim.formation]
    lead = next((claim for claim in named if claim.formation_id), (named or claims)[0])
    parts = _parts(claims, lead, ends, network)
    starts = ends[PlaceRole.FROM] or ends[PlaceRole.AT][:1]
    goals = ends[PlaceRole.TO] or ends[PlaceRole.AT][-1:]
    return Movement(
        actor=lead.actor,
        parts=parts,
        claims=tuple(claim.id for claim in claims),
        origin="; ".join(_name(one) for one in starts) or None,
        destination="; ".join(_name(one) for one in goals) or None,
        trains=_trains(claims),
        window=_window(claims),
        mode=next((claim.mode for claim in claims if claim.mode), None),
        formation=lead.formation_id or lead.formation,
        flow=next((claim.flow for claim in claims if claim.flow is not None), None),
    )


def _ends(
    claims: Sequence[Claim], places: Mapping[str, list[PlacedClaim]], role: PlaceRole
) -> list[PlacedClaim]:
    # Each place once, in the order of times; a region gives way to a place inside it.
    found: list[PlacedClaim] = []
    for claim in sorted(claims, key=_observed):
        of_role = [place for place in places.get(claim.id, ()) if place.role is role]
        if role is PlaceRole.AT:
            via = [p for p in places.get(claim.id, ()) if p.role is PlaceRole.VIA_PLACE]
            of_role = in_order(of_role + via, claim)
        found += [p for p in of_role if not any(_is_same(p, old) for old in found)]
    if role is PlaceRole.AT:
        headings = {claim.direction for claim in claims}
        return in_order(found, claims[0]) if len(headings) == 1 and _at_once(claims) else found
    return [
        one for one in found if not any(other is not one and _covers(one, other) for other in found)
    ]


def _at_once(claims: Sequence[Claim]) -> bool:
    # Whether their spans overlap, so that the order of their places is that of the way.
    spans = [claim.observed for claim in claims if claim.observed is not None]
    return not spans or max(s.start for s in spans) <= min(s.end for s in spans)


def _observed(claim: Claim) -> tuple[bool, float]:
    return (claim.observed is None, claim.observed.middle.timestamp() if claim.observed else 0.0)


def _shape(place: PlacedClaim) -> BaseGeometry:
    assert place.geometry is not None
    return place.geometry


def _is_same(one: PlacedClaim, other: PlacedClaim) -> bool:
    if one.name == other.name:
        return True
    if _shape(one).area > 0 or _shape(other).area > 0:
        return bool(_shape(one).equals(_shape(other)))
    return bool(_shape(one).distance(_shape(other)) < SAME_PLACE_DEG)


def _covers(wide: PlacedClaim, narrow: PlacedClaim) -> bool:
    if _shape(wide).area <= _shape(narrow).area:
        return False
    return bool(_shape(wide).contains(_shape(narrow).representative_point()))


def _parts(
    claims: Sequence[Claim],
    lead: Claim,
    ends: Mapping[PlaceRole, list[PlacedClaim]],
    network: RailNetwork,
) -> tuple[Part, ...]:
    seen = ends[PlaceRole.AT]
    starts = [p for p in ends[PlaceRole.FROM] if not _reached(p, seen[:1])]
    goals = [p for p in ends[PlaceRole.TO] if not _reached(p, seen)]
    ahead = all(claim.status in FORWARD_LOOKING for claim in claims)
    stays = lead.flow is Flow.OUT and not goals
    parts = []
    if not seen:
        certainty = Certainty.PLANNED if ahead else Certainty.INFERRED
        parts = [(one, other, certainty) for one, other in product(starts, goals)]
    else:
        inferred = Certainty.INFERRED if lead.inferred else Certainty.OBSERVED
        left = len(starts) < len(ends[PlaceRole.FROM])  # one start is where it was seen
        first = [*seen[1:2], *goals][:1] if left else seen[:1]
        certainty = Certainty.PLANNED if left and not seen[1:] else inferred
        parts += [(one, first[0], certainty) for one in starts if first]
        parts += [(one, other, Certainty.OBSERVED) for one, other in pairwise(seen)]
        parts += [] if stays else [(seen[-1], goal, Certainty.PLANNED) for goal in goals]
    if ahead:
        parts = [(one, other, Certainty.PLANNED) for one, other, _ in parts]
    return tuple(
        _part(claims, lead, one, other, certainty, network)
        for one, other, certainty in parts
        if not _is_same(one, other)
    )


def _reached(end: PlacedClaim, seen: Sequence[PlacedClaim]) -> bool:
    # A stated end at which it was seen is no further part of the way.
    return any(_is_same(end, one) or _covers(end, one) for one in seen)


def _part(  # noqa: PLR0917 - the ends of a part and what is said of it
    claims: Sequence[Claim],
    lead: Claim,
    start: PlacedClaim,
    end: PlacedClaim,
    certainty: Certainty,
    network: RailNetwork,
) -> Part:
    rail = next((claim for claim in claims if goes_by_rail(claim)), lead)
    line = drawn(rail, start, end, (), network)
    status = lead.status
    if certainty is Certainty.PLANNED and status not in FORWARD_LOOKING:
        status = Status.EXPECTED
    ids = tuple(claim.id for claim in claims)
    leg = Leg(
        movement_id=movement_id(ids),
        actor=lead.actor,
        origin=_name(start),
        destination=_name(end),
        geometry=line.geometry,
        status=status,
        claims=(lead.id, *(one for one in ids if one != lead.id)),
        window=_window(claims),
        mode=next((claim.mode for claim in claims if claim.mode), None),
        formation=lead.formation_id or lead.formation,
        equipment=tuple(dict.fromkeys(item.unit for claim in claims for item in claim.equipment)),
        measure=next((claim.measure for claim in claims if claim.measure), None),
        inferred=certainty is Certainty.INFERRED,
    )
    return Part(leg=leg, certainty=certainty, way=line.way, length_km=line.length_km)


def _name(place: PlacedClaim) -> str:
    return place.name or place.text


def _window(claims: Sequence[Claim]) -> Timespan | None:
    spans = [claim.observed for claim in claims if claim.observed is not None]
    if not spans:
        return None
    if len(spans) == 1:
        return spans[0]
    return Timespan(
        start=min(span.start for span in spans),
        end=max(span.end for span in spans),
        precision=Precision.UNKNOWN,
    )
