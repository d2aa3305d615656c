"""The examples of the documents do what the documents say, from an empty folder."""

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OWN_THEATRE = "docs/how-to/own-theatre.md"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(
    r"(?:[Ss]ave\s+this\s+as\s+`([^`]+)`:\n\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
"""A fenced block with its language, and the name of the file that it is to be saved as."""


def blocks(page):
    """List the fenced blocks of a page: file to save it as, language, text."""
    return [match.groups() for match in BLOCK.finditer(page.read_text(encoding="utf-8"))]


def pages_with(language, *, said=""):
    """List the pages with a block of a language that contains some text."""
    return [
        pytest.param(page, id=str(page.relative_to(ROOT)))
        for page in PAGES
        if any(of == language and said in text for _, of, text in blocks(page))
    ]


def shell_script(page):
    """Write the commands of a page as one script that saves the files of the page, in its order."""
    steps = ["set -eu"]
    for name, language, text in blocks(page):
        if name is not None:
            steps += [f"cat > {name} <<'END OF FILE'", f"{text}END OF FILE"]
        elif language == "sh":
            steps.append(text)
    return "\n".join(steps)


@pytest.fixture
def folder(tmp_path, demo, monkeypatch):
    """Make an empty folder with the demo in it, as `make demo` leaves it."""
    (tmp_path / "demo").symlink_to(demo)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def follow(page, folder):
    """Type what stands in a page, from top to bottom, and return how it ended."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        [shutil.which("bash"), "-c", shell_script(page)],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize("page", [page for page in pages_with("sh") if page.id != OWN_THEATRE])
def test_commands_of_a_page_run_in_its_order(page, folder):
    """A reader who types what stands in the page, and saves its files, meets no error."""
    ran = follow(page, folder)

    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-2000:]


@pytest.mark.parametrize("page", pages_with("python", said=">>> "))
def test_sessions_of_a_page_print_what_stands_there(page, folder):
    """Each `>>>` gives the lines below it."""
    text = "\n".join(text for _, of, text in blocks(page) if of == "python" and ">>> " in text)
    session = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    said = []

    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(session, out=said.append)

    assert result.attempted
    assert not result.failed, "".join(said)


@pytest.mark.parametrize("page", pages_with("python", said="tracker.open("))
def test_scripts_of_a_page_run(page, folder):
    """What is no session runs as it stands."""
    for _, language, text in blocks(page):
        if language == "python" and ">>> " not in text and "tracker.open(" in text:
            exec(compile(text, str(page), "exec"), {})

    assert (folder / "demo").is_dir()


def test_a_stranger_gets_a_map_and_a_briefing_of_another_theatre(folder):
    """The page on an own theatre ends with a map, a briefing and a site of that theatre alone."""
    ran = follow(ROOT / OWN_THEATRE, folder)

    desk = folder / "caucasus"
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-2000:]
    briefing = (desk / "site/briefings/2020-09-26.md").read_text(encoding="utf-8")
    assert briefing.startswith("# The line of contact, 2020\n")
    assert "Azerbaijan, Line of contact: about " in briefing
    assert "The line of contact, 2020" in (desk / "map.html").read_text(encoding="utf-8")
    index = (desk / "site/index.html").read_text(encoding="utf-8")
    assert "of Azerbaijan present" in index
    assert "around Ukraine" not in index + briefing
