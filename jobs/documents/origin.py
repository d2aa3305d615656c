"""Where bytes came from: what an archive keeps of a fetch or a file beside the bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Where bytes came from.

    Parameters
    ----------
    name : str
        What to call them: an address, a file's name, or its path below the folder that was named.
    captured_at : datetime
        When, aware UTC.
    address : str or None
        Address that they were fetched from; None for a file.
    status : int or None
        HTTP status of a fetch.
    headers : Mapping of str to str
        Headers of a fetch, names in lower case.
    """

    name: str
    captured_at: datetime
    address: str | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
