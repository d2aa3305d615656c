"""The command line, to be run in this process."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result
from typer.testing import CliRunner

from jobs.cli import app


@pytest.fixture
def run() -> Callable[..., Result]:
    """Run the command line in this process: `run("estimate", "-w", folder)`."""

    def command(*words: object) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words])

    return command
