"""The word tables of one language, compiled so that a sentence is looked up in one pass.

A phrase is words separated by spaces; `stem*` stands for the stem with any ending of the language
(inflection without a dictionary). The tables are `lexicon/<category>.csv` with the columns
`lang, phrases` (separated by `|`) and `value`, and further columns of their own.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from tracker.extraction.equipment import class_of_type
from tracker.extraction.tokens import Sentence, Token, norm_of, tokenize

LANGUAGES = ("en", "ru", "uk")
CATEGORIES = (
    "unit",
    "cue",
    "qualifier",
    "number",
    "predicate",
    "status",
    "say",
    "speaker",
    "time",
    "role",
    "place",
    "mode",
    "function",
    "exclusion",
    "actor",
)
_LATIN_ENDINGS = "s es ed d e ing y ies ied"
_CYRILLIC_ENDINGS = (
    "а у о е ы и і ї й ь я ю є ом ем ям ам ой ей ею ою єю ов ев ів їв ах ях ами ями ам ями ий ый "
    "ая яя ое ее ые ие ого его ому ему им ым їм ою ую юю их ых їх ими ыми їми ій ої ії ію ія ии "
    "ий ия ием ию ям ення енні ень еня енем "
    "л ла ло ли в ил ила или ило ал ала али ало ял яла яли яло ел ела ели ело ив ила или ило ав "
    "ала али ало яв яла яли ел ли ула ули ул ув нув нула нули нуло нул нуть нути "
    "ет ем ит им ут ют ят ат ает ают аем яет яют яем ует уют ится ется утся ются ятся атся ается "
    "аются яется яются уется уются ть ти ить ать ять еть уть ите іть ти ити ати яти іти увати "
    "овать ывать ивать ється ються иться яться аться ується уються ає ають аємо яє яють ує ують "
    "уємо імо емо ить ять ють ься увала ували увало тиме тимуть атиме атимуть ятиме ятимуть итиме "
    "итимуть уватиме уватимуть лась лся лось лись илась ился илось ились алась ался алось ались "
    "ялась ялся ялось ялись ась ся ось ись вся ся ись ися ася ося ився илася илося илися "
    "авася авсь алася "
    "алося алися явся ялася ялося ялися сь "
    "н на но ны ни ні ен ена ено ены ені ан ана ано аны ані ян яна яно яны яні ений ена ене ені "
    "енный енная енное енные енных анный анная анные анных аний ана ане ані аних ених нный нная "
    "ении ение ению ением ения ений енні енню енням ення ень ован ована овано овані ованы ованных "
    "ованные ованих овал овала овали овав "
    "нные нных нного ного ным ним ной ную ных них ными ними ная ний ный ное ные ні ної ної "
    "т та ты ті то тый тые ті тих тых "
    "вший вшая вшие вших вшего вшем вшую ший шие ших шая ющий ющая ющие ющих ющую ущий ущие ущих "
    "ящий ящие ящих ащий ащие ащих ючи ачи ячи учи вши ши "
    "ак ок ек ків ки ка ку ке ці ками ках кам ец ца цы цев цам ець ці ців цю цем цями ик ика ики "
    "иков ики иків ник ника ники ників никам ии ией иям иями иях єм ьом ві еві ові"
)
ENDINGS = frozenset((_LATIN_ENDINGS + " " + _CYRILLIC_ENDINGS).split())
LONGEST_ENDING = max(map(len, ENDINGS))
_MOST_WORDS_KEPT = 200_000
_LONGEST_PHRASE = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One row of a table.

    Parameters
    ----------
    category : str
        Table that it stands in.
    value : str
        What the phrase means.
    more : Mapping of str to str
        Further columns.
    """

    category: str
    value: str
    more: Mapping[str, str] = field(default_factory=dict)

    def get(self, column: str) -> str:
        """Read a further column, empty where the table leaves it open.

        Parameters
        ----------
        column : str
            Name of the column.

        Returns
        -------
        str
            Its text.
        """
        return self.more.get(column, "")


class Tag(NamedTuple):
    """An entry found in a sentence.

    Parameters
    ----------
    entry : Entry
        The row.
    first, last : int
        Tokens that it covers, `last` exclusive.
    ending : str
        Ending of its last inflected word, empty where none.
    head : int
        Token of its last inflected word, else its last token.
    """

    entry: Entry
    first: int
    last: int
    ending: str
    head: int

    @property
    def value(self) -> str:
        """What the phrase means."""
        return self.entry.value


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def opens(self) -> Iterator[Entry]:
        # Go through the entries of all phrases from here on.
        yield from self.entries
        for child in self.children.values():
            yield from child.opens()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Word:
    """What the tables say of one word: phrases that it is, and phrases that it opens."""

    readings: tuple[tuple[str, str], ...]
    alone: tuple[tuple[Entry, str], ...]
    opens: tuple[tuple[_Node, str], ...]
    counts: bool


