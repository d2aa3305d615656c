"""Whose troops: the registry of actors."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from tracker.errors import NotFoundError
from tracker.seeds import seed_file

UNKNOWN = "unknown"
"""Id for troops whose owner the words leave open."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """A state, an alliance or an armed group that has troops.

    Parameters
    ----------
    id : str
        Stable id; two capital letters (ISO 3166) for a state.
    name : str
        Name in English.
    names : tuple of str
        Names in other languages.
    kind : str
        `state`, `alliance`, `armed_group` or `unknown`.
    """

    id: str
    name: str
    names: tuple[str, ...] = ()
    kind: str = "state"


class Actors:
    """Look actors up by id.

    Parameters
    ----------
    actors : iterable of Actor
        The registry.
    """

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._by_id = {actor.id: actor for actor in actors}

    def __iter__(self) -> Iterator[Actor]:
        """Go through the registry.

        Returns
        -------
        iterator of Actor
            In the registry's order.
        """
        return iter(self._by_id.values())

    def __contains__(self, actor_id: object) -> bool:
        """Tell whether the registry has an id.

        Parameters
        ----------
        actor_id : object
            The id.

        Returns
        -------
        bool
            Whether it is there.
        """
        return actor_id in self._by_id

    def get(self, actor_id: str) -> Actor:
        """Look an actor up.

        Parameters
        ----------
        actor_id : str
            The id.

        Returns
        -------
        Actor
            What the registry says.

        Raises
        ------
        NotFoundError
            Where the registry has no such id.
        """
        if actor_id not in self._by_id:
            raise NotFoundError(f"the registry has no actor {actor_id!r}.")
        return self._by_id[actor_id]


@cache
def seed_actors() -> Actors:
    """Read the registry that travels with the package.

    Returns
    -------
    Actors
        Actors of the theatre.
    """
    with seed_file("actors.csv").open(encoding="utf-8", newline="") as file:
        return Actors(
            [
                Actor(
                    id=row["id"],
                    name=row["name_en"],
                    names=(row["name_ru"], row["name_uk"]),
                    kind=row["kind"],
                )
                for row in csv.DictReader(file)
            ]
        )


def actor_name(actor_id: str) -> str:
    """Name an actor.

    Parameters
    ----------
    actor_id : str
        The id.

    Returns
    -------
    str
        The name in English; the id itself where the registry does not know it.
    """
    actors = seed_actors()
    return actors.get(actor_id).name if actor_id in actors else actor_id
