"""How real an assertion is: actual, denied, planned, expected, required, threatened, background."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.comparisons import doubled, is_behind_contrast, is_contrasted
from tracker.extraction.force import Force, Sort
from tracker.extraction.lexicon import Tag
from tracker.extraction.predicates import Predicate, is_reduced
from tracker.extraction.tagged import HARD_MARKS, Tagged
from tracker.vocabulary import Status

_STATUS = {
    "not": Status.DENIED,
    "instead": Status.DENIED,
    "deny": Status.DENIED,
    "plan": Status.PLANNED,
    "expect": Status.EXPECTED,
    "require": Status.REQUIRED,
    "threat": Status.THREATENED,
    "hypothetical": Status.HYPOTHETICAL,
    "background": Status.BACKGROUND,
    "irrealis": Status.HYPOTHETICAL,
}
_ORDER = ("deny", "require", "threat", "hypothetical", "irrealis", "expect", "plan", "background")
_REACH_TOKENS = 14
_REACH_NOT = 5
_REACH_BEHIND = 6
_REACH_AWAITED = 2
_LONGEST_SUBJECT = 5
_COPULAS = frozenset({"is", "are", "was", "were", "be", "been", "as"})


def _clause_start(view: Tagged, at: int) -> int:
    # Return the first token behind the last hard mark or second comma before a token.
    commas = 0
    for here in range(at - 1, -1, -1):
        mark = view.tokens[here].text
        if mark in HARD_MARKS:
            return here + 1
        if mark == ",":
            commas += 1
            if commas == 2:
                return here + 1
    return 0


def _segment(view: Tagged, first: int, last: int) -> tuple[int, int]:
    # Return the stretch between commas and hard marks around some tokens.
    start, end = first, last
    while start > 0 and view.tokens[start - 1].text not in HARD_MARKS | {","}:
        start -= 1
    while end < len(view.tokens) and view.tokens[end].text not in HARD_MARKS | {","}:
        end += 1
    return start, end


def _is_in_base(force: Force, cue: Tag) -> bool:
    # Whether a word describes what a ratio is measured by: "four times the usual strength".
    return force.sort is Sort.RATIO and force.first <= cue.first < force.last


def _is_of_base(
    view: Tagged, cue: Tag, force: Force, act: Predicate | None, others: Sequence[Force]
) -> bool:
    # Whether a word tells of the whole that a share is taken of: "70 % of the 9,000 it needs are".
    if force.sort is not Sort.RATIO or act is None:
        return False
    base = next((other for other in others if other.base and other.first >= force.last), None)
    return (
        base is not None
        and base.last <= cue.first < act.first
        and cue.last <= act.first
        and (not view.breaks(base.last, cue.first)[0])
    )


def _is_in_other(force: Force, cue: Tag, others: Sequence[Force]) -> bool:
    # Whether a word describes another force: "of the 160 existing groups, 120 are there".
    return any(
        other is not force and other.first <= cue.first < other.last
        for other in others
        if not (other.first < force.last and force.first < other.last)
    )


def _opens_another(view: Tagged, cue: Tag, act: Predicate) -> bool:
    # Whether "and" opens what is expected next: "are heading there and are expected to".
    joined = any(view.norm(at) == "and" for at in range(act.last, cue.first))
    return joined and view.norm(cue.last) == "to"


def _is_for_other(view: Tagged, cue: Tag, act: Predicate | None, acts: Sequence[Predicate]) -> bool:
    # Whether a modal or a negation bears on another predicate that stands nearer.
    if act is None or not (cue.entry.get("scope") == "next" or _opens_another(view, cue, act)):
        return False
    target = next((other for other in acts if other.first >= cue.first), None)
    if target is None or target.first == act.first or target.first - cue.last > _REACH_NOT:
        return False
    if target.first > act.first:
        return True
    return view.breaks(target.last, act.first) != (0, 0) or is_reduced(view, target)


def _negates(view: Tagged, cue: Tag, force: Force, act: Predicate | None) -> bool:
    if cue.value == "instead":
        return act is not None and 0 <= act.first - cue.last <= 2
    if view.starting("qualifier", cue.first) is not None:  # "no more than 2,000"
        return False
    if is_contrasted(view, cue, force):
        return False
    if act is not None and cue.first == act.first:  # "войск больше нет"
        return True
    if act is not None and 0 <= act.first - cue.last <= _REACH_NOT:
        start, end = _segment(view, act.first, act.last)
        if start <= cue.first < end:
            return True
    near = 0 <= force.first - cue.last <= 3
    return near and view.breaks(cue.last, force.first) == (0, 0)


def _is_called_false(view: Tagged, cue: Tag, force: Force) -> bool:
    # "Reports of 140,000 troops are false" takes back what stands before it.
    after = cue.value == "deny" and force.last <= cue.first
    if after and view.norm(cue.first - 1) in {"—", "–", "-"}:  # "переброска — фейк"
        return view.breaks(force.last, cue.first)[0] <= 1
    same = view.segments()[cue.first] == view.segments()[force.first]
    return after and same and view.norm(cue.first - 1) in _COPULAS


def _is_purpose(view: Tagged, cue: Tag) -> bool:
    # Whether a word only says what forces are for: "4,000 to help the guards".
    before = cue.first - 2
    counted = before >= 0 and view.tokens[before].sort == "number"
    of_force = counted or view.ending("unit", before + 1) is not None
    return of_force and view.norm(cue.first - 1) in {"to", "чтобы", "щоб"}


def cues(
    view: Tagged,
    force: Force,
    act: Predicate | None,
    acts: Sequence[Predicate],
    others: Sequence[Force],
) -> set[str]:
    """Collect the words that bear on how real something is.

    Parameters
    ----------
    view : Tagged
        The sentence.
    force : Force
        The force.
    act : Predicate or None
        Its predicate.
    acts : sequence of Predicate
        All predicates of the sentence: a modal bears on the next one only.
    others : sequence of Force
        All forces of the sentence.

    Returns
    -------
    set of str
        Values of the table `status`.
    """
    first = min(force.first, act.first) if act else force.first
    found: set[str] = set()
    tags = view.of("status")
    undone = doubled(tags)
    for cue in tags:
        if (
            cue.first in view.dated
            or cue.first in undone
            or _is_elsewhere(view, cue, force, act, others)
            or _is_for_other(view, cue, act, acts)
            or is_behind_contrast(view, cue, first)
        ):
            continue
        if cue.value in {"not", "instead"}:
            if _negates(view, cue, force, act):
                found.add("not")
        elif _bears_on(view, cue, force, act):
            found.add(cue.value)
    return found


def _is_elsewhere(
    view: Tagged, cue: Tag, force: Force, act: Predicate | None, others: Sequence[Force]
) -> bool:
    # Whether a word tells of something else: a base, another force, what forces are for.
    if _is_of_base(view, cue, force, act, others) or _is_in_base(force, cue):
        return True
    if cue.value == "background" and (
        _is_in_other(force, cue, others)
        or view.norm(cue.first - 1) == "to"
        or _is_of_place(view, cue)
    ):
        return True
    inside = act is not None and act.first <= cue.first < act.last and cue.value != "plan"
    return inside or (cue.value == "irrealis" and _is_purpose(view, cue))


def _is_of_place(view: Tagged, cue: Tag) -> bool:
    # Whether a word tells what a place was like: "the formerly empty airfield".
    if cue.last + 1 >= len(view.tokens) or view.tokens[cue.last].sort != "word":
        return False
    said = ("predicate", "function", "number", "unit", "actor", "status", "qualifier", "time")
    plain = all(view.starting(category, cue.last) is None for category in said)
    at = cue.last + 1
    return plain and (view.tokens[at].is_name or view.starting("place", at) is not None)


def is_awaited(view: Tagged, act: Predicate) -> bool:
    """Tell whether an arrival is still to come: "are heading there and expected to arrive on".

    Parameters
    ----------
    view : Tagged
        The sentence.
    act : Predicate
        A further predicate of a force that moves.

    Returns
    -------
    bool
        Whether a word of expectation or plan stands right before it.
    """
    return act.flow == "in" and any(
        cue.value in {"expect", "plan"} and 0 <= act.first - cue.last <= _REACH_AWAITED
        for cue in view.of("status")
    )


def _bears_on(view: Tagged, cue: Tag, force: Force, act: Predicate | None) -> bool:
    # Whether a word stands where it can bear on a force and its predicate.
    first = min(force.first, act.first) if act else force.first
    at = act.first if act else force.first
    segments = view.segments()
    if (
        (_clause_start(view, first) <= cue.first <= at and at - cue.last <= _REACH_TOKENS)
        or (segments[cue.first] == segments[force.first] != segments[at] and at < cue.first)
        or _is_called_false(view, cue, force)
    ):
        return True
    if cue.value not in {"expect", "require", "plan", "background"}:
        return False
    left, right = _segment(view, first, max(force.last, act.last if act else 0))
    return left <= cue.first < right and cue.first - at <= _REACH_BEHIND


def _is_headline(view: Tagged, act: Predicate) -> bool:
    # Whether a sentence opens with who is to do it and has no other verb: "Japan to deploy".
    subject = range(act.first - 1)
    verbs = ("function", "predicate", "say", "status")
    return 0 < len(subject) <= _LONGEST_SUBJECT and all(
        view.tokens[at].text == "," or all(view.starting(c, at) is None for c in verbs)
        for at in subject
    )


def status_of(
    view: Tagged,
    force: Force,
    act: Predicate | None,
    acts: Sequence[Predicate],
    others: Sequence[Force],
) -> Status:
    """Decide how real an assertion is.

    Parameters
    ----------
    view : Tagged
        The sentence.
    force : Force
        The force.
    act : Predicate or None
        Its predicate.
    acts : sequence of Predicate
        All predicates of the sentence: a modal bears on the next one only.
    others : sequence of Force
        All forces of the sentence.

    Returns
    -------
    Status
        `actual` where no word says otherwise.
    """
    found = cues(view, force, act, acts, others)
    if "realis" in found:
        found -= {"irrealis"}
    if "not" in found:
        return Status.HYPOTHETICAL if "irrealis" in found else Status.DENIED
    for cue in _ORDER:
        if cue in found:
            return _STATUS[cue]
    if act is not None:
        if act.infinitive and _is_headline(view, act):
            return Status.PLANNED
        if act.future:
            return Status.PLANNED
        if act.status:
            return Status(act.status)
    return Status.ACTUAL
