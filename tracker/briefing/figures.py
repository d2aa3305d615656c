"""The numbers of a briefing, what carries them, and what does not fit them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.areas import Area
from tracker.briefing.evidence import Evidence, References
from tracker.briefing.model import Edition, Figure, Section, Statement
from tracker.briefing.phrases import claim_in_words, plain, rounded
from tracker.claims.claim import Claim
from tracker.estimates.estimate import Estimate
from tracker.placing import PlacedClaim
from tracker.vocabulary import Extent, Qualifier

MOST_CARRYING = 6
"""Claims listed behind a figure; `tracker why` lists them all."""
SHARP_FACTOR = 8.0
"""Where the 90 % interval spans more than this factor, no single number is shown: either end then
differs from the middle by a factor of nearly three."""

_LOWER_BOUNDS = frozenset({Qualifier.MORE_THAN, Qualifier.WELL_OVER, Qualifier.AT_LEAST})


def write_figures(
    edition: Edition,
    evidence: Evidence,
    claims: Mapping[str, Claim],
    references: References,
) -> tuple[Figure, ...]:
    """Set the estimates of the day beside those of the briefing before.

    Parameters
    ----------
    edition : Edition
        Which briefing.
    evidence : Evidence
        What it is written from.
    claims : Mapping
        Claims by id.
    references : References
        Gives numbers.

    Returns
    -------
    tuple of Figure
        The headline's area first, then its parts, then other areas.
    """
    names = {area.id: area for area in evidence.areas}
    before = {row.area: row for row in evidence.previous if row.actor == edition.actor}
    rows = [row for row in evidence.estimates if row.actor == edition.actor]
    rows.sort(key=lambda row: (*_rank(names.get(row.area), edition), row.area))
    figures = []
    for row in rows:
        carrying = sorted(
            (weight for weight in row.claims if weight.weight > 0 and weight.id in claims),
            key=lambda weight: (-weight.weight, -_known(claims[weight.id]), weight.id),
        )
        bearing = [claims[weight.id] for weight in carrying]
        listed = bearing[:MOST_CARRYING]
        figures.append(
            Figure(
                area_name=names[row.area].name if row.area in names else row.area,
                estimate=row,
                previous=before.get(row.area),
                is_sharp=row.p95 <= SHARP_FACTOR * max(row.p05, 1.0),
                references=tuple(references.number(claim) for claim in listed),
                newest=max((claim.known_at.date() for claim in bearing), default=None),
                others=len(carrying) - len(listed),
            )
        )
    return tuple(figures)


def _known(claim: Claim) -> float:
    return claim.known_at.timestamp()


def _rank(area: Area | None, edition: Edition) -> tuple[int]:
    if area is None:
        return (3,)
    if area.id == edition.area:
        return (0,)
    return (1,) if area.parent == edition.area else (2,)


def write_misfits(
    figures: Sequence[Figure],
    fresh: Sequence[Claim],
    claims: Mapping[str, Claim],
    places: Mapping[str, Sequence[PlacedClaim]],
    references: References,
) -> list[Section]:
    """Name new totals that lie outside the 90 % interval of the area that they speak of.

    Parameters
    ----------
    figures : sequence of Figure
        The figures.
    fresh : sequence of Claim
        New claims.
    claims, places : Mapping
        Claims by id, and places by claim id.
    references : References
        Gives numbers.

    Returns
    -------
    list of Section
        One section, or none where everything fits.
    """
    new = {claim.id for claim in fresh}
    statements = []
    for figure in figures:
        row = figure.estimate
        for weight in row.claims:
            claim = claims.get(weight.id)
            if claim is None or claim.id not in new or claim.extent is not Extent.WHOLE:
                continue
            sense = _outside(claim, row)
            if sense is not None:
                text = (
                    f"{claim_in_words(claim, places.get(claim.id, ()))[:-1]} lies {sense} the "
                    f"90 % interval for “{plain(figure.area_name)}” "
                    f"({rounded(row.p05)} to {rounded(row.p95)})."
                )
                statements.append(Statement(text=text, references=(references.number(claim),)))
    return (
        [Section(heading="What does not fit", statements=tuple(statements))] if statements else []
    )


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
