"""The numbers of a briefing, what carries them, why they changed, and what does not fit them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.areas import Area, AreaObservation, AreaObserver, Observes
from tracker.briefing.draft import Draft
from tracker.briefing.model import Edition, Figure, Section, Statement
from tracker.briefing.phrases import change_in_words, plain
from tracker.claims.claim import Claim
from tracker.estimates.estimate import Estimate
from tracker.estimates.news import EARLIER_NEW, Step
from tracker.vocabulary import Extent, Qualifier

MOST_CARRYING = 6
"""Claims listed behind the headline's figure, `MOST_BESIDE` behind others; `tracker why` lists
them all."""
MOST_BESIDE = 2
SHARP_FACTOR = 8.0
"""Where the 90 % interval spans more than this factor, no single number is shown: either end then
differs from the middle by a factor of nearly three."""
MOVES_MEDIAN = 0.002
"""Relative change of the median from which a step is told; less is lost in rounding."""
MOST_STEPS = 6

_UPPER_BOUNDS = frozenset(
    {Qualifier.UP_TO, Qualifier.AS_MANY_AS, Qualifier.AT_MOST, Qualifier.FEWER_THAN}
)
_LOWER_BOUNDS = frozenset({Qualifier.MORE_THAN, Qualifier.WELL_OVER, Qualifier.AT_LEAST})


def figure_rows(draft: Draft) -> list[Estimate]:
    """Choose the estimates that a briefing shows.

    Parameters
    ----------
    draft : Draft
        The briefing.

    Returns
    -------
    list of Estimate
        That of the headline's area first, then its parts, then other areas; none for a formation.
    """
    edition, names = draft.edition, draft.named_areas
    if edition.formation is not None:
        return []
    rows = [row for row in draft.evidence.estimates if row.actor == edition.actor]
    return sorted(rows, key=lambda row: (_rank(names.get(row.area), edition), row.area))


def write_figures(draft: Draft, rows: Sequence[Estimate]) -> tuple[Figure, ...]:
    """Set estimates of the day beside those of the briefing before.

    Parameters
    ----------
    draft : Draft
        The briefing.
    rows : sequence of Estimate
        The estimates.

    Returns
    -------
    tuple of Figure
        In the same order.
    """
    actor = draft.edition.actor
    before = {row.area: row for row in draft.evidence.previous if row.actor == actor}
    return tuple(_figure(draft, row, before.get(row.area)) for row in rows)


def _figure(draft: Draft, row: Estimate, previous: Estimate | None) -> Figure:
    # Weights are rounded: what sorts must not hang on the last bit of a product of matrices.
    carrying = sorted(
        (weight for weight in row.claims if weight.weight > 0 and weight.id in draft.claims),
        key=lambda one: (-round(one.weight, 6), -_known(draft.claims[one.id]), one.id),
    )
    bearing = [draft.claims[weight.id] for weight in carrying]
    is_sharp = row.p95 <= SHARP_FACTOR * max(row.p05, 1.0)
    is_main = row.area == draft.edition.area
    most = MOST_CARRYING if is_main else MOST_BESIDE if is_sharp else 0
    area = draft.named_areas.get(row.area)
    return Figure(
        area_name=area.name if area is not None else row.area,
        estimate=row,
        previous=previous,
        is_sharp=is_sharp,
        references=tuple(draft.references.number(claim) for claim in bearing[:most]),
        newest=max((claim.known_at.date() for claim in bearing), default=None),
        others=len(carrying) - len(bearing[:most]),
    )


def _known(claim: Claim) -> float:
    return claim.known_at.timestamp()


def _rank(area: Area | None, edition: Edition) -> int:
    if area is None:
        return 3
    if area.id == edition.area:
        return 0
    return 1 if area.parent == edition.area else 2


def write_notes(draft: Draft, figures: Sequence[Figure]) -> tuple[str, ...]:
    """Say how to read the numbers, and where there is none.

    Parameters
    ----------
    draft : Draft
        The briefing.
    figures : sequence of Figure
        The figures.

    Returns
    -------
    tuple of str
        One sentence each.
    """
    notes = []
    sharp = [figure for figure in figures if figure.is_sharp]
    if len(sharp) > 1:
        notes.append(draft.say("note.overlap", day=draft.day(draft.edition.since)))
    if len(sharp) < len(figures):
        vague = "; ".join(_odds(draft, figure) for figure in figures if not figure.is_sharp)
        notes.append(draft.say("note.vague", areas=vague))
    return tuple(notes)


def _odds(draft: Draft, figure: Figure) -> str:
    # The picture draws this interval: who reads the words shall find it there too.
    row = figure.estimate
    return f"{plain(figure.area_name)} ({draft.size(row.p05)}–{draft.size(row.p95)})"


def write_reasons(draft: Draft) -> list[Section]:
    """Say what changed the headline's number, claim by claim.

    Parameters
    ----------
    draft : Draft
        The briefing.

    Returns
    -------
    list of Section
        One section, or none where nothing moved the median. A claim that may not be shown is
        not named. None for a formation, which has no number.
    """
    news = draft.evidence.news
    if draft.edition.formation is not None or news is None or news.before is None or not news.steps:
        return []
    told = [step for step in news.steps if abs(step.median_change) >= MOVES_MEDIAN]
    if not told:
        return []
    older = [step for step in told if step.claim is None]
    single = sorted((step for step in told if step.claim is not None), key=_effect)
    intro = draft.say(
        "why.intro",
        day=draft.day(news.after.day),
        since=draft.day(draft.edition.since),
        before=draft.size(news.before.p50),
        after=draft.size(news.after.p50),
    )
    statements = (_step(draft, step) for step in (*single[:MOST_STEPS], *older))
    return [
        Section(
            heading=draft.say("heading.why"),
            statements=(Statement(text=intro), *statements),
        )
    ]


def _effect(step: Step) -> tuple[float, str]:
    return -abs(round(step.median_change, 4)), step.claim.id if step.claim else ""


def _step(draft: Draft, step: Step) -> Statement:
    change = change_in_words(step.median_change)
    if step.claim is None:
        key = "why.earlier" if step.words == EARLIER_NEW else "why.older"
        return Statement(text=draft.say(key, change=change))
    shown = draft.claims.get(step.claim.id)
    if shown is None:
        return Statement(text=draft.say("why.held", change=change))
    said = draft.said(shown)
    qualifier = shown.measure.qualifier if shown.measure is not None else None
    if qualifier in _UPPER_BOUNDS | _LOWER_BOUNDS:
        bound = "why.upper" if qualifier in _UPPER_BOUNDS else "why.lower"
        said = f"{said} {draft.say(bound)}"
    words = draft.say("why.claim", words=said, change=change)
    return Statement(text=words, references=(draft.references.number(shown),))


def write_misfits(draft: Draft, figures: Sequence[Figure]) -> list[Section]:
    """Name totals that lie outside the 90 % interval of the area that they speak of.

    They are new, or all that the area's number rests on.

    Parameters
    ----------
    draft : Draft
        The briefing.
    figures : sequence of Figure
        The figures.

    Returns
    -------
    list of Section
        One section, or none where everything fits.
    """
    statements = tuple(_misfits(draft, figures))
    return [Section(heading=draft.say("heading.misfit"), statements=statements)] * bool(statements)


def _misfits(draft: Draft, figures: Sequence[Figure]) -> Iterator[Statement]:
    new = {claim.id for claim in draft.fresh}
    observer = AreaObserver(draft.evidence.areas)
    for figure in figures:
        row = figure.estimate
        for weight in row.claims:
            claim = draft.claims.get(weight.id)
            if claim is None or claim.extent is not Extent.WHOLE:
                continue
            if claim.id not in new and not _rests_on_it_alone(figure):
                continue
            sense = _outside(claim, row)
            if sense == "below" and _is_of_a_part(draft, observer, claim):
                continue
            if sense is not None:
                text = draft.say(
                    "change.misfit",
                    claim=draft.said(claim),
                    sense=draft.say(f"change.{sense}"),
                    area=plain(figure.area_name),
                    p05=draft.size(row.p05),
                    p95=draft.size(row.p95),
                )
                yield Statement(text=text, references=(draft.references.number(claim),))


def _rests_on_it_alone(figure: Figure) -> bool:
    # A number that rests on one claim and does not agree with it needs a word, old or new.
    return figure.is_sharp and len(figure.references) + figure.others == 1


def _is_of_a_part(draft: Draft, observer: AreaObserver, claim: Claim) -> bool:
    # The whole of a town is less than the area around it, and fits it.
    seen = observer.observe(claim, draft.places.get(claim.id, ()))
    return isinstance(seen, AreaObservation) and seen.observes is Observes.LOWER_BOUND


def _outside(claim: Claim, row: Estimate) -> str | None:
    measure = claim.measure
    if measure is None or measure.unit is not row.unit or measure.qualifier is Qualifier.RATIO:
        return None
    sizes = [size for size in (measure.low, measure.best, measure.high) if size is not None]
    if not sizes:
        return None
    if min(sizes) > row.p95:
        return "above"
    if max(sizes) < row.p05 and measure.qualifier not in _LOWER_BOUNDS:
        return "below"
    return None
