"""The policy: whose positions are told how sharply and how soon, and how pages are marked."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from tracker.errors import InvalidValueError
from tracker.vocabulary import ClaimKind

MOST_DELAY_HOURS = 24 * 366 * 10
MOST_GRID_KM = 1_000


class Marking(StrEnum):
    """How far a page may travel: Traffic Light Protocol 2.0 (FIRST, 2022)."""

    CLEAR = "TLP:CLEAR"
    GREEN = "TLP:GREEN"
    AMBER = "TLP:AMBER"
    AMBER_STRICT = "TLP:AMBER+STRICT"
    RED = "TLP:RED"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """How soon and how sharply the positions of some actors are told.

    Parameters
    ----------
    actors : tuple of str
        Ids of whose troops; every actor where empty.
    kinds : tuple of ClaimKind
        What is asserted; every kind where empty.
    delay_hours : float
        Hours for which a claim is held back.
    grid_km : float
        Size of the cells to which positions are snapped, km; 0 leaves them as they are.

    Raises
    ------
    InvalidValueError
        Where the delay or the grid is negative, not finite or out of bounds.
    """

    actors: tuple[str, ...] = ()
    kinds: tuple[ClaimKind, ...] = ()
    delay_hours: float = 0.0
    grid_km: float = 0.0

    def __post_init__(self) -> None:
        for name, value, most in (
            ("delay_hours", self.delay_hours, MOST_DELAY_HOURS),
            ("grid_km", self.grid_km, MOST_GRID_KM),
        ):
            if not math.isfinite(value) or not 0 <= value <= most:
                raise InvalidValueError(f"{name} {value} must lie between 0 and {most:,}.")

    @property
    def delay(self) -> timedelta:
        """The delay."""
        return timedelta(hours=self.delay_hours)

    def applies_to(self, actor: str, kind: ClaimKind | None) -> bool:
        """Say whether the rule speaks of an actor's troops.

        Parameters
        ----------
        actor : str
            Id of whose troops.
        kind : ClaimKind or None
            What is asserted; None for what rests on claims of all kinds.

        Returns
        -------
        bool
            Whether it does.
        """
        return (not self.actors or actor in self.actors) and (
            not self.kinds or kind is None or kind in self.kinds
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """What may be published.

    Parameters
    ----------
    marking : Marking
        Shown on every page, briefing, feed and file of data.
    rules : tuple of Rule
        The first that applies holds.
    otherwise : Rule
        What holds for everyone else: the own side, neutral states, and troops of which the
        words do not say whose they are.
    public_handles : frozenset of str
        Handles that stay in quoted words, without the `@`, in lower case.
    """

    marking: Marking = Marking.CLEAR
    rules: tuple[Rule, ...] = (Rule(actors=("RU", "separatist")),)
    otherwise: Rule = Rule(delay_hours=24, grid_km=25)
    public_handles: frozenset[str] = frozenset()
    _found: dict[tuple[str, ClaimKind], Rule] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def rule_for(self, actor: str, kind: ClaimKind) -> Rule:
        """Find the rule for a claim.

        Parameters
        ----------
        actor : str
            Id of whose troops.
        kind : ClaimKind
            What is asserted.

        Returns
        -------
        Rule
            The first that applies, or the one for everyone else.
        """
        found = self._found.get((actor, kind))
        if found is None:  # asked for every claim, of few actors
            applying = (rule for rule in self.rules if rule.applies_to(actor, kind))
            found = self._found[actor, kind] = next(applying, self.otherwise)
        return found

    def longest_delay(self, actor: str) -> timedelta:
        """Return the longest delay that touches an actor's claims.

        Parameters
        ----------
        actor : str
            Id of whose troops.

        Returns
        -------
        timedelta
            Estimates, which rest on claims of all kinds, wait as long.
        """
        return max(self.rule_for(actor, kind).delay for kind in ClaimKind)


DEFAULT_POLICY = Policy()
