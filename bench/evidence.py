"""Measure echoes: pairs found on two sets of reports, and the effort as reports come in.

Run `python bench/evidence.py pairs [--errors]`, `scale [--reports N]`, `polls [--reports N]`, or
`all`.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tracker.claims import Claim, Measure, PlaceMention, Quote
from tracker.evidence.echoes import Signature, echoes, report_echoes
from tracker.evidence.telling import Telling
from tracker.reports import Report, Version
from tracker.store import FiledReport, Repository
from tracker.store.weighing import weigh_evidence
from tracker.timespan import span_of_dates
from tracker.vocabulary import ClaimKind, PlaceRole, Qualifier, Status, Unit

FOLDER = Path(__file__).parents[1] / "tests/tracker/evidence"
SETS = {
    "of 2021-22, on which the method was built": "echo_reports.csv",
    "of four other wars, written apart": "echo_reports_elsewhere.csv",
}
GOALS = {"precision": 0.95, "recall": 0.85, "recall on translations": 0.70}
RESAMPLES = 2_000
BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
REPORTS_A_DAY = 140
TOWNS = 400
OUTLETS = 40
POLLS = (1, 1, 20, 20, 100)
CHOICES = ("pairs", "scale", "polls", "all")
DAY = timedelta(days=1)

Pair = tuple[str, str]


def read_set(name: str) -> list[tuple[str, str, Telling]]:
    """Read reports as (event, language, telling)."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return [
            (
                row["event"],
                row["lang"],
                Telling(
                    id=f"r-{i:02}", text=row["text"], published_at=BEGIN + int(row["day"]) * DAY
                ),
            )
            for i, row in enumerate(csv.DictReader(file))
        ]


def pairs_of(told: Sequence[tuple[str, str, Telling]]) -> tuple[set[Pair], set[Pair], set[Pair]]:
    """Find true pairs, those across languages, and the pairs that are found."""
    true, translated = set(), set()
    for (event, lang, one), (other_event, other_lang, other) in combinations(told, 2):
        if event == other_event:
            pair = (min(one.id, other.id), max(one.id, other.id))
            true.add(pair)
            translated |= {pair} if lang != other_lang else set()
    groups = echoes(telling for _, _, telling in told)
    found = {(min(pair), max(pair)) for group in groups for pair in combinations(group, 2)}
    return true, translated, found


def interval(hits: Mapping[str, tuple[int, int]]) -> tuple[float, float]:
    """Give the 90 % interval of a share, drawing events anew: pairs of one event hang together."""
    drawn = random.Random(7)
    events = sorted(hits)
    shares = []
    for _ in range(RESAMPLES):
        chosen = [hits[drawn.choice(events)] for _ in events]
        total = sum(n for _, n in chosen)
        shares.append(sum(k for k, _ in chosen) / total if total else 1.0)
    shares.sort()
    return shares[int(0.05 * RESAMPLES)], shares[int(0.95 * RESAMPLES)]


def measure_pairs(*, show_errors: bool) -> bool:
    """Print precision and recall of both sets; say whether the goals are met."""
    met = True
    for words, name in SETS.items():
        told = read_set(name)
        event_of = {telling.id: event for event, _, telling in told}
        true, translated, found = pairs_of(told)
        languages = len({lang for _, lang, _ in told})
        print(f"{len(told)} reports in {languages} languages {words}")
        for goal, wanted, hits in (
            ("precision", found, found & true),
            ("recall", true, found & true),
            ("recall on translations", translated, found & translated),
        ):
            by_event: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
            for pair in wanted:
                k, n = by_event[event_of[pair[0]]]
                by_event[event_of[pair[0]]] = k + (pair in hits), n + 1
            share = len(hits) / len(wanted)
            low, high = interval(by_event)
            met &= share > GOALS[goal]
            print(
                f"  {goal:24} {share:.3f} (90 %: {low:.3f} to {high:.3f}; n = {len(wanted)} pairs, "
                f"goal > {GOALS[goal]})"
            )
        if show_errors:
            texts = {telling.id: telling.text for _, _, telling in told}
            for kind, wrong in (("missed", true - found), ("false", found - true)):
                for one, other in sorted(wrong):
                    print(f"  {kind}: {texts[one][:70]} | {texts[other][:70]}")
    return met


