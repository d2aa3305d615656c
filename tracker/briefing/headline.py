"""The first sentences of a briefing: how many, more or fewer, which way, and what came in."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.areas import Area
from tracker.briefing.model import Edition, Figure, Statement
from tracker.briefing.phrases import (
    day_in_words,
    interval_in_words,
    percent,
    plain,
    rounded,
    unit_in_words,
)
from tracker.claims.claim import Claim
from tracker.estimates.estimate import Estimate

CLEAR_PROBABILITY = 0.8
"""From this probability on a direction is stated: "likely" in most scales of words begins lower."""


def write_headline(
    edition: Edition,
    figures: Sequence[Figure],
    fresh: Sequence[Claim],
    areas: Sequence[Area],
) -> tuple[Statement, ...]:
    """Write the headline.

    Parameters
    ----------
    edition : Edition
        Which briefing.
    figures : sequence of Figure
        The figures.
    fresh : sequence of Claim
        New claims.
    areas : sequence of Area
        The areas, to say why there is no number.

    Returns
    -------
    tuple of Statement
        Level, change, direction, and what came in; only the level has references.
    """
    main = next((figure for figure in figures if figure.estimate.area == edition.area), None)
    counted = _counted(edition, fresh)
    if main is None:
        return (Statement(text=_why_no_number(edition, areas)), Statement(text=counted))
    row = main.estimate
    level = (
        f"{plain(edition.actor_name)}, {plain(main.area_name)}, {day_in_words(row.day)}: about "
        f"{rounded(row.p50)} {unit_in_words(row.unit)} present ({interval_in_words(row)})."
    )
    sentences = [level, _trend(main), _regime(row), counted]
    return tuple(
        Statement(text=text, references=main.references if number == 0 else ())
        for number, text in enumerate(sentences)
    )


def _why_no_number(edition: Edition, areas: Sequence[Area]) -> str:
    area = next((area for area in areas if area.id == edition.area), None)
    if area is not None and area.valid_until is not None and edition.as_of > area.valid_until:
        return (
            f"No estimate is given: the model of forces that gather in “{plain(area.name)}” "
            f"ends on {day_in_words(area.valid_until)}."
        )
    return "No estimate is given: no claim about the whole of this area is known yet."


def _trend(figure: Figure) -> str:
    row, before = figure.estimate, figure.previous
    if before is None:
        return "There is no earlier estimate to compare with."
    change = row.p50 - before.p50
    sense = "more" if change > 0 else "fewer"
    half_width = (before.p75 - before.p25) / 2
    much = "which lies within the uncertainty" if abs(change) <= half_width else "a clear change"
    earlier = f"{day_in_words(before.day)}, as known then (about {rounded(before.p50)})"
    if rounded(abs(change)) == "0":
        return f"The median is that of {earlier}."
    return f"That is {rounded(abs(change))} {sense} than on {earlier}, {much}."


def _regime(row: Estimate) -> str:
    up, down = row.building_up, row.drawing_down
    if up >= CLEAR_PROBABILITY:
        return f"The model reads this as a build-up (probability {percent(up)})."
    if down >= CLEAR_PROBABILITY:
        return f"The model reads this as a withdrawal (probability {percent(down)})."
    return (
        f"The model sees no clear direction (build-up {percent(up)}, withdrawal {percent(down)})."
    )


def _counted(edition: Edition, fresh: Sequence[Claim]) -> str:
    since = day_in_words(edition.since)
    if not fresh:
        return f"No new claim has become known since {since}."
    many = "1 new claim has" if len(fresh) == 1 else f"{len(fresh)} new claims have"
    told = f"{many} become known since {since}"
    if repeats := sum(1 for claim in fresh if claim.relays):
        told = f"{told}, {repeats} of which only repeat or rest on others"
    if corrections := sum(1 for claim in fresh if claim.corrects):
        told = f"{told}; {corrections} correct what was said before"
    return f"{told}."
