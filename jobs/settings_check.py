"""Every fault of `tracker.toml` at once: keys, values, jobs, and the options of sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from jobs.schedule import plan_faults
from jobs.settings import Settings, read_text
from jobs.settings.faults import Fault, faults_of, key_lines, line_of
from jobs.sources import read_catalogue

_BY_NAME = frozenset({"jobs", "publish", "sources"})
"""Sections of which each part has a name that the user gave."""
_ASKED_FOR = frozenset({"[key]", "connector", "address", "path"})
"""Without these a connector would find fault with what is there."""


def check_settings(path: Path) -> list[Fault]:
    """Look for every fault of the settings.

    Parameters
    ----------
    path : Path
        `tracker.toml`; where it does not exist the defaults hold.

    Returns
    -------
    list of Fault
        In the order of the file; empty where it is sound.

    Raises
    ------
    SettingsError
        Where the file is no TOML at all.
    """
    if not path.is_file():
        return []
    text, said = read_text(path)
    faults: list[Fault] = []
    sound: Mapping[str, Any] = said
    try:
        settings = Settings.model_validate(said)
    except ValidationError as error:
        faults = faults_of(error, Settings, text)
        sound = _without(said, [fault["loc"] for fault in error.errors()])
        settings = Settings.model_validate(sound)
    lines = key_lines(text)
    for key, message in _between(settings, said):
        at = line_of(lines, tuple(key.split(".")))
        faults.append(Fault(key=key, message=message, line=at))
    return sorted(faults, key=lambda fault: (fault.line or 0, fault.key))


def _without(said: Mapping[str, Any], faulty: list[tuple[str | int, ...]]) -> dict[str, Any]:
    # What remains can be judged as a whole: a faulty key of a source, which its connector is asked
    # about as well, a faulty job or target, else its section.
    left = {name: dict(part) if isinstance(part, dict) else part for name, part in said.items()}
    for path in faulty:
        section = str(path[0])
        part = left.get(section)
        if section in _BY_NAME and isinstance(part, dict) and len(path) > 1:
            kept = _kept_of_source(part, path) if section == "sources" else None
            part.pop(str(path[1]), None)
            part.update({} if kept is None else {str(path[1]): kept})
        else:
            left.pop(section, None)
    return left


def _kept_of_source(sources: Mapping[str, Any], path: Sequence[str | int]) -> dict[str, Any] | None:
    source = sources.get(str(path[1]))
    if len(path) == 2 or not isinstance(source, dict) or path[2] in _ASKED_FOR:
        return None
    kept = {key: value for key, value in source.items() if key != path[2]}
    return kept | {"publisher": "?"} if path[2] == "publisher" else kept


def _between(settings: Settings, said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    named = {name: frozenset(said.get(name) or ()) for name in _BY_NAME & said.keys()}
    yield from plan_faults(settings, jobs=named.get("jobs", ()), sources=named.get("sources", ()))
    for lines in read_catalogue(settings).faults.values():
        for line in lines:
            key, _, message = line.partition(": ")
            yield key, message.rstrip(".")
