"""Keep briefings as they were published: each edition is a record and the files made from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from jobs.whole_file import replace_file
from tracker.briefing import (
    Briefing,
    Edition,
    Picture,
    correct,
    read_json,
    render_atom,
    render_feed,
    render_html,
    render_json,
    render_mail,
    render_markdown,
    render_pdf,
    says_the_same,
)
from tracker.errors import InvalidValueError, UnreadableInputError

FORMATS = ("md", "html", "eml", "atom")
"""Written by default; `pdf` needs the extra of this name."""
FEED = "briefings.atom"
MOST_IN_FEED = 50
MOST_BYTES = 20_000_000
"""A record is some 50 kB."""

_RECORD = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-([2-9]|[1-9]\d{1,3}))?\.json")


def put_edition(
    folder: Path,
    briefing: Briefing,
    *,
    formats: tuple[str, ...],
    templates: Path,
    picture: Callable[[], tuple[str, bytes] | None],
) -> tuple[Path, ...]:
    """Publish a briefing, unless its last edition says the same.

    Parameters
    ----------
    folder : Path
        Where editions lie.
    briefing : Briefing
        What is to be said now.
    formats : tuple of str
        What is written beside the record.
    templates : Path
        Folder of a user's templates; it need not exist.
    picture : Callable
        Draws the picture: what it shows, and PNG bytes; None where there is nothing to draw.

    Returns
    -------
    tuple of Path
        The files of the edition that holds, Markdown and HTML first. Those of an edition that was
        published are never written over; a format that it lacks is made from its record.
    """
    before = last_edition(folder, briefing.edition.as_of)
    if before is not None and says_the_same(before, briefing):
        return write_formats(folder, before, formats=formats, templates=templates)
    if before is not None:
        _require_same_subject(before, briefing, folder)
        briefing = correct(before, briefing)
    stem = stem_of(briefing)
    drawn = picture()
    if drawn is not None:
        name = f"{stem}.png"
        shown = Picture(name=name, sha256=sha256(drawn[1]).hexdigest(), alternative=drawn[0])
        briefing = replace(briefing, pictures=(shown,))
        replace_file(folder / name, drawn[1])
    for one in ("md", "html", "eml", "atom", "pdf"):
        (folder / f"{stem}.{one}").unlink(missing_ok=True)  # without a record it is no edition
    # The record comes before what is made from it: what has none was never published.
    replace_file(folder / f"{stem}.json", render_json(briefing))
    files = write_formats(folder, briefing, formats=formats, templates=templates)
    _write_feed(folder, briefing.edition.title)
    return files


def _require_same_subject(before: Briefing, after: Briefing, folder: Path) -> None:
    old, new = (_subject(one.edition) for one in (before, after))
    if old != new:
        told = ", ".join(str(part) for part in old if part)
        raise InvalidValueError(
            f"{folder} holds another briefing of {after.edition.as_of} ({told}); name another "
            "folder with --out, or declare a series in tracker.toml."
        )


def _subject(edition: Edition) -> tuple[str | None, ...]:
    return edition.area, edition.actor, edition.formation, edition.language


def write_formats(
    folder: Path,
    briefing: Briefing,
    *,
    formats: tuple[str, ...],
    templates: Path,
    to: Path | None = None,
) -> tuple[Path, ...]:
    """Make the files of an edition from its record, where they are not there yet.

    Parameters
    ----------
    folder : Path
        Where its picture lies.
    briefing : Briefing
        As its record says.
    formats : tuple of str
        What is written.
    templates : Path
        Folder of a user's templates; it need not exist.
    to : Path, optional
        Where to write; by default beside the record.

    Returns
    -------
    tuple of Path
        The files, in the order of `formats`; then the record and the picture.
    """
    stem, target = stem_of(briefing), to or folder
    pictures = {one.name: _picture(folder, one) for one in briefing.pictures}
    makers = _makers(briefing, pictures, templates)
    files = []
    for name in formats:
        path = target / f"{stem}.{name}"
        if not path.is_file():
            replace_file(path, makers[name]())
        files.append(path)
    for name, data in {f"{stem}.json": render_json(briefing), **pictures}.items():
        replace_file(target / name, data)
        files.append(target / name)
    return tuple(files)


def _makers(
    briefing: Briefing, pictures: Mapping[str, bytes], templates: Path
) -> dict[str, Callable[[], bytes]]:
    page = f"{stem_of(briefing)}.html"
    return {
        "md": lambda: render_markdown(briefing, templates).encode(),
        "html": lambda: render_html(briefing, pictures, templates).encode(),
        "eml": lambda: render_mail(briefing, pictures, templates),
        "atom": lambda: render_atom(briefing, page),
        "pdf": lambda: render_pdf(briefing, pictures, templates),
    }


def _picture(folder: Path, one: Picture) -> bytes:
    try:
        data = (folder / one.name).read_bytes()
    except OSError as error:
        raise UnreadableInputError(
            f"the picture {folder / one.name} is missing; fetch it from a backup."
        ) from error
    if sha256(data).hexdigest() != one.sha256:
        raise UnreadableInputError(
            f"the picture {folder / one.name} is not the one that was published; fetch that one "
            "from a backup."
        )
    return data


def stem_of(briefing: Briefing) -> str:
    """Say how the files of an edition begin.

    Parameters
    ----------
    briefing : Briefing
        The edition.

    Returns
    -------
    str
        The day of knowledge, and for corrections the number of the edition.
    """
    edition = briefing.edition
    return f"{edition.as_of}" if edition.number == 1 else f"{edition.as_of}-{edition.number}"


def last_edition(folder: Path, day: date) -> Briefing | None:
    """Read the edition of a day that holds.

    Parameters
    ----------
    folder : Path
        Where editions lie; it need not exist.
    day : date
        Day of knowledge.

    Returns
    -------
    Briefing or None
        The one with the highest number; None where the day has none.
    """
    numbers = [number for own, number in _editions(folder) if own == day.isoformat()]
    if not numbers:
        return None
    name = f"{day}.json" if max(numbers) == 1 else f"{day}-{max(numbers)}.json"
    return read_record(folder / name)


def read_record(path: Path) -> Briefing:
    """Read the record of an edition.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    Briefing
        As it was published.

    Raises
    ------
    UnreadableInputError
        Where there is no such file, or it is no record.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES)
    except OSError as error:
        raise UnreadableInputError(f"there is no record of a briefing at {path}.") from error
    try:
        return read_json(data)
    except UnreadableInputError as error:
        raise UnreadableInputError(f"{path}: {error}") from error


def _editions(folder: Path) -> list[tuple[str, int]]:
    matches = (_RECORD.fullmatch(path.name) for path in folder.glob("*.json"))
    return sorted((found[1], int(found[2] or 1)) for found in matches if found)


def _write_feed(folder: Path, title: str) -> None:
    last = dict(_editions(folder))
    days = sorted(last, reverse=True)[:MOST_IN_FEED]
    editions = [last_edition(folder, date.fromisoformat(day)) for day in days]
    entries = [(one, f"{stem_of(one)}.html") for one in editions if one is not None]
    replace_file(folder / FEED, render_feed(title, entries))
