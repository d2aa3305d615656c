"""Derive seeds/gazetteer/ambiguous.csv: names of places that are also words or people's names.

Usage: python gazetteer_words.py DICTIONARY_EN_DIR DICTIONARY_RU_DIR CENSUS_NAMES_DIR

Sources: the spelling dictionaries of the npm packages dictionary-en (SCOWL, MIT and BSD) and
dictionary-ru (A. Lebedev, BSD), and the name counts of the 1990 census of the United States
(public domain, as shipped in the PyPI package names). Only keys that the gazetteer holds are
written (compile it first), each with what else it is: `word`, `given` (a first name), `surname`.
"""

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

import marisa_trie

from geo.gazetteer.index import COMPILED
from geo.gazetteer.names import normalise

OUT = Path(__file__).parents[1] / "gazetteer" / "ambiguous.csv"
COMMONEST_GIVEN = 1400  # ranks of the census list that are kept for each sex
COMMONEST_SURNAMES = 12_000


def main(english: Path, russian: Path, census: Path) -> None:
    """Write the table, and the full list of common given names beside it."""
    names = single_word_names()
    classes: dict[str, set[str]] = defaultdict(set)
    for word in expand(english, "utf-8") | expand(russian, "utf-8"):
        if word in names:
            classes[word].add("word")
    for file in ("dist.male.first", "dist.female.first"):
        for name in read_census(census / file, COMMONEST_GIVEN):
            classes[name].add("given")
    for name in read_census(census / "dist.all.last", COMMONEST_SURNAMES):
        if name in names:
            classes[name].add("surname")
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("key", "also"))
        writer.writerows((key, " ".join(sorted(also))) for key, also in sorted(classes.items()))


def single_word_names() -> set[str]:
    """Return the keys of one word that the compiled gazetteer has, case forms included."""
    trie = marisa_trie.Trie()
    trie.load(str(COMPILED / "names.trie"))
    return {k for k in trie.iterkeys() if k[0] not in "~=" and " " not in k}


def read_census(path: Path, ranks: int) -> list[str]:
    """Return the first names of a census file."""
    lines = path.read_text(encoding="ascii").splitlines()[:ranks]
    return [line.split()[0].lower() for line in lines]


def expand(folder: Path, encoding: str) -> set[str]:
    """Return the lower-case words of a Hunspell dictionary with their affixed forms."""
    prefixes, suffixes, long_flags = read_affixes((folder / "index.aff").read_text(encoding))
    words: set[str] = set()
    for line in (folder / "index.dic").read_text(encoding).splitlines()[1:]:
        stem, _, flags = line.split("\t")[0].partition("/")
        if not stem or stem != stem.lower():
            continue
        words.add(normalise(stem))
        for flag in re.findall("..", flags) if long_flags else flags:
            for strip, add, condition in suffixes.get(flag, ()):
                if condition.search(stem):
                    base = stem[: len(stem) - len(strip)] if strip else stem
                    words.add(normalise(base + add))
            for _, add, _ in prefixes.get(flag, ()):
                words.add(normalise(add + stem))
    return words


Rule = tuple[str, str, re.Pattern[str]]


def read_affixes(text: str) -> tuple[dict[str, list[Rule]], dict[str, list[Rule]], bool]:
    """Return prefix and suffix rules by flag, and whether flags have two letters."""
    rules: dict[str, dict[str, list[Rule]]] = {"PFX": defaultdict(list), "SFX": defaultdict(list)}
    for line in text.splitlines():
        fields = line.split()
        if len(fields) < 5 or fields[0] not in rules:
            continue
        strip = "" if fields[2] == "0" else fields[2]
        add = fields[3].split("/")[0]
        condition = re.compile(fields[4] + "$" if fields[0] == "SFX" else "^" + fields[4])
        rules[fields[0]][fields[1]].append((strip, "" if add == "0" else add, condition))
    return rules["PFX"], rules["SFX"], "FLAG long" in text


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
