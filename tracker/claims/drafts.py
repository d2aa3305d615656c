"""One sentence read into drafts of claims: forces grouped under what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.claims.attribution import Attribution, attributions, speaker_at
from tracker.claims.calendar_spans import Days
from tracker.claims.forces import Force, Sort, forces
from tracker.claims.places import Mention, Place, gap, places_of, shared_out
from tracker.claims.predicates import Predicate, distance, governing, predicates
from tracker.claims.quantities import numerals
from tracker.claims.status import status_of
from tracker.claims.tagged import HARD_MARKS, Tagged
from tracker.claims.time_expressions import TimeMention, time_mentions
from tracker.vocabulary import Status, Unit

_CIVIL_REACH = 3
_MOST_FORCES = 40
_MOST_PLACES = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """What earlier sentences leave to this one.

    Parameters
    ----------
    published : date
        Day of publication, UTC.
    military : bool
        Whether the text speaks of forces at all, so that a plain train may be theirs.
    unit : Unit or None
        What was counted last.
    anchor : (date, date) or None
        The last time named.
    """

    published: date
    military: bool
    unit: Unit | None = None
    anchor: Days | None = None


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


@dataclass(slots=True)
class _Group:
    act: Predicate | None
    forces: list[Force] = field(default_factory=list)
    more_acts: list[Predicate] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    times: list[TimeMention] = field(default_factory=list)

    @property
    def spans(self) -> list[tuple[int, int]]:
        acts = [act for act in (self.act, *self.more_acts) if act is not None]
        return [(item.first, item.last) for item in (*self.forces, *acts)]


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


def _is_civil(view: Tagged, force: Force) -> bool:
    """Whether a train, ship or vehicle is marked as a civil one."""
    noun = force.noun
    if noun is None or noun.sort != "soft":
        return False
    reach = range(max(0, noun.first - _CIVIL_REACH), min(len(view.tokens), noun.last + 2))
    for at in reach:
        tag = view.starting("exclusion", at)
        outside = at < noun.first or at >= noun.last
        if tag is not None and tag.value == "civil" and outside:
            clear = all(
                t.sort != "mark" for t in view.tokens[min(at, noun.last) : max(at, noun.first)]
            )
            if clear and (at < noun.first or view.lang != "en"):
                return True
    return False


def _kept(view: Tagged, found: Iterable[Force], speakers: set[int], context: Context) -> list[Force]:
    """Leave out what is no force here."""
    kept = []
    for force in found:
        noun = force.noun
        soft = noun is not None and noun.sort in {"soft", "weak"}
        if force.first in speakers or _is_civil(view, force):
            continue
        if soft and not context.military:
            continue
        if noun is not None and noun.sort == "weak" and force.sort is Sort.BARE:
            continue
        kept.append(force)
    return kept[:_MOST_FORCES]


def _grouped(view: Tagged, found: Sequence[Force], acts: Sequence[Predicate]) -> list[_Group]:
    """Put forces under their predicates; predicates without forces go to the nearest group."""
    groups: dict[int, _Group] = {}
    for force in found:
        act = governing(view, force, acts, found)
        key = act.first if act is not None else -1 - view.clause(force.first)
        groups.setdefault(key, _Group(act=act)).forces.append(force)
    for act in acts:
        if act.first in groups:
            continue
        if not found:
            break
        nearest = min(found, key=lambda force: distance(view, force, act, found))
        if distance(view, nearest, act, found) > 25:
            continue
        home = next(g for g in groups.values() if nearest in g.forces)
        if act.sort != "exclusion":
            home.more_acts.append(act)
    return sorted(groups.values(), key=lambda group: group.forces[0].first)


def _handed_out(view: Tagged, groups: list[_Group], places: Iterable[Place], times: Iterable[TimeMention], lost: Sequence[Predicate]) -> None:
    """Give each place and time to the nearest group, unless something lost is nearer."""
    for item in (*places, *times):
        span = (item.first, item.last)
        options = [
            (min(gap(view, span, other) for other in group.spans), index)
            for index, group in enumerate(groups)
        ]
        if not options:
            return
        cost, index = min(options)
        if any(gap(view, span, (act.first, act.last)) < cost for act in lost):
            continue
        if isinstance(item, Place):
            groups[index].places.append(item)
        else:
            groups[index].times.append(item)


def _is_spoken(view: Tagged, time: TimeMention, found: Sequence[Attribution]) -> bool:
    """Whether a time is when somebody spoke: "said on Friday"."""
    for reading in found:
        if reading.first <= time.first < reading.last:
            return True
        between = view.tokens[reading.last : time.first]
        if reading.last <= time.first and len(between) <= 1:
            marks = {token.text for token in between}
            if not marks & (HARD_MARKS | {",", "that", "что", "що"}):
                return True
        if time.last == reading.first and not reading.forward:
            return True
    return False


def _clauses(view: Tagged) -> list[int]:
    """Number the clause of each token."""
    cuts = {at + 1 for at, token in enumerate(view.tokens) if token.text in HARD_MARKS}
    for tag in view.of("function"):
        if tag.value == "sub" and (view.norm(tag.first - 1) == "," or view.norm(tag.first) in {"compared", "whereas", "while", "тогда", "тоді"}):  # noqa: E501 - one set
            cuts.add(tag.first)
    numbers, clause = [], 0
    for at in range(len(view.tokens)):
        clause += at in cuts
        numbers.append(clause)
    return numbers


def _time_of(view: Tagged, force: Force, group: _Group, clauses: Sequence[int]) -> TimeMention | None:
    if not group.times:
        return None
    mine = [time for time in group.times if clauses[time.first] == clauses[force.first]]
    acts = [act for act in (group.act, *group.more_acts) if act is not None]
    if not mine and len(group.forces) > 1 and clauses[force.first] != clauses[group.times[0].first]:
        return None
    options = mine or group.times
    heads = [f for f in group.forces if f.sort is not Sort.BARE] or group.forces
    direct = {
        id(time): head
        for time in options
        for head in heads
        if 0 <= time.first - head.last <= 1 and len(options) > 1
    }
    free = [time for time in options if direct.get(id(time), force) is force]
    if not free:
        return None
    del acts
    return min(free, key=lambda time: gap(view, (time.first, time.last), (force.first, force.last)))


def _drafts_of(
    view: Tagged,
    group: _Group,
    clauses: Sequence[int],
    spoken: Sequence[Attribution],
    acts: Sequence[Predicate],
) -> list[Draft]:
    heads = [force for force in group.forces if force.sort is not Sort.BARE]
    bare = [force for force in group.forces if force.sort is Sort.BARE]
    if not heads:
        heads, bare = bare[:1], bare[1:]
    given = shared_out(view, heads, sorted(group.places, key=lambda place: place.first))
    drafts = []
    for index, force in enumerate(heads):
        drafts.append(
            Draft(
                force=force,
                also=tuple(bare) if index == 0 else (),
                act=group.act or (group.more_acts[0] if group.more_acts else None),
                status=_status(view, force, group, acts),
                places=tuple(given[index]),
                time=_time_of(view, force, group, clauses),
                attribution=speaker_at(spoken, force.first),
                fellows=tuple(group.forces),
            )
        )
    return drafts


def _status(
    view: Tagged, force: Force, group: _Group, acts: Sequence[Predicate]
) -> Status:
    status = status_of(view, force, group.act, acts)
    if status is not Status.ACTUAL:
        return status
    for act in group.more_acts:
        if act.status:
            return Status(act.status)
    return status


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
    found, unit = forces(view, numerals(view, dated), context.unit)
    speakers = {
        at
        for reading in spoken
        for end in (reading.last, *(span[1] for span in reading.via))
        for at in (*range(*reading.speaker), *range(end, _apposition_end(view, end)))
    }
    found = _kept(view, found, speakers, context)
    if not found:
        return replace(nothing, unit=unit)
    acts = [
        act
        for act in predicates(view)
        if act.first not in speakers and (act.sort == "sighting" or not _reports(act, spoken))
    ]
    groups = _grouped(view, found, acts)
    lost = [act for act in acts if act.sort == "exclusion"]
    named = {at for force in found if force.formation for at in range(*force.formation)}
    places = places_of(view, mentions, acts, speakers | named)[:_MOST_PLACES]
    happened = [time for time in times if not _is_spoken(view, time, spoken)]
    _handed_out(view, groups, places, happened, lost)
    clauses = _clauses(view)
    drafts = [
        draft
        for group in groups
        if group.act is None or group.act.sort != "exclusion"
        for draft in _drafts_of(view, group, clauses, spoken, acts)
    ]
    drafts.sort(key=lambda draft: draft.force.first)
    return Reading(
        view=view,
        drafts=tuple(drafts),
        attributions=tuple(spoken),
        unit=unit,
        anchor=anchor,
    )


def _apposition_end(view: Tagged, at: int) -> int:
    """Return the token behind ", head of X based in Y" and ", which tracks Z"."""
    if view.norm(at) != ",":
        return at
    relative = view.norm(at + 1) in {"who", "which", "который", "которая", "яка", "який"}
    titled = any(
        tag.value == "person" and at < tag.first <= at + 4 for tag in view.of("speaker")
    )
    if not relative and not titled:
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
    """Whether a word is the verb of saying of an attribution."""
    return any(reading.first <= act.first and act.last <= reading.last for reading in spoken)
