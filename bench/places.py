"""Measure the geocoder on public corpora, beside geotext and natasha in the same call.

Usage: python bench/places.py [--shared DIR] [--half 0|1]

DIR (default: ../shared beside the checkout) holds `score/score_places.py` and `data/corpora/`.
geotext and natasha are scored where they are installed; nothing else needs them. `--half 1`
takes only the documents on which no weight was fitted. No prior, no workspace.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from geo.gazetteer import Gazetteer
from geo.geocoding import Geocoder, mention_line

Doc = dict[str, Any]
Places = list[dict[str, Any]]
ENGLISH = ("lgl", "trnews", "tudloc2013")
RIGHT_KM = 161.0
BINS = 10
# Best published figures: recognition F1 and right within 161 km over all gold with coordinates,
# rescored from the outputs that the EUPEG platform published (Wang & Hu 2019, geoai-lab/EUPEG):
# DBpedia Spotlight and Yahoo PlaceSpotter on LGL, StanfordNER with default geocoding on TR-News.
# natasha's own F1 on the FactRuEval test set for the Russian news.
PUBLISHED = {"lgl": (0.747, 0.473), "trnews": (0.826, 0.528), "factrueval_devset": (0.887, None)}


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--half", type=int, choices=(0, 1))
    given = parser.parse_args()
    corpora = given.shared / "data" / "corpora"
    if not corpora.is_dir():
        print(f"There are no corpora in {corpora}: name their folder with --shared.")
        return 1
    scorer = load_scorer(given.shared / "score" / "score_places.py")
    print_index()
    scored = {}
    for path in sorted(corpora.glob("*.jsonl")):
        docs = read(path, given.half)
        scored[path.stem] = (docs, {s: run(s, docs, r) for s, r in systems(path.stem)})
    print_recognition(scorer, scored)
    print_events(scorer, scored)
    print_calibration(scorer, scored)
    print_speed(scored)
    return 0


def load_scorer(path: Path) -> ModuleType:
    """Load the scorer, a single file."""
    spec = importlib.util.spec_from_file_location("score_places", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(path: Path, half: int | None) -> dict[str, Doc]:
    """Read a corpus, or one half of its documents by the hash of their ids."""
    docs = map(json.loads, filter(str.strip, path.read_text(encoding="utf-8").split("\n")))
    kept = {str(doc["doc_id"]): doc for doc in docs}
    return {i: d for i, d in kept.items() if half is None or half_of(i) == half}


def half_of(doc_id: str) -> int:
    """Return 0 for the documents on which weights were fitted, 1 for the others."""
    return int(hashlib.md5(doc_id.encode(), usedforsecurity=False).hexdigest(), 16) % 2


def systems(corpus: str) -> Iterator[tuple[str, Callable[[], Callable[[Doc], Places]]]]:
    """Yield the systems that read a corpus, ours first."""
    yield "this", ours
    if corpus in ENGLISH:
        yield "geotext", geotext
    if corpus == "factrueval_devset":
        yield "natasha", natasha


def run(
    system: str, docs: dict[str, Doc], make: Callable[[], Callable[[Doc], Places]]
) -> dict[str, Any] | None:
    """Return predictions and documents a second of CPU, first and second reading."""
    try:
        reader = make()
    except ImportError:
        print(f"{system} is not installed: left out.")
        return None
    rates, predicted = [], {}
    for _ in range(2 if system == "this" else 1):
        start = time.process_time()
        predicted = {i: {"doc_id": i, "places": reader(doc)} for i, doc in docs.items()}
        rates.append(len(docs) / (time.process_time() - start))
    return {"predicted": predicted, "rates": rates}


def ours() -> Callable[[Doc], Places]:
    """Return our reader, JSON with geometry and alternatives included."""
    geocoder = Geocoder()

    def places(doc: Doc) -> Places:
        mentions = geocoder.geocode(doc["text"])
        for mention in mentions:
            mention_line(mention)
        keys = ("start", "end", "lon", "lat", "kind", "score", "radius_km")
        return [{key: getattr(m, key) for key in keys} for m in mentions]

    return places


def geotext() -> Callable[[Doc], Places]:
    """Return geotext's reader; it gives names, so each is sought in the text."""
    from geotext import GeoText  # noqa: PLC0415 - optional

    def places(doc: Doc) -> Places:
        text, at, out = doc["text"], 0, []
        found = GeoText(text)
        names = {*found.cities, *found.countries, *found.nationalities}
        for name in sorted(names, key=len, reverse=True):
            at = text.find(name)
            while at >= 0:
                end = at + len(name)
                if not any(p["start"] < end and at < p["end"] for p in out):
                    out.append({"start": at, "end": end, "lon": None, "lat": None})
                at = text.find(name, end)
        return out

    return places


def natasha() -> Callable[[Doc], Places]:
    """Return natasha's reader of Russian places."""
    from natasha import Doc as Read  # noqa: PLC0415 - optional
    from natasha import NewsEmbedding, NewsNERTagger, Segmenter  # noqa: PLC0415 - optional

    segmenter, tagger = Segmenter(), NewsNERTagger(NewsEmbedding())

    def places(doc: Doc) -> Places:
        made = Read(doc["text"])
        made.segment(segmenter)
        made.tag_ner(tagger)
        return [
            {"start": span.start, "end": span.stop, "lon": None, "lat": None}
            for span in made.spans
            if span.type == "LOC"
        ]

    return places


