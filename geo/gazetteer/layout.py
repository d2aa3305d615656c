"""The compiled gazetteer's files: names, record layout and manifest."""

from __future__ import annotations

import json
from dataclasses import dataclass

FORMAT = 4
TRIE = "names.trie"
POSTINGS = "postings.bin"
PLACES = "places.bin"
SHAPES = "shapes.wkb"

# lon, lat, geonameid, population, offset of the label, radius_km, code, kind, label length
RECORD = "<ffIIIeHBB"
RECORD_SIZE = "<12xI6xHBx"  # of these: population, code, kind
VILLAGE = "village"  # a settlement placed by its community; `Place` calls both settlements
MANY = 1 << 31  # a key with several places points into the second half of the postings
LEXICON_PREFIX = "="
# What a key is beside a name; `begins`: longer names begin with it.
FLAGS = (
    "begins", "word", "given", "surname", "title", "org", "street", "feature", "inside", "unit",
    "person_verb", "no_place", "before_place", "facility",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
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
    short_forms
        Keys that end with a dot ("ky.").
    """

    stamp: str
    places: int
    codes: list[str]
    kinds: list[str]
    own: dict[int, tuple[str, ...]]
    shapes: dict[str, tuple[int, int]]
    neighbours: dict[str, str]
    short_forms: list[str]

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
            "short_forms": self.short_forms,
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
            short_forms=content["short_forms"],
        )  # fmt: skip
