"""Whose troops a sentence speaks of: by the words, the possessive, or what was said before."""

from __future__ import annotations

from tracker.actors import UNKNOWN
from tracker.extraction.drafts import Draft
from tracker.extraction.force import Force, Sort
from tracker.extraction.lexicon import Tag
from tracker.extraction.predicates import Predicate
from tracker.extraction.source import Source
from tracker.extraction.tagged import Tagged
from tracker.vocabulary import Unit

_FARTHEST_OWNER = 12
_POSSESSIVE = (
    frozenset({"its", "their", "his", "our", "own", "it", "they"})
    | frozenset({"свои", "своих", "своими", "своей", "свою", "свой", "наших", "наши"})
    | frozenset({"свої", "своїх", "своїми", "своєї", "своє", "свого", "нашої"})
)
_AND = frozenset({"and", "и", "і", "та", "й"})
_NEAR = 5
_ORDER_OF_BATTLE = "RU"
"""Owner of the formations that the order of battle lists."""
_OF_UNIT = {Unit.BTG: "RU"}
"""Owner of units that one army is counted in (Grau and Bartles, The Russian Way of War, 2016)."""


def owners_named(view: Tagged) -> set[str]:
    """Find the actors whose forces a sentence names outright: "Russian troops".

    Parameters
    ----------
    view : Tagged
        The sentence.

    Returns
    -------
    set of str
        Ids of actors.
    """
    return {
        owner.value
        for tag in view.of("unit")
        if (owner := view.ending("actor", tag.first)) is not None
        and owner.entry.get("sort") == "adjective"
    }


def owner_of(source: Source, view: Tagged, draft: Draft, formation_id: str | None) -> str:
    """Choose whose force it is.

    Parameters
    ----------
    source : Source
        The report, with the one actor that its sentences up to this one name.
    view : Tagged
        The sentence.
    draft : Draft
        The draft.
    formation_id : str or None
        Its formation in the order of battle.

    Returns
    -------
    str
        Id of the actor: the owner named nearest ("Russian troops" before "Moscow ... sent
        troops"), who "its" goes back to, the owner of the number before it, the owner of the
        formation, the only one named so far; else `unknown`.
    """
    named = _nearest(view, draft.force) or _possessor(view, draft.force, draft.act)
    if named is not None:
        return named
    if draft.owner is not None and draft.force.sort in {Sort.ELLIPTIC, Sort.RATIO}:
        return draft.owner
    if source.owner is not None:
        return source.owner
    if formation_id is not None:
        return _ORDER_OF_BATTLE
    return _OF_UNIT.get(draft.force.unit, UNKNOWN) if draft.force.unit else UNKNOWN


def _nearest(view: Tagged, force: Force) -> str | None:
    best: tuple[int, Tag] | None = None
    for tag in view.of("actor"):
        if tag.first in view.spoken:
            continue
        cost = _remoteness(view, force, tag)
        if cost is not None and (best is None or cost < best[0]):
            best = (cost, tag)
    if best is None:
        return None
    return UNKNOWN if _is_one_of_two(view, best[1]) else best[1].value


def _is_one_of_two(view: Tagged, tag: Tag) -> bool:
    # Whether two states act together, so that the words do not tell whose the troops are.
    other = view.ending("actor", tag.first - 1)
    joined = view.norm(tag.first - 1) in _AND
    return joined and other is not None and other.value != tag.value


def _remoteness(view: Tagged, force: Force, tag: Tag) -> int | None:
    # Tell how far an owner is from what it owns; None where it is none.
    if force.first <= tag.first < force.last:
        return 0
    if (
        view.lang != "en"
        and tag.first == force.last
        and not view.ending("place", tag.first)
        and view.starting("role", tag.first) is None
    ):
        return 1  # "66 літаків КНР"
    ahead = force.first - tag.last
    adjective = tag.entry.get("sort") == "adjective"
    if view.norm(tag.first - 1) == "with" or (adjective and view.starting("place", tag.last)):
        return None  # "the boundary with Kosovo", "to the Eritrean border"
    if not 0 <= ahead <= _FARTHEST_OWNER or view.breaks(tag.last, force.first)[0]:
        return None
    closed = tag.last >= len(view.tokens) or view.starting("function", tag.last) is not None
    alone = closed and view.ending("role", tag.first) is not None
    if adjective and not alone:
        return ahead if ahead <= 2 else _FARTHEST_OWNER + ahead
    role = view.ending("role", tag.first)
    owns = view.lang == "ru" and role is not None and view.norm(role.first) == "у"
    subject = (role is None or owns) and view.ending("place", tag.first) is None
    return 2 + ahead if subject else None


def _is_own_act(view: Tagged, act: Predicate | None) -> bool:
    # Whether a clause has its speaker for a subject: "denied massing", "отрицает, что стягивает".
    if act is None or act.first == 0:
        return False
    if view.lang != "en":
        return view.norm(act.first - 1) in {"что", "що"}
    said = view.ending("say", act.first)
    return said is not None and view.norm(act.first).endswith("ing")


def _possessor(view: Tagged, force: Force, act: Predicate | None) -> str | None:
    # Read "denied that any of its units", "the 400 troops it has": who was named before it.
    ahead = any(
        view.norm(at) in _POSSESSIVE for at in range(max(0, force.first - _NEAR), force.first)
    )
    inside = any(view.norm(at) in _POSSESSIVE for at in range(force.first, force.last))
    has = any(view.norm(at) in {"it", "they"} for at in range(force.last, force.last + 2))
    if not (ahead or inside or has or _is_own_act(view, act)):
        return None
    before = [
        tag
        for tag in view.of("actor")
        if tag.last <= force.first and view.ending("role", tag.first) is None
    ]
    names = [tag for tag in before if tag.entry.get("sort") == "name"]
    return next((tag.value for tag in reversed(names or before)), None)
