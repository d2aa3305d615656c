"""What is wrong with settings, in plain sentences: line, key, what is allowed, the nearest word."""

from __future__ import annotations

import difflib
import re
import types
import typing
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_WORD = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_PASSWORD = re.compile(r"(?<=://)[^\s/?#]*@")
_MAYBE_PASSWORD = re.compile(r"(?<=://)\S*@")
_LONG_QUOTES = ('"""', "'''")
_MOST_SHOWN = 60
_TYPES = {
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "dict_type": "a table",
    "float_parsing": "a number",
    "float_type": "a number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "model_type": "a table",
    "string_type": "text in quotes",
    "tuple_type": "a list",
    "finite_number": "a finite number",
}
_LIMITS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One thing that is wrong with the settings.

    Parameters
    ----------
    key : str
        The key, with the sections that it stands in; empty where the file as a whole is wrong.
    message : str
        What is wrong and what is allowed, without a full stop.
    line : int or None
        Line of the file, counted from 1.
    """

    key: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        where = f"line {self.line}" if self.line is not None else ""
        return f"{', '.join(part for part in (where, self.key) if part)}: {self.message}"


def faults_of(error: ValidationError, model: type[BaseModel], text: str) -> list[Fault]:
    """Put what pydantic found into sentences.

    Parameters
    ----------
    error : ValidationError
        What it found.
    model : type of BaseModel
        What was expected.
    text : str
        The file.

    Returns
    -------
    list of Fault
        One each, in the order of the file.
    """
    lines = key_lines(text)
    found = [
        Fault(
            key=shown_key(fault["loc"]),
            message=_sentence(dict(fault), model),
            line=line_of(lines, fault["loc"]),
        )
        for fault in error.errors(include_url=False)
    ]
    return sorted(found, key=lambda fault: (fault.line or 0, fault.key))


def shown_key(path: Path) -> str:
    """Write the path of a key as people do.

    Parameters
    ----------
    path : tuple of str and int
        Sections, key, and places in lists, counted from 0.

    Returns
    -------
    str
        For example `publication.rule[2].kinds`, with places counted from 1.
    """
    words = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in _plain(path)]
    return "".join(words).lstrip(".")


def key_lines(text: str) -> dict[Path, int]:
    """Find on which line each key and each section of a TOML file stands.

    Parameters
    ----------
    text : str
        The file. Keys inside of inline tables and lists of several lines are not looked for.

    Returns
    -------
    dict
        Line, counted from 1, by path.
    """
    lines: dict[Path, int] = {}
    section: Path = ()
    counts: dict[Path, int] = {}
    quote = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if quote:
            quote = "" if quote in line else quote
            continue
        if (header := _HEADER.match(line)) is not None:
            section = _resolved(_words(header[2]), counts)
            if header[1] == "[[":
                counts[section] = counts.get(section, -1) + 1
                section = (*section, counts[section])
            lines.setdefault(section, number)
        elif (key := _KEY.match(line)) is not None:
            lines.setdefault((*section, *_words(key[1])), number)
        quote = next((q for q in _LONG_QUOTES if line.count(q) % 2), "")
    return lines


def line_of(lines: Mapping[Path, int], path: Path) -> int | None:
    """Find the line of a key, or of the nearest section around it.

    Parameters
    ----------
    lines : Mapping
        What `key_lines` gave.
    path : tuple of str and int
        The key's path.

    Returns
    -------
    int or None
        None where not even its first section stands in the file.
    """
    plain = tuple(_plain(path))
    for end in range(len(plain), 0, -1):
        if plain[:end] in lines:
            return lines[plain[:end]]
    below = (number for known, number in lines.items() if known[: len(plain)] == plain)
    return min(below, default=None)


def nearest(word: object, known: Collection[str]) -> str:
    """Ask whether a near word was meant.

    Parameters
    ----------
    word : object
        What was written.
    known : collection of str
        What is allowed.

    Returns
    -------
    str
        For example " (is it 'folder'?)"; empty where none is near.
    """
    near = difflib.get_close_matches(str(word), known, n=1)
    return f" (is it {near[0]!r}?)" if near else ""


def _resolved(words: Path, counts: Mapping[Path, int]) -> Path:
    # [[rule]] followed by [rule.part]: the part belongs to the last rule.
    resolved: Path = ()
    for position, word in enumerate(words):
        resolved = (*resolved, word)
        if resolved in counts and position < len(words) - 1:
            resolved = (*resolved, counts[resolved])
    return resolved


def _words(dotted: str) -> tuple[str, ...]:
    return tuple(word.strip("\"'") for word in _WORD.findall(dotted))


def _plain(path: Path) -> Iterator[str | int]:
    return (part for part in path if part != "[key]")


def _sentence(fault: Mapping[str, Any], model: type[BaseModel]) -> str:
    kind, path = str(fault["type"]), fault["loc"]
    given = _HIDDEN if "credentials" in path else fault.get("input")
    limits = fault.get("ctx") or {}
    if path and path[-1] == "[key]":
        name = str(path[-2])[:_MOST_SHOWN]
        return f"{name!r} is no name: use small letters, digits, '-' and '_', at most 60"
    if kind == "extra_forbidden":
        return _unknown(path, model)
    if kind == "value_error":
        return str(limits.get("error", fault["msg"]))
    if kind in {"enum", "literal_error"}:
        allowed = re.findall(r"'([^']*)'", str(limits.get("expected", "")))
        return f"{_shown(given)} is none of {', '.join(allowed)}{nearest(given, allowed)}"
    return f"{_what_is_wrong(kind, given, limits)}{_meaning(path, model)}"


def _what_is_wrong(kind: str, given: object, limits: Mapping[str, Any]) -> str:
    if kind == "missing":
        return "it must be given"
    if kind == "string_too_long":
        return f"it has more than {limits['max_length']} characters"
    if kind in _TYPES:
        return f"{_shown(given)} is not {_TYPES[kind]}"
    if kind in _LIMITS:
        name, words = _LIMITS[kind]
        return f"{_shown(given)} must be {words} {limits[name]:g}"
    return f"{_shown(given)} does not have the right form"


def _unknown(path: Path, model: type[BaseModel]) -> str:
    section = _model_at(path[:-1], model)
    known = list(section.model_fields) if section is not None else []
    where = shown_key(path[:-1])
    what = f"[{where}] has no such key" if where else "there is no such section"
    return f"{what}{nearest(path[-1], known)}; allowed are {', '.join(known)}"


def _meaning(path: Path, model: type[BaseModel]) -> str:
    named = [part for part in _plain(path) if isinstance(part, str)]
    section = _model_at(tuple(_plain(path))[: _last_name(path)], model)
    field = section.model_fields.get(named[-1]) if section is not None and named else None
    said = (field.description or "") if field is not None else ""
    return f": {said[0].lower()}{said[1:].rstrip('.')}" if said else ""


def _last_name(path: Path) -> int:
    plain = tuple(_plain(path))
    return max((i for i, part in enumerate(plain) if isinstance(part, str)), default=0)


def _model_at(path: Sequence[str | int], model: type[BaseModel]) -> type[BaseModel] | None:
    current: Any = model
    for part in _plain(tuple(path)):
        if isinstance(current, type) and issubclass(current, BaseModel):
            field = current.model_fields.get(str(part))
            current = None if field is None else field.annotation
        else:
            current = _inner(current)
        current = _without_none(current)
    return current if isinstance(current, type) and issubclass(current, BaseModel) else None


def _inner(annotation: Any) -> Any:
    # The value of a dict, the item of a tuple.
    arguments = [one for one in typing.get_args(annotation) if one is not Ellipsis]
    return arguments[-1] if arguments else None


def _without_none(annotation: Any) -> Any:
    if typing.get_origin(annotation) in {typing.Union, types.UnionType}:
        return next(a for a in typing.get_args(annotation) if a is not type(None))
    return annotation


class _Hidden:
    """Stands for what may be a password and must reach no message: those end up in logs."""

    def __repr__(self) -> str:
        return "what is written there"


_HIDDEN = _Hidden()


def without_password(address: str) -> str:
    """Write an address without what stands before its host.

    Parameters
    ----------
    address : str
        An address, or words with one in them.

    Returns
    -------
    str
        The same, with stars for a name and a password.
    """
    return _PASSWORD.sub("***@", address)


def _shown(given: object) -> str:
    if isinstance(given, dict | list):
        return "a table" if isinstance(given, dict) else "a list"
    text = (
        str(given).lower() if isinstance(given, bool) else _MAYBE_PASSWORD.sub("***@", repr(given))
    )
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}..."