def made_reports(count: int) -> list[Telling]:
    """Invent reports, a fifth of them reposts of one of the last hundred."""
    drawn = random.Random(11)
    letters = "abcdefghiklmnoprstuvz"
    towns = ["".join(drawn.choices(letters, k=8)).title() for _ in range(TOWNS)]
    words = ["".join(drawn.choices(letters, k=drawn.randint(3, 9))) for _ in range(3_000)]
    made: list[Telling] = []
    for i in range(count):
        at = BEGIN + i * DAY / REPORTS_A_DAY
        if made and drawn.random() < 0.2:
            text = f"Shared: {made[-drawn.randint(1, min(100, len(made)))].text}"
        else:
            named = " ".join(drawn.sample(towns, 6))
            text = f"{named} {drawn.randint(10, 4000)} {' '.join(drawn.choices(words, k=120))}"
        made.append(Telling(id=f"r-{i}", text=text, published_at=at))
    return made


def measure_scale(count: int) -> None:
    """Print the effort of all reports at once, and of one more day when the rest is kept."""
    tellings = {telling.id: telling for telling in made_reports(count)}
    begun = time.process_time()
    signatures = [
        Signature(
            id=one.id,
            report_id=one.id,
            published_at=one.published_at,
            known_at=one.published_at,
            keys=one.keys,
        )
        for one in tellings.values()
    ]
    signed = time.process_time()
    found = report_echoes(signatures, tellings.__getitem__)
    compared = time.process_time()
    near = signatures[-7 * REPORTS_A_DAY :]
    report_echoes(near, tellings.__getitem__, {one.id for one in near[-REPORTS_A_DAY:]})
    day = time.process_time() - compared
    asked = len({(echo.id, echo.origin) for echo in found})
    size = sum(len(one.keys) for one in signatures) * 8 / len(signatures)
    print(f"{count} reports of about 1 kB: {asked} pairs found (CPU time)")
    print(f"  signatures  {1e3 * (signed - begun) / count:.2f} ms a report, {size:.0f} bytes kept")
    print(f"  comparison  {1e3 * (compared - signed) / count:.2f} ms a report")
    print(f"  one more day of {REPORTS_A_DAY} reports beside kept signatures: {day:.2f} s")


def claimed(telling: Telling) -> tuple[FiledReport, Claim]:
    """Make the report of a telling, with a claim about a town out of its words."""
    drawn = random.Random(telling.id)
    words = telling.text.replace("Shared: ", "").split()
    day = telling.published_at.date().isoformat()
    report = Report(source=f"outlet {drawn.randrange(OUTLETS)}", own_id=telling.id)
    version = Version(
        report_id=report.id,
        title="",
        text=telling.text,
        published_at=telling.published_at,
        known_at=telling.published_at,
    )
    claim = Claim(
        report_id=report.id,
        version_id=version.id,
        quote=Quote(start=0, end=60, text=telling.text[:60]),
        kind=ClaimKind.PRESENCE,
        status=Status.ACTUAL,
        actor="RU",
        known_at=telling.published_at,
        extractor="bench 1",
        claimant=report.source,
        measure=Measure(
            qualifier=Qualifier.EXACT, unit=drawn.choice(list(Unit)[:8]), best=float(words[6])
        ),
        places=(PlaceMention(role=PlaceRole.AT, text=words[0]),),
        observed=span_of_dates(day, day),
    )
    return FiledReport(report=report, versions=(version,), captures=()), claim


def measure_polls(count: int) -> None:
    """Print the effort of weighing all at once, and of what comes in later in small parts."""
    every = [claimed(telling) for telling in made_reports(count + sum(POLLS))]
    with (
        tempfile.TemporaryDirectory() as folder,
        Repository.open(Path(folder) / "tracker.gpkg", create=True) as repository,
    ):
        print(f"{count} reports with a claim each are held, {REPORTS_A_DAY} a day (CPU time)")
        first = 0
        for size in (count, *POLLS):
            part = every[first : first + size]
            repository.add_reports(filed for filed, _ in part)
            repository.add_claims(claim for _, claim in part)
            begun = time.process_time()
            weigh_evidence(repository)
            spent_ms = 1e3 * (time.process_time() - begun)
            print(f"  {size:6} new: {spent_ms:8,.0f} ms, {spent_ms / size:.2f} ms a report")
            first += size
        begun = time.process_time()
        weigh_evidence(repository)
        print(f"  nothing new: {1e3 * (time.process_time() - begun):.0f} ms")


def main() -> int:
    """Run what is asked for; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", default="all", choices=CHOICES)
    parser.add_argument("--errors", action="store_true", help="list the pairs that went wrong")
    parser.add_argument("--reports", type=int, default=20_000)
    asked = parser.parse_args()
    met = True
    if asked.what in {"pairs", "all"}:
        met = measure_pairs(show_errors=asked.errors)
    if asked.what in {"scale", "all"}:
        measure_scale(asked.reports)
    if asked.what in {"polls", "all"}:
        measure_polls(asked.reports)
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
