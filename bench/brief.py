"""Measure a briefing with its picture in all formats, and check that its bytes come again.

Run from the checkout: ``python bench/brief.py``. CPU time of this process, the best of three; the
first includes what is imported on the way.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from jobs.briefings.brief import Order, brief
from jobs.briefings.editions import read_record, write_formats
from jobs.demo import make_demo
from tracker.api import open_workspace

GOAL_S = 5.0
FORMATS = ("md", "html", "eml", "atom", "pdf")
ORDER = Order(
    title="Russian build-up around Ukraine, 2021-22",
    area="around-ukraine",
    actor="RU",
    as_of=date(2022, 1, 14),
    since=date(2022, 1, 7),
    formats=FORMATS,
)


def main() -> None:
    """Print the time of a briefing and of making its files again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "demo"
        make_demo(folder)
        out, again = Path(name) / "out", Path(name) / "again"
        times = []
        with open_workspace(folder) as tracker:
            for _ in range(3):
                shutil.rmtree(out, ignore_errors=True)
                start = time.process_time()
                files = brief(tracker, ORDER, out)
                times.append(time.process_time() - start)
        start = time.process_time()
        record = read_record(out / "2022-01-14.json")
        made = write_formats(out, record, formats=FORMATS, templates=folder, to=again)
        spent = time.process_time() - start
        same = [path.read_bytes() for path in files] == [path.read_bytes() for path in made]
    print(f"briefing with picture, 5 formats: first {times[0]:.1f} s, best {min(times):.1f} s CPU")
    print(f"goal under {GOAL_S:g} s: {'met' if max(times) < GOAL_S else 'missed'}")
    print(
        f"files again from the record: {spent:.2f} s CPU, {'the same' if same else 'other'} bytes"
    )


if __name__ == "__main__":
    main()
