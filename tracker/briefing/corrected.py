"""What a later edition of a briefing says differently from the one before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from tracker.briefing.language import language
from tracker.briefing.model import Briefing, Section, Statement
from tracker.briefing.phrases import plain, rounded

MOST_LINES = 20

_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def says_the_same(first: Briefing, second: Briefing) -> bool:
    """Say whether two briefings tell a reader the same.

    Parameters
    ----------
    first, second : Briefing
        Two briefings.

    Returns
    -------
    bool
        Whether they differ in nothing but the number of the edition and the state recorded.
    """
    return _bare(first) == _bare(second)


def _bare(briefing: Briefing) -> Briefing:
    edition = replace(briefing.edition, number=1, as_recorded=_ANY_TIME)
    return replace(briefing, edition=edition, corrected=None, pictures=(), evidence=())


def correct(before: Briefing, after: Briefing) -> Briefing:
    """Make a briefing the next edition of one that was published.

    Parameters
    ----------
    before : Briefing
        The edition that was published last.
    after : Briefing
        What is to be said now.

    Returns
    -------
    Briefing
        With the next number, and a section that says what changed: numbers, and statements that
        were added or taken out.
    """
    words = language(after.edition.language)
    number = before.edition.number
    lines = [*_figures(before, after), *_statements(before, after)]
    told = tuple(lines[:MOST_LINES]) or (Statement(text=words.say("corrected.wording")),)
    heading = words.say("heading.corrected", number=number)
    left = len(lines) - MOST_LINES
    return replace(
        after,
        edition=replace(after.edition, number=number + 1),
        corrected=Section(
            heading=heading,
            statements=told,
            note=words.say("text.more", n=left) if left > 0 else None,
        ),
    )


def _figures(before: Briefing, after: Briefing) -> Iterator[Statement]:
    words = language(after.edition.language)
    old = {figure.estimate.area: figure for figure in before.figures}
    new = {figure.estimate.area: figure for figure in after.figures}
    for area in dict.fromkeys((*new, *old)):
        name = plain((new.get(area) or old[area]).area_name)
        if area not in new or area not in old:
            key = "corrected.figure_new" if area in new else "corrected.figure_gone"
            yield Statement(text=words.say(key, area=name))
            continue
        sizes = [rounded(side[area].estimate.p50, words) for side in (old, new)]
        if sizes[0] != sizes[1]:
            text = words.say("corrected.figure", area=name, before=sizes[0], after=sizes[1])
            yield Statement(text=text, references=new[area].references)


def _statements(before: Briefing, after: Briefing) -> Iterator[Statement]:
    words = language(after.edition.language)
    old, new = _told(before), _told(after)
    for text, statement in new.items():
        if text not in old:
            added = words.say("corrected.added", text=text)
            yield Statement(text=added, references=statement.references)
    for text in old:
        if text not in new:
            yield Statement(text=words.say("corrected.removed", text=text))


def _told(briefing: Briefing) -> dict[str, Statement]:
    # The headline repeats the numbers, which are compared by themselves.
    sections = (*briefing.news, *briefing.assessment)
    return {one.text: one for section in sections for one in section.statements}
