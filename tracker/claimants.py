"""Who speaks: the registry of claimants and of outlets that relay them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tracker.errors import NotFoundError, UnreadableInputError
from tracker.seeds import seed_file
from tracker.vocabulary import Reliability

RELAYING_TYPES = frozenset({"press", "news_agency", "state_media", "aggregator"})
"""Types of claimants that mostly pass on what others say."""

_WORD = re.compile(r"\w[\w.'’-]*")
_MOST_WORDS = 20
_MOST_BYTES = 5_000_000
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

    def others(self, claimants: Iterable[Claimant]) -> list[Claimant]:
        """List the claimants that some others do not stand for.

        Parameters
        ----------
        claimants : iterable of Claimant
            Those others.

        Returns
        -------
        list of Claimant
            Without those whose id they have.
        """
        taken = {claimant.id for claimant in claimants}
        return [claimant for claimant in self._by_id.values() if claimant.id not in taken]

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


def own_claimants(path: Path) -> tuple[Claimant, ...]:
    """Read the claimants that a workspace adds.

    Parameters
    ----------
    path : Path
        CSV with the columns `id` and `name_en`, optionally `name_ru`, `name_uk`, `aliases`
        (separated by semicolons), `type`, `parent` and `reliability`; it need not exist.

    Returns
    -------
    tuple of Claimant
        Empty where there is no such file.

    Raises
    ------
    UnreadableInputError
        Where it is no such table.
    """
    if not path.exists():
        return ()
    with path.open("rb") as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise UnreadableInputError(f"{path} has more than 5 MB; it should be a short table.")
    try:
        rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        return tuple(_claimant(row) for row in rows if row["id"])
    except (KeyError, UnicodeDecodeError, csv.Error):
        raise UnreadableInputError(
            f"{path} is no table of claimants: it needs the columns id and name_en, in UTF-8."
        ) from None
    except ValueError:
        raise UnreadableInputError(
            f"{path} grades a claimant with another letter than A to F; leave it empty instead."
        ) from None


def read_claimants(path: Path) -> Claimants:
    """Read the registry with the claimants that a workspace adds.

    Parameters
    ----------
    path : Path
        As for `own_claimants`, whose errors it raises; these go before the package's.

    Returns
    -------
    Claimants
        The package's registry and these.
    """
    own = own_claimants(path)
    return Claimants((*own, *seed_claimants().others(own))) if own else seed_claimants()


def _claimant(row: Mapping[str, str | None]) -> Claimant:
    others = (row.get("name_ru"), row.get("name_uk"), *(row.get("aliases") or "").split(";"))
    grade = (row.get("reliability") or "").strip()
    return Claimant(
        id=str(row["id"]),
        name=row["name_en"] or str(row["id"]),
        names=tuple(name.strip() for name in others if name and name.strip()),
        type=row.get("type") or "unknown",
        parent=row.get("parent") or None,
        reliability=Reliability(grade) if grade else None,
    )


def _key(words: str) -> str:
    return " ".join(words.casefold().split())
