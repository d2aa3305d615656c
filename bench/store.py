"""Measure the store: rows in, placed claims in, and questions by box and time over 200,000 places.

Run `python bench/store.py [PLACED_CLAIMS] [ADDRESS]`; with the address of an empty PostGIS database
the same is loaded and read there too, in the same run. Goals, for the file: 15,000 table rows/s;
5,000 placed claims/s with all roles; a box of one degree and 30 days in at most 5 ms (median) and
at least 6 times faster than the full scan of the same run. Goals are held against the clock on the
wall; the processor's seconds beside it tell whether the machine had other work. Exit code 1 where
a goal is missed.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import shapely
import sqlalchemy as sa

from tracker.claims import Claim, Measure, PlaceMention, Quote
from tracker.placing import PlacedClaim
from tracker.reports import Capture, Report, Version
from tracker.store import FiledReport, Repository
from tracker.store.types import utc_text
from tracker.timespan import Timespan
from tracker.vocabulary import ClaimKind, PlaceRole, Precision, Qualifier, Status, Unit

WEST, SOUTH, EAST, NORTH = 22.0, 44.0, 60.0, 60.0
"""Box in which the places lie, degrees: from Lviv to the Urals."""
FIRST_DAY = datetime(2021, 3, 1, tzinfo=UTC)
DAYS = 360
CLAIMS_PER_REPORT = 10
ROLES = (PlaceRole.AT, PlaceRole.FROM, PlaceRole.TO)
WIDE_SHARE = 0.02
"""Share of places that are wide shapes, like the Far East."""
FAR_EAST = shapely.MultiPolygon(
    [
        shapely.Point(150, 60).buffer(18, quad_segs=32).intersection(shapely.box(130, 42, 180, 77)),
        shapely.box(-180, 62, -170, 68),
    ]
)
QUERIES = 200
SCANS = 10

ROWS_GOAL = 15_000
PLACED_GOAL = 5_000
QUESTION_GOAL_MS = 5.0
RATIO_GOAL = 6.0

# The same question without R-tree and index: every place is looked at.
SCAN = sa.text(
    """SELECT count(*) FROM claim_place AS p JOIN claim AS c ON c.fid = p.claim_fid
    WHERE ST_MaxX(p.geometry) >= :west AND ST_MinX(p.geometry) <= :east
        AND ST_MaxY(p.geometry) >= :south AND ST_MinY(p.geometry) <= :north
        AND c.observed_from <= :end AND c.observed_to >= :start"""
)


@dataclass(frozen=True, kw_only=True)
class Question:
    """A box of one degree and a span of 30 days."""

    bbox: tuple[float, float, float, float]
    observed: tuple[datetime, datetime]

    def parameters(self) -> dict[str, object]:
        """Name its edges for the scan."""
        west, south, east, north = self.bbox
        start, end = (utc_text(instant) for instant in self.observed)
        edges = {"west": west, "south": south, "east": east, "north": north}
        return edges | {"start": start, "end": end}


def filed_reports(count: int, dice: random.Random) -> Iterator[FiledReport]:
    """Make reports of 600 letters, each with one version and one capture."""
    for number in range(count):
        published = FIRST_DAY + timedelta(minutes=dice.randrange(DAYS * 1440))
        report = Report(source="bench", own_id=str(number))
        words = " ".join(dice.choices(("train", "column", "tanks", "station", "seen"), k=100))
        version = Version(
            report_id=report.id,
            title=f"Report {number}",
            text=words,
            published_at=published,
            known_at=published,
        )
        capture = Capture(
            version_id=version.id,
            sha256=f"{number:064x}",
            address=f"bench/{number}.txt",
            captured_at=published,
        )
        yield FiledReport(report=report, versions=(version,), captures=(capture,))


def claims_of(filed: list[FiledReport], dice: random.Random) -> list[Claim]:
    """Make ten claims of each report, each with a measure, a time and three places."""
    return [claim_of(item, number, dice) for item in filed for number in range(CLAIMS_PER_REPORT)]


def claim_of(filed: FiledReport, number: int, dice: random.Random) -> Claim:
    """Make one claim of a report."""
    version = filed.versions[0]
    seen = version.published_at - timedelta(days=dice.randrange(1, 7))
    return Claim(
        report_id=filed.report.id,
        version_id=version.id,
        quote=Quote(start=number * 40, end=number * 40 + 36, text="x" * 36),
        kind=ClaimKind.MOVEMENT,
        status=Status.ACTUAL,
        actor="RU",
        known_at=version.known_at,
        extractor="bench/1",
        claimant="Conflict Intelligence Team",
        via=("Reuters",),
        measure=Measure(qualifier=Qualifier.ABOUT, unit=Unit.TANK, best=number + 1),
        places=tuple(PlaceMention(role=role, text=f"place {role}") for role in ROLES),
        observed=Timespan(start=seen, end=seen + timedelta(days=1), precision=Precision.DAY),
    )


def places_of(claims: list[Claim], dice: random.Random) -> list[PlacedClaim]:
    """Place each role of each claim at random, a few of them in the Far East."""
    return [
        PlacedClaim(
            claim_id=claim.id,
            role=mention.role,
            text=mention.text,
            name="Somewhere",
            geometry=FAR_EAST
            if dice.random() < WIDE_SHARE
            else shapely.Point(dice.uniform(WEST, EAST), dice.uniform(SOUTH, NORTH)),
            radius_km=5.0,
            score=0.9,
        )
        for claim in claims
        for mention in claim.places
    ]


def questions(count: int) -> list[Question]:
    """Make questions, the same ones each time."""
    dice = random.Random(3)
    made = []
    for _ in range(count):
        west, south = dice.uniform(WEST, EAST - 1), dice.uniform(SOUTH, NORTH - 1)
        start = FIRST_DAY + timedelta(days=dice.randrange(DAYS - 30))
        made.append(
            Question(
                bbox=(west, south, west + 1, south + 1),
                observed=(start, start + timedelta(days=30)),
            )
        )
    return made


def seconds_of(work: Callable[[], object]) -> float:
    """Return the seconds that work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ask(work: Callable[[Question], object], count: int = QUERIES) -> tuple[float, float]:
    """Return median and 95th percentile of the milliseconds that questions take."""
    times = sorted(1000 * seconds_of(lambda q=q: work(q)) for q in questions(count))
    return statistics.median(times), times[int(0.95 * len(times))]


