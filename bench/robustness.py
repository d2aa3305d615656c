"""Kill the work 200 times, let every system call of it fail once, and compare what is left.

Run `python bench/robustness.py [KILLS]`, on Linux with a C compiler; about half an hour. The work
is ingest, estimate and site of a small workspace, at a time that stands still. Goals: after each
stop database and archive are sound and no page is half written; after the restart rows, bytes and
pages are those of an undisturbed run. Exit code 1 where one is missed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
KILLS = 200
KINDS = "open,write,fsync,rename"


def trials(*options: str, preload: Path | None = None) -> Iterator[dict[str, object]]:
    """Run trials in a process of their own.

    Parameters
    ----------
    *options : str
        Options of `tests.robustness.runs`.
    preload : Path, optional
        The library that lets system calls fail.

    Yields
    ------
    dict
        What became of each.
    """
    env = os.environ | ({"LD_PRELOAD": str(preload)} if preload else {})
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.robustness.runs", folder, *options]
        with subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                yield json.loads(line)


def main() -> int:
    """Run all trials and print the counts.

    Returns
    -------
    int
        0 where nothing was lost.
    """
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    count: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "faults.so"
        source = ROOT / "tests" / "robustness" / "faults.c"
        subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
        for name, outcomes in (
            ("killed", trials("--kill", str(kills))),
            ("failed", trials("--fail", KINDS, "--steps", "ingest", preload=library)),
            ("failed", trials("--fail", KINDS, "--steps", "site", preload=library)),
        ):
            for outcome in outcomes:
                count[str(outcome.get("kind", name))] += 1
                if outcome["broken"] or not outcome["same"]:
                    count["missed"] += 1
                    print("missed:", outcome)
    for name, number in sorted(count.items()):
        print(f"{name:>8}: {number}")
    return 1 if count["missed"] or not count["killed"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
