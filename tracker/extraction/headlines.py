"""Speakers that no verb of saying names: before a colon, behind a dash, who owns a count."""

from __future__ import annotations

from tracker.extraction.saying import Attribution
from tracker.extraction.speaker_names import QUOTES, names_person, trimmed
from tracker.extraction.tagged import Tagged

_LONGEST_HEADING = 7
_LONGEST_NAME = 3
_COUNTS = frozenset({"count", "estimate", "estimates", "tally", "figure", "figures", "assessment"})


def of_headline(view: Tagged) -> Attribution | None:
    """Read "Ministry: ...", 'Name: "..."', "... – military expert" and "..., — Name".

    Parameters
    ----------
    view : Tagged
        The sentence.

    Returns
    -------
    Attribution or None
        The speaker; None where a sentence neither opens nor ends with one.
    """
    size = len(view.tokens)
    for at in range(1, min(size, _LONGEST_HEADING)):
        if view.tokens[at].text == ":" and names_person(view, 0, at):
            return Attribution(first=0, last=at + 1, speaker=(0, at))
        if view.tokens[at].text == ":" and _opens_quotation(view, at):
            return Attribution(first=0, last=at + 1, speaker=(0, at))
        if view.tokens[at].sort == "mark" and view.tokens[at].text not in QUOTES:
            break
    for at in range(size - 2, max(0, size - _LONGEST_HEADING), -1):
        if view.tokens[at].text in {"–", "—", "-"}:
            span = trimmed(view, at + 1, size)
            said = view.norm(at - 1) == "," and _is_name(view, at + 1, size)
            if span is not None and (said or names_person(view, *span)):
                return Attribution(first=at, last=size, speaker=span, forward=False)
            break
    return None


def _is_name(view: Tagged, first: int, last: int) -> bool:
    # Whether a stretch is a bare name of one to three words, a full stop at its end left out.
    last -= view.tokens[last - 1].text == "."
    plain = all(view.starting("place", at) is None for at in range(first, last))
    names = all(token.is_name for token in view.tokens[first:last])
    return plain and names and 0 < last - first <= _LONGEST_NAME


def _opens_quotation(view: Tagged, colon: int) -> bool:
    # Whether a bare name opens somebody's own words: 'Reznikov: "There are ..."'.
    quoted = colon + 1 < len(view.tokens) and view.tokens[colon + 1].text in QUOTES
    return quoted and _is_name(view, 0, colon)


def of_count(view: Tagged) -> Attribution | None:
    """Read the owner in "Kyiv's count rose to".

    Parameters
    ----------
    view : Tagged
        The sentence.

    Returns
    -------
    Attribution or None
        Whose count it is; None where nobody's is named.
    """
    for at, counted in enumerate(view.tokens[1:]):
        if counted.norm not in _COUNTS:
            continue
        token = view.tokens[at]
        if token.text.endswith(("'s", "’s")) and token.is_name:
            first = at
            while first > 0 and view.tokens[first - 1].is_name:
                first -= 1
            return Attribution(first=first, last=at + 2, speaker=(first, at + 1), forward=True)
    return None
