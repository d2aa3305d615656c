"""The order of battle: formations by their designations, in all spellings."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from tracker.seeds import seed_file

_NUMBER = re.compile(r"\d{1,4}")
_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM_LETTERS = 5
_BRANCHES = frozenset(
    {"armor", "armou", "mecha", "infan", "caval", "terri", "механ", "егерс", "єгерс", "терит"}
)
"""Stems of branches by which armies differ: a "72nd Mechanised Brigade" is no tank brigade."""
_ECHELONS = {
    "army": ("army", "armies", "caa", "gta", "gcaa", "арм", "армі"),
    "corps": ("corps", "корпус"),
    "division": ("division", "дивиз", "дивіз"),
    "brigade": ("brigade", "бригад"),
    "regiment": ("regiment", "полк"),
    "base": ("base", "база", "базы", "бази"),
    "fleet": ("fleet", "flotilla", "флот"),
    "military_district": ("district", "округ"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Formation:
    """A formation of the order of battle.

    Parameters
    ----------
    designation : str
        Its name in English, which is its id.
    names : tuple of str
        Abbreviations and the name in its own language.
    echelon : str
        `army`, `corps`, `division`, `brigade`, `regiment`, `base`, `fleet` or
        `military_district`.
    parent : str or None
        Designation of what it belongs to.
    garrison : str or None
        Name of its home.
    lon, lat : float or None
        The garrison, degrees.
    """

    designation: str
    names: tuple[str, ...]
    echelon: str
    parent: str | None = None
    garrison: str | None = None
    lon: float | None = None
    lat: float | None = None


def _stems(words: str) -> set[str]:
    return {word[:_STEM_LETTERS] for word in _WORD.findall(words.casefold())}


def _echelon(words: str) -> str | None:
    plain = words.casefold()
    return next(
        (name for name, roots in _ECHELONS.items() if any(root in plain for root in roots)), None
    )


class Formations:
    """Find formations by the words that name them.

    Parameters
    ----------
    formations : iterable of Formation
        The order of battle.
    """

    def __init__(self, formations: Iterable[Formation]) -> None:
        self._by_name: dict[str, Formation] = {}
        self._numbered: dict[str, list[Formation]] = defaultdict(list)
        self._by_designation: dict[str, Formation] = {}
        for formation in formations:
            self._by_designation.setdefault(formation.designation, formation)
            for name in (formation.designation, *formation.names):
                self._by_name.setdefault(" ".join(name.casefold().split()), formation)
            number = _NUMBER.match(formation.designation)
            if number:
                self._numbered[number.group()].append(formation)

    def candidates(self, words: str) -> tuple[Formation, ...]:
        """Find the formations that the words may mean, the likeliest first.

        Parameters
        ----------
        words : str
            A designation as published, in English, Russian or Ukrainian.

        Returns
        -------
        tuple of Formation
            One where it is clear, several where the words leave it open, none where the order
            of battle does not know it.
        """
        exact = self._by_name.get(" ".join(words.casefold().split()))
        if exact is not None:
            return (exact,)
        number = _NUMBER.search(words)
        if number is None:
            return ()
        echelon = _echelon(words)
        said = _stems(words)
        branches = said & _BRANCHES
        options = [
            f
            for f in self._numbered.get(number.group(), [])
            if f.echelon == echelon and branches <= _stems(" ".join((f.designation, *f.names)))
        ]
        scored = [
            (max(len(said & _stems(name)) for name in (f.designation, *f.names)), f)
            for f in options
        ]
        best = max((score for score, _ in scored), default=0)
        return tuple(formation for score, formation in scored if score == best)

    def get(self, designation: str) -> Formation | None:
        """Return the formation of a designation.

        Parameters
        ----------
        designation : str
            Exactly as in the order of battle.

        Returns
        -------
        Formation or None
            None where it is not listed.
        """
        return self._by_designation.get(designation)

    def district(self, designation: str) -> str | None:
        """Name the military district that a formation belongs to.

        Parameters
        ----------
        designation : str
            Exactly as in the order of battle.

        Returns
        -------
        str or None
            The district above it, or itself; None where none is listed above it.
        """
        seen: set[str] = set()
        one = self.get(designation)
        while one is not None and one.designation not in seen:
            if one.echelon == "military_district":
                return one.designation
            seen.add(one.designation)
            one = self.get(one.parent or "")
        return None

    def find(self, words: str) -> str | None:
        """Find the designation that the words mean.

        Parameters
        ----------
        words : str
            A designation as published.

        Returns
        -------
        str or None
            None where none or more than one fits.
        """
        found = self.candidates(words)
        return found[0].designation if len(found) == 1 else None


@cache
def seed_formations() -> Formations:
    """Read the order of battle that travels with the package.

    Returns
    -------
    Formations
        Formations with garrison and parent.
    """
    with seed_file("formations.csv").open(encoding="utf-8", newline="") as file:
        return Formations([_formation(row) for row in csv.DictReader(file)])


def _formation(row: dict[str, str]) -> Formation:
    others = (*row["abbreviations"].split(";"), row["russian_name"])
    return Formation(
        designation=row["designation"],
        names=tuple(name.strip() for name in others if name.strip()),
        echelon=row["echelon"],
        parent=row["parent"] or None,
        garrison=row["garrison_place"] or None,
        lon=float(row["lon"]) if row["lon"] else None,
        lat=float(row["lat"]) if row["lat"] else None,
    )
