"""A sentence with what the tables say of its words, indexed by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate

from tracker.extraction.equipment import class_of_type
from tracker.extraction.lexicon import Lexicon, Tag
from tracker.extraction.tokens import Sentence, Token

HARD_MARKS = frozenset(";:—–")
"""Marks that end a clause."""

_OPENERS = frozenset({"compared", "whereas", "while", "тогда", "тоді"})
_CONJUNCTIONS = frozenset({"that", "что", "що"})


def _sums(flags: Sequence[bool]) -> list[int]:
    return [0, *accumulate(map(int, flags))]


def _numbered(size: int, cuts: AbstractSet[int]) -> list[int]:
    numbers, number = [], 0
    for at in range(size):
        number += at in cuts
        numbers.append(number)
    return numbers


class Tagged:
    """A sentence's tokens and tags.

    Parameters
    ----------
    sentence : Sentence
        The sentence.
    lang : str
        Its language.
    words : Lexicon
        The tables of that language.
    """

    __slots__ = (
        "_by",
        "_clauses",
        "_ending",
        "_marks",
        "_openers",
        "_relatives",
        "_segments",
        "_starting",
        "dated",
        "lang",
        "sentence",
        "spoken",
        "tokens",
        "words",
    )

    def __init__(self, sentence: Sentence, lang: str, words: Lexicon) -> None:
        self.sentence = sentence
        self.lang = lang
        self.words = words
        self.tokens: Sequence[Token] = sentence.tokens
        self.dated: frozenset[int] = frozenset()
        self.spoken: frozenset[int] = frozenset()
        self._clauses: list[int] | None = None
        self._segments: list[int] | None = None
        self._marks: tuple[list[int], list[int]] | None = None
        self._openers: tuple[list[int], list[int]] | None = None
        self._relatives: dict[int, int] | None = None
        self._by: dict[str, list[Tag]] = defaultdict(list)
        self._starting: dict[tuple[str, int], Tag] = {}
        self._ending: dict[tuple[str, int], Tag] = {}
        for tag in words.tag(self.tokens):
            category = tag.entry.category
            if category == "function" and self._is_acronym(tag):
                continue
            if category == "actor" and not self._is_capitalised(tag):
                continue
            self._by[category].append(tag)
            self._starting[category, tag.first] = tag
            self._ending[category, tag.last] = tag

    def _is_acronym(self, tag: Tag) -> bool:
        # Whether "US" is a country and not a pronoun.
        text = self.tokens[tag.first].text
        return tag.last - tag.first == 1 and len(text) > 1 and text.isascii() and text.isupper()

    def _is_capitalised(self, tag: Tag) -> bool:
        # Whether a country is written as one: "Мали", not the verb "мали"; adjectives are free.
        if tag.entry.get("sort") != "name":
            return True
        return any(token.text[0].isupper() for token in self.tokens[tag.first : tag.last])

    @property
    def names_forces(self) -> bool:
        """Whether it names forces, or people who may be forces."""
        people = any(tag.entry.get("sort") == "people" for tag in self.of("actor"))
        return people or bool(self.of("unit")) or self.names_types

    @property
    def names_types(self) -> bool:
        """Whether it names a type by its designation: "Су-35С"."""
        return any(class_of_type(token.norm) is not None for token in self.tokens)

    def of(self, category: str) -> list[Tag]:
        """List the tags of a category.

        Parameters
        ----------
        category : str
            Table.

        Returns
        -------
        list of Tag
            In order of their first token.
        """
        return self._by.get(category, [])

    def starting(self, category: str, at: int) -> Tag | None:
        """Find the tag that starts at a token.

        Parameters
        ----------
        category : str
            Table.
        at : int
            Index of the token.

        Returns
        -------
        Tag or None
            The tag.
        """
        return self._starting.get((category, at))

    def ending(self, category: str, at: int) -> Tag | None:
        """Find the tag whose last token stands before a token.

        Parameters
        ----------
        category : str
            Table.
        at : int
            Index one behind its last token.

        Returns
        -------
        Tag or None
            The tag.
        """
        return self._ending.get((category, at))

    def norm(self, at: int) -> str:
        """Read a token's normal form, empty beyond the sentence.

        Parameters
        ----------
        at : int
            Index of the token.

        Returns
        -------
        str
            Its normal form.
        """
        return self.tokens[at].norm if 0 <= at < len(self.tokens) else ""

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Turn a stretch of tokens into offsets of the text.

        Parameters
        ----------
        first, last : int
            Tokens, `last` exclusive.

        Returns
        -------
        (int, int)
            Start and end, code points.
        """
        return self.tokens[first].start, self.tokens[last - 1].end

    def clauses(self) -> list[int]:
        """Give each token the number of its clause, which a hard mark or a subordinator ends.

        Returns
        -------
        list of int
            One number per token, rising.
        """
        if self._clauses is None:
            cuts = {at + 1 for at, token in enumerate(self.tokens) if token.text in HARD_MARKS}
            for tag in self.of("function"):
                comma = self.norm(tag.first - 1) == ","
                if tag.value == "sub" and (comma or self.norm(tag.first) in _OPENERS):
                    cuts.add(tag.first)
            self._clauses = _numbered(len(self.tokens), cuts)
        return self._clauses

    def segments(self) -> list[int]:
        """Give each token the number of its stretch between commas and hard marks.

        Returns
        -------
        list of int
            One number per token, rising.
        """
        if self._segments is None:
            marks = HARD_MARKS | {","}
            cuts = {at + 1 for at, token in enumerate(self.tokens) if token.text in marks}
            self._segments = _numbered(len(self.tokens), cuts)
        return self._segments

    def follows_relative(self, at: int) -> bool:
        """Tell whether a token stands in a clause that "which" or "который" opens.

        Parameters
        ----------
        at : int
            Index of the token.

        Returns
        -------
        bool
            Whether such a word stands before it in its segment.
        """
        if self._relatives is None:
            segments = self.segments()
            self._relatives = {}
            for tag in self.of("function"):
                if tag.value == "rel" and self.norm(tag.first) not in _CONJUNCTIONS:
                    self._relatives.setdefault(segments[tag.first], tag.first)
        return self._relatives.get(self.segments()[at], at) < at

    def breaks(self, first: int, last: int) -> tuple[int, int]:
        """Count what separates two stretches.

        Parameters
        ----------
        first, last : int
            Tokens between them, `last` exclusive.

        Returns
        -------
        (int, int)
            Hard marks (semicolon, colon, dash) and commas.
        """
        if first >= last:
            return 0, 0
        if self._marks is None:
            hard = [token.text in HARD_MARKS for token in self.tokens]
            commas = [token.text == "," for token in self.tokens]
            self._marks = _sums(hard), _sums(commas)
        hard_sums, comma_sums = self._marks
        return hard_sums[last] - hard_sums[first], comma_sums[last] - comma_sums[first]

    def subordinators(self, first: int, last: int) -> tuple[int, int]:
        """Count the words between two stretches that open another clause.

        Parameters
        ----------
        first, last : int
            Tokens between them, `last` exclusive.

        Returns
        -------
        (int, int)
            Relatives ("which") and subordinators ("while").
        """
        if self._openers is None:
            relative = [False] * len(self.tokens)
            other = [False] * len(self.tokens)
            for tag in self.of("function"):
                relative[tag.first] = tag.value == "rel"
                other[tag.first] = tag.value == "sub" and tag.first > 0
            self._openers = _sums(relative), _sums(other)
        relative_sums, other_sums = self._openers
        first = min(first, last)
        return relative_sums[last] - relative_sums[first], other_sums[last] - other_sums[first]

    def sentence_text(self, first: int, last: int) -> str:
        """Read the words of a stretch of tokens, separated by single spaces.

        Parameters
        ----------
        first, last : int
            Tokens, `last` exclusive.

        Returns
        -------
        str
            The words.
        """
        return " ".join(token.text for token in self.tokens[first:last])
