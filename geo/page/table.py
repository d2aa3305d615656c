"""Pack columns for the page: typed arrays, delta and byte shuffle, gzip, base64.

Arrow, Parquet and FlatGeobuf made larger pages and need a reader in the page; the shuffle (bytes of
equal weight side by side, as in Blosc and HDF5) lets gzip see the runs in the high bytes.
"""

import base64
import gzip
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

_DIGITS, _MOST_DIGITS = "0123456789", 9
_NO_NUMBER = -1

TIGHT, QUICK = 9, 6
LARGE_BYTES = 5_000_000
"""Beyond this, the tightest packing of gzip takes ten times as long for one per cent."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Columns of one payload of the page.

    ``numbers`` are int32 or float32 arrays of any length each; those named in ``delta`` are
    stored as differences (sorted times, coordinates along a line). ``texts`` are columns of
    strings, stored as a dictionary and codes into it; where most of them differ, the numbers at
    their ends (``post/4711``) are stored as numbers.
    """

    numbers: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    delta: Collection[str] = ()

    def pack(self) -> str:
        """Encode the columns.

        Returns
        -------
        str
            base64 of gzip of: length of the header (uint32, little-endian), header (JSON in UTF-8),
            one block of bytes per column.
        """
        columns: list[dict[str, Any]] = []
        dictionaries: dict[str, list[str]] = {}
        blocks: list[bytes] = []
        at = 0
        for name, values, is_delta in self._columns(dictionaries):
            kind = "f4" if values.dtype.kind == "f" else "i4"
            block = _shuffled(values.astype(f"<{kind}"), delta=is_delta)
            entry = {"name": name, "type": kind, "at": at, "length": len(values), "delta": is_delta}
            columns.append(entry)
            blocks.append(block)
            at += len(block)
        header = {"columns": columns, "texts": dictionaries}
        head = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode(
            "utf-8", "replace"
        )
        packed = len(head).to_bytes(4, "little") + head + b"".join(blocks)
        level = TIGHT if len(packed) <= LARGE_BYTES else QUICK
        return base64.b64encode(gzip.compress(packed, level, mtime=0)).decode("ascii")

    def _columns(self, dictionaries: dict[str, list[str]]) -> list[tuple[str, NDArray[Any], bool]]:
        columns = [(name, values, name in self.delta) for name, values in self.numbers.items()]
        for name, strings in self.texts.items():
            codes, dictionaries[name] = coded(strings)
            one_by_one = len(dictionaries[name]) > len(codes) // 2
            columns.append((name, codes, one_by_one))
            if one_by_one:
                stems, tails = _numbered(dictionaries[name])
                stem_codes, dictionaries[name] = coded(stems)
                columns += [(f"{name}#stem", stem_codes, False), (f"{name}#tail", tails, False)]
        return columns


def coded(strings: Sequence[str]) -> tuple[NDArray[np.int32], list[str]]:
    """Replace strings by their place in a dictionary.

    Parameters
    ----------
    strings
        Strings, repeated or not.

    Returns
    -------
    tuple[NDArray[np.int32], list[str]]
        One code per string, and the distinct strings in the order of their first appearance.
    """
    place: dict[str, int] = {}
    codes = [place.setdefault(text, len(place)) for text in strings]
    return np.array(codes, np.int32), list(place)


def _numbered(words: Sequence[str]) -> tuple[list[str], NDArray[np.int32]]:
    digits = [_trailing_number(word) for word in words]
    stems = [word[: len(word) - len(end)] for word, end in zip(words, digits, strict=True)]
    return stems, np.array([int(end) if end else _NO_NUMBER for end in digits], np.int32)


def _trailing_number(word: str) -> str:
    # At most nine digits fit an int32; zeros before a number are no part of it.
    end = word[len(word.rstrip(_DIGITS)) :]
    return end[-_MOST_DIGITS:].lstrip("0") or end[-1:]


def _shuffled(values: NDArray[Any], *, delta: bool) -> bytes:
    if delta and len(values):
        bits = values.view("<i4")
        with np.errstate(over="ignore"):
            steps = np.diff(bits, prepend=np.int32(0)).astype("<i4")
            # Zigzag: small steps of either sign have empty high bytes.
            values = (steps << 1) ^ (steps >> 31)
    return values.view(np.uint8).reshape(-1, 4).T.tobytes()