def print_index() -> None:
    """Print how long opening takes and what it keeps in memory."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    gazetteer = Gazetteer.open()
    opened_ms = 1000 * (time.perf_counter() - start)
    held_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"{len(gazetteer):,} places, opened in {opened_ms:.1f} ms, {held_mb:.1f} MB more resident\n"
    )


def print_recognition(scorer: ModuleType, scored: dict[str, Any]) -> None:
    """Print precision, recall, F1 and resolution of every system on every corpus."""
    print("| corpus | system | P | R | R located | F1 | within 161 km, all | of matched |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for corpus, (docs, runs) in scored.items():
        for system, made in runs.items():
            if made is None or not any(d.get("toponyms") for d in docs.values()):
                continue
            figures = scorer.score(docs, made["predicted"])
            located = scorer.score(only_located(docs), made["predicted"])
            names = ("precision", "recall", "f1", "right_of_all", "right_of_matched")
            p, r, f1, right, matched = (figures.get(name) for name in names)
            if system != "this":
                right = matched = None
            cells = [corpus, system, *map(cell, (p, r, located.get("recall"), f1, right, matched))]
            print("| " + " | ".join(cells) + " |")
        if corpus in PUBLISHED:
            f1, right = PUBLISHED[corpus]
            print(f"| {corpus} | published best | | | | {cell(f1)} | {cell(right)} | |")
    print()


def only_located(docs: dict[str, Doc]) -> dict[str, Doc]:
    """Return the documents with only their gold that has coordinates."""
    return {
        i: {**d, "toponyms": [t for t in d.get("toponyms", []) if t.get("lat") is not None]}
        for i, d in docs.items()
    }


def cell(value: float | None) -> str:
    """Format a figure, nothing for what was not measured."""
    return "" if value is None else f"{value:.3f}"


def print_events(scorer: ModuleType, scored: dict[str, Any]) -> None:
    """Print the share of headlines with a place near their event, by language."""
    print("| corpus | language | documents | within 10 km | within 161 km | places a document |")
    print("| --- | --- | --- | --- | --- | --- |")
    for corpus, (docs, runs) in scored.items():
        for lang in ("ru", "uk"):
            some = {i: d for i, d in docs.items() if d.get("event") and d["lang"] == lang}
            if some:
                figures = scorer.score(some, runs["this"]["predicted"])
                names = ("event_10km", "event_161km", "places_per_doc")
                cells = " | ".join(cell(figures[name]) for name in names)
                print(f"| {corpus} | {lang} | {len(some)} | {cells} |")
    print()


def print_calibration(scorer: ModuleType, scored: dict[str, Any]) -> None:
    """Print, by kind of place, gold inside the radius, and the reliability of the score."""
    rows: dict[str, list[tuple[float, float, float]]] = {}
    for corpus in ENGLISH:
        if corpus in scored:
            docs, runs = scored[corpus]
            for kind, *row in matched(scorer, docs, runs["this"]["predicted"]):
                rows.setdefault(kind, []).append(tuple(row))
    print("| kind | resolved | inside radius_km | median radius km | right | ECE of score |")
    print("| --- | --- | --- | --- | --- | --- |")
    everything = [row for some in rows.values() for row in some]
    apart = [row for kind, some in rows.items() if kind != "country" for row in some]
    for kind, some in [*sorted(rows.items()), ("all but countries", apart), ("all", everything)]:
        inside = statistics.fmean(km <= radius for _, km, radius in some)
        radius = statistics.median(radius for _, _, radius in some)
        right = statistics.fmean(km <= RIGHT_KM for _, km, _ in some)
        cells = f"{inside:.3f} | {radius:.0f} | {right:.3f} | {reliability_error(some):.3f}"
        print(f"| {kind} | {len(some)} | {cells} |")
    print()


def matched(
    scorer: ModuleType, docs: dict[str, Doc], predicted: dict[str, Any]
) -> Iterator[tuple[str, float, float, float]]:
    """Yield kind, score, error in km and radius in km of every matched and located mention."""
    groups = {"settlement": "settlement", "capital": "settlement"}
    kept = {"country", "admin1", "admin2"}
    for i, doc in docs.items():
        placed = [p for p in predicted[i]["places"] if p["lon"] is not None]
        for gold, place in scorer.match(doc["toponyms"], placed):
            if gold.get("lat") is not None:
                kind = groups.get(place["kind"], place["kind"])
                km = scorer.distance_km(gold["lat"], gold["lon"], place["lat"], place["lon"])
                kind = kind if kind in kept or kind == "settlement" else "other"
                yield kind, place["score"], km, place["radius_km"]


def reliability_error(rows: list[tuple[float, float, float]]) -> float:
    """Return the expected calibration error of the score, ten bins of equal width."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for score, km, _ in rows:
        bins.setdefault(min(BINS - 1, int(score * BINS)), []).append((score, km <= RIGHT_KM))
    return sum(
        abs(statistics.fmean(s for s, _ in some) - statistics.fmean(ok for _, ok in some))
        * len(some)
        / len(rows)
        for some in bins.values()
    )


def print_speed(scored: dict[str, Any]) -> None:
    """Print documents a second of CPU time on one core, each system on what it reads."""
    print("| corpus | system | documents a second, first reading | second reading |")
    print("| --- | --- | --- | --- |")
    for corpus, (_, runs) in scored.items():
        for system, made in runs.items():
            if made is not None:
                rates = [f"{rate:,.0f}" for rate in made["rates"]]
                print(f"| {corpus} | {system} | {' | '.join([*rates, ''][:2])} |")


if __name__ == "__main__":
    sys.exit(main())
