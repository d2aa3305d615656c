"""Who speaks: the registry of claimants and of outlets that relay them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from tracker.errors import NotFoundError
from tracker.seeds import seed_file
from tracker.vocabulary import Reliability

RELAYING_TYPES = frozenset({"press", "news_agency", "state_media", "aggregator"})
"""Types of claimants that mostly pass on what others say."""

_WORD = re.compile(r"\w[\w.'’-]*")
_MOST_WORDS = 20
_LONGEST_NAME = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Claimant:
    """A person, office or outlet that makes or relays claims.

    Parameters
    ----------
    id : str
        Stable id.
    name : str
        Name in English.
    names : tuple of str
        Every name by which reports call it, in any language.
    type : str
        `government`, `military`, `intelligence`, `press`, `think_tank`, `osint_group` and so on.
    parent : str or None
        Id of the body that it speaks for.
    reliability : Reliability or None
        Grade on the Admiralty scale.
    """

    id: str
    name: str
    names: tuple[str, ...]
    type: str
    parent: str | None = None
    reliability: Reliability | None = None


class Claimants:
    """Find claimants by the words that name them.

    Parameters
    ----------
    claimants : iterable of Claimant
        The registry.
    """

    def __init__(self, claimants: Iterable[Claimant]) -> None:
        self._by_id = {claimant.id: claimant for claimant in claimants}
        self._by_name: dict[str, str] = {}
        for claimant in self._by_id.values():
            for name in (claimant.name, *claimant.names):
                self._by_name.setdefault(_key(name), claimant.id)

    def find(self, words: str) -> str | None:
        """Find the id behind the words that name a claimant.

        Parameters
        ----------
        words : str
            The words as published.

        Returns
        -------
        str or None
            None where the registry does not know them.
        """
        return self._by_name.get(_key(words))

    def find_within(self, words: str) -> str | None:
        """Find the id of a name that stands somewhere in the words.

        Parameters
        ----------
        words : str
            The words as published, for example "Jens Stoltenberg, head of the alliance".

        Returns
        -------
        str or None
            The id of the longest name among them; None where the registry knows none.
        """
        tokens = _WORD.findall(words)[:_MOST_WORDS]
        for length in range(min(len(tokens), _LONGEST_NAME), 0, -1):
            for start in range(len(tokens) - length + 1):
                found = self.find(" ".join(tokens[start : start + length]))
                if found is not None:
                    return found
        return None

    def get(self, claimant_id: str) -> Claimant:
        """Look a claimant up by id.

        Parameters
        ----------
        claimant_id : str
            The id.

        Returns
        -------
        Claimant
            What the registry says.

        Raises
        ------
        NotFoundError
            Where the registry has no such id.
        """
        if claimant_id not in self._by_id:
            raise NotFoundError(f"the registry has no claimant {claimant_id!r}.")
        return self._by_id[claimant_id]

    @property
    def types(self) -> Mapping[str, str]:
        """Type of each claimant by its id."""
        return {claimant.id: claimant.type for claimant in self._by_id.values()}

    @property
    def reliabilities(self) -> Mapping[str, Reliability]:
        """Grade of each graded claimant by its id."""
        return {c.id: c.reliability for c in self._by_id.values() if c.reliability is not None}


@cache
def seed_claimants() -> Claimants:
    """Read the registry that travels with the package.

    Returns
    -------
    Claimants
        Claimants and outlets of the record of 2021-22 and of the trade.
    """
    with seed_file("claimants.csv").open(encoding="utf-8", newline="") as file:
        return Claimants([_claimant(row) for row in csv.DictReader(file)])


def _claimant(row: Mapping[str, str]) -> Claimant:
    others = (row["name_ru"], row["name_uk"], *row["aliases"].split(";"))
    return Claimant(
        id=row["id"],
        name=row["name_en"],
        names=tuple(name.strip() for name in others if name.strip()),
        type=row["type"],
        parent=row["parent"] or None,
        reliability=Reliability(row["reliability"]) if row["reliability"] else None,
    )


def _key(words: str) -> str:
    return " ".join(words.casefold().split())
