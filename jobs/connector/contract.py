"""What a connector is: one module that reads one kind of source, and what it is given and gives.

A connector is found by its entry point in the group `tracker.connectors`, whose value is a module
(or any object) with the two names of `Connector`. Those that come with the package are found in
the same way.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from ssl import SSLContext
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict

from jobs.documents import Document, Origin
from jobs.errors import CredentialError, JobError, SourceError
from jobs.fetch import Answer, Fetcher
from jobs.settings.secret import read_secret
from jobs.settings.sources import SourceSettings
from tracker import clock

Cursor = Mapping[str, Any]
"""Where the next reading goes on: JSON values, as the connector that wrote them understands."""


class ConnectorOptions(BaseModel):
    """What a connector asks for in `[sources.NAME.options]`; every key is checked."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A source that was checked and can be read.

    Parameters
    ----------
    name : str
        Its name in `tracker.toml`.
    settings : SourceSettings
        What is said there.
    options : ConnectorOptions
        The options, as its connector checked them.
    """

    name: str
    settings: SourceSettings
    options: Any

    @property
    def address(self) -> str:
        """Address of the source.

        Raises
        ------
        SourceError
            Where none is given.
        """
        if self.settings.address is None:
            raise SourceError(self.name, "it needs an address in tracker.toml.")
        return self.settings.address


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One record of a table, its cells named as the claims CSV names its columns.

    Parameters
    ----------
    where : str
        Where it stands, for messages: "row 13".
    cells : Mapping of str to str
        Cells by column; what is left out is not stated. `id` is the source's own id of the record.
    """

    where: str
    cells: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece(Origin):
    """Raw bytes of a source; they are archived before anything else is done with what they hold.

    Where they came from stands beside them, as in every `Origin`.

    Parameters
    ----------
    content : bytes
        The bytes.
    """

    content: bytes

    @classmethod
    def of_answer(cls, answer: Answer) -> Piece:
        """Take what a server sent.

        Parameters
        ----------
        answer : Answer
            The answer.

        Returns
        -------
        Piece
            Its bytes with their facts.
        """
        return cls(
            content=answer.content,
            name=answer.address,
            captured_at=answer.fetched_at,
            address=answer.address,
            status=answer.status,
            headers=answer.headers,
        )

    @classmethod
    def of_file(cls, name: str, content: bytes) -> Piece:
        """Take what a file holds.

        Parameters
        ----------
        name : str
            What to call it.
        content : bytes
            Its bytes.

        Returns
        -------
        Piece
            The same with the time of reading.
        """
        return cls(content=content, name=name, captured_at=clock.now())


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """What could be read in one piece of a source.

    Parameters
    ----------
    piece : Piece or None
        The bytes; None where there are only failures to tell of, or a cursor to keep.
    documents : tuple of Document
        Reports that they hold.
    rows : tuple of Row
        Coded records that they hold.
    gone : tuple of str
        Addresses or own ids of reports that should be in them and no longer are.
    rejected : tuple of str
        One sentence for each part that could not be read, while the others could.
    notes : tuple of str
        What is worth knowing.
    cursor : Mapping or None
        Where to go on once this is stored; None leaves it as it is.
    """

    piece: Piece | None = None
    documents: tuple[Document, ...] = ()
    rows: tuple[Row, ...] = ()
    gone: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    cursor: Cursor | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """What a connector may touch: the network through one client, files below one folder, secrets.

    Parameters
    ----------
    fetcher : Fetcher
        The client, bounded as the source's settings say.
    folder : Path
        Folder of the workspace; paths of sources are relative to it.
    environment : Callable
        Looks up an environment variable.
    known : Callable
        Tells whether a report of this address is in the workspace already.
    tls : SSLContext, optional
        Which certificates mail servers may show; those of the system's authorities by default.
    """

    fetcher: Fetcher
    folder: Path
    environment: Callable[[str], str | None] = os.environ.get
    known: Callable[[str], bool] = lambda _: False
    tls: SSLContext | None = None

    def path(self, source: Source) -> Path:
        """Say where the file or folder of a source lies.

        Parameters
        ----------
        source : Source
            The source.

        Returns
        -------
        Path
            An existing file or folder.

        Raises
        ------
        SourceError
            Where none is given, or nothing is there.
        """
        if source.settings.path is None:
            raise SourceError(source.name, "it needs a path in tracker.toml.")
        path = self.folder / source.settings.path
        if not path.exists():
            raise SourceError(source.name, f"there is no {path}; mend 'path' in tracker.toml.")
        return path

    def secret(self, source: Source, name: str) -> str:
        """Read a password or a key.

        Parameters
        ----------
        source : Source
            The source that it belongs to.
        name : str
            Its name in the source's `credentials`.

        Returns
        -------
        str
            The secret, without white space around it. It is for the wire alone: never for a log,
            a message, an archived header.

        Raises
        ------
        CredentialError
            Where it is not named, not there, or others than the owner may read its file.
        """
        credential = source.settings.credentials.get(name)
        if credential is None:
            raise CredentialError(
                source.name, name, f"add it under sources.{source.name}.credentials"
            )
        try:
            return read_secret(credential, self.folder, self.environment)
        except JobError as error:
            raise CredentialError(source.name, name, str(error)) from None


class Connector(Protocol):
    """One kind of source: a module with these two names."""

    @property
    def Options(self) -> type[ConnectorOptions]:  # noqa: N802 - a class in the module
        """Class of the options under `[sources.NAME.options]`."""
        ...

    @property
    def read(self) -> Callable[[Source, Reach, Cursor], Iterator[Delivery]]:
        """Read what is new since the cursor: each delivery is stored before the next is asked for.

        A part that cannot be read goes into `Delivery.rejected` beside what can; `SourceError` and
        `FetchError` end the reading, and what was delivered before stays.
        """
        ...
