"""Whose troops: the registry of actors."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tracker.errors import NotFoundError, UnreadableInputError
from tracker.seeds import seed_file

UNKNOWN = "unknown"
"""Id for troops whose owner the words leave open."""
MOST_BYTES = 1_000_000
"""A table of actors has some hundred lines; what is larger is another file."""


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

    def id_of(self, words: str) -> str:
        """Find the id of an actor by its id or one of its names.

        Parameters
        ----------
        words : str
            As people write it: `RU`, `ru`, `Russia`, `Россия`.

        Returns
        -------
        str
            The id; the words themselves where the registry knows nothing of the kind.
        """
        if words in self._by_id:
            return words
        plain = " ".join(words.casefold().split())
        named = (
            actor.id
            for actor in self._by_id.values()
            if plain in {name.casefold() for name in (actor.id, actor.name, *actor.names)}
        )
        return next(named, words)

    def name(self, actor_id: str) -> str:
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
        actor = self._by_id.get(actor_id)
        return actor_id if actor is None else actor.name


@cache
def seed_actors() -> Actors:
    """Read the registry that travels with the package.

    Returns
    -------
    Actors
        Actors of the record, and every other state under its two letters of ISO 3166.
    """
    with seed_file("gazetteer/countries.csv").open(encoding="utf-8", newline="") as file:
        states = [Actor(id=row["iso"], name=row["name"]) for row in csv.DictReader(file)]
    with seed_file("actors.csv").open(encoding="utf-8", newline="") as file:
        return Actors((*states, *_actors(csv.DictReader(file))))


def read_actors(path: Path) -> Actors:
    """Read the registry with the actors that a workspace adds, such as an armed group.

    Parameters
    ----------
    path : Path
        CSV with the columns `id` and `name_en`, optionally `name_ru`, `name_uk` and `kind`; it
        need not exist. Its rows go before the package's of the same id.

    Returns
    -------
    Actors
        The package's registry and these.

    Raises
    ------
    UnreadableInputError
        Where it is no such table.
    """
    if not path.exists():
        return seed_actors()
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES + 1)
        if len(text) > MOST_BYTES:
            raise UnreadableInputError(f"{path} has more than 1 MB; it should be a short table.")
        rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))
        added = list(_actors(rows))
    except (KeyError, UnicodeDecodeError, csv.Error):
        raise UnreadableInputError(
            f"{path} is no table of actors: it needs the columns id and name_en, in UTF-8."
        ) from None
    return Actors((*seed_actors(), *added))


def _actors(rows: Iterable[dict[str, str]]) -> Iterator[Actor]:
    for row in rows:
        if not (row["id"] or "").strip():
            continue
        names = (row.get("name_ru"), row.get("name_uk"))
        yield Actor(
            id=row["id"].strip(),
            name=(row["name_en"] or row["id"]).strip(),
            names=tuple(name.strip() for name in names if name and name.strip()),
            kind=(row.get("kind") or "state").strip(),
        )
