"""A draft turned into a claim: measure, kind, places by role, mode, direction, actor, quote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import shapely

from tracker.actors import UNKNOWN
from tracker.claimants import seed_claimants
from tracker.claims.claim import Claim, Equipment, PlaceMention, Quote
from tracker.claims.confidence import confidence
from tracker.claims.drafts import Draft, Reading
from tracker.claims.forces import FORMATIONS, Force, Sort
from tracker.claims.lexicon import Tag
from tracker.claims.measure import Measure
from tracker.claims.places import Mention, Place
from tracker.claims.tagged import Tagged
from tracker.errors import InvalidValueError
from tracker.formations import seed_formations
from tracker.placing import PlacedClaim
from tracker.timespan import Timespan, end_of_day
from tracker.vocabulary import (
    FORWARD_LOOKING,
    Change,
    ClaimKind,
    Direction,
    Extent,
    Flow,
    Mode,
    PlaceRole,
    Precision,
    Qualifier,
    Status,
    Unit,
)

_BACKGROUND_AFTER_DAYS = 120
"""A presence that was observed longer ago than this is the baseline, not the news."""
_HISTORY_AFTER_DAYS = 3 * 365
_MOST_RELATIVE_WORDS = 10
_SIGHTED_BY = frozenset({"imagery"})
_AWAY = frozenset({PlaceRole.FROM, PlaceRole.TO})
_MODE_OF_UNIT = {
    Unit.TRAIN: Mode.RAIL,
    Unit.WAGON: Mode.RAIL,
    Unit.SHIP: Mode.SEA,
    Unit.CONVOY: Mode.ROAD,
}
_LOCATIVE = ("е", "и", "ах", "ях", "і", "ї", "ому", "ій")
_ACCUSATIVE = ("ый", "ий", "ую", "юю", "ое", "ее", "ые", "у")
_MODE_ORDER = (Mode.RAIL, Mode.AIR, Mode.SEA, Mode.ROAD)


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """What is known of a report before it is read.

    Parameters
    ----------
    text : str
        Its text.
    report_id, version_id : str
        Its ids.
    published_at, known_at : datetime
        Aware UTC.
    extractor : str
        Name and version of what reads it.
    """

    text: str
    report_id: str
    version_id: str
    published_at: datetime
    known_at: datetime
    extractor: str


def _words(source: Source, view: Tagged, first: int, last: int) -> str:
    start, end = view.span(first, last)
    return source.text[start:end]


def _relative_to(source: Source, view: Tagged, force: Force) -> str | None:
    """Read the words of the base behind a ratio."""
    numeral = force.numeral
    if numeral is None or numeral.qualifier is not Qualifier.RATIO:
        return None
    first = last = numeral.last
    if view.norm(first) in {"of", "as"}:
        first = last = first + 1
    while last < len(view.tokens) and last - first < _MOST_RELATIVE_WORDS:
        token = view.tokens[last]
        if token.sort == "mark" or (last > first and token.norm in {"and", "и", "і", "но", "but"}):
            break
        last += 1
    return _words(source, view, first, last) if last > first else None


def measure_of(source: Source, view: Tagged, force: Force) -> Measure | None:
    """Turn a force's numeral into a measure.

    Parameters
    ----------
    source : Source
        The report.
    view : Tagged
        The sentence.
    force : Force
        The force.

    Returns
    -------
    Measure or None
        None where it has no numeral.
    """
    numeral = force.numeral
    if numeral is None:
        return None
    return Measure(
        qualifier=numeral.qualifier,
        unit=force.unit,
        low=numeral.low,
        high=numeral.high,
        best=numeral.best,
        approx=numeral.approx,
        per=numeral.per,
        relative_to=_relative_to(source, view, force),
        change=numeral.change,
        text=_words(source, view, force.first, force.last),
    )


def kind_of(view: Tagged, draft: Draft) -> ClaimKind:
    """Decide what a draft asserts.

    Parameters
    ----------
    view : Tagged
        The sentence.
    draft : Draft
        The draft.

    Returns
    -------
    ClaimKind
        Movement, presence or sighting.
    """
    roles = {place.role for place in draft.places}
    away = bool(roles & _AWAY)
    act = draft.act
    if act is None:
        rolling = draft.force.unit is Unit.TRAIN and PlaceRole.AT not in roles
        return ClaimKind.MOVEMENT if away or rolling else ClaimKind.PRESENCE
    if act.sort == "movement":
        return ClaimKind.MOVEMENT
    if act.sort == "deploy":
        planned = draft.status in FORWARD_LOOKING | {Status.DENIED}
        return ClaimKind.MOVEMENT if away or planned else ClaimKind.PRESENCE
    if act.sort == "sighting" or any(tag.value in _SIGHTED_BY for tag in view.of("speaker")):
        return ClaimKind.SIGHTING
    return ClaimKind.PRESENCE


def _flow(draft: Draft, kind: ClaimKind) -> Flow | None:
    if kind is not ClaimKind.MOVEMENT:
        return None
    if draft.act is not None and draft.act.flow and draft.act.sort == "movement":
        return Flow(draft.act.flow)
    return None


def _is_accusative(view: Tagged, place: Place) -> bool:
    """Whether "в", "на", "у" says where to: "в Россию", not "в России"."""
    if view.lang == "en" or view.norm(place.first - 1) not in {"в", "во", "на", "у"}:
        return False
    if view.norm(place.first).endswith(_ACCUSATIVE) and place.last - place.first > 1:
        return True
    nouns = [at for at in range(place.first, place.last) if view.starting("place", at)]
    return not view.norm(nouns[0] if nouns else place.last - 1).endswith(_LOCATIVE)


def _role(view: Tagged, place: Place, draft: Draft, kind: ClaimKind) -> PlaceRole:
    """Decide whether "at" is a goal: "arrived in", "в Белгород"."""
    assert place.role is not None
    if kind is not ClaimKind.MOVEMENT and place.role is PlaceRole.TO:
        return PlaceRole.AT
    act = draft.act
    outward = act is not None and act.flow == "out" and draft.borrowed
    if kind is ClaimKind.MOVEMENT and outward and place.role is PlaceRole.TO:
        return PlaceRole.FROM
    if kind is not ClaimKind.MOVEMENT or place.role is not PlaceRole.AT or not place.either:
        return place.role
    goes = {other.role for other in draft.places}
    left = view.lang == "en" and PlaceRole.TO in goes and PlaceRole.FROM not in goes
    if place.home or outward or left:
        return PlaceRole.FROM
    inward = act is None or act.flow == "in" or act.sort == "deploy"
    if draft.borrowed or inward or _is_accusative(view, place):
        return PlaceRole.TO
    return place.role


def places_by_role(
    source: Source, view: Tagged, draft: Draft, kind: ClaimKind
) -> list[tuple[PlaceMention, Mention | None]]:
    """List a draft's places.

    Parameters
    ----------
    source : Source
        The report.
    view : Tagged
        The sentence.
    draft : Draft
        The draft.
    kind : ClaimKind
        What it asserts.

    Returns
    -------
    list of (PlaceMention, Mention or None)
        Each role and text once, with what the gazetteer found.
    """
    found: dict[tuple[PlaceRole, str], tuple[PlaceMention, Mention | None]] = {}
    for place in draft.places:
        start, end = view.span(place.first, place.last)
        words = source.text[start:end]
        role = _role(view, place, draft, kind)
        mention = PlaceMention(role=role, text=words, start=start)
        found.setdefault((role, words), (mention, place.mention))
    return list(found.values())


def _is_heading(view: Tagged, tag: Tag) -> bool:
    """Whether an English compass word says where to: not "the east", "Far East", "north of"."""
    before, after = view.norm(tag.first - 1), view.norm(tag.last)
    to_the = before == "the" and view.norm(tag.first - 2) in {"to", "towards", "toward"}
    noun = before in {"the", "in", "a", "far"} and not to_the
    named = tag.last < len(view.tokens) and view.tokens[tag.last].is_name
    return after != "of" and not noun and not named and not view.tokens[tag.first].is_name


def _direction(view: Tagged, draft: Draft) -> Direction | None:
    options = []
    for tag in view.of("mode"):
        name, _, value = tag.value.partition(":")
        if name != "dir":
            continue
        if view.lang != "en" or _is_heading(view, tag):
            anchor = draft.act.first if draft.act else draft.force.first
            options.append((abs(tag.first - anchor), Direction(value)))
    return min(options)[1] if options else None


def _mode(view: Tagged, draft: Draft, kind: ClaimKind) -> Mode | None:
    if kind is ClaimKind.PRESENCE:
        return None
    if draft.act is not None and draft.act.mode:
        return Mode(draft.act.mode)
    unit = draft.force.unit
    if unit in _MODE_OF_UNIT:
        return _MODE_OF_UNIT[unit]
    if kind is not ClaimKind.MOVEMENT:
        return None
    if any(force.unit in {Unit.AIRCRAFT, Unit.HELICOPTER} for force in draft.fellows):
        return Mode.AIR
    clauses = view.clauses()
    mine = clauses[draft.force.first]
    near = {tag.value for tag in view.of("mode") if clauses[tag.first] == mine}
    said = near | {"far"} if near & set(_MODE_ORDER) else {tag.value for tag in view.of("mode")}
    found = next((mode for mode in _MODE_ORDER if mode.value in said), None)
    if found is None and unit in {Unit.AIRCRAFT, Unit.HELICOPTER}:
        return Mode.AIR
    return found


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
    return _timespan(first, last, mention.precision, _words(source, view, mention.first, mention.last))


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
            found.setdefault(unit, Equipment(unit=unit, text=_words(source, view, first, last)))
    return tuple(found.values())


def _actor(view: Tagged, draft: Draft) -> str:
    """Choose the owner named nearest to the force: "Russian troops" before "Moscow"."""
    force = draft.force
    best: tuple[int, str] | None = None
    for tag in view.of("actor"):
        if tag.first in view.spoken:
            continue
        inside = force.first <= tag.first < force.last
        ahead = force.first - tag.last
        behind = tag.first - force.last
        if tag.entry.get("sort") == "adjective" or inside:
            cost = 0 if inside else (ahead if 0 <= ahead <= 2 else 40 + abs(ahead))
        else:
            if (view.ending("role", tag.first) is not None or ahead < 0) and not inside:
                continue
            cost = 10 + (ahead if ahead >= 0 else 20 + max(0, behind))
        if best is None or cost < best[0]:
            best = (cost, tag.value)
    return best[1] if best is not None and best[0] < 60 else UNKNOWN


def _extent(draft: Draft, kind: ClaimKind, measure: Measure | None) -> Extent | None:
    if draft.force.formation is not None or draft.force.unit in FORMATIONS and draft.force.sort is Sort.SINGLE:
        return Extent.UNIT
    if kind is ClaimKind.MOVEMENT or draft.force.part:
        return Extent.PART
    if measure is None or measure.unit not in {Unit.PERSONNEL, Unit.BTG}:
        return Extent.PART
    return Extent.PART if measure.change is Change.INCREMENT else Extent.WHOLE


def admitted(view: Tagged, draft: Draft, source: Source) -> bool:
    """Whether a draft says enough to be a claim.

    Parameters
    ----------
    view : Tagged
        The sentence.
    draft : Draft
        The draft.
    source : Source
        The report.

    Returns
    -------
    bool
        Unquantified drafts need a predicate and a place or direction; history is left out.
    """
    if draft.time is not None and draft.status not in FORWARD_LOOKING:
        age_days = (source.published_at.date() - draft.time.past[1]).days
        if age_days > _HISTORY_AFTER_DAYS:
            return False
    force = draft.force
    if force.sort is Sort.BARE or force.numeral is None:
        act = draft.act
        rolling = force.unit in {Unit.TRAIN, Unit.CONVOY}
        if act is None and rolling and any(p.role in _AWAY for p in draft.places):
            return True
        if act is None or act.weak or draft.status is Status.HYPOTHETICAL:
            return False
        if act.infinitive and draft.status in {Status.ACTUAL, Status.DENIED}:
            return False
        homeward = act.flow == "out" and act.last - act.first > 1 and force.unit is not None
        placed = bool(draft.places) or homeward or _direction(view, draft) is not None
        denied = draft.status is Status.DENIED and not view.norm(act.first).endswith("ing")
        return placed or (denied and act.sort in {"movement", "deploy"})
    if force.sort is Sort.SINGLE:
        return draft.act is not None or bool(draft.places)
    if force.sort is Sort.RATIO:
        return draft.act is not None or bool(draft.places) or force.noun is not None
    return True


def _status(draft: Draft, source: Source, kind: ClaimKind) -> Status:
    old = draft.time is not None and kind is ClaimKind.PRESENCE
    if old and draft.status is Status.ACTUAL and draft.time is not None:
        age_days = (source.published_at.date() - draft.time.past[1]).days
        if age_days > _BACKGROUND_AFTER_DAYS:
            return Status.BACKGROUND
    return draft.status


def claim_of(source: Source, reading: Reading, draft: Draft, quote: Quote, speaker: tuple[str | None, tuple[str, ...]]) -> Claim:
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
    measure = measure_of(source, view, draft.force)
    claimant, via = speaker
    registry = seed_claimants()
    claimant_id = registry.find_within(claimant) if claimant else None
    formation = None
    designation = draft.force.formation or draft.formation
    if designation is not None:
        formation = _words(source, view, *designation)
    observed = _observed(source, view, draft)
    return Claim(
        report_id=source.report_id,
        version_id=source.version_id,
        quote=quote,
        kind=kind,
        status=_status(draft, source, kind),
        actor=_actor(view, draft),
        known_at=max(source.known_at, source.published_at),
        extractor=source.extractor,
        flow=_flow(draft, kind),
        claimant=claimant,
        claimant_id=claimant_id,
        via=via,
        measure=measure,
        extent=_extent(draft, kind, measure),
        equipment=_equipment(source, view, draft),
        formation=formation,
        formation_id=seed_formations().find(formation) if formation else None,
        places=tuple(place for place, _ in places_by_role(source, view, draft, kind)),
        direction=_direction(view, draft) if kind is not ClaimKind.PRESENCE else None,
        mode=_mode(view, draft, kind),
        observed=observed,
        reliability=registry.get(claimant_id).reliability if claimant_id else None,
        confidence=confidence(draft, has_speaker=claimant is not None),
    )


def placed_of(claim: Claim, found: Iterable[tuple[PlaceMention, Mention | None]]) -> list[PlacedClaim]:
    """Put the places of a claim on the map.

    Parameters
    ----------
    claim : Claim
        The claim.
    found : iterable of (PlaceMention, Mention or None)
        Its places and what the gazetteer found.

    Returns
    -------
    list of PlacedClaim
        One per place, with a geometry or the reason why it has none.
    """
    return [_placed(claim.id, place, mention) for place, mention in found]


def _placed(claim_id: str, place: PlaceMention, mention: Mention | None) -> PlacedClaim:
    if mention is None:
        reason = "the gazetteer does not know these words"
        return PlacedClaim(claim_id=claim_id, role=place.role, text=place.text, reason=reason)
    geometry = mention.geometry
    if geometry is None and mention.lon is not None and mention.lat is not None:
        geometry = shapely.Point(mention.lon, mention.lat)
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
