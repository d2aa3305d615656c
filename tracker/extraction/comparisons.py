"""Numbers that are set against another one: "up from 60", "compared with last year's drill"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.force import Force
from tracker.extraction.lexicon import Tag
from tracker.extraction.tagged import Tagged
from tracker.extraction.time_words import TimeMention
from tracker.vocabulary import Status

_DRILLS = ("exercis", "drill", "manoeuv", "maneuv", "учени", "маневр", "навчан", "манев")
_CONTRASTS = frozenset({"but", "а", "но", "але"})
_DENIED_SOON = 3


def is_earlier(view: Tagged, force: Force) -> bool:
    """Tell whether a number is what another one is compared with.

    Parameters
    ----------
    view : Tagged
        The sentence.
    force : Force
        The force.

    Returns
    -------
    bool
        Whether words such as "up from" stand before it.
    """
    tag = view.ending("status", force.first)
    return tag is not None and tag.value in {"earlier", "instead"} and tag.first > 0


def compared_status(view: Tagged, force: Force, time: TimeMention | None, status: Status) -> Status:
    """Make a number that another one is compared with the background that it is.

    Parameters
    ----------
    view : Tagged
        The sentence.
    force : Force
        The force.
    time : TimeMention or None
        Its time.
    status : Status
        How real it is otherwise.

    Returns
    -------
    Status
        Background, unless a time of its own says when it was so; what stood there at an exercise
        is background in any case.
    """
    if status is not Status.ACTUAL or not is_earlier(view, force):
        return status
    dated = time is not None and 0 <= time.first - force.last <= 1
    return status if dated and not _is_of_drill(view, force) else Status.BACKGROUND


def _is_of_drill(view: Tagged, force: Force) -> bool:
    # Whether an exercise is named behind it in its segment.
    segments = view.segments()
    return any(
        token.norm.startswith(_DRILLS)
        for at, token in enumerate(view.tokens)
        if at >= force.first and segments[at] == segments[force.first]
    )


def is_contrasted(view: Tagged, cue: Tag, force: Force) -> bool:
    """Tell whether "not" bears on what stands before "but": "not 10,000 but 8,000".

    Parameters
    ----------
    view : Tagged
        The sentence.
    cue : Tag
        The negation.
    force : Force
        A force.

    Returns
    -------
    bool
        Whether a contrast stands between the two.
    """
    between = range(cue.last, force.first)
    return len(between) <= 2 * _DENIED_SOON and any(view.norm(at) in _CONTRASTS for at in between)


def is_behind_contrast(view: Tagged, cue: Tag, at: int) -> bool:
    """Tell whether a contrast ends what a word bears on: "no order was given, but troops ...".

    Parameters
    ----------
    view : Tagged
        The sentence.
    cue : Tag
        The word.
    at : int
        Token of what it might bear on.

    Returns
    -------
    bool
        Whether a comma and a contrast stand between the two.
    """
    return any(
        view.norm(here) in _CONTRASTS and view.norm(here - 1) == ","
        for here in range(cue.last + 1, at)
    )


def doubled(cues: Sequence[Tag]) -> set[int]:
    """Find the denials that are denied: "did not deny".

    Parameters
    ----------
    cues : sequence of Tag
        Words that bear on how real something is.

    Returns
    -------
    set of int
        First tokens of both words of each pair.
    """
    nots = [cue for cue in cues if cue.value == "not"]
    found = set()
    for cue in cues:
        if cue.value != "deny":
            continue
        for other in nots:
            if 0 <= cue.first - other.last < _DENIED_SOON:
                found |= {cue.first, other.first}
    return found
