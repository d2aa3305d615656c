"""The page script's own tests and types, run by node."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

FRONTEND = Path(__file__).parents[3] / "geo/page/frontend"


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run node in the frontend's folder."""
    return subprocess.run(
        ["node", *words], cwd=FRONTEND, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.node
def test_pure_functions_pass_their_tests():
    """Decoding, windows, shapes, labels, permalinks and files behave in node's test runner."""
    tests = sorted(str(path) for path in (FRONTEND / "test").glob("*.test.js"))
    answer = run("--test", *tests)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.node
def test_types_hold():
    """The JSDoc types of the modules agree (tsc --checkJs)."""
    answer = run("node_modules/typescript/bin/tsc", "--project", "jsconfig.json")
    assert answer.returncode == 0, answer.stdout


@pytest.mark.node
def test_rules_hold():
    """No text is set as markup, nothing asks the network, nothing is left unused (eslint)."""
    answer = run("node_modules/eslint/bin/eslint.js", ".")
    assert answer.returncode == 0, answer.stdout


def test_modules_are_small():
    """One concept per module: none has more than 400 lines, half have at most 130."""
    lengths = sorted(
        len(path.read_text(encoding="utf-8").splitlines())
        for path in (FRONTEND / "src").glob("*.js")
    )
    assert lengths[-1] <= 400
    assert lengths[len(lengths) // 2] <= 130
