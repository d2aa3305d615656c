"""The files that start the jobs name commands, options and extras that there are."""

import configparser
import re
import shlex
import tomllib
from pathlib import Path

import typer

from jobs.cli import app

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"


def parses(words):
    """Tell whether the command line understands these words; nothing is run."""
    command = typer.main.get_command(app)
    context = command.make_context("tracker", list(words), resilient_parsing=True)
    rest = [word for word in words if word not in {"-w", "/desk", "/var/lib/tracker/desk"}]
    while hasattr(command, "commands"):
        command = command.commands[rest.pop(0)]
    known = {option for parameter in command.params for option in parameter.opts}
    return context is not None and [w for w in rest if w.startswith("-") and w not in known] == []


def test_the_systemd_unit_starts_the_jobs_and_lets_a_run_finish():
    """Its command is one, it stops by SIGTERM with minutes to spare, it comes again."""
    unit = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    unit.optionxform = str
    unit.read(DEPLOY / "tracker.service")
    service = unit["Service"]

    program, *words = shlex.split(service["ExecStart"])
    assert program.endswith("/tracker")
    assert parses(words)
    assert (service["KillSignal"], service["Restart"]) == ("SIGTERM", "on-failure")
    assert service["NoNewPrivileges"] == "yes"


def test_the_container_runs_what_there_is():
    """Commands, options and the extra that it installs are known; it does not run as root."""
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    lists = [re.findall(r'"([^"]+)"', line) for line in text.splitlines() if "CMD [" in line]
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
        "optional-dependencies"
    ]

    assert len(lists) == 2
    assert all(parses([word for word in words if word != "tracker"]) for words in lists)
    assert set(re.findall(r"\[(\w+)\]\"", text)) == {"postgis"} <= extras.keys()
    assert re.search(r"^USER tracker$", text, re.MULTILINE)
    assert "COPY dist/*.whl constraints.txt" in text
    assert (ROOT / "constraints.txt").is_file()
