"""What a source holds in one piece: an answer or files, read again only where they changed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from jobs.connector.contract import Cursor, Delivery, Piece, Reach, Source
from jobs.documents import read_document
from jobs.errors import SourceError
from jobs.fetch import Validators
from jobs.processes.parsing import parse
from tracker.errors import UnreadableInputError

MOST_BYTES = 64_000_000
"""Largest table or map read in one piece."""
MOST_REMEMBERED = 20_000
"""Records of a list whose ids are remembered, to notice which are gone."""


def payloads(
    source: Source,
    reach: Reach,
    cursor: Cursor,
    *,
    endings: Collection[str],
    address: str | None = None,
) -> Iterator[tuple[Piece, dict[str, Any]]]:
    """Get what changed since it was last read.

    Parameters
    ----------
    source : Source
        `path` names a file, or a folder whose files with these endings are read; else `address`.
    reach : Reach
        Network and files.
    cursor : Cursor
        What was kept last time, by file name or address.
    endings : collection of str
        Endings of the files that count in a folder, in lower case.
    address : str, optional
        Address to fetch instead of the source's own.

    Yields
    ------
    tuple of Piece and dict
        The bytes, and what is to be kept of them: `sha256`, and validators of an answer. Nothing
        where nothing changed.

    Raises
    ------
    SourceError
        Where a file is too large.
    """
    if source.settings.path is None:
        yield from _fetched(reach, cursor, address or source.address)
        return
    for file, name in files_of(reach.path(source), endings):
        if file.stat().st_size > MOST_BYTES:
            raise SourceError(source.name, f"{name} has more than {MOST_BYTES / 1e6:g} MB.")
        content = file.read_bytes()
        kept = {"sha256": hashlib.sha256(content).hexdigest()}
        if (cursor.get(name) or {}).get("sha256") != kept["sha256"]:
            yield Piece.of_file(name, content), kept


def _fetched(reach: Reach, cursor: Cursor, address: str) -> Iterator[tuple[Piece, dict[str, Any]]]:
    before = cursor.get(address) or {}
    known = Validators.of(before)
    answer = reach.fetcher.fetch(address, validators=known, most_bytes=MOST_BYTES)
    if answer.is_unchanged:
        return
    kept = {"sha256": hashlib.sha256(answer.content).hexdigest(), **answer.validators.kept()}
    if before.get("sha256") != kept["sha256"]:
        yield Piece.of_answer(answer), kept


def files_of(path: Path, endings: Collection[str]) -> Iterator[tuple[Path, str]]:
    """List the files that a path names.

    Parameters
    ----------
    path : Path
        A file, or a folder.
    endings : collection of str
        Endings that count in a folder, in lower case; a file that is named always counts.

    Yields
    ------
    tuple of Path and str
        The file, and its name below the folder; hidden files and links are left alone, and what
        is no file: a device or a pipe never ends.

    Raises
    ------
    UnreadableInputError
        Where the path itself is a device or a pipe.
    """
    if not path.is_dir():
        if path.exists() and not path.is_file():
            raise UnreadableInputError(f"{path} is neither a file nor a folder.")
        yield path, path.name
        return
    for file in sorted(path.rglob("*")):
        relative = file.relative_to(path)
        is_hidden = any(part.startswith(".") for part in relative.parts)
        if file.suffix.lower() in endings and not is_hidden and _is_plain(file):
            yield file, relative.as_posix()


def _is_plain(file: Path) -> bool:
    return file.is_file() and not file.is_symlink()


def ids_gone(
    kept: dict[str, Any], before: Any, ids: Sequence[str], *, is_complete: bool
) -> tuple[str, ...]:
    """Tell which records a list no longer has, and remember those that it has.

    Parameters
    ----------
    kept : dict
        What is to be kept of the list; `ids` is added to it.
    before : Any
        What was kept last time.
    ids : sequence of str
        Ids of its records now.
    is_complete : bool
        Whether every record could be read: one that could not is not gone.

    Returns
    -------
    tuple of str
        Ids that it had and has no more; none for lists beyond `MOST_REMEMBERED`.
    """
    if len(ids) > MOST_REMEMBERED:
        return ()
    known = set(before.get("ids", ())) if isinstance(before, dict) else set()
    if not is_complete:
        kept["ids"] = sorted(known | set(ids))
        return ()
    kept["ids"] = sorted(set(ids))
    return tuple(sorted(known - set(ids)))


def read_piece(piece: Piece) -> Delivery:
    """Read a piece as what it turns out to be: a page, a feed, a text.

    Parameters
    ----------
    piece : Piece
        The piece; the name of a file and the content type of an answer say what it is.

    Returns
    -------
    Delivery
        Its documents, or the sentence that says why it cannot be read.
    """
    try:
        reading = parse(
            read_document,
            piece.content,
            name=piece.name,
            address=piece.address,
            content_type=piece.headers.get("content-type"),
        )
    except UnreadableInputError as error:
        return Delivery(piece=piece, rejected=(str(error),))
    return Delivery(piece=piece, documents=reading.documents, rejected=reading.rejected)
