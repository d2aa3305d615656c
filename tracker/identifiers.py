"""Ids as hashes of content, so that ingesting the same thing twice names the same thing."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import TypeAlias

ID_HEX_DIGITS = 20
"""Hex digits kept of SHA-256: 80 bits, a collision among 10^9 ids has probability below 10^-6."""

Part: TypeAlias = str | int | float | bool | datetime | None


def content_id(prefix: str, *parts: Part) -> str:
    """Hash parts into an id.

    Parameters
    ----------
    prefix : str
        One letter that tells what the id names: `r` report, `v` version, `c` claim, `p` placed
        claim, `m` movement leg, `j` judgement.
    *parts : str, int, float, bool, datetime or None
        What the id depends on. Order matters; parts are kept apart, so ("ab", "c") and
        ("a", "bc") differ.

    Returns
    -------
    str
        `<prefix>-<20 hex digits>`.
    """
    plain = [part.isoformat() if isinstance(part, datetime) else part for part in parts]
    digest = hashlib.sha256(_written(plain).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prefix}-{digest[:ID_HEX_DIGITS]}"


_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
