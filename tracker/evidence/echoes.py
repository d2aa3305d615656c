"""Which reports tell one story again: reposts keep the words, translations keep the facts.

Reposts are found by MinHash over word triples (Broder, "On the resemblance and containment of
documents", 1997) in bands, and confirmed on the triples themselves. Translations share numbers and
names within days; names are compared by their consonants, which survive script and case ending.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import combinations

import numpy as np

from tracker.reports.report import require_utc

SHINGLE_WORDS = 3
BANDS, ROWS = 32, 2
"""Two texts that share a third of their triples meet in one of the bands with 98 %."""
SAME_WORDS = 0.6
"""Share of the shorter text's triples from which it is the other text again."""
ECHO_DAYS = 3
"""A story is carried on within so many days; a figure that comes up later is another one."""
SAME_FACTS = 0.5
LEAST_NAMES = 2
"""Translations share half of the numbers and half of the names, and at least two names."""
NAMES_IN_PAIRS = 12
"""Reports without a number are looked up by pairs of so many of their names."""
MOST_FACTS = 40
"""So many numbers and names tell a story; a list of a thousand is no story."""
MOST_ALIKE = 50
"""Of more reports in one bucket, each is compared with so many before it, to stay linear."""

_PRIME = (1 << 31) - 1
_RANDOM = np.random.default_rng(1997)
_FACTORS = _RANDOM.integers(1, _PRIME, size=BANDS * ROWS, dtype=np.int64)
_OFFSETS = _RANDOM.integers(0, _PRIME, size=BANDS * ROWS, dtype=np.int64)

_WORD = re.compile(r"\w+")
_NAME = re.compile(r"[^\W\d_][\w'’ʼ-]+")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+(?!\d)|(?<!\w)\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SEPARATOR = re.compile(r"\D")
_SOUNDS = str.maketrans(
    {
        **dict.fromkeys("bpбп", "b"),
        **dict.fromkeys("vwfвфў", "v"),
        **dict.fromkeys("ghгґхx", "h"),
        **dict.fromkeys("kcqк", "k"),
        **dict.fromkeys("dtдт", "d"),
        **dict.fromkeys("szjзсцжшщч", "s"),
        "l": "l",
        "л": "l",
        "m": "m",
        "м": "m",
        "n": "n",
        "н": "n",
        "r": "r",
        "р": "r",
    }
)
"""Consonants that scripts and spellings of one name exchange, each as one sound."""
_DIGRAPHS = (("shch", "s"), ("tch", "s"), ("kh", "h"), ("ch", "s"), ("sh", "s"), ("zh", "s"))
_VOWELS = re.compile(r"[^bvhkdslmnr]")
_SOUNDS_OF_A_NAME = 3
"""What follows is often a case ending."""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """A report as far as it can be compared with others.

    Parameters
    ----------
    report_id : str
        Its id.
    text : str
        Title and text.
    published_at : datetime
        When, aware UTC.
    """

    report_id: str
    text: str
    published_at: datetime

    def __post_init__(self) -> None:
        require_utc(self.published_at, "published_at")

    @cached_property
    def shingles(self) -> frozenset[int]:
        """Hashes of its word triples, 31 bits; of a shorter text, of all its words."""
        words = _WORD.findall(self.text.casefold())
        ends = range(max(1, len(words) - SHINGLE_WORDS + 1))
        return frozenset(_hash(" ".join(words[i : i + SHINGLE_WORDS])) for i in ends if words)

    @cached_property
    def numbers(self) -> frozenset[int]:
        """Numbers of two digits and more; years left out."""
        found = (_SEPARATOR.sub("", number)[:12] for number in _NUMBER.findall(self.text))
        told = {int(n) for n in found if len(n) > 1 and not _YEAR.fullmatch(n)}
        return frozenset(sorted(told)[:MOST_FACTS])

    @cached_property
    def names(self) -> frozenset[str]:
        """Capitalised words by the sounds of their first consonants."""
        words = (word for word in _NAME.findall(self.text) if word[0].isupper())
        told = {sound for word in words if len(sound := _sound(word)) > 1}
        return frozenset(sorted(told)[:MOST_FACTS])


