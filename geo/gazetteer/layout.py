"""The compiled gazetteer's files: names, record layout and manifest."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

FORMAT = 2
TRIE = "names.trie"
POSTINGS = "postings.bin"
PLACES = "places.bin"
SHAPES = "shapes.wkb"

# lon, lat, geonameid, population, offset of the label, radius_km, code, kind, label length
RECORD = "<ffIIIeHBB"
MANY = 1 << 31  # a key with several places points into the second half of the postings
LEXICON_PREFIX = "="
FLAGS = (
    "word", "given", "surname", "title", "org", "street", "feature", "inside", "near", "unit",
    "person_verb", "no_place", "month", "before_place", "facility", "region",
)  # fmt: skip


@dataclass(kw_only=True, slots=True)
class Manifest:
    """What is not a column: the tables that the columns' numbers point into.

    Attributes
    ----------
    stamp
        Hash of the sources.
    places
        Number of records.
    codes
        `COUNTRY` or `COUNTRY.ADMIN1`, by number.
    kinds
        Kinds of places, by number.
    own
        Of the places of own tables: record number to (id, *ids of boundaries).
    shapes
        Offset and length of each boundary in the file of shapes, by id.
    neighbours
        ISO codes of the countries that share a land border with one, joined by spaces.
    """

    stamp: str = ""
    places: int = 0
    codes: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    own: dict[int, tuple[str, ...]] = field(default_factory=dict)
    shapes: dict[str, tuple[int, int]] = field(default_factory=dict)
    neighbours: dict[str, str] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def code_of(self, country: str, admin1: str) -> int:
        """Return the number of a country and region, adding it where new.

        Returns
        -------
        int
            The number of a country and region, adding it where new.
        """
        code = admin1 or country
        if code not in self._numbers:
            self._numbers[code] = len(self.codes)
            self.codes.append(code)
        return self._numbers[code]

    def kind_of(self, kind: str) -> int:
        """Return the number of a kind, adding it where new.

        Returns
        -------
        int
            The number of a kind, adding it where new.
        """
        if kind not in self.kinds:
            self.kinds.append(kind)
        return self.kinds.index(kind)

    def to_json(self) -> str:
        """Return the manifest as JSON, the reverse of `from_json`.

        Returns
        -------
        str
            The manifest as JSON, the reverse of `from_json`.
        """
        own = {str(index): " ".join(ids) for index, ids in self.own.items()}
        content = {
            "format": FORMAT, "stamp": self.stamp, "places": self.places, "codes": self.codes,
            "kinds": self.kinds, "own": own, "shapes": self.shapes,
            "neighbours": self.neighbours,
        }  # fmt: skip
        return json.dumps(content, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read what `to_json` wrote.

        Returns
        -------
        Manifest
            Read what `to_json` wrote.
        """
        content = json.loads(text)
        own = {int(index): tuple(ids.split(" ")) for index, ids in content["own"].items()}
        return cls(
            stamp=content["stamp"], places=content["places"], codes=content["codes"],
            kinds=content["kinds"], own=own, shapes=content["shapes"],
            neighbours=content["neighbours"],
        )  # fmt: skip
