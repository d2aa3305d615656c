"""Fill the templates of a briefing: the package's, or a user's own in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from tracker.briefing.language import language
from tracker.briefing.model import Briefing, Reference
from tracker.briefing.phrases import plain, rounded, unit_in_words
from tracker.errors import InvalidValueError

MOST_QUOTED_CHARACTERS = 400
"""Longest quotation; the archived bytes hold the rest."""
_UNSAFE_IN_CODE = re.compile(r"[`<>\"\\\s]")


def fill(
    name: str,
    briefing: Briefing,
    *,
    escaped: Callable[[str], str],
    pictures: Mapping[str, str],
    folder: Path | None = None,
) -> str:
    """Fill a template.

    Parameters
    ----------
    name : str
        File name of the template.
    briefing : Briefing
        What it tells.
    escaped : Callable
        Makes text stay text in the format; everything that a template prints passes it.
    pictures : Mapping of str to str
        Address of each picture by its name.
    folder : Path, optional
        Folder of a user's templates, which go before the package's.

    Returns
    -------
    str
        The text, ended by one line feed.

    Raises
    ------
    InvalidValueError
        Where a user's template is wrong: its name, the line and the fault.
    """
    environment = _environment(escaped, folder)
    words = language(briefing.edition.language)
    units = ", ".join(unit_in_words(unit, words) for unit in briefing.units)
    try:
        text = environment.get_template(name).render(
            briefing=briefing,
            edition=briefing.edition,
            say=words.say,
            day=words.day,
            size=lambda number: rounded(number, words),
            said=lambda reference: _said(reference, words.say),
            units=units,
            pictures=pictures,
        )
    except TemplateSyntaxError as error:
        where = f"{error.name or name}, line {error.lineno}"
        raise InvalidValueError(f"the template {where}: {error.message}.") from error
    except (TemplateError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidValueError(f"the template {name} cannot be filled: {error}.") from error
    return f"{text.strip()}\n"


def _environment(
    escaped: Callable[[str], str], folder: Path | None
) -> ImmutableSandboxedEnvironment:
    loaders: list[BaseLoader] = [PackageLoader("tracker.briefing")]
    if folder is not None and folder.is_dir():
        loaders.insert(0, FileSystemLoader(folder))
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: _finalized(value, escaped),
    )
    environment.filters |= {"code": _code, "literal": _literal, "plain": plain}
    return environment


def _finalized(value: object, escaped: Callable[[str], str]) -> Markup:
    return value if isinstance(value, Markup) else Markup(escaped(plain(str(value))))  # noqa: S704 - escaped above


def _code(value: object) -> Markup:
    return Markup(_UNSAFE_IN_CODE.sub("", plain(str(value))))  # noqa: S704 - holds no mark of any format


def _literal(value: object) -> Markup:
    words = plain(str(value)).replace("\\", "\\\\").replace('"', '\\"')
    return Markup(f'"{words}"')  # noqa: S704 - a string literal of Typst


def html_text(text: str) -> str:
    """Make text stay text in HTML.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        With entities for what would be markup.
    """
    return str(escape(text))


def _said(reference: Reference, say: Callable[..., str]) -> str:
    key = "text.coded" if reference.is_coded else "text.quoted"
    words = say(key, words=shortened(reference.quote))
    return words if words.endswith((".", "!", "?")) else f"{words}."


def shortened(text: str) -> str:
    """Shorten a quotation at a word.

    Parameters
    ----------
    text : str
        The words.

    Returns
    -------
    str
        One line of at most `MOST_QUOTED_CHARACTERS`, with "..." where something was cut.
    """
    line = plain(text)
    if len(line) <= MOST_QUOTED_CHARACTERS:
        return line
    return (
        f"{line[:MOST_QUOTED_CHARACTERS].rpartition(' ')[0] or line[:MOST_QUOTED_CHARACTERS]} ..."
    )
