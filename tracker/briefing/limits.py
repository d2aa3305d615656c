"""How a briefing's numbers are made, and what it does not tell."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.briefing.draft import Draft
from tracker.briefing.model import Figure
from tracker.briefing.phrases import plain


def write_limits(draft: Draft, figures: Sequence[Figure]) -> tuple[str, ...]:
    """Write the limits.

    Parameters
    ----------
    draft : Draft
        The briefing.
    figures : sequence of Figure
        The figures.

    Returns
    -------
    tuple of str
        One sentence or two each.
    """
    fresh = draft.fresh
    lines = [draft.say(f"limits.{name}") for name in ("published", "once", "grades")]
    alone = [
        plain(figure.area_name)
        for figure in figures
        if figure.is_sharp and len(figure.references) + figure.others == 1
    ]
    if alone:
        lines.append(draft.say("limits.alone", areas="; ".join(alone)))
    if fresh:
        unplaced = sum(not any(p.geometry for p in draft.places.get(c.id, ())) for c in fresh)
        lines.append(
            draft.say(
                "limits.unplaced" if unplaced else "limits.placed",
                claims=draft.say("limits.claims", n=len(fresh)),
                unplaced=unplaced,
                unsized=sum(claim.measure is None for claim in fresh),
            )
        )
    if draft.edition.language != "en":
        lines.append(draft.say("limits.theirs"))
    return tuple(lines)
