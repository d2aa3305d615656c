"""Measure exports: a million rows to each form, and the whole way out of a database.

Run `python bench/export.py [ROWS] [CLAIMS]`. Goals, in rows a second of processor time: GeoParquet
100,000, GeoJSON 30,000; the memory at its peak, each form in a process of its own, grows by at most
half from a tenth of the rows to all of them. Then the whole way of CLAIMS placed claims (by default
20,000): read, decided on by the publication policy, written. Exit code 1 where a goal is missed.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from tracker.api import Tracker
from tracker.exports import LAYERS, Facts, Form, Table, write_table
from tracker.store import Repository
from tracker.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parent))
from store import CLAIMS_PER_REPORT, claims_of, filed_reports, places_of

ROWS, CLAIMS, BATCH = 1_000_000, 20_000, 5_000
GOALS = {Form.GEOPARQUET: 100_000, Form.GEOJSON: 30_000}
GROWTH_GOAL = 1.5
FORMS = (Form.GEOPARQUET, Form.GEOJSON, Form.CSV, Form.GEOPACKAGE, Form.KMZ)
MB = 1024


def batches(rows: int) -> Iterator[GeoDataFrame]:
    """Make sightings: the columns and lengths of real ones, words that differ from row to row."""
    dice = np.random.default_rng(7)
    text = {field.name: field.name for field in LAYERS["sightings"].fields[:-1]}
    for first in range(0, rows, BATCH):
        size = min(BATCH, rows - first)
        numbers = np.arange(first, first + size)
        instants = pd.Series(pd.Timestamp("2021-11-01", tz="UTC") + pd.to_timedelta(numbers, "s"))
        columns: dict[str, object] = {name: [said] * size for name, said in text.items()}
        columns["id"] = [f"p-{number:020d}" for number in numbers]
        columns["quote"] = [
            f"A column of {number % 90} vehicles was filmed near the station, bound for the border."
            for number in numbers
        ]
        columns |= dict.fromkeys(("time_from", "time_to", "known_at"), instants)
        columns["radius_km"] = dice.uniform(1, 50, size)
        columns["sha256"] = ["0123456789abcdef" * 4] * size
        points = shapely.points(dice.uniform(22, 60, size), dice.uniform(44, 60, size))
        yield GeoDataFrame(pd.DataFrame(columns), geometry=points, crs="EPSG:4326")


def write(form: Form, rows: int, folder: Path) -> None:
    """Write rows in one form, and print processor seconds, peak memory in MB, and bytes."""
    layer = LAYERS["sightings"]
    warm = Table(
        name="sightings",
        title=layer.title,
        fields=layer.fields,
        facts=Facts(as_of=date(2022, 2, 18)),
        batches=batches(BATCH),
    )
    write_table(warm, folder / "warm", form, [])
    made = time.process_time()
    for _ in batches(rows):
        pass
    made = time.process_time() - made
    began = time.process_time()
    done = write_table(replace(warm, batches=batches(rows)), folder / "made", form, [])
    seconds = time.process_time() - began - made
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB
    print(seconds, peak_mb, done.file.stat().st_size)


def measured(form: Form, rows: int) -> tuple[float, float, int]:
    """Write rows in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, __file__, "--write", str(form), str(rows), folder]
        said = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    return float(said[0]), float(said[1]), int(said[2])


def whole_way(claims: int) -> None:
    """Read claims out of a database, let the policy decide, and write them."""
    dice = random.Random(7)
    filed = list(filed_reports(claims // CLAIMS_PER_REPORT, dice))
    made = claims_of(filed, dice)
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        with Repository.open(folder / "tracker.gpkg", create=True) as repository:
            repository.add_reports(filed)
            repository.add_claims(made, places_of(made, dice))
            opened = Tracker(Workspace(folder=folder), repository)
            for form in (Form.GEOPARQUET, Form.GEOJSON):
                began = time.process_time()
                done = opened.export("claims", folder / "made", form=str(form))
                rate = done.rows / (time.process_time() - began)
                print(f"whole way, {form}: {rate:,.0f} rows/s ({done.rows:,} claims and places)")


def main(rows: int, claims: int) -> int:
    """Measure everything; return the exit code."""
    missed = []
    print(f"{rows:,} sightings of {len(LAYERS['sightings'].fields)} columns")
    for form in FORMS:
        _, less_mb, _ = measured(form, rows // 10)
        seconds, peak_mb, size = measured(form, rows)
        rate = rows / seconds
        growth = peak_mb / less_mb
        print(
            f"{form:12} {rate:>9,.0f} rows/s  peak {peak_mb:,.0f} MB "
            f"({less_mb:,.0f} MB for a tenth)  {size / 1e6:,.0f} MB"
        )
        if rate < GOALS.get(form, 0):
            missed.append(f"{form} writes {rate:,.0f} rows/s, not {GOALS[form]:,}")
        if growth > GROWTH_GOAL:
            missed.append(f"memory of {form} grows {growth:.1f}-fold")
    whole_way(claims)
    print(*(missed or ["All goals are met."]), sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write(Form(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
    else:
        given = [int(word) for word in sys.argv[1:3]]
        sys.exit(main(*given, *(ROWS, CLAIMS)[len(given) :]))