def fill(repository: Repository, places: int) -> bool:
    """Fill the database, print how fast, and tell whether the goals were met."""
    dice = random.Random(7)
    filed = list(filed_reports(places // (CLAIMS_PER_REPORT * len(ROLES)) + 1, dice))
    claims = claims_of(filed, dice)
    placed = places_of(claims, dice)
    report_rows = 3 * len(filed)
    claim_rows = len(claims) + len(placed)
    print(f"{'rows in':42}{'rows':>9}{'s':>8}{'cpu s':>8}{'rows/s':>9}{'of goal':>9}")
    rates = []
    for name, rows, work, goal in (
        (
            "reports, versions, captures, text index",
            report_rows,
            lambda: repository.add_reports(filed),
            ROWS_GOAL,
        ),
        (
            "claims and places, all table rows",
            claim_rows,
            lambda: repository.add_claims(claims, placed),
            ROWS_GOAL,
        ),
        ("the same again", claim_rows, lambda: repository.add_claims(claims, placed), ROWS_GOAL),
    ):
        start = time.process_time()
        seconds = seconds_of(work)
        cpu = time.process_time() - start
        rate = rows / seconds
        rates.append((rate, seconds, cpu))
        print(f"{name:42}{rows:9,}{seconds:8.2f}{cpu:8.2f}{rate:9,.0f}{rate / goal:8.2f}x")
    _, seconds, cpu = rates[1]
    for name, count in (
        ("  of these, placed claims (claim and role)", len(placed)),
        ("  of these, claims, each with three roles", len(claims)),
    ):
        rate = count / seconds
        print(f"{name:42}{count:9,}{seconds:8.2f}{cpu:8.2f}{rate:9,.0f}{rate / PLACED_GOAL:8.2f}x")
    return all(rate >= ROWS_GOAL for rate, *_ in rates[:2]) and len(placed) / seconds >= PLACED_GOAL


def question(repository: Repository) -> bool:
    """Ask the database, print how fast, and tell whether the goals were met."""

    def scan(asked: Question) -> None:
        with repository.database.reading() as connection:
            connection.execute(SCAN, asked.parameters()).scalar()

    scan_ms, scan_p95_ms = ask(scan, SCANS)
    print(f"\n{'box of 1 degree and 30 days':42}{'p50 ms':>9}{'p95 ms':>9}{'faster':>9}")
    print(f"{'full scan':42}{scan_ms:9.2f}{scan_p95_ms:9.2f}{1:8.1f}x")
    medians = {}
    for name, work in {
        "placed claims as values": lambda q: repository.placed(bbox=q.bbox, observed=q.observed),
        "placed claims as a frame": lambda q: repository.placed_frame(
            bbox=q.bbox, observed=q.observed
        ),
        "claims as values": lambda q: repository.claims(bbox=q.bbox, observed=q.observed),
    }.items():
        median_ms, p95_ms = ask(work)
        medians[name] = median_ms
        print(f"{name:42}{median_ms:9.2f}{p95_ms:9.2f}{scan_ms / median_ms:8.1f}x")
    median_ms = medians["placed claims as values"]
    return median_ms <= QUESTION_GOAL_MS and scan_ms / median_ms >= RATIO_GOAL


def read(repository: Repository) -> None:
    """Read everything, print how fast."""
    print(f"\n{'everything out':42}{'rows':>9}{'s':>8}{'rows/s':>9}")
    as_of = (FIRST_DAY + timedelta(days=DAYS)).date()
    for name, work in {
        "claims as values, as of the last day": lambda: repository.claims(as_of=as_of),
        "placed claims as values": repository.placed,
        "placed claims as a frame": repository.placed_frame,
        "reports with a word": lambda: repository.reports(search="column", limit=50),
    }.items():
        found: list[int] = []
        seconds = seconds_of(lambda work=work, found=found: found.append(len(work())))
        print(f"{name:42}{found[0]:9,}{seconds:8.2f}{found[0] / seconds:9,.0f}")


def main() -> int:
    """Fill a database, ask it, print the tables."""
    places = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    server = sys.argv[2] if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.gpkg"
        with Repository.open(path, create=True) as repository:
            met = fill(repository, places)
            met &= question(repository)
            read(repository)
        print(f"\nfile: {path.stat().st_size / 1e6:.0f} MB")
    if server is not None:
        print("\nthe same on a server")
        with Repository.open(server, create=True) as repository:
            fill(repository, places)
            read(repository)
    print("all goals met" if met else "a goal was missed")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
