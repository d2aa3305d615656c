"""From claims and estimates to a briefing: what is known, what changed, what does not fit."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.briefing.changes import changes, new_claims
from tracker.briefing.conflicts import write_conflicts
from tracker.briefing.evidence import Evidence, References
from tracker.briefing.figures import write_figures, write_misfits
from tracker.briefing.headline import write_headline
from tracker.briefing.limits import write_limits
from tracker.briefing.model import Briefing, Edition
from tracker.placing import PlacedClaim


def write_briefing(edition: Edition, evidence: Evidence) -> Briefing:
    """Write a briefing.

    Parameters
    ----------
    edition : Edition
        Which one.
    evidence : Evidence
        What it is written from. The same edition and evidence give the same briefing.

    Returns
    -------
    Briefing
        References are numbered in the order of the text.
    """
    references = References(evidence.publications)
    claims = {claim.id: claim for claim in evidence.claims}
    places = _by_claim(evidence.placed)
    fresh = new_claims(edition, evidence.claims)
    figures = write_figures(edition, evidence, claims, references)
    sections = (
        *changes(edition, evidence.claims, places, references),
        *write_misfits(figures, fresh, claims, places, references),
        *write_conflicts(edition, fresh, evidence.claims, places, references),
    )
    return Briefing(
        edition=edition,
        headline=write_headline(edition, figures, fresh, evidence.areas),
        figures=figures,
        sections=sections,
        methods=tuple(sorted({figure.estimate.method for figure in figures})),
        limits=write_limits(figures, fresh, places),
        withheld=tuple(evidence.withheld),
        references=references.listed(),
    )


def _by_claim(placed: Sequence[PlacedClaim]) -> dict[str, list[PlacedClaim]]:
    places: dict[str, list[PlacedClaim]] = {}
    for place in placed:
        places.setdefault(place.claim_id, []).append(place)
    return places
