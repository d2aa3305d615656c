"""A report as far as it can be compared with others: its words, its names, its numbers.

Reposts keep the words, which MinHash finds (Broder, "On the resemblance and containment of
documents", 1997). Translations keep the facts: numbers, and names by their consonants, which
survive script and case ending.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from tracker.evidence.spoken_numbers import spoken_numbers
from tracker.reports.report import require_utc

SHINGLE_WORDS = 3
BANDS, ROWS = 32, 2
"""Two texts that share a third of their triples meet in one of the bands with 98 %."""
MOST_WORDS = 2_000
"""So much of a text is compared."""
SMALL = 10
"""Numbers below are often left out or put otherwise in a translation: they only add weight."""
MOST_FACTS = 40
"""So many numbers and names tell a story; a list of a thousand is no story."""
FACT_KEYS = 24
"""Least hashes of a text's pairs of facts, by which others with the same facts are looked up."""

_PRIME = (1 << 31) - 1
_RANDOM = np.random.default_rng(1997)
_FACTORS = _RANDOM.integers(1, _PRIME, size=BANDS * ROWS, dtype=np.int64)
_OFFSETS = _RANDOM.integers(0, _PRIME, size=BANDS * ROWS, dtype=np.int64)

_WORD = re.compile(r"\w+")
_NAME = re.compile(r"[^\W\d_][\w'’ʼ-]+")
_SOUND_LETTERS = {
    "b": "bpбп",
    "v": "vwfвфў",
    "h": "ghгґхx",
    "k": "kcqк",
    "d": "dtдт",
    "s": "szjзсцжшщч",
    "l": "lл",
    "m": "mм",
    "n": "nн",
    "r": "rр",
}
_SOUNDS = str.maketrans(
    {letter: sound for sound, letters in _SOUND_LETTERS.items() for letter in letters}
)
"""Consonants that scripts and spellings of one name exchange, each as one sound."""
_DIGRAPHS = (
    *(("shch", "s"), ("tch", "s"), ("dzh", "s"), ("дж", "s"), ("дз", "s"), ("ts", "s")),
    *(("kh", "h"), ("ch", "s"), ("sh", "s"), ("zh", "s"), ("dj", "s")),
)
_VOWELS = re.compile(r"[^bvhkdslmnr]")
_SOUNDS_OF_A_NAME = 3
"""What follows is often a case ending."""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One wording of a report, to be compared with others.

    Parameters
    ----------
    id : str
        What it is known by.
    text : str
        Title and text.
    published_at : datetime
        When, aware UTC.
    """

    id: str
    text: str
    published_at: datetime

    def __post_init__(self) -> None:
        require_utc(self.published_at, "published_at")

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words in order, letter case aside, at most `MOST_WORDS`."""
        return tuple(_WORD.findall(self.text.casefold())[:MOST_WORDS])

    @cached_property
    def all_numbers(self) -> frozenset[int]:
        """Numbers that it tells, years left out."""
        return frozenset(sorted(spoken_numbers(self.text), reverse=True)[:MOST_FACTS])

    @cached_property
    def numbers(self) -> frozenset[int]:
        """Numbers from `SMALL` on."""
        return frozenset(number for number in self.all_numbers if number >= SMALL)

    @cached_property
    def names(self) -> frozenset[str]:
        """Capitalised words by the sounds of their first consonants."""
        words = (word for word in _NAME.findall(self.text) if word[0].isupper())
        told = {sound for word in words if len(sound := _sound(word)) > 1}
        return frozenset(sorted(told)[:MOST_FACTS])

    @cached_property
    def keys(self) -> frozenset[int]:
        """Whole numbers of 63 bits; tellings of one story have one in common.

        One for each band of its MinHash, and `FACT_KEYS` at most for its pairs of number and
        name, or of two names where it tells no number.
        """
        bands = {
            _hash(f"band {band} {row}") >> 1 for band, row in enumerate(_minhash(self._shingles))
        }
        return frozenset(bands | set(sorted(_hash(pair) >> 1 for pair in self._pairs)[:FACT_KEYS]))

    @property
    def _shingles(self) -> set[int]:
        ends = range(max(1, len(self.words) - SHINGLE_WORDS + 1))
        triples = (" ".join(self.words[i : i + SHINGLE_WORDS]) for i in ends if self.words)
        return {_hash(triple) % _PRIME for triple in triples}

    @property
    def _pairs(self) -> Iterable[str]:
        if self.numbers:
            return (f"{number} {name}" for number in self.numbers for name in self.names)
        return (f"{one} {other}" for one, other in combinations(sorted(self.names), 2))


def _minhash(shingles: Iterable[int]) -> list[list[int]]:
    hashes: NDArray[np.int64] = np.array(sorted(shingles), dtype=np.int64)[:, None]
    if not len(hashes):
        return []
    least = ((hashes * _FACTORS + _OFFSETS) % _PRIME).min(axis=0)
    rows: list[list[int]] = least.reshape(BANDS, ROWS).tolist()
    return rows


def _hash(words: str) -> int:
    digest = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def _sound(word: str) -> str:
    plain = word.casefold()
    for letters, sound in _DIGRAPHS:
        plain = plain.replace(letters, sound)
    return _VOWELS.sub("", plain.translate(_SOUNDS))[:_SOUNDS_OF_A_NAME]
