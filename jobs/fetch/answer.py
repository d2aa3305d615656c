"""What a server sent, and what to tell it the next time so that it need not send it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

UNCHANGED = 304
"""Status of an answer without a body: what the validators name is still what there is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Validators:
    """What a server said of a version, to ask whether it is still the one (RFC 9110, section 13).

    Parameters
    ----------
    etag, last_modified : str or None
        Values of the headers of these names.
    """

    etag: str | None = None
    last_modified: str | None = None

    @classmethod
    def of(cls, said: Mapping[str, object]) -> Self:
        """Take them from headers, or from a cursor that kept them.

        Parameters
        ----------
        said : Mapping of str to object
            Values under `etag` and `last-modified`; what is no text counts as not there.

        Returns
        -------
        Validators
            Empty where nothing was said.
        """
        etag, last_modified = said.get("etag"), said.get("last-modified")
        return cls(
            etag=etag if isinstance(etag, str) else None,
            last_modified=last_modified if isinstance(last_modified, str) else None,
        )

    def kept(self) -> dict[str, str]:
        """Give what a cursor has to keep.

        Returns
        -------
        dict of str to str
            `etag` and `last-modified`, where they are known.
        """
        said = {"etag": self.etag, "last-modified": self.last_modified}
        return {name: value for name, value in said.items() if value}

    def asked(self) -> dict[str, str]:
        """Give the headers of a conditional request.

        Returns
        -------
        dict of str to str
            Empty where nothing is known.
        """
        said = {"if-none-match": self.etag, "if-modified-since": self.last_modified}
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a server sent.

    Parameters
    ----------
    address : str
        Where it came from in the end.
    status : int
        HTTP status, of success; 304 only where validators were given.
    headers : Mapping of str to str
        Headers worth keeping, names in lower case.
    content : bytes
        The body, its transfer compression undone; empty with 304.
    fetched_at : datetime
        When, aware UTC.
    """

    address: str
    status: int
    headers: Mapping[str, str]
    content: bytes
    fetched_at: datetime

    @property
    def is_unchanged(self) -> bool:
        """Whether it is still what the validators name."""
        return self.status == UNCHANGED

    @property
    def validators(self) -> Validators:
        """What to tell the server the next time."""
        return Validators.of(self.headers)
