"""Packing of columns: what the page unpacks is what went in."""

from __future__ import annotations

import base64
import gzip
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.page.table import Table, coded


def unpacked(packed: str) -> tuple[dict[str, np.ndarray], dict[str, list[str]]]:
    """Read a table back, column by column, as the page script does."""
    raw = gzip.decompress(base64.b64decode(packed))
    length = int.from_bytes(raw[:4], "little")
    header = json.loads(raw[4 : 4 + length])
    columns = {}
    for column in header["columns"]:
        at = 4 + length + column["at"]
        block = np.frombuffer(raw[at : at + 4 * column["length"]], np.uint8)
        words = block.reshape(4, -1).T.copy().view("<i4").ravel()
        words = undelta(words) if column["delta"] else words
        columns[column["name"]] = words.view("<f4") if column["type"] == "f4" else words
    return columns, {name: joined(name, words, columns) for name, words in header["texts"].items()}


def undelta(words: np.ndarray) -> np.ndarray:
    """Undo zigzag and differences."""
    steps = (words.view(np.uint32) >> 1).view(np.int32) ^ -(words & 1)
    return np.cumsum(steps, dtype=np.int32)


def joined(name: str, words: list[str], columns: dict[str, np.ndarray]) -> list[str]:
    """Put numbers back at the ends of words."""
    if f"{name}#stem" not in columns:
        return words
    ends = zip(columns[f"{name}#stem"], columns[f"{name}#tail"], strict=True)
    return [words[stem] + (str(tail) if tail >= 0 else "") for stem, tail in ends]


@pytest.mark.parametrize("delta", [(), ("a",)])
@given(values=arrays(np.int32, st.integers(0, 60)))
def test_whole_numbers_come_back(values, delta):
    """Any int32 column is unchanged by delta, shuffle and compression."""
    columns, _ = unpacked(Table(numbers={"a": values}, delta=delta).pack())
    assert np.array_equal(columns["a"], values)


@given(values=arrays(np.float32, st.integers(0, 60)))
def test_floating_numbers_come_back(values):
    """Any float32 column is unchanged, NaN and infinity included."""
    columns, _ = unpacked(Table(numbers={"a": values}).pack())
    assert np.array_equal(columns["a"].view(np.int32), values.view(np.int32))


@given(words=st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_texts_come_back(words):
    """Any strings are found again through their codes."""
    columns, texts = unpacked(Table(texts={"a": words}).pack())
    assert [texts["a"][code] for code in columns["a"]] == words


def test_equal_tables_have_equal_bytes():
    """Packing the same columns twice gives the same text, so pages can be compared."""
    table = Table(numbers={"a": np.arange(9)}, texts={"b": ["x", "y"]})
    assert table.pack() == table.pack()


def test_codes_follow_the_first_appearance():
    """The dictionary of a column keeps the order in which strings appear."""
    codes, words = coded(["b", "a", "b"])
    assert codes.tolist() == [0, 1, 0]
    assert words == ["b", "a"]
