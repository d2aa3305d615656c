"""What is said of a force: it moves, stands, was seen, or was lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.extraction.lexicon import Tag
from tracker.extraction.tagged import Tagged
from tracker.vocabulary import Status

_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "this", "that", "any", "no"})
_PARTICIPLE = ("ed", "en", "wn", "un", "ne", "nt", "ght", "ld", "ood", "ome")
_FAILED = frozenset({"yet", "failed", "refused", "refuse"})
_TOLLS = frozenset({"losses", "casualties", "dead"})
_HAVE = frozenset({"has", "have", "had"})
_ABOVE_ALL = ("unit", "time", "place")
_RUSSIAN_FUTURE = (
    "ет",
    "ит",
    "ут",
    "ют",
    "ят",
    "ат",
    "ется",
    "ится",
    "утся",
    "ются",
    "ятся",
    "атся",
)
_FUTURE: dict[str, tuple[str, ...]] = {
    "en": (),
    "ru": _RUSSIAN_FUTURE,
    "uk": ("е", "ить", "уть", "ать", "ять", "ють", "еться", "иться", "уться", "яться"),
}
"""Endings that make a perfective verb a future one."""
_REDUCED = ("ed", "pt", "ld", "нных", "нные", "нный", "нная", "них", "ні", "ний", "на")
_SENDING = frozenset({"sending", "deploying", "dispatching"})
"""Verbs of which the progressive announces what is to come: "Britain is sending a battalion"."""
_AWAITED = frozenset({"expected", "ждут", "ожидают", "очікують", "чекають"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Predicate:
    """A word that says what a force does.

    Parameters
    ----------
    first, last : int
        Tokens, `last` exclusive.
    sort : str
        `movement`, `presence`, `sighting`, `deploy` (either of the first two) or `exclusion`.
    flow, status, mode, object_role : str
        What the table says further, empty where nothing.
    future : bool
        Perfective in a present form, which in Russian and Ukrainian is the future.
    infinitive : bool
        After "to".
    weak : bool
        "Have", "keep": says little without a number.
    """

    first: int
    last: int
    sort: str
    flow: str = ""
    status: str = ""
    mode: str = ""
    object_role: str = ""
    future: bool = False
    infinitive: bool = False
    weak: bool = False


def _is_covered(tag: Tag, covers: Sequence[Tag]) -> bool:
    return any(
        other.first <= tag.first < other.last and other.last - other.first >= tag.last - tag.first
        for other in covers
    )


def _is_auxiliary(view: Tagged, tag: Tag) -> bool:
    # Whether "have" only helps another verb.
    at = tag.last
    while (word := view.starting("function", at)) is not None and word.value in {"adv", "misc"}:
        if view.starting("predicate", at) is not None:  # "have left"
            break
        at = word.last
    if view.norm(at).endswith("ly") or view.norm(at) == "since":
        at += 1
    norm = view.norm(at)
    if view.starting("predicate", at) is not None and view.starting("unit", at) is None:
        return True
    return norm == "been" or norm in _HAVE or norm.endswith(_PARTICIPLE) or norm in {"to", "sent"}


def _is_noun(view: Tagged, tag: Tag) -> bool:
    # Whether an English word that could be a verb is a noun here.
    if view.lang != "en" or tag.last - tag.first > 1:
        return False
    norm = view.norm(tag.first)
    if norm.endswith(("ed", "ing")) or norm in _TOLLS:
        return False
    before = view.norm(tag.first - 1)
    return before in _DETERMINERS or (before in {"of", "in", "at", "on"} and norm != "place")


def _predicate(view: Tagged, tag: Tag) -> Predicate:
    entry = tag.entry
    sort = "movement" if tag.value == "order" else tag.value
    number_next = any(
        view.starting("number", at) is not None
        or (at < len(view.tokens) and view.tokens[at].sort == "number")
        for at in range(tag.last, tag.last + 1)
    )
    if sort == "movement" and entry.get("object") == "to" and number_next:
        sort = "presence"
    form = view.norm(tag.last - 1)
    status = entry.get("status")
    if form in _SENDING and view.norm(tag.first - 1) in {"is", "are"}:
        status = Status.PLANNED.value
    future = entry.get("aspect") == "pf" and form.endswith(_FUTURE[view.lang])
    return Predicate(
        first=tag.first,
        last=tag.last,
        sort=sort,
        flow=entry.get("flow") if sort == "movement" else "",
        status=status,
        mode=entry.get("mode"),
        object_role=entry.get("object") if sort == "movement" else "",
        future=future,
        infinitive=view.norm(tag.first - 1) == "to" and view.norm(tag.first - 2) not in _FAILED,
        weak=entry.get("aspect") == "weak",
    )


def predicates(view: Tagged) -> list[Predicate]:
    """Find the words of a sentence that say what forces do.

    Parameters
    ----------
    view : Tagged
        The sentence.

    Returns
    -------
    list of Predicate
        In order.
    """
    covers = [tag for category in _ABOVE_ALL for tag in view.of(category)]
    found = []
    for tag in view.of("predicate"):
        if tag.value == "none" or _is_covered(tag, covers) or _is_noun(view, tag):
            continue
        if tag.value == "order" and not _is_sent(view, tag):
            tag = tag._replace(entry=replace(tag.entry, value="exclusion"))  # noqa: PLW2901 bought
        if view.norm(tag.first) in _HAVE and tag.last - tag.first == 1 and _is_auxiliary(view, tag):
            continue
        found.append(_predicate(view, tag))
    found.extend(_awaited(view, found))
    return sorted(found, key=lambda act: act.first)


def _is_sent(view: Tagged, tag: Tag) -> bool:
    # Whether "ordered" sends forces somewhere; without a goal it buys them.
    segments = view.segments()
    return any(
        role.value == "to"
        and role.first >= tag.last
        and segments[role.first] - segments[tag.first] < 3
        for role in view.of("role")
    )


def _awaited(view: Tagged, found: Sequence[Predicate]) -> list[Predicate]:
    # Read "is expected in X", "его ждут в X" as an arrival.
    segments = view.segments()
    busy = {segments[act.first] for act in found}
    return [
        Predicate(
            first=cue.first,
            last=cue.last,
            sort="movement",
            flow="in",
            status=Status.EXPECTED.value,
        )
        for cue in view.of("status")
        if cue.value == "expect"
        and view.norm(cue.first) in _AWAITED
        and segments[cue.first] not in busy
        and any(
            role.first >= cue.last and segments[role.first] == segments[cue.first]
            for role in view.of("role")
        )
    ]


def is_reduced(view: Tagged, act: Predicate) -> bool:
    """Tell whether a participle only describes a noun: "soldiers based in Germany will move".

    Parameters
    ----------
    view : Tagged
        The sentence.
    act : Predicate
        The predicate.

    Returns
    -------
    bool
        Whether no auxiliary makes it a verb of its own.
    """
    if act.sort != "presence" or not view.norm(act.first).endswith(_REDUCED):
        return False
    at = act.first - 1
    while at > 0 and (view.norm(at).endswith("ly") or view.starting("status", at) is not None):
        at -= 1
    tag = view.starting("function", at)
    return tag is None or tag.value not in {"aux", "pron", "adv"}
