"""How forces travel: compass direction and mode."""

from __future__ import annotations

from tracker.extraction.drafts import Draft
from tracker.extraction.lexicon import Tag
from tracker.extraction.tagged import Tagged
from tracker.vocabulary import ClaimKind, Direction, Mode, Unit

_FLYING = frozenset({Unit.AIRCRAFT, Unit.HELICOPTER})
_MODE_OF_UNIT: dict[Unit | None, Mode] = {
    Unit.TRAIN: Mode.RAIL,
    Unit.WAGON: Mode.RAIL,
    Unit.SHIP: Mode.SEA,
    Unit.CONVOY: Mode.ROAD,
}

_WAGONS = ("flatcar", "wagon", "railcar", "flatbed", "платформ", "вагон")
_MODE_ORDER = (Mode.RAIL, Mode.AIR, Mode.SEA, Mode.ROAD)


def _is_heading(view: Tagged, tag: Tag) -> bool:
    # Whether an English compass word says where to: not "the east", "Far East", "north of".
    before, after = view.norm(tag.first - 1), view.norm(tag.last)
    to_the = before == "the" and view.norm(tag.first - 2) in {"to", "towards", "toward"}
    noun = before in {"the", "in", "a", "far"} and not to_the
    named = tag.last < len(view.tokens) and view.tokens[tag.last].is_name
    return after != "of" and not noun and not named and not view.tokens[tag.first].is_name


def direction_of(view: Tagged, draft: Draft) -> Direction | None:
    """Find the compass direction of a movement.

    Parameters
    ----------
    view : Tagged
        The sentence.
    draft : Draft
        The draft.

    Returns
    -------
    Direction or None
        The direction named nearest to the predicate.
    """
    options = []
    for tag in view.of("mode"):
        name, _, value = tag.value.partition(":")
        if name != "dir":
            continue
        if view.lang != "en" or _is_heading(view, tag):
            anchor = draft.act.first if draft.act else draft.force.first
            options.append((abs(tag.first - anchor), Direction(value)))
    return min(options)[1] if options else None


def _is_on_flatcars(view: Tagged, draft: Draft) -> bool:
    # Whether what was seen stood on wagons: "shows 15 howitzers on flatcars".
    clauses = view.clauses()
    return any(
        tag.value == Mode.RAIL.value
        and view.norm(tag.first).startswith(_WAGONS)
        and clauses[tag.first] == clauses[draft.force.first]
        for tag in view.of("mode")
    )


def mode_of(view: Tagged, draft: Draft, kind: ClaimKind) -> Mode | None:
    """Find how forces travel.

    Parameters
    ----------
    view : Tagged
        The sentence.
    draft : Draft
        The draft.
    kind : ClaimKind
        What it asserts.

    Returns
    -------
    Mode or None
        Rail, air, sea or road; None where the words leave it open.
    """
    if kind is ClaimKind.PRESENCE:
        return None
    if draft.act is not None and draft.act.mode:
        return Mode(draft.act.mode)
    if kind is ClaimKind.SIGHTING and _is_on_flatcars(view, draft):
        return Mode.RAIL
    if draft.force.unit in _MODE_OF_UNIT or kind is not ClaimKind.MOVEMENT:
        return _MODE_OF_UNIT.get(draft.force.unit)
    if any(force.unit in _FLYING for force in draft.fellows):
        return Mode.AIR
    clauses = view.clauses()
    mine = clauses[draft.force.first]
    near = {tag.value for tag in view.of("mode") if clauses[tag.first] == mine}
    said = near | {"far"} if near & set(_MODE_ORDER) else {tag.value for tag in view.of("mode")}
    return next((mode for mode in _MODE_ORDER if mode.value in said), None)
