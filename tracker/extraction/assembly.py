"""A draft turned into a claim, and its places put on the map."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from functools import lru_cache

import shapely

from geo.geocoding.mention import Mention
from tracker.claimants import seed_claimants
from tracker.claims.claim import Claim, Equipment, PlaceMention, Quote
from tracker.errors import InvalidValueError
from tracker.extraction.confidence import confidence
from tracker.extraction.drafts import Draft, Reading
from tracker.extraction.kinds import dated_status, flow_of, kind_of
from tracker.extraction.manner import direction_of, mode_of
from tracker.extraction.owners import owner_of
from tracker.extraction.roles import places_by_role
from tracker.extraction.sizes import extent_of, measure_of, none_of, scope_of
from tracker.extraction.source import Source, words_of
from tracker.extraction.tagged import Tagged
from tracker.formations import seed_formations
from tracker.placing import PlacedClaim
from tracker.timespan import Timespan, end_of_day
from tracker.vocabulary import FORWARD_LOOKING, ClaimKind, Precision, Unit

_MOST_POINTS_KEPT = 10_000
_IMAGERY = "imagery"
"""Type of claimants that sell satellite pictures: what they say is there was seen."""


def _observed(source: Source, view: Tagged, draft: Draft) -> Timespan | None:
    mention = draft.time
    if mention is None:
        return None
    forward = draft.status in FORWARD_LOOKING
    first, last = mention.near if forward else mention.past
    published = source.published_at.date()
    if not forward:
        if first > published:
            return None
        last = min(last, published)
    return _timespan(
        first, last, mention.precision, words_of(source, view, mention.first, mention.last)
    )


def _timespan(first: date, last: date, precision: Precision, words: str) -> Timespan | None:
    try:
        return Timespan(
            start=datetime.combine(first, time(0, tzinfo=UTC)),
            end=end_of_day(last),
            precision=precision,
            text=words,
        )
    except InvalidValueError:
        return None


def _equipment(source: Source, view: Tagged, draft: Draft) -> tuple[Equipment, ...]:
    found: dict[Unit, Equipment] = {}
    for force in (draft.force, *draft.also):
        for unit, first, last in force.classes:
            found.setdefault(unit, Equipment(unit=unit, text=words_of(source, view, first, last)))
    return tuple(found.values())


def claim_of(
    source: Source,
    reading: Reading,
    draft: Draft,
    quote: Quote,
    speaker: tuple[str | None, tuple[str, ...]],
) -> Claim:
    """Make the claim of a draft.

    Parameters
    ----------
    source : Source
        The report.
    reading : Reading
        Its sentence.
    draft : Draft
        The draft.
    quote : Quote
        The words that it rests on.
    speaker : (str or None, tuple of str)
        Who asserts, and who relays.

    Returns
    -------
    Claim
        The claim, without places on the map.
    """
    view = reading.view
    kind = kind_of(view, draft)
    measure = measure_of(source, view, draft.force) or none_of(source, view, draft)
    claimant, via = speaker
    registry = seed_claimants()
    claimant_id = registry.find_within(claimant) if claimant else None
    if claimant_id is not None and registry.get(claimant_id).type == _IMAGERY:
        kind = ClaimKind.SIGHTING if kind is ClaimKind.PRESENCE else kind
    formation = None
    designation = draft.force.formation or draft.formation
    if designation is not None:
        formation = words_of(source, view, *designation)
    formation_id = seed_formations().find(formation) if formation else None
    observed = _observed(source, view, draft)
    return Claim(
        report_id=source.report_id,
        version_id=source.version_id,
        quote=quote,
        kind=kind,
        status=dated_status(draft, source, kind),
        actor=owner_of(source, view, draft, formation_id),
        known_at=max(source.known_at, source.published_at),
        extractor=source.extractor,
        flow=flow_of(draft, kind),
        claimant=claimant,
        claimant_id=claimant_id,
        via=via,
        measure=measure,
        extent=extent_of(draft, kind, measure),
        scope=scope_of(view, draft.force),
        equipment=_equipment(source, view, draft),
        formation=formation,
        formation_id=formation_id,
        places=tuple(place for place, _ in places_by_role(source, view, draft, kind)),
        direction=direction_of(view, draft) if kind is not ClaimKind.PRESENCE else None,
        mode=mode_of(view, draft, kind),
        observed=observed,
        reliability=registry.get(claimant_id).reliability if claimant_id else None,
        confidence=confidence(draft, has_speaker=claimant is not None),
    )


def placed_of(
    claim_id: str, found: Iterable[tuple[PlaceMention, Mention | None]]
) -> list[PlacedClaim]:
    """Put the places of a claim on the map.

    Parameters
    ----------
    claim_id : str
        The claim.
    found : iterable of (PlaceMention, Mention or None)
        Its places and what the gazetteer found.

    Returns
    -------
    list of PlacedClaim
        One per place, with a geometry or the reason why it has none.
    """
    return [_placed(claim_id, place, mention) for place, mention in found]


@lru_cache(maxsize=_MOST_POINTS_KEPT)
def _point(lon: float, lat: float) -> shapely.Point:
    # Make a point once, whatever number of claims stand there; degrees, EPSG:4326.
    return shapely.Point(lon, lat)


def _placed(claim_id: str, place: PlaceMention, mention: Mention | None) -> PlacedClaim:
    if mention is None:
        reason = "the gazetteer does not know these words"
        return PlacedClaim(claim_id=claim_id, role=place.role, text=place.text, reason=reason)
    geometry = mention.geometry
    if geometry is None and mention.lon is not None and mention.lat is not None:
        geometry = _point(mention.lon, mention.lat)
    if geometry is None or mention.radius_km is None:
        reason = mention.reason or "the words could not be placed"
        return PlacedClaim(claim_id=claim_id, role=place.role, text=place.text, reason=reason)
    return PlacedClaim(
        claim_id=claim_id,
        role=place.role,
        text=place.text,
        name=mention.name,
        geometry=geometry,
        radius_km=mention.radius_km,
        gazetteer_id=str(mention.geonameid) if mention.geonameid is not None else None,
        score=mention.score,
        alternatives=tuple(
            {
                "name": other.name,
                "lon": other.lon,
                "lat": other.lat,
                "gazetteer_id": str(other.geonameid) if other.geonameid is not None else None,
                "score": other.score,
            }
            for other in mention.alternatives
        ),
    )
