"""Say what was held back and why, without saying what it was."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.actors import seed_actors
from tracker.claims.claim import Claim
from tracker.publication.policy import Policy
from tracker.publication.redaction import MASK


def in_words(
    policy: Policy, *, young: Sequence[Claim], coarse: Sequence[Claim], blanked: int
) -> tuple[str, ...]:
    """Say what was held back.

    Parameters
    ----------
    policy : Policy
        By what.
    young : sequence of Claim
        Claims that are not shown yet.
    coarse : sequence of Claim
        Claims whose places were made coarser.
    blanked : int
        Quotes in which something was blanked.

    Returns
    -------
    tuple of str
        One sentence each; none where nothing was held back.
    """
    lines = []
    if young:
        hours = sorted({policy.rule_for(one.actor, one.kind).delay_hours for one in young})
        lines.append(
            f"{_claims(len(young))} on the troops of {_whose(young)} not shown yet: their "
            f"positions wait {_either(hours)} hours, because a fresh one puts people in danger."
        )
    if coarse:
        grids = sorted({policy.rule_for(one.actor, one.kind).grid_km for one in coarse})
        lines.append(
            f"Places of {_claims(len(coarse))} on the troops of {_whose(coarse)} moved to the "
            f"centre of a {_either(grids)} km cell, with a radius that covers it, and not named: "
            "a sharp position puts people in danger."
        )
    if blanked:
        quotes = "1 quote" if blanked == 1 else f"{blanked:,} quotes"
        lines.append(
            f"Blanked in {quotes} ({MASK}): names of people who sent something in, handles, phone "
            "numbers, e-mail addresses, number plates, and places as above."
        )
    return tuple(lines)


def _claims(number: int) -> str:
    return "1 claim" if number == 1 else f"{number:,} claims"


def _either(numbers: Sequence[float]) -> str:
    return " or ".join(f"{number:g}" for number in numbers)


def _whose(claims: Sequence[Claim]) -> str:
    actors = seed_actors()
    ids = sorted({claim.actor for claim in claims})
    names = [actors.get(one).name if one in actors else one for one in ids]
    known = [
        "unstated side" if one == "unknown" else name for one, name in zip(ids, names, strict=True)
    ]
    return ", ".join(known)
