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


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Columns of one payload of the page.

    ``numbers`` are int32 or float32 arrays of any length each; those named in ``delta`` are
    stored as differences (sorted times, coordinates along a line). ``texts`` are columns of
    strings, stored as a dictionary and codes into it.
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
        return base64.b64encode(gzip.compress(packed, 6, mtime=0)).decode("ascii")

    def _columns(self, dictionaries: dict[str, list[str]]) -> list[tuple[str, NDArray[Any], bool]]:
        columns = [(name, values, name in self.delta) for name, values in self.numbers.items()]
        for name, strings in self.texts.items():
            codes, dictionaries[name] = coded(strings)
            one_by_one = len(dictionaries[name]) > len(codes) // 2
            columns.append((name, codes, one_by_one))
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


def _shuffled(values: NDArray[Any], *, delta: bool) -> bytes:
    if delta and len(values):
        bits = values.view("<i4")
        with np.errstate(over="ignore"):
            values = np.diff(bits, prepend=np.int32(0)).astype("<i4")
    return values.view(np.uint8).reshape(-1, 4).T.tobytes()
