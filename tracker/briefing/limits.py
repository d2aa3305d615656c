"""What a briefing does not tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.briefing.model import Figure
from tracker.briefing.phrases import plain
from tracker.claims.claim import Claim
from tracker.placing import PlacedClaim

_ALWAYS = (
    (
        "Everything here rests on what others published. A number is an estimate from their "
        "statements, not a count; if the model is right, the truth lies within the 50 % interval "
        "in half of all cases."
    ),
    (
        "Claims that repeat others count once. Troops on their way, planned or threatened do not "
        "count as present."
    ),
)


def write_limits(
    figures: Sequence[Figure],
    fresh: Sequence[Claim],
    places: Mapping[str, Sequence[PlacedClaim]],
) -> tuple[str, ...]:
    """Write the limits.

    Parameters
    ----------
    figures : sequence of Figure
        The figures.
    fresh : sequence of Claim
        New claims.
    places : Mapping
        Places by claim id.

    Returns
    -------
    tuple of str
        One sentence or two each.
    """
    lines = list(_ALWAYS)
    vague = [plain(figure.area_name) for figure in figures if not figure.is_sharp]
    if vague:
        lines.append(f"Too little is known for a number in: {', '.join(vague)}.")
    alone = [
        plain(figure.area_name)
        for figure in figures
        if figure.is_sharp and len(figure.references) + figure.others == 1
    ]
    if alone:
        lines.append(f"The number rests on a single claim in: {', '.join(alone)}.")
    unplaced = sum(1 for claim in fresh if not any(p.geometry for p in places.get(claim.id, ())))
    unsized = sum(1 for claim in fresh if claim.measure is None)
    if fresh:
        lines.append(
            f"Of {len(fresh)} new claims, {unplaced} could not be placed on the map and {unsized} "
            "state no number; none was made up."
        )
    return tuple(lines)
