"""One sentence read into drafts of claims: forces grouped under what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from geo.geocoding.mention import Mention
from tracker.extraction.attribution import attributions, speaker_at
from tracker.extraction.belonging import belonging, unit_number
from tracker.extraction.calendar_spans import Days
from tracker.extraction.civil import kept_forces
from tracker.extraction.comparisons import compared_status
from tracker.extraction.continuation import continued
from tracker.extraction.equipment import CLASSES
from tracker.extraction.force import Force, Sort
from tracker.extraction.forces import forces
from tracker.extraction.governing import told
from tracker.extraction.grouping import Group, anaphors, grouped, hand_out
from tracker.extraction.place_spans import Place
from tracker.extraction.places import places_of, shared_out
from tracker.extraction.predicates import Predicate, predicates
from tracker.extraction.quantities import numerals
from tracker.extraction.saying import Attribution
from tracker.extraction.spacing import gap
from tracker.extraction.status import is_awaited, status_of
from tracker.extraction.tagged import HARD_MARKS, Tagged
from tracker.extraction.time_expressions import time_mentions
from tracker.extraction.time_words import TimeMention
from tracker.vocabulary import PlaceRole, Status, Unit

_MOST_PLACES = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """What earlier sentences leave to this one.

    Parameters
    ----------
    published : date
        Day of publication, UTC.
    unit : Unit or None
        What was counted last.
    anchor : (date, date) or None
        The last time named.
    goes_on : bool
        Whether a sentence without a force goes on with those of the sentence before.
    """

    published: date
    unit: Unit | None = None
    anchor: Days | None = None
    goes_on: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A claim in the making.

    Parameters
    ----------
    force : Force
        What it is about.
    also : tuple of Force
        Forces without a number that go with it.
    act : Predicate or None
        What is said of it.
    status : Status
        How real it is.
    places : tuple of Place
        Its places.
    borrowed : bool
        Whether the places were said of the force before it.
    time : TimeMention or None
        When.
    attribution : Attribution or None
        Who says it.
    fellows : tuple of Force
        All forces of its predicate.
    formation : (int, int) or None
        Tokens of a fleet or district that they belong to.
    owner : str or None
        Whose the force before it is, for a number without a noun.
    """

    force: Force
    also: tuple[Force, ...] = ()
    act: Predicate | None = None
    status: Status = Status.ACTUAL
    places: tuple[Place, ...] = ()
    borrowed: bool = False
    time: TimeMention | None = None
    attribution: Attribution | None = None
    fellows: tuple[Force, ...] = ()
    formation: tuple[int, int] | None = None
    owner: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What one sentence says.

    Parameters
    ----------
    view : Tagged
        The sentence.
    drafts : tuple of Draft
        Its claims.
    attributions : tuple of Attribution
        Its speakers.
    unit : Unit or None
        What it counted last.
    anchor : (date, date) or None
        The last time it named.
    """

    view: Tagged
    drafts: tuple[Draft, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    unit: Unit | None = None
    anchor: Days | None = None


def _is_spoken(view: Tagged, time: TimeMention, found: Sequence[Attribution]) -> bool:
    # Whether a time is when somebody spoke: "said on Friday".
    for reading in found:
        if reading.shown:
            continue
        if reading.first <= time.first < reading.last or time.first == reading.speaker[1]:
            return True
        between = view.tokens[reading.last : time.first]
        if reading.last <= time.first and len(between) <= 1:
            marks = {token.norm for token in between}
            if not marks & (HARD_MARKS | {",", "that", "что", "що", "станом", "состоянию", "as"}):
                return True
        if time.last == reading.first and not reading.forward:
            return True
    return False


def _time_of(view: Tagged, force: Force, group: Group) -> TimeMention | None:
    # Choose the time of a force among those of its group.
    clauses = view.clauses()
    mine = [time for time in group.times if clauses[time.first] == clauses[force.first]]
    act = group.act
    if not mine and act is not None:
        mine = [
            time
            for time in group.times
            if clauses[time.first] == clauses[act.first] and not view.follows_relative(time.first)
        ]
    if not mine and len(group.forces) == 1:
        mine = group.times
    heads = [f for f in group.forces if f.sort is not Sort.BARE] or group.forces
    direct = {
        time.first: head
        for time in mine
        for head in heads
        if 0 <= time.first - head.last <= 1 and len(mine) > 1
    }
    free = [time for time in mine if direct.get(time.first, force) is force]
    if not free:
        return None
    return min(free, key=lambda time: _time_gap(view, time, force, act))


def _time_gap(view: Tagged, time: TimeMention, force: Force, act: Predicate | None) -> int:
    span = (time.first, time.last)
    near = gap(view, span, (force.first, force.last))
    return near if act is None else min(near, gap(view, span, (act.first, act.last)))


def _drafts_of(
    view: Tagged,
    group: Group,
    spoken: Sequence[Attribution],
    acts: Sequence[Predicate],
    everything: Sequence[Force],
) -> list[Draft]:
    # Make a draft of each counted force of a group; what is not counted goes with the first.
    counted = [force for force in group.forces if force.numeral is not None]
    named = [f for f in group.forces if f.numeral is None and f.sort is Sort.NAMED]
    bare = [force for force in group.forces if force.sort is Sort.BARE]
    belongs = belonging(view, counted)
    counted = [force for force in counted if force not in belongs.values()]
    listed = named if all(force.sort is Sort.NAMED for force in counted) else []
    heads = [*counted, *listed] or bare[:1]
    also = tuple(force for force in bare if force not in heads)
    given = shared_out(view, heads, sorted(group.places, key=lambda place: place.first))
    times = {force.first: _time_of(view, force, group) for force in heads}
    return [
        Draft(
            force=force,
            also=also if index == 0 else (),
            formation=_formation_of(view, force, belongs, [] if listed else named),
            act=group.act or (group.more_acts[0] if group.more_acts else None),
            status=compared_status(
                view,
                force,
                times[force.first],
                _status(view, force, group, acts, everything),
            ),
            places=_places_of(force, group, given[index]),
            time=times[force.first],
            attribution=speaker_at(spoken, force.first),
            fellows=tuple(group.forces),
        )
        for index, force in enumerate(heads)
    ]


def _places_of(force: Force, group: Group, given: Sequence[Place]) -> tuple[Place, ...]:
    # Give a force its places; the whole that only a part left, left no place.
    if group.where is not None:
        return (group.where,)
    return tuple(place for place in given if not (force.base and place.role is PlaceRole.FROM))


def _formation_of(
    view: Tagged, force: Force, belongs: Mapping[int, Force], named: Sequence[Force]
) -> tuple[int, int] | None:
    if force.formation is not None:
        return None
    if force.first in belongs:
        return belongs[force.first].formation
    return named[0].formation if named else unit_number(view, force)


def _status(
    view: Tagged,
    force: Force,
    group: Group,
    acts: Sequence[Predicate],
    everything: Sequence[Force],
) -> Status:
    status = status_of(view, force, group.act, acts, everything)
    if status is not Status.ACTUAL:
        return status
    if group.where is not None and not group.where.either and force.sort is Sort.NAMED:
        return Status.BACKGROUND
    moves = group.act is not None and group.act.sort == "movement"
    if moves and any(is_awaited(view, act) for act in group.more_acts):
        return Status.IN_TRANSIT
    for act in group.more_acts:
        if act.status and not moves:
            return Status(act.status)
    return status


def _is_detail(view: Tagged, draft: Draft, drafts: Sequence[Draft]) -> bool:
    # Whether a draft only details another: wagon types of a train, vehicles of a convoy.
    force = draft.force
    if force.unit is Unit.CONVOY and force.sort is Sort.SINGLE:
        return any(
            other.force.unit in CLASSES
            and other.force.numeral is not None
            and (
                other.act is draft.act
                or other.force.unit is Unit.VEHICLE
                or view.norm(force.last) == ":"
            )
            for other in drafts
            if other.force.sort is not Sort.SINGLE
        )
    if force.unit is Unit.WAGON:
        wagons = [other for other in drafts if other.force.unit is Unit.WAGON]
        return wagons[0] is not draft
    counts_kind = force.unit not in {Unit.PERSONNEL, Unit.BTG}
    same = any(other is not draft and other.force.unit is force.unit for other in drafts)
    return force.part and counts_kind and same


def read(view: Tagged, mentions: Iterable[Mention], context: Context) -> Reading:
    """Read one sentence.

    Parameters
    ----------
    view : Tagged
        The sentence.
    mentions : iterable of Mention
        Places that the gazetteer found in it.
    context : Context
        What earlier sentences leave to it.

    Returns
    -------
    Reading
        Its drafts and what it leaves to the next.
    """
    times = time_mentions(view, context.published, context.anchor)
    spoken = attributions(view, times)
    anchor = times[-1].past if times else context.anchor
    nothing = Reading(view=view, attributions=tuple(spoken), unit=context.unit, anchor=anchor)
    if any(tag.value == "context" for tag in view.of("exclusion")):
        return nothing
    dated = frozenset(at for time in times for at in range(time.first, time.last))
    view.dated = dated
    numbers = numerals(view, dated)
    found, unit = forces(view, numbers, context.unit)
    if context.goes_on and not found:
        found = continued(view, numbers, context.unit)
    speakers = {
        at
        for reading in spoken
        for end in (reading.last, *(span[1] for span in reading.via))
        for at in (*range(*reading.speaker), *range(end, _apposition_end(view, end)))
    }
    speakers.update(at for reading in spoken for via in reading.via for at in range(*via))
    view.spoken = frozenset(speakers)
    sources = {at for reading in spoken for at in range(reading.first, reading.last)}
    found = kept_forces(view, found, speakers)
    if not found:
        return replace(nothing, unit=unit)
    acts = [
        act for act in predicates(view) if act.first not in speakers and not _reports(act, spoken)
    ]
    acts = told(view, acts, found)
    found = sorted([*found, *anaphors(view, found, acts)], key=lambda force: force.first)
    groups = grouped(view, found, acts)
    named = {at for force in found if force.formation for at in range(*force.formation)}
    places = places_of(view, mentions, acts, speakers | sources | named)[:_MOST_PLACES]
    happened = [time for time in times if not _is_spoken(view, time, spoken)]
    hand_out(view, groups, places, happened, [act for act in acts if act.sort == "exclusion"])
    drafts = [
        draft
        for group in groups
        if (group.act is None or group.act.sort != "exclusion")
        and (group.places or not group.forces[0].pronoun)
        for draft in _drafts_of(view, group, spoken, acts, found)
        if group.act is not None or not context.goes_on
    ]
    drafts.sort(key=lambda draft: draft.force.first)
    drafts = [draft for draft in drafts if not _is_detail(view, draft, drafts)]
    return Reading(
        view=view,
        drafts=tuple(drafts),
        attributions=tuple(spoken),
        unit=unit,
        anchor=anchor,
    )


def _apposition_end(view: Tagged, at: int) -> int:
    # Return the token behind ", head of X based in Y" and ", which tracks Z".
    if view.norm(at) != ",":
        return at
    relative = view.norm(at + 1) in {"who", "which", "который", "которая", "яка", "який"}
    titled = any(tag.value == "person" and at < tag.first <= at + 4 for tag in view.of("speaker"))
    opening = view.starting("function", at + 1)
    joins = opening is not None and opening.value in {"and", "sub"}
    speaks = any(tag.value == "verb" and at < tag.first <= at + 6 for tag in view.of("say"))
    if not relative and (not titled or joins or speaks):
        return at
    at += 1
    while at < len(view.tokens) and view.tokens[at].text not in HARD_MARKS:
        closes = view.tokens[at].text == "," and not (
            at + 1 < len(view.tokens) and view.tokens[at + 1].is_name
        )
        if closes:
            return at
        at += 1
    return at


def _reports(act: Predicate, spoken: Sequence[Attribution]) -> bool:
    # Whether a word belongs to the naming of a source; who "counted" or "saw" also sighted.
    return any(
        reading.first <= act.first
        and act.last <= reading.last
        and (reading.within or act.sort != "sighting")
        for reading in spoken
    )
