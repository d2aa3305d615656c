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
Row = tuple[str, float, float, float]  # kind, score, error in km, radius in km
ENGLISH = ("lgl", "trnews", "tudloc2013")
RIGHT_KM = 161.0
BINS = 10
WIDE = frozenset(("continent", "macro_region"))
NARROW = frozenset(("settlement", "admin1", "admin2", "country"))
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
        keys = ("start", "end", "lon", "lat", "kind", "score", "radius_km", "metonym")
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
    """Print precision, recall, F1 and resolution of every system on every corpus.

    `R located` and `F1 located` take only gold with coordinates for the recall, as the published
    figures do. `no countries` leaves out what was resolved to a country.
    """
    columns = (
        "corpus", "system", "P", "R", "R located", "F1", "F1 located", "within 161 km, all",
        "of matched", "no countries",
    )  # fmt: skip
    print("| " + " | ".join(columns) + " |\n|" + " --- |" * len(columns))
    for corpus, (docs, runs) in scored.items():
        for system, made in runs.items():
            if made is not None and any(d.get("toponyms") for d in docs.values()):
                print_row(corpus, system, recognition(scorer, docs, made["predicted"], system))
        if corpus in PUBLISHED:
            f1, right = PUBLISHED[corpus]
            print_row(corpus, "published best", (None, None, None, None, f1, right, None, None))
    print()


def recognition(
    scorer: ModuleType, docs: dict[str, Doc], predicted: dict[str, Any], system: str
) -> tuple[float | None, ...]:
    """Return the figures of one system on one corpus, in the order of the table."""
    figures = scorer.score(docs, predicted)
    located = scorer.score(only_located(docs), predicted).get("recall")
    p, r, f1 = (figures[name] for name in ("precision", "recall", "f1"))
    f1_located = None if located is None else 2 * p * located / (p + located)
    if system != "this" or located is None:
        return p, r, located, f1, f1_located, None, None, None
    apart = [km for kind, _, km, _ in matched(scorer, docs, predicted) if kind != "country"]
    right = statistics.fmean(km <= RIGHT_KM for km in apart)
    return (
        p,
        r,
        located,
        f1,
        f1_located,
        figures["right_of_all"],
        figures["right_of_matched"],
        right,
    )


def print_row(corpus: str, system: str, figures: tuple[float | None, ...]) -> None:
    """Print one row of a table of figures."""
    print("| " + " | ".join([corpus, system, *map(cell, figures)]) + " |")


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
    print(
        "| corpus | language | documents | within 10 km | within 161 km | places a document | "
        "different places, countries and people apart |"
    )
    print("|" + " --- |" * 7)
    for corpus, (docs, runs) in scored.items():
        for lang in ("ru", "uk"):
            some = {i: d for i, d in docs.items() if d.get("event") and d["lang"] == lang}
            if some:
                figures = scorer.score(some, runs["this"]["predicted"])
                names = ("event_10km", "event_161km", "places_per_doc")
                found = runs["this"]["predicted"]
                different = statistics.fmean(count_places(found[i]["places"]) for i in some)
                cells = " | ".join(map(cell, (*(figures[name] for name in names), different)))
                print(f"| {corpus} | {lang} | {len(some)} | {cells} |")
    print()


def count_places(places: Places) -> int:
    """Count the different places of a document that are neither a country nor stand for people."""
    return len(
        {
            (p["lon"], p["lat"])
            for p in places
            if p["lon"] is not None and p["kind"] != "country" and not p["metonym"]
        }
    )


def print_calibration(scorer: ModuleType, scored: dict[str, Any]) -> None:
    """Print, by kind of place, gold inside the radius, and the reliability of the score."""
    rows: dict[str, list[Row]] = {}
    for corpus in ENGLISH:
        if corpus in scored:
            docs, runs = scored[corpus]
            for row in matched(scorer, docs, runs["this"]["predicted"]):
                rows.setdefault(row[0], []).append(row)
    print(
        "| kind | resolved | inside radius_km | median km | right | ECE | right or inside | ECE |"
    )
    print("|" + " --- |" * 8)
    everything = [row for some in rows.values() for row in some]
    apart = [row for kind, some in rows.items() if kind != "country" for row in some]
    for kind, some in [*sorted(rows.items()), ("all but countries", apart), ("all", everything)]:
        inside = statistics.fmean(km <= radius for _, _, km, radius in some)
        radius = statistics.median(radius for _, _, _, radius in some)
        cells = [f"{inside:.3f}", f"{radius:.0f}"]
        for right in (is_near, is_right):
            share = statistics.fmean(map(right, some))
            cells += [f"{share:.3f}", f"{reliability_error(some, right):.3f}"]
        print(f"| {kind} | {len(some)} | {' | '.join(cells)} |")
    print()


def is_near(row: Row) -> bool:
    """Return whether a reading lies within 161 km of the gold."""
    return row[2] <= RIGHT_KM


def is_right(row: Row) -> bool:
    """Return whether it does, or, for areas and lines wider than that, holds the gold."""
    return is_near(row) or (row[0] not in NARROW and row[2] <= row[3])


def matched(scorer: ModuleType, docs: dict[str, Doc], predicted: dict[str, Any]) -> Iterator[Row]:
    """Yield kind, score, error in km and radius in km of every matched and located mention."""
    groups = {"settlement": "settlement", "capital": "settlement"}
    for i, doc in docs.items():
        placed = [p for p in predicted[i]["places"] if p["lon"] is not None]
        for gold, place in scorer.match(doc["toponyms"], placed):
            if gold.get("lat") is not None:
                kind = groups.get(place["kind"], place["kind"])
                km = scorer.distance_km(gold["lat"], gold["lon"], place["lat"], place["lon"])
                kind = kind if kind in NARROW or kind in WIDE else "other"
                yield kind, place["score"], km, place["radius_km"]


def reliability_error(rows: list[Row], right: Callable[[Row], bool]) -> float:
    """Return the expected calibration error of the score, ten bins of equal width."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for row in rows:
        bins.setdefault(min(BINS - 1, int(row[1] * BINS)), []).append((row[1], right(row)))
    return sum(
        abs(statistics.fmean(s for s, _ in some) - statistics.fmean(ok for _, ok in some))
        * len(some)
        / len(rows)
        for some in bins.values()
    )


def print_speed(scored: dict[str, Any]) -> None:
    """Print documents a second of CPU time on one core, each system on what it reads."""
    print(
        "| corpus | system | documents a second, first reading | second reading | times natasha |"
    )
    print("|" + " --- |" * 5)
    natasha_rates = [
        runs["natasha"]["rates"][0] for _, runs in scored.values() if runs.get("natasha")
    ]
    for corpus, (_, runs) in scored.items():
        for system, made in runs.items():
            if made is not None:
                cells = [*(f"{rate:,.0f}" for rate in made["rates"]), ""][:2]
                times = f"{made['rates'][-1] / natasha_rates[0]:.0f}" if natasha_rates else ""
                print(f"| {corpus} | {system} | {' | '.join([*cells, times])} |")


if __name__ == "__main__":
    sys.exit(main())
