"""A program that is killed in the middle of writing leaves a sound database."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from tracker.reports.archive import Archive
from tracker.store import Repository
from tracker.store.doctor import examine, is_healthy

WRITER = """
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import shapely

from tracker.claims import Claim, Quote
from tracker.placing import PlacedClaim
from tracker.reports import Capture, Report, Version
from tracker.reports.archive import Archive
from tracker.store import FiledReport, Repository
from tracker.vocabulary import ClaimKind, PlaceRole, Status

folder = Path(sys.argv[1])
at = datetime(2022, 1, 10, tzinfo=UTC)
archive = Archive(folder / "archive")
with Repository.open(folder / "tracker.gpkg", create=True) as repository:
    for number in count():
        report = Report(source="test", own_id=str(number))
        text = f"train {number} " * 200
        sha256 = archive.add(text.encode())
        version = Version(
            report_id=report.id, title="", text=text, published_at=at, known_at=at
        )
        capture = Capture(version_id=version.id, sha256=sha256, address="x", captured_at=at)
        claims = [
            Claim(
                report_id=report.id,
                version_id=version.id,
                quote=Quote(start=start, end=start + 5, text="train"),
                kind=ClaimKind.SIGHTING,
                status=Status.ACTUAL,
                actor="RU",
                known_at=at,
                extractor="test",
            )
            for start in range(20)
        ]
        placed = [
            PlacedClaim(
                claim_id=claim.id,
                role=PlaceRole.AT,
                text="x",
                geometry=shapely.Point(number % 180, claim.quote.start),
                radius_km=1,
            )
            for claim in claims
        ]
        with repository.transaction():
            repository.add_reports(
                [FiledReport(report=report, versions=(version,), captures=(capture,))]
            )
            repository.add_claims(claims, placed)
        print(number, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_writer_leaves_whole_transactions(tmp_path):
    """After kill -9 at three random moments the file is sound and holds whole transactions."""
    dice = random.Random(11)
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline()
            time.sleep(dice.uniform(0.1, 0.5))
            writer.send_signal(signal.SIGKILL)
        with Repository.open(tmp_path / "tracker.gpkg") as repository:
            findings = examine(repository.database, Archive(tmp_path / "archive"), deep=True)
            assert is_healthy(findings), findings
            reports = repository.reports()
            assert reports
            assert len(repository.claims()) == len(repository.placed()) == 20 * len(reports)
