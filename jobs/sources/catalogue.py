"""The sources that `tracker.toml` names, each checked by its connector; all faults at once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from pydantic import BaseModel, ValidationError

from jobs.connector import Connector, Source
from jobs.errors import SettingsError
from jobs.settings import Settings
from jobs.settings.faults import without_password
from jobs.settings.sources import SourceSettings
from tracker.errors import NotFoundError

GROUP = "tracker.connectors"
"""Group of entry points in which packages announce their connectors."""
_ADDRESS = re.compile(r"(?i:https?|imaps)://[^/\s]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Catalogue:
    """What is configured.

    Parameters
    ----------
    sources : tuple of Source
        Sources that can be read, in the order of the file.
    faults : Mapping of str to tuple of str
        The others by name, with a line for each fault: key, what is wrong, what is allowed.
    """

    sources: tuple[Source, ...] = ()
    faults: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def pick(self, names: Sequence[str]) -> tuple[Source, ...]:
        """Find sources by name.

        Parameters
        ----------
        names : sequence of str
            Names; all that are enabled and sound where there are none.

        Returns
        -------
        tuple of Source
            The sources, each once.

        Raises
        ------
        NotFoundError
            Where no source has a name; the message says which is near.
        SettingsError
            Where a source that is asked for needs mending.
        """
        if not names:
            return tuple(source for source in self.sources if source.settings.enabled)
        by_name = {source.name: source for source in self.sources}
        faults = [fault for name in names for fault in self.faults.get(name, ())]
        if faults:
            raise SettingsError("tracker.toml", faults)
        for name in names:
            if name not in by_name:
                known = (*by_name, *self.faults)
                raise NotFoundError(f"no source is named {name[:60]!r}{_hint(name, known)}.")
        return tuple(by_name[name] for name in dict.fromkeys(names))


def connector_names() -> list[str]:
    """List the kinds of sources that can be read.

    Returns
    -------
    list of str
        Names in alphabetical order, those of other installed packages included.
    """
    return sorted(_points())


def load_connector(name: str) -> Connector:
    """Load a connector.

    Parameters
    ----------
    name : str
        Its name, one of `connector_names`: a name from the outside leads nowhere else.

    Returns
    -------
    Connector
        The module.

    Raises
    ------
    NotFoundError
        Where none has this name, or what its package announces is no connector.
    """
    point = _points().get(name)
    if point is None:
        known = connector_names()
        raise NotFoundError(
            f"no connector is named {name[:60]!r}{_hint(name, known)}; there are "
            f"{', '.join(known)}."
        )
    loaded = point.load()
    if not (callable(getattr(loaded, "read", None)) and hasattr(loaded, "Options")):
        raise NotFoundError(f"{point.value} is no connector: it needs 'Options' and 'read'.")
    return cast("Connector", loaded)


@cache
def _points() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def read_catalogue(settings: Settings) -> Catalogue:
    """Check the sources of the settings.

    Parameters
    ----------
    settings : Settings
        The settings.

    Returns
    -------
    Catalogue
        The sources that can be read, and every fault of the others.
    """
    sources: list[Source] = []
    faults: dict[str, tuple[str, ...]] = {}
    for name, said in settings.sources.items():
        checked = _check(name, said)
        if isinstance(checked, Source):
            sources.append(checked)
        else:
            faults[name] = checked
    return Catalogue(sources=tuple(sources), faults=faults)


def _check(name: str, said: SourceSettings) -> Source | tuple[str, ...]:
    key = f"sources.{name}"
    try:
        connector = load_connector(said.connector)
    except NotFoundError as error:
        return (f"{key}.connector: {error}",)
    missing = [f"{key}: {fault}" for fault in _missing(said, connector)]
    missing += [f"{key}.address: {fault}" for fault in _wrong_address(said.address or "")]
    try:
        options = connector.Options.model_validate(said.options)
    except ValidationError as error:
        lines = fault_lines(error, connector.Options)
        return (*(f"{key}.options.{line}" for line in lines), *missing)
    return tuple(missing) or Source(name=name, settings=said, options=options)


def fault_lines(error: ValidationError, model: type[BaseModel]) -> Iterator[str]:
    """Say what is wrong with some settings, with the nearest word that is allowed.

    Parameters
    ----------
    error : ValidationError
        What pydantic found.
    model : type of BaseModel
        What was expected.

    Yields
    ------
    str
        One line per fault: key, fault, hint.
    """
    for fault in error.errors(include_url=False):
        key = ".".join(str(part) for part in fault["loc"])
        if fault["type"] == "extra_forbidden" and len(fault["loc"]) == 1:
            known = list(model.model_fields)
            allowed = f"; allowed are {', '.join(known)}" if known else "; it takes none"
            yield f"{key}: unknown key{_hint(key, known)}{allowed}"
        else:
            yield f"{key}: {fault['msg']}"


def _missing(said: SourceSettings, connector: Connector) -> Iterator[str]:
    needs = getattr(connector, "NEEDS", ())
    if needs and not any(getattr(said, name) for name in needs):
        yield f"it needs {' or '.join(repr(name) for name in needs)}"


def _wrong_address(address: str) -> Iterator[str]:
    if address and not _ADDRESS.match(address):
        yield "it begins with none of https://, http://, imaps://"
    if without_password(address) != address:
        yield "it has a password in it; put that under 'credentials'"


def _hint(word: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f" (is it {near[0]!r}?)" if near else ""
