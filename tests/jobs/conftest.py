"""The demo's workspace, built once, and the command line to ask it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from jobs.cli import app
from jobs.demo import make_demo


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a demo that tests read and never write."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    make_demo(folder)
    return folder


@pytest.fixture
def own_demo(demo: Path, tmp_path: Path) -> Path:
    """Folder of a demo that the test may change."""
    return Path(shutil.copytree(demo, tmp_path / "own"))


@pytest.fixture
def run() -> Callable[..., Result]:
    """Run the command line in this process: `run("estimate", "-w", folder)`."""

    def command(*words: object) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words])

    return command