class Lexicon:
    """All tables of one language.

    Parameters
    ----------
    rows : iterable of (phrase, Entry)
        What it knows.
    """

    def __init__(self, rows: Iterable[tuple[str, Entry]]) -> None:
        self._root = _Node()
        self._atoms: set[str] = set()
        self._words: dict[str, _Word] = {}
        self._quiet: set[str] = set()
        for phrase, entry in rows:
            self._add(phrase, entry)

    def _add(self, phrase: str, entry: Entry) -> None:
        node = self._root
        for part in phrase.split():
            atom = part if part.endswith("*") else "".join(t.norm for t in tokenize(part))
            self._atoms.add(atom)
            node = node.children.setdefault(atom, _Node())
        node.entries.append(entry)

    def _read(self, word: str) -> tuple[tuple[str, str], ...]:
        # Split a word into stem and ending in every way that the tables know.
        found = [(word, "")] if word in self._atoms else []
        for cut in range(len(word), max(1, len(word) - LONGEST_ENDING - 1), -1):
            stem = word[:cut] + "*"
            if stem in self._atoms and (cut == len(word) or word[cut:] in ENDINGS):
                found.append((stem, word[cut:]))
        return tuple(found)

    def _word(self, norm: str) -> _Word:
        known = self._words.get(norm)
        if known is not None:
            return known
        readings = self._read(norm)
        alone: dict[str, tuple[Entry, str]] = {}
        opens = []
        nodes = []
        for atom, ending in readings:
            node = self._root.children.get(atom)
            if node is not None:
                nodes.append(node)
                for entry in node.entries:
                    alone.setdefault(entry.category, (entry, ending))
                if node.children:
                    opens.append((node, ending))
        word = _Word(
            readings=readings,
            alone=tuple(alone.values()),
            opens=tuple(opens),
            counts=class_of_type(norm) is not None
            or any(_counts(entry) for node in nodes for entry in node.opens()),
        )
        if len(self._words) >= _MOST_WORDS_KEPT:
            self._words.clear()
        self._words[norm] = word
        return word

    def number(self, word: str) -> float | None:
        """Read a number word, for those that a hyphen joins: "пять-шесть".

        Parameters
        ----------
        word : str
            One word, in its normal form.

        Returns
        -------
        float or None
            What it counts; None where it is no number word or a vague one.
        """
        for entry, _ in self._word(word).alone:
            if entry.category == "number" and entry.get("sort") in {"word", "scale"}:
                return float(entry.value)
        return None

    def is_about_forces(self, sentence: Sentence) -> bool:
        """Tell at a glance whether a sentence may name forces or what belongs to them.

        Parameters
        ----------
        sentence : Sentence
            A sentence, which is not cut into tokens for it.

        Returns
        -------
        bool
            False where no word of the tables of forces is in it.
        """
        for word in set(sentence.written).difference(self._quiet):
            norm = norm_of(word)
            if norm is None or self._word(norm).counts:
                return norm is not None or any(self._word(t.norm).counts for t in sentence.tokens)
            if len(self._quiet) >= _MOST_WORDS_KEPT:
                self._quiet.clear()
            self._quiet.add(word)
        return False

    def tag(self, tokens: Sequence[Token]) -> list[Tag]:
        """Find every phrase of the tables, the longest of each category at each place.

        Parameters
        ----------
        tokens : sequence of Token
            A sentence.

        Returns
        -------
        list of Tag
            In order of their first token.
        """
        tags: list[Tag] = []
        free: dict[str, int] = {}
        words = [self._word(token.norm) for token in tokens]
        for at, word in enumerate(words):
            if not word.readings:
                continue
            found = {
                entry.category: Tag(entry, at, at + 1, ending, at) for entry, ending in word.alone
            }
            if word.opens:
                _extend(found, words, at)
            for category, tag in found.items():
                if at >= free.get(category, 0):
                    tags.append(tag)
                    free[category] = tag.last
        return tags


def _counts(entry: Entry) -> bool:
    return entry.category in {"unit", "cue"} or (
        entry.category == "actor" and entry.get("sort") == "people"
    )


def _extend(found: dict[str, Tag], words: Sequence[_Word], at: int) -> None:
    """Replace what was found at a word by the longer phrases that it opens."""
    level = [(node, ending, at if ending else -1) for node, ending in words[at].opens]
    for here in range(at + 1, min(len(words), at + _LONGEST_PHRASE)):
        readings = words[here].readings
        level = [
            (child, ending or before, here if ending else head)
            for node, before, head in level
            for atom, ending in readings
            if (child := node.children.get(atom)) is not None
        ]
        if not level:
            return
        longer: dict[str, Tag] = {}
        for node, ending, head in level:
            for entry in node.entries:
                tag = Tag(entry, at, here + 1, ending, head if head >= 0 else here)
                longer.setdefault(entry.category, tag)
        found.update(longer)


def _rows(lang: str) -> Iterable[tuple[str, Entry]]:
    folder = files("tracker.extraction") / "lexicon"
    for category in CATEGORIES:
        with (folder / f"{category}.csv").open(encoding="utf-8") as table:
            for row in csv.DictReader(table):
                if row["lang"] in {lang, "*"}:
                    more = {
                        name: (cell or "").strip()
                        for name, cell in row.items()
                        if name not in {"lang", "phrases", "value"}
                    }
                    entry = Entry(category=category, value=row["value"].strip(), more=more)
                    for phrase in row["phrases"].split("|"):
                        yield phrase.strip().lower(), entry


@lru_cache(maxsize=len(LANGUAGES))
def lexicon(lang: str) -> Lexicon:
    """Compile the tables of a language, once a process.

    Parameters
    ----------
    lang : str
        `en`, `ru` or `uk`.

    Returns
    -------
    Lexicon
        Its tables, with the names of actors as nouns and adjectives.
    """
    return Lexicon(_rows(lang))
