"""Which earlier figures of claimants fell within what was later agreed on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from tracker.claims.claim import Claim
from tracker.estimates.estimate import Estimate
from tracker.evidence.sameness import bounds
from tracker.evidence.track_record import PastFigure
from tracker.placing import PlacedClaim
from tracker.vocabulary import Change, ClaimKind, Extent, PlaceRole, Qualifier, Status

LATER = timedelta(days=30)
"""A figure is compared with an estimate from so much more knowledge."""
AGREEING = 3
"""So many other claimants must carry the estimate, or a claimant would be measured by himself."""


def past_figures(
    claims: Iterable[Claim],
    placed: Mapping[str, Sequence[PlacedClaim]],
    estimates: Iterable[Estimate],
) -> list[PastFigure]:
    """Compare earlier figures with later estimates.

    Parameters
    ----------
    claims : iterable of Claim
        Claims; sizes of a whole area that are said to be there now are compared.
    placed : Mapping of str to sequence of PlacedClaim
        Their places by claim id.
    estimates : iterable of Estimate
        Estimates by area and day, of one day of knowledge.

    Returns
    -------
    list of PastFigure
        One per claim that is old enough, has a registered claimant, and speaks of an area and
        day whose estimate others carry.
    """
    known = list(claims)
    speaker = {claim.id: claim.claimant_id or claim.report_id for claim in known}
    by_day: dict[tuple[str, str, date], Estimate] = {
        (row.actor, row.area, row.day): row for row in estimates
    }
    found: dict[str, PastFigure] = {}
    for claim in known:
        if claim.claimant_id is None or not _is_figure(claim) or claim.observed is None:
            continue
        for place in placed.get(claim.id, ()):
            key = claim.actor, place.gazetteer_id or "", claim.observed.middle.date()
            row = by_day.get(key)
            if place.role is PlaceRole.AT and row is not None and _agreed(row, claim, speaker):
                found[claim.id] = PastFigure(claimant_id=claim.claimant_id, hit=_hit(claim, row))
    return list(found.values())


def _is_figure(claim: Claim) -> bool:
    return (
        claim.kind is ClaimKind.PRESENCE
        and claim.status is Status.ACTUAL
        and claim.extent is Extent.WHOLE
        and claim.measure is not None
        and claim.measure.change is Change.TOTAL
        and claim.measure.qualifier is not Qualifier.RATIO
        and not claim.relays
    )


def _agreed(row: Estimate, claim: Claim, speaker: Mapping[str, str]) -> bool:
    if claim.measure is None or claim.measure.unit is not row.unit:
        return False
    if row.as_of - claim.known_at.date() < LATER:
        return False
    carriers = {speaker.get(one.id, one.id) for one in row.claims if one.weight > 0}
    return len(carriers - {speaker[claim.id]}) >= AGREEING


def _hit(claim: Claim, row: Estimate) -> bool:
    assert claim.measure is not None
    low, high = bounds(claim.measure)
    return low <= row.p95 and high >= row.p05
