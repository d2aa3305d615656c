"""Opens the compiled gazetteer and looks names up in it."""

from __future__ import annotations

import math
import mmap
import struct
from pathlib import Path

import marisa_trie

from geo.errors import GazetteerNotBuiltError
from geo.gazetteer.layout import (
    FLAGS,
    LEXICON_PREFIX,
    MANY,
    PLACES,
    POSTINGS,
    RECORD,
    RECORD_SIZE,
    SHAPES,
    TRIE,
    VILLAGE,
    Manifest,
)
from geo.gazetteer.names import fold_key, normalise
from geo.gazetteer.place import NameKind, Place

COMPILED = Path(__file__).parent / "compiled"
_RECORD_SIZE = struct.calcsize(RECORD)
BEGINS = 1 << FLAGS.index("begins")
_UNPACK = struct.Struct(RECORD).unpack_from
_UNPACK_SIZE = struct.Struct(RECORD_SIZE).unpack_from


class Gazetteer:
    """Names and places of the compiled gazetteer; read-only, safe to share between threads.

    Parameters
    ----------
    folder
        Where `geo.gazetteer.build` wrote.

    Raises
    ------
    GazetteerNotBuiltError
        If the folder does not hold the compiled files.
    """

    def __init__(self, folder: Path) -> None:
        manifest = folder / "manifest.json"
        if not manifest.is_file():
            raise GazetteerNotBuiltError(folder=str(folder))
        self._manifest = Manifest.from_json(manifest.read_text(encoding="utf-8"))
        self._trie = marisa_trie.Trie()
        self._trie.mmap(str(folder / TRIE))
        postings = memoryview(_mapped(folder / POSTINGS)).cast("I")
        keys = postings[0]
        self._first = postings[1 : keys + 1]
        self._many = postings[keys + 1 :]
        self._records = _mapped(folder / PLACES)
        self._shapes = _mapped(folder / SHAPES)
        self._labels_at = self._manifest.places * _RECORD_SIZE

    @classmethod
    def open(cls, folder: Path | None = None) -> Gazetteer:
        """Open the package's compiled gazetteer, or the one in a folder.

        Parameters
        ----------
        folder
            Where `build` wrote; the package's own data when None.

        Returns
        -------
        Gazetteer
            The open gazetteer.
        """
        return cls(folder or COMPILED)

    def __len__(self) -> int:
        # The number of places.
        return self._manifest.places

    def postings(self, key: str) -> list[tuple[int, NameKind]]:
        """Return (place index, kind of name) of the places stored under an exact key.

        Returns
        -------
        list[tuple[int, NameKind]]
            (place index, kind of name) of the places stored under an exact key.
        """
        number = self._trie.get(key)
        if number is None:
            return []
        first = self._first[number]
        if first < MANY:
            return [(first >> 3, _NAME_KINDS[first & 7])]
        at = first - MANY
        count = self._many[at]
        return [(p >> 3, _NAME_KINDS[p & 7]) for p in self._many[at + 1 : at + 1 + count]]

    def flags(self, key: str) -> int:
        """Return what a word is beside a name, as a bit set over `layout.FLAGS`.

        Returns
        -------
        int
            What a word is beside a name, as a bit set over `layout.FLAGS`.
        """
        number = self._trie.get(LEXICON_PREFIX + key)
        return 0 if number is None else self._first[number]

    def continues(self, key: str) -> bool:
        """Return whether some longer name begins with this key and a space.

        Returns
        -------
        bool
            True if some longer name begins with this key and a space.
        """
        return bool(self.flags(key) & BEGINS)

    def place(self, index: int) -> Place:
        """Return the place of a row.

        Returns
        -------
        Place
            The place of a row.
        """
        lon, lat, number, population, label_at, radius_km, code, kind, length = _UNPACK(
            self._records, index * _RECORD_SIZE
        )
        at = self._labels_at + label_at
        own = self._manifest.own.get(index)
        region = self._manifest.codes[code]
        country = region[:2] or None
        name = self._records[at : at + length].decode()
        kind = self._manifest.kinds[kind]
        return Place(
            index=index,
            id=own[0] if own else f"geonames:{number}" if number else f"{region}:{name}",
            geonameid=number or None,
            name=name,
            kind="settlement" if kind == VILLAGE else kind,
            country=country,
            admin1=region if len(region) > 2 else None,
            lon=None if math.isnan(lon) else round(lon, 5),
            lat=None if math.isnan(lat) else round(lat, 5),
            radius_km=float(radius_km),
            population=population,
        )  # fmt: skip

    def size(self, index: int) -> tuple[str, int, str]:
        """Return what the prior of a place needs, cheaper than the place itself.

        Returns
        -------
        tuple of str, int and str
            Kind (`village` for a settlement placed by its community), inhabitants, and
            `COUNTRY` or `COUNTRY.ADMIN1`, empty where in no country.
        """
        population, code, kind = _UNPACK_SIZE(self._records, index * _RECORD_SIZE)
        return self._manifest.kinds[kind], population, self._manifest.codes[code]

    def members(self, index: int) -> tuple[str, ...]:
        """Return the ids of the boundaries that together outline a place; often none.

        Returns
        -------
        tuple[str, ...]
            The ids of the boundaries that together outline a place; often none.
        """
        return self._manifest.own.get(index, ("",))[1:]

    def boundary(self, id_: str) -> bytes | None:
        """Return a boundary as WKB in WGS 84 degrees, None where not held.

        Returns
        -------
        bytes | None
            A boundary as WKB in WGS 84 degrees, None where not held.
        """
        at = self._manifest.shapes.get(id_)
        return None if at is None else self._shapes[at[0] : at[0] + at[1]]

    def short_forms(self) -> frozenset[str]:
        """Return the keys of one word that end with a dot.

        Returns
        -------
        frozenset of str
            "ky.", "calif." and the like.
        """
        return frozenset(self._manifest.short_forms)

    def neighbours(self, country: str) -> tuple[str, ...]:
        """Return the ISO codes of the countries that share a land border with one.

        Returns
        -------
        tuple[str, ...]
            The ISO codes of the countries that share a land border with one.
        """
        return tuple(self._manifest.neighbours.get(country, "").split())

    def search(self, name: str, *, limit: int = 20) -> list[Place]:
        """Return what a name can mean, the likeliest without context first.

        Looks the name up as written, then by its transliterations.

        Parameters
        ----------
        name
            A name in English, Russian or Ukrainian, in any case form.
        limit
            Number of places at most.

        Returns
        -------
        list of Place
            Empty where nothing of that name is known.
        """
        key = normalise(name)
        found = self.postings(name) if name.isupper() else []
        found = found + self.postings(key) or self.postings(fold_key(key))
        best: dict[int, int] = {}
        for index, kind in found:
            best[index] = min(kind, best.get(index, 9))
        places = [(kind, self.place(index)) for index, kind in best.items()]
        places.sort(key=lambda p: (not p[1].is_area, -p[1].population / (1 + p[0]), p[1].index))
        return [place for _, place in places[:limit]]


_NAME_KINDS = tuple(NameKind)


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
