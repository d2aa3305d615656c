"""A briefing as Markdown; text from outside stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tracker.briefing.model import Briefing, Reference, Statement
from tracker.briefing.phrases import day_in_words, plain, rounded, unit_in_words

MOST_QUOTED_CHARACTERS = 400
"""Longest quotation; the archived bytes hold the rest."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~!])")


def render_markdown(briefing: Briefing) -> str:
    """Write a briefing as Markdown.

    Parameters
    ----------
    briefing : Briefing
        The briefing.

    Returns
    -------
    str
        CommonMark with one table (GitHub's form), ended by a line feed. Equal briefings give equal
        text.
    """
    return "\n".join(_lines(briefing)) + "\n"


def _lines(briefing: Briefing) -> Iterator[str]:
    edition = briefing.edition
    yield f"# {_text(edition.title)}"
    yield ""
    yield (
        f"Briefing as of {day_in_words(edition.as_of)} (what was public by the end of that day, "
        f"UTC); changes since {day_in_words(edition.since)}. "
        f"Workspace as recorded on {edition.as_recorded:%Y-%m-%d %H:%M:%S} UTC."
    )
    yield ""
    if edition.marking:
        yield from (f"**{_text(edition.marking)}**", "")
    for statement in briefing.headline:
        yield f"- {_statement(statement)}"
    if briefing.figures:
        units = " and ".join(map(unit_in_words, briefing.units))
        yield from ("", f"## Numbers: {units} present", "")
        yield from _table(briefing)
    for section in briefing.sections:
        yield from ("", f"## {_text(section.heading)}", "")
        for statement in section.statements:
            yield f"- {_statement(statement)}"
        if section.note:
            yield from ("", _text(section.note))
    yield from ("", "## Limits", "")
    yield from (f"- {_text(line)}" for line in briefing.limits)
    if briefing.methods:
        methods = ", ".join(briefing.methods)
        yield (
            f"- Method: {_text(methods)}. Every claim behind the number, with its weight: "
            f"`tracker why {plain(edition.question).replace('`', '')}`"
        )
    yield from ("", "## Withheld", "")
    yield from (f"- {_text(line)}" for line in briefing.withheld or ("Nothing was held back.",))
    if briefing.references:
        yield from ("", "## References", "")
        yield from (_reference(reference) for reference in briefing.references)


def _table(briefing: Briefing) -> Iterator[str]:
    yield "| area | median | 50 % interval | 90 % interval | before | rests on |"
    yield "| --- | ---: | ---: | ---: | ---: | --- |"
    for figure in briefing.figures:
        row = figure.estimate
        unit = f" {unit_in_words(row.unit)}" if len(briefing.units) > 1 else ""
        median = f"{rounded(row.p50)}{unit}" if figure.is_sharp else "unclear"
        before = "-" if figure.previous is None else rounded(figure.previous.p50)
        more = f" and {figure.others} more" if figure.others else ""
        newest = f", newest {figure.newest}" if figure.newest else ""
        yield (
            f"| {_text(figure.area_name)} | {median} | {rounded(row.p25)}–{rounded(row.p75)} "
            f"| {rounded(row.p05)}–{rounded(row.p95)} | {before} "
            f"| {_numbers(figure.references)}{more}{newest} |"
        )


def _statement(statement: Statement) -> str:
    text = _text(statement.text)
    if statement.references:
        text = f"{text} {_numbers(statement.references)}"
    if statement.repeated:
        text = f"{text} Repeated by {_numbers(statement.repeated)}."
    return text


def _numbers(numbers: Sequence[int]) -> str:
    return " ".join(f"\\[{number}\\]" for number in numbers)


def _reference(reference: Reference) -> str:
    said = _text(shortened(reference.quote))
    words = f"Coded: {said}." if reference.is_coded else f"“{said}”"
    via = f", via {_text(', '.join(reference.via))}" if reference.via else ""
    address = f" <{reference.address}>" if reference.address else ""
    kept = f" Archived as `{reference.sha256}`." if reference.sha256 else " Not archived."
    return (
        f"{reference.number}. {_text(reference.claimant or 'Not attributed')}{via}: {words} "
        f"Source: {_text(reference.publication)}.{address} "
        f"Grade: {reference.grade}. Claim `{reference.claim_id}`.{kept}"
    )


def shortened(text: str) -> str:
    """Shorten a quotation at a word.

    Parameters
    ----------
    text : str
        The words.

    Returns
    -------
    str
        One line of at most `MOST_QUOTED_CHARACTERS`, with "..." where something was cut.
    """
    line = plain(text)
    if len(line) <= MOST_QUOTED_CHARACTERS:
        return line
    return (
        f"{line[:MOST_QUOTED_CHARACTERS].rpartition(' ')[0] or line[:MOST_QUOTED_CHARACTERS]} ..."
    )


def _text(text: str) -> str:
    bare = plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", bare)
