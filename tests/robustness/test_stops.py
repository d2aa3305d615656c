"""Killed at any moment, or refused by the system at any call, a run leaves nothing by halves."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
LONGEST_S = 280

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks and preloads, as on Linux")


def trials(folder, *options, preload=None):
    """Run trials in a process of their own, and read what became of each."""
    env = os.environ | ({"LD_PRELOAD": str(preload)} if preload else {})
    done = subprocess.run(
        [sys.executable, "-m", "tests.robustness.runs", str(folder), *options],
        cwd=HERE.parents[1],
        env=env,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


@pytest.fixture
def shim(tmp_path):
    """Build the library that lets system calls fail."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("there is no C compiler; install gcc to let system calls fail")
    library = tmp_path / "faults.so"
    source = HERE / "faults.c"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    return library


def test_killed_at_random_moments(tmp_path):
    """After the restart there are exactly the rows, bytes and pages of an undisturbed run."""
    outcomes, _ = trials(tmp_path, "--steps", "ingest", "--kill", "6", "--seed", "7")
    assert len(outcomes) == 6
    assert any(one["hit"] for one in outcomes)
    assert [one for one in outcomes if one["broken"] or not one["same"]] == []


def test_a_site_that_is_killed_is_never_half_written(tmp_path):
    """Pages are whole or the older ones; the next run completes them."""
    outcomes, _ = trials(tmp_path, "--steps", "site", "--kill", "2", "--seed", "3")
    assert [one for one in outcomes if one["broken"] or not one["same"]] == []


def test_any_system_call_may_fail(tmp_path, shim):
    """Opens, writes, syncs and renames: one sentence, a sound database, the same rows later."""
    kinds = "open,write,fsync,rename"
    options = ("--steps", "ingest", "--fail", kinds, "--most", "3")
    outcomes, said = trials(tmp_path, *options, preload=shim)
    assert {one["kind"] for one in outcomes} == set(kinds.split(","))
    assert [one for one in outcomes if one["broken"] or not one["same"]] == []
    assert any(one["code"] for one in outcomes)
    assert "Traceback" not in said


def test_a_disk_that_is_full_stays_so_until_there_is_room(tmp_path, shim):
    """Every write fails from some moment on; once there is room, the rows are the same."""
    options = ("--steps", "ingest", "--fail", "write", "--most", "3", "--lasting")
    outcomes, said = trials(tmp_path, *options, preload=shim)
    assert [one for one in outcomes if one["broken"] or not one["same"]] == []
    assert "no room left" in said or "No space left" in said
