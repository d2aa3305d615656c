"""Articles: pages by their addresses, or saved pages and texts by their files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import Field

from jobs.connector import ConnectorOptions, Cursor, Delivery, Piece, Reach, Source
from jobs.connector.payload import read_piece
from jobs.documents import MOST_BYTES
from jobs.errors import FetchError, SourceError
from jobs.fetch import Validators

NEEDS = ("address", "path")
ENDINGS = frozenset({".txt", ".md", ".html", ".htm", ".xhtml"})


class Options(ConnectorOptions):
    """Addresses beside the one of the source."""

    addresses: tuple[str, ...] = Field((), max_length=1_000, description="More addresses.")


def read(source: Source, reach: Reach, cursor: Cursor) -> Iterator[Delivery]:
    """Read the pages and files that changed since they were last read.

    Parameters
    ----------
    source : Source
        `address` and `options.addresses` name pages, `path` a file or a folder of files.
    reach : Reach
        Network and files.
    cursor : Cursor
        Validators by address, hashes by file.

    Yields
    ------
    Delivery
        One per page or file; one that cannot be had is rejected beside the others.

    Raises
    ------
    SourceError
        Where no page at all can be had.
    """
    seen: dict[str, Any] = dict(cursor)
    first = (source.settings.address,) if source.settings.address else ()
    addresses = (*first, *source.options.addresses)
    failures = []
    for address in addresses:
        try:
            yield from _page(reach, address, seen)
        except FetchError as error:
            failures.append(str(error))
    if addresses and len(failures) == len(addresses):
        raise SourceError(source.name, " ".join(failures[:3]))
    if failures:
        yield Delivery(rejected=tuple(failures))
    if source.settings.path is not None:
        yield from _files(reach.path(source), seen)


def _page(reach: Reach, address: str, seen: dict[str, Any]) -> Iterator[Delivery]:
    known = Validators.of(seen.get(address) or {})
    answer = reach.fetcher.fetch(address, validators=known)
    if answer.is_unchanged:
        return
    seen[address] = answer.validators.kept()
    yield replace(read_piece(Piece.of_answer(answer)), cursor=dict(seen))


def _files(path: Path, seen: dict[str, Any]) -> Iterator[Delivery]:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in files:
        is_hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if path.is_dir() and (file.suffix.lower() not in ENDINGS or is_hidden or file.is_symlink()):
            continue
        name = file.relative_to(path).as_posix() if path.is_dir() else file.name
        if file.stat().st_size > MOST_BYTES:
            yield Delivery(rejected=(f"{name}: it has more than 8 MB.",))
            continue
        content = file.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if seen.get(name) == {"sha256": digest}:
            continue
        seen[name] = {"sha256": digest}
        yield replace(read_piece(Piece.of_file(name, content)), cursor=dict(seen))
