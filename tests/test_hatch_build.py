"""The build hook: what is unchanged is skipped, and failure is one sentence."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NO_HOST = "http://127.0.0.1:9"


@pytest.fixture
def hook():
    """Load the hook as hatchling does, from its file."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def runs(hook, tmp_path):
    """Make a step that copies a file, and count how often it runs."""
    source, output = tmp_path / "source.txt", tmp_path / "out"
    source.write_text("one\n", encoding="utf-8")
    times = []

    def run() -> None:
        times.append(1)
        shutil.copy(source, output / "made.txt")

    step = hook.Step(name="copy", inputs=(source,), output=output, ready=("made.txt",), run=run)
    return step, source, times


def test_unchanged_step_is_fresh(runs):
    """A step that ran is fresh until an input changes."""
    step, source, times = runs
    assert not step.is_fresh()
    step.build()
    assert step.is_fresh()
    source.write_text("two\n", encoding="utf-8")
    assert not step.is_fresh()
    assert len(times) == 1


def test_line_ends_do_not_make_a_step_stale(runs):
    """A checkout with Windows line ends is the same source."""
    step, source, _ = runs
    step.build()
    source.write_bytes(b"one\r\n")
    assert step.is_fresh()


def test_lost_output_makes_a_step_stale(runs):
    """A stamp without the file that it vouches for counts for nothing."""
    step, _, _ = runs
    step.build()
    (step.output / "made.txt").unlink()
    assert not step.is_fresh()


@pytest.mark.skipif(shutil.which("npm") is None, reason="needs npm to see it fail")
def test_unreachable_registry_gives_one_sentence(hook, tmp_path, monkeypatch, capsys):
    """Without network the build says what to do instead of showing a traceback of npm."""
    frontend = tmp_path / "frontend"
    ignore = shutil.ignore_patterns("node_modules")
    shutil.copytree(ROOT / "geo/page/frontend", frontend, ignore=ignore)
    monkeypatch.setenv("npm_config_registry", NO_HOST)
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    with pytest.raises(
        hook.BuildStepFailedError, match="npm could not fetch its packages: connect"
    ):
        hook.bundle_page(frontend)
    assert capsys.readouterr().err


def test_lockfile_names_no_registry():
    """Packages are verified by their hashes, wherever they come from."""
    text = (ROOT / "geo/page/frontend/package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert "://registry" not in text
    assert text.count('"integrity"') > 20
