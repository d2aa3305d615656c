"""Say what was held back and why, without saying what it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.actors import seed_actors
from tracker.claims.claim import Claim
from tracker.publication.policy import Policy
from tracker.publication.redaction import MASK


@dataclass(frozen=True, kw_only=True, slots=True)
class Withheld:
    """How much was held back; tallies of parts add up.

    Parameters
    ----------
    young : Counter
        Claims not shown yet: (actor, hours that they wait) -> number.
    coarse : Counter
        Claims whose places were made coarser: (actor, size of the cells in km) -> number.
    blanked : int
        Quotes in which something was blanked.
    """

    young: Counter[tuple[str, float]] = field(default_factory=Counter)
    coarse: Counter[tuple[str, float]] = field(default_factory=Counter)
    blanked: int = 0

    def __add__(self, other: Withheld) -> Withheld:
        return Withheld(
            young=self.young + other.young,
            coarse=self.coarse + other.coarse,
            blanked=self.blanked + other.blanked,
        )


def tally(
    policy: Policy, *, young: Sequence[Claim], coarse: Sequence[Claim], blanked: int
) -> Withheld:
    """Count what was held back.

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
    Withheld
        By actor and measure.
    """
    waits = ((one.actor, policy.rule_for(one.actor, one.kind).delay_hours) for one in young)
    cells = ((one.actor, policy.rule_for(one.actor, one.kind).grid_km) for one in coarse)
    return Withheld(young=Counter(waits), coarse=Counter(cells), blanked=blanked)


def in_words(withheld: Withheld) -> tuple[str, ...]:
    """Say what was held back.

    Parameters
    ----------
    withheld : Withheld
        How much.

    Returns
    -------
    tuple of str
        One sentence each; none where nothing was held back.
    """
    young, coarse, blanked = withheld.young, withheld.coarse, withheld.blanked
    lines = []
    if young:
        lines.append(
            f"{_claims(young.total())} on the troops of {_whose(young)} not shown yet: their "
            f"positions wait {_either(young)} hours, because a fresh one puts people in danger."
        )
    if coarse:
        lines.append(
            f"Places of {_claims(coarse.total())} on the troops of {_whose(coarse)} moved to the "
            f"centre of a {_either(coarse)} km cell, with a radius that covers it, and not named: "
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


def _either(counts: Counter[tuple[str, float]]) -> str:
    return " or ".join(f"{number:g}" for number in sorted({number for _, number in counts}))


def _whose(counts: Counter[tuple[str, float]]) -> str:
    actors = seed_actors()
    ids = sorted({actor for actor, _ in counts})
    names = [actors.name(one) for one in ids]
    known = [
        "unstated side" if one == "unknown" else name for one, name in zip(ids, names, strict=True)
    ]
    return ", ".join(known)