def echoes(tellings: Iterable[Telling]) -> list[tuple[str, ...]]:
    """Group reports that tell one story.

    Parameters
    ----------
    tellings : iterable of Telling
        Reports in any order.

    Returns
    -------
    list of tuple of str
        Ids of the reports of each group of two and more, the first published one first.
    """
    ordered = sorted(tellings, key=lambda telling: (telling.published_at, telling.report_id))
    first_of = list(range(len(ordered)))

    def root(i: int) -> int:
        while first_of[i] != i:
            first_of[i] = first_of[first_of[i]]
            i = first_of[i]
        return i

    for i, j in sorted(_candidates(ordered)):
        earlier, later = sorted((root(i), root(j)))
        if earlier != later and _one_story(ordered[i], ordered[j]):
            first_of[later] = earlier
    groups: dict[int, list[str]] = defaultdict(list)
    for i, telling in enumerate(ordered):
        groups[root(i)].append(telling.report_id)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def independent(report_ids: Iterable[str], groups: Iterable[Sequence[str]]) -> int:
    """Count the origins behind reports: those of one group are one.

    Parameters
    ----------
    report_ids : iterable of str
        Reports that say the same.
    groups : iterable of sequence of str
        As `echoes` finds them.

    Returns
    -------
    int
        How many said it by themselves.
    """
    origin = {report_id: group[0] for group in groups for report_id in group}
    return len({origin.get(report_id, report_id) for report_id in report_ids})


def _candidates(tellings: Sequence[Telling]) -> set[tuple[int, int]]:
    buckets: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for i, telling in enumerate(tellings):
        for key in _keys(telling):
            buckets[key].append(i)
    return {
        (i, j)
        for members in buckets.values()
        for position, j in enumerate(members)
        for i in members[max(0, position - MOST_ALIKE) : position]
    }


def _keys(telling: Telling) -> Iterable[tuple[object, ...]]:
    if telling.shingles:
        hashes = np.fromiter(telling.shingles, dtype=np.int64)[:, None]
        least = ((hashes * _FACTORS + _OFFSETS) % _PRIME).min(axis=0).reshape(BANDS, ROWS)
        yield from (("band", band, *row) for band, row in enumerate(least.tolist()))
    yield from (("number and name", n, name) for n in telling.numbers for name in telling.names)
    if not telling.numbers:
        yield from (
            ("names", *pair) for pair in combinations(sorted(telling.names)[:NAMES_IN_PAIRS], 2)
        )


def _one_story(first: Telling, second: Telling) -> bool:
    if abs(second.published_at - first.published_at) > timedelta(days=ECHO_DAYS):
        return False
    if first.numbers and second.numbers and not first.numbers & second.numbers:
        return False  # the same sentence with another figure is news
    return _shared(first.shingles, second.shingles) >= SAME_WORDS or _same_facts(first, second)


def _same_facts(first: Telling, second: Telling) -> bool:
    if bool(first.numbers) != bool(second.numbers):
        return False
    least = LEAST_NAMES if first.numbers else LEAST_NAMES + 1
    enough = len(first.names & second.names) >= least
    same_numbers = not first.numbers or _shared(first.numbers, second.numbers) >= SAME_FACTS
    return enough and same_numbers and _shared(first.names, second.names) >= SAME_FACTS


def _shared(
    first: frozenset[int] | frozenset[str], second: frozenset[int] | frozenset[str]
) -> float:
    smaller = min(len(first), len(second))
    return len(set(first) & set(second)) / smaller if smaller else 0.0


def _hash(words: str) -> int:
    digest = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest, "big") % _PRIME


def _sound(word: str) -> str:
    plain = word.casefold()
    for letters, sound in _DIGRAPHS:
        plain = plain.replace(letters, sound)
    return _VOWELS.sub("", plain.translate(_SOUNDS))[:_SOUNDS_OF_A_NAME]
