"""What contradicts what among the claims of a briefing, and what would settle it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.briefing.evidence import References
from tracker.briefing.model import Edition, Section, Statement
from tracker.briefing.phrases import claim_in_words, day_in_words
from tracker.claims.claim import Claim
from tracker.evidence.contradictions import contradictions
from tracker.placing import PlacedClaim

MOST_CONFLICTS = 8


def write_conflicts(
    edition: Edition,
    fresh: Sequence[Claim],
    claims: Sequence[Claim],
    places: Mapping[str, Sequence[PlacedClaim]],
    references: References,
) -> list[Section]:
    """Set claims that cannot both hold side by side, where one of the two is new.

    Parameters
    ----------
    edition : Edition
        Which briefing.
    fresh : sequence of Claim
        New claims.
    claims : sequence of Claim
        Claims known by its day; those that were corrected are left out.
    places : Mapping
        Places by claim id.
    references : References
        Gives numbers.

    Returns
    -------
    list of Section
        One section, or none where everything can hold together.
    """
    replaced = {old for claim in claims for old in claim.corrects}
    new = {claim.id for claim in fresh}
    standing = [
        claim for claim in claims if claim.actor == edition.actor and claim.id not in replaced
    ]
    found = [
        pair
        for pair in contradictions(standing, places)
        if pair.first.id in new or pair.second.id in new
    ][::-1]
    if not found:
        return []
    statements = []
    for pair in found[:MOST_CONFLICTS]:
        sides = [claim_in_words(one, places.get(one.id, ())) for one in (pair.first, pair.second)]
        statements.append(
            Statement(
                text=f"{sides[0]} Against it: {sides[1]} What would settle it: {pair.settled_by}",
                references=(references.number(pair.first), references.number(pair.second)),
            )
        )
    left = len(found) - MOST_CONFLICTS
    since = day_in_words(edition.since)
    note = f"{left} more pairs since {since} cannot both hold." if left > 0 else None
    return [Section(heading="What contradicts what", statements=tuple(statements), note=note)]
