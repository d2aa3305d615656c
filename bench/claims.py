"""Measure the extraction of claims: gold passages, errors, calibration, speed, hostile input.

Run `python bench/claims.py gold [FILE...] [--errors]`, or `calibration`, `news`, `speed`,
`hostile`, `all`.
The annotated passages and their scorer lie in the folder `shared` beside the checkout.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tracker.extraction.extraction import extract
from tracker.extraction.records import claim_records

SHARED = Path(__file__).parents[2] / "shared"
OWN = Path(__file__).parents[1] / "tests/tracker/extraction/passages"
GOLD = (
    SHARED / "data/gold/dev.jsonl",
    SHARED / "data/gold/invented_dev.jsonl",
    OWN / "wars.jsonl",
    OWN / "further_wars.jsonl",
    OWN / "last_wars.jsonl",
)
UNDATED = datetime(2022, 2, 20, tzinfo=UTC)
"""Publication of passages that state none: only their relative times depend on it."""
GOALS = {
    "f1": 0.80,
    "precision": 0.90,
    "invented": 0,
    "empty_kept": 0.95,
    "claimant": 0.88,
    "status": 0.90,
    "places": 0.75,
    "time": 0.80,
}
LEAST_F1_BY_LANGUAGE = 0.70
LEAST_REPORTS_PER_S = 400
REPORT_CHARS = 2_000
RESAMPLES = 400
NEWS = ("lgl", "trnews", "factrueval_devset", "viina_dev")
BINS = (0.0, 0.6, 0.7, 0.8, 0.9, 1.01)

Passages = Mapping[str, Mapping[str, Any]]


def load_scorer() -> ModuleType:
    """Load the scorer that lies beside the passages."""
    path = SHARED / "score/score_claims.py"
    spec = importlib.util.spec_from_file_location("score_claims", path)
    if spec is None or spec.loader is None or not path.exists():
        raise SystemExit(f"no scorer at {path.name}; lay the folder shared beside the checkout.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_claims(passage: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Extract the claims of a passage as `tracker extract --json` gives them."""
    dated = passage.get("published")
    published = datetime.fromisoformat(dated[:10]).replace(tzinfo=UTC) if dated else UNDATED
    claims, placed = extract(
        passage["text"],
        report_id="r-bench",
        version_id="v-bench",
        published=published,
        lang=passage.get("lang"),
    )
    return claim_records(claims, placed)


def predict(gold: Passages) -> dict[str, dict[str, Any]]:
    """Read every passage."""
    return {key: {"doc_id": key, "claims": read_claims(gold[key])} for key in gold}


def resampled(
    scorer: ModuleType, gold: Passages, found: Passages
) -> dict[str, tuple[float, float]]:
    """Bootstrap each figure over passages, 95 %."""
    dice = random.Random(20220113)
    keys = list(gold)
    drawn: dict[str, list[float]] = defaultdict(list)
    for _ in range(RESAMPLES):
        picks = [(f"{n}", key) for n, key in enumerate(dice.choices(keys, k=len(keys)))]
        figures = scorer.score({n: gold[k] for n, k in picks}, {n: found[k] for n, k in picks})
        for name, value in figures.items():
            drawn[name].append(value)
    return {
        name: (values[int(0.025 * len(values))], values[int(0.975 * len(values)) - 1])
        for name, unsorted in drawn.items()
        if (values := sorted(unsorted))
    }


def show_figures(scorer: ModuleType, path: Path, *, errors: bool) -> None:
    """Print each figure with its n, interval and goal, and the errors where wanted."""
    gold = scorer.read(path)
    found = predict(gold)
    figures = scorer.score(gold, found, errors)
    intervals = resampled(scorer, gold, found)
    print(f"\n{path.name}: {figures['passages']} passages, {figures['gold']} claims annotated")
    for name, value in figures.items():
        if name in {"passages", "gold", "f1_low", "f1_high"} or name.endswith("_n"):
            continue
        low, high = intervals.get(name, (value, value))
        count = figures.get(f"{name}_n", figures["empty"] if name == "empty_kept" else None)
        goal = GOALS.get(name, LEAST_F1_BY_LANGUAGE if name.startswith("f1_") else None)
        met = "" if goal is None else f"  goal {goal:g}"
        size = "" if count is None else f"  n {count}"
        print(f"{name:12} {value:7.3f}  [{low:.3f}, {high:.3f}]{size}{met}")


def show_calibration(scorer: ModuleType, paths: Sequence[Path]) -> None:
    """Print how often claims of each stated confidence agree with the annotation."""
    counted: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for path in paths:
        gold = scorer.read(path)
        for key, claims in predict(gold).items():
            right = {id(b) for _, b in scorer.pair(gold[key]["claims"], claims["claims"])}
            for claim in claims["claims"]:
                place = sum(claim["confidence"] >= edge for edge in BINS)
                counted[place].append((claim["confidence"], id(claim) in right))
    print("\nconfidence  stated  right      n")
    for place, rows in sorted(counted.items()):
        stated = sum(value for value, _ in rows) / len(rows)
        right = sum(ok for _, ok in rows) / len(rows)
        edges = f"{BINS[place - 1]:.1f}-{min(1, BINS[place]):.1f}"
        print(f"{edges:10}  {stated:.2f}    {right:.2f}   {len(rows):4}")


