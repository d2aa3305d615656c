"""Measure the store: rows in, placed claims in, and questions by box and time over 200,000 places.

Run: python bench/store.py [PLACED_CLAIMS]. Goals: 15,000 table rows/s; 5,000 placed claims/s with
all roles; box and 30 days in at most 5 ms (median), at least 6 times faster than the full scan.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import shapely
import sqlalchemy as sa

from tracker.claims import Claim, Measure, PlaceMention, Quote
from tracker.placing import PlacedClaim
from tracker.reports import Capture, Report, Version
from tracker.store import FiledReport, Repository
from tracker.store.selection import claim, claim_conditions, place, place_conditions
from tracker.timespan import Timespan
from tracker.vocabulary import ClaimKind, PlaceRole, Precision, Qualifier, Status, Unit

WEST, SOUTH, EAST, NORTH = 22.0, 44.0, 60.0, 60.0
"""Box in which the places lie, degrees: from Lviv to the Urals."""
FIRST_DAY = datetime(2021, 3, 1, tzinfo=UTC)
DAYS = 360
CLAIMS_PER_REPORT = 10
ROLES = (PlaceRole.AT, PlaceRole.FROM, PlaceRole.TO)
QUERIES = 200


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
    claims = []
    for item in filed:
        version = item.versions[0]
        for number in range(CLAIMS_PER_REPORT):
            quote = Quote(start=number * 40, end=number * 40 + 36, text="x" * 36)
            seen = version.published_at - timedelta(days=dice.randrange(1, 7))
            claims.append(
                Claim(
                    report_id=item.report.id,
                    version_id=version.id,
                    quote=quote,
                    kind=ClaimKind.MOVEMENT,
                    status=Status.ACTUAL,
                    actor="RU",
                    known_at=version.known_at,
                    extractor="bench/1",
                    claimant="Conflict Intelligence Team",
                    via=("Reuters",),
                    measure=Measure(qualifier=Qualifier.ABOUT, unit=Unit.TANK, best=number + 1),
                    places=tuple(PlaceMention(role=role, text=f"place {role}") for role in ROLES),
                    observed=Timespan(
                        start=seen, end=seen + timedelta(days=1), precision=Precision.DAY
                    ),
                )
            )
    return claims


def places_of(claims: list[Claim], dice: random.Random) -> list[PlacedClaim]:
    """Place each role of each claim at random."""
    return [
        PlacedClaim(
            claim_id=item.id,
            role=mention.role,
            text=mention.text,
            name="Somewhere",
            geometry=shapely.Point(dice.uniform(WEST, EAST), dice.uniform(SOUTH, NORTH)),
            radius_km=5.0,
            score=0.9,
        )
        for item in claims
        for mention in item.places
    ]


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def questions(dice: random.Random) -> list[tuple[tuple[float, ...], tuple[datetime, datetime]]]:
    """Make boxes of one degree and spans of 30 days."""
    made = []
    for _ in range(QUERIES):
        west, south = dice.uniform(WEST, EAST - 1), dice.uniform(SOUTH, NORTH - 1)
        start = FIRST_DAY + timedelta(days=dice.randrange(DAYS - 30))
        made.append(((west, south, west + 1, south + 1), (start, start + timedelta(days=30))))
    return made


def main() -> None:
    """Fill a database, ask it, print the table."""
    places = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    dice = random.Random(7)  # noqa: S311 - reproducible, not secret
    filed = list(filed_reports(places // (CLAIMS_PER_REPORT * len(ROLES)) + 1, dice))
    claims = claims_of(filed, dice)
    placed = places_of(claims, dice)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.gpkg"
        with Repository.open(path, create=True) as repository:
            rows = 3 * len(filed)
            seconds = timed(lambda: repository.add_reports(filed))
            print(f"reports  {rows:8,} rows {rows / seconds:10,.0f} rows/s")
            seconds = timed(lambda: repository.add_claims(claims, placed))
            rows = len(claims) + len(placed)
            print(
                f"claims {len(claims):8,} claims {len(claims) / seconds:,.0f} claims/s; {len(placed) / seconds:,.0f} placed/s; {rows / seconds:,.0f} rows/s"
            )
            seconds = timed(lambda: repository.add_claims(claims, placed))
            print(f"again {len(claims) / seconds:,.0f} claims/s")
            print(path.stat().st_size / 1e6)
            for name, ask in {
                "placed": lambda b, o: repository.placed(bbox=b, observed=o),
                "frame": lambda b, o: repository.placed_frame(bbox=b, observed=o),
                "claims": lambda b, o: repository.claims(bbox=b, observed=o),
            }.items():
                times = []
                n = []
                for box, span in questions(random.Random(3)):
                    times.append(1000 * timed(lambda: n.append(len(ask(box, span)))))
                print(
                    name,
                    statistics.median(times),
                    sorted(times)[int(0.95 * len(times))],
                    statistics.mean(n),
                )


if __name__ == "__main__":
    main()