def show_news() -> None:
    """Print how often general news, most of it about no force at all, gives a claim."""
    print("\ngeneral news     documents  without a claim  claims")
    for name in NEWS:
        path = SHARED / f"data/corpora/{name}.jsonl"
        documents = [json.loads(line) for line in path.open(encoding="utf-8")]
        counts = [len(read_claims({"text": document["text"]})) for document in documents]
        empty = counts.count(0) / len(counts)
        print(f"{name:16} {len(counts):9}  {empty:15.3f}  {sum(counts):6}")


def own_report(number: int) -> str:
    """Write a report of about 2 kB in which every fourth sentence has a claim or two."""
    towns = ("Kursk", "Bryansk", "Gomel", "Mozyr", "Rostov", "Voronezh")
    moved = (
        f"The spokesman said on Monday that {number % 9 + 2} battalions had moved to "
        f"{towns[number % 6]} from {towns[(number + 1) % 6]}."
    )
    counted = (
        f"Residents counted {number % 40 + 3} army trucks near {towns[number % 5]} last night."
    )
    sentences = [
        moved,
        "Diplomats met for a third round of talks, and neither side spoke of a result.",
        "The currency lost 2 percent against the dollar before the central bank stepped in.",
        "Schools in the region stay closed until Wednesday, its governor wrote.",
        counted,
        "Nobody in the capital expects a quick answer to the letters that were sent last week.",
        "An observer mission asked for access to both sides of the line and was refused.",
        "Fuel prices rose again, and queues formed at filling stations along the main road.",
    ]
    text = ""
    while len(text) < REPORT_CHARS:
        text += " ".join(sentences) + "\n\n"
    return text[:REPORT_CHARS]


def show_speed(reports: int) -> None:
    """Print reports a second on one core, geoparsing included, and the memory at the end."""
    texts = [own_report(number) for number in range(50)]
    passage = {"published": "2022-01-13", "lang": "en"}
    for text in texts:
        read_claims({**passage, "text": text})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    for number in range(reports):
        read_claims({**passage, "text": texts[number % len(texts)]})
    spent_s = time.process_time() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"\n{reports / spent_s:.0f} reports/s of {REPORT_CHARS} characters, n {reports}", end="")
    print(f"  goal {LEAST_REPORTS_PER_S}; memory grew by {(after - before) / 1024:.1f} MB")


HOSTILE: dict[str, Callable[[int], str]] = {
    "a million digits": lambda n: "1" * n,
    "groups of digits": lambda n: "111 " * (n // 4),
    "names in a row": lambda n: "Ivanov " * (n // 7),
    "places in a row": lambda n: "in Kursk " * (n // 9),
    "unknown places in a row": lambda n: "tanks in " + "Qworf, " * (n // 7),
    "nested quotes": lambda n: '"«“' * (n // 3),
    "versions": lambda n: "3.14." * (n // 5),
    "shares of shares": lambda n: "half of the 10 tanks of " * (n // 24),
    "corrections": lambda n: "not 10 but 8 tanks, in fact " * (n // 28),
    "three languages": lambda n: "5 tanks. 5 танков были. 5 танків і. " * (n // 36),
    "full stops": lambda n: "." * n + "x",
    "tanks in a list": lambda n: "tanks, " * (n // 7),
    "counted tanks": lambda n: "5 tanks " * (n // 8),
    "he said that": lambda n: "he said that troops " * (n // 20),
    "dates": lambda n: "on 4 February 2022 troops " * (n // 26),
    "one sentence in Russian": lambda n: "20 танков прибыли в Минск, " * (n // 27),
}


def show_hostile() -> None:
    """Print the time for n and 2n characters: twice the text may take about twice the time."""
    print("\nhostile input            100 kB     200 kB   ratio")
    for name, make in HOSTILE.items():
        spent = []
        for size in (100_000, 200_000):
            start = time.process_time()
            read_claims({"text": make(size), "published": "2022-01-13"})
            spent.append(time.process_time() - start)
        print(f"{name:24} {spent[0]:6.2f} s  {spent[1]:6.2f} s   {spent[1] / spent[0]:.1f}")


def main() -> int:
    """Run the part that is asked for."""
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("part", choices=("gold", "calibration", "news", "speed", "hostile", "all"))
    given.add_argument("files", nargs="*", type=Path, default=GOLD)
    given.add_argument("--errors", action="store_true", help="list what is wrong")
    given.add_argument("--reports", type=int, default=2_000, help="reports to time")
    asked = given.parse_args()
    paths = [Path(path) for path in asked.files or GOLD]
    if asked.part in {"gold", "all"}:
        for path in paths:
            show_figures(load_scorer(), path, errors=asked.errors)
    if asked.part in {"calibration", "all"}:
        show_calibration(load_scorer(), paths)
    if asked.part in {"news", "all"}:
        show_news()
    if asked.part in {"speed", "all"}:
        show_speed(asked.reports)
    if asked.part in {"hostile", "all"}:
        show_hostile()
    return 0


if __name__ == "__main__":
    sys.exit(main())
