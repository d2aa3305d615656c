"""Echoes narrow no interval, and every number walks back to the archived bytes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tracker.api import open_workspace

POST = """Source: {source}
Published: {day}T10:00Z
Address: https://{source}.example/{number}
Language: {lang}
Title: {title}

{text}
"""
TOLD = {
    "en": "Ukraine's defence minister Oleksii Reznikov said in Kyiv that {} Russian troops are "
    "massed near the borders of Ukraine.",
    "ru": "Министр обороны Украины Алексей Резников заявил в Киеве, что у границ Украины "
    "сосредоточено {} российских военных.",
}


def post(folder, source, number, lang="en", size="94,300", day="2021-12-03"):
    """Write a report file."""
    text = TOLD[lang].format(size)
    content = POST.format(
        source=source, day=day, number=number, lang=lang, title=f"Report {number}", text=text
    )
    path = folder / f"{source}-{number}.txt"
    path.write_text(content, encoding="utf-8")
    return path


def width(folder, run, day="2021-12-10"):
    """Estimate the theatre and give the width of its 90 % interval as a ratio."""
    words = ("--area", "around-ukraine", "--from", day, "--to", day, "--as-of", day, "--json")
    (row,) = json.loads(run("estimate", "-w", folder, *words).stdout)
    return row["p95"] / row["p05"]


@pytest.fixture
def workspace(tmp_path, run):
    """Make a workspace with two claims of different origin."""
    folder, posts = tmp_path / "w", tmp_path / "posts"
    posts.mkdir()
    run("init", folder)
    first = post(posts, "agency", 1), post(posts, "desk", 2, size="92,000", day="2021-12-01")
    for path in first:
        assert run("-w", folder, "ingest", "--file", path).exit_code == 0
    return folder, posts


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_echoes_narrow_no_interval(workspace, run, lang):
    """Five outlets that carry one story, or one outlet's copies doubled: at most 1 % narrower."""
    folder, posts = workspace
    before = width(folder, run)
    spread = []

    for number in range(3, 11):
        run("-w", folder, "ingest", "--file", post(posts, f"outlet{number % 4}", number, lang))
        if number in {6, 10}:
            spread.append(width(folder, run))

    assert all(after > 0.99 * before for after in spread)
    with open_workspace(folder) as tracker:
        echoes = tracker.repository.echoes().values()
    assert sum(echo.weight for echo in echoes) == len({echo.cluster for echo in echoes}) >= 1


def test_why_leads_from_a_number_to_the_bytes(workspace, run):
    """What sha256sum says of the archived file is the hash that why names."""
    folder, _ = workspace
    with open_workspace(folder) as tracker:
        claim = next(one for one in tracker.repository.claims() if one.measure.best == 94_300)

    answer = json.loads(run("why", "-w", folder, claim.id, "--json").stdout)

    (named,) = answer["sha256"]
    path = Path(folder) / "archive" / named[:2] / named[2:4] / named
    said = subprocess.run(["sha256sum", str(path)], capture_output=True, text=True, check=True)
    assert said.stdout.split()[0] == named
    quote = answer["quote"]["text"]
    assert "94,300" in quote
    assert quote.encode() in path.read_bytes()


def test_briefing_and_table_say_what_contradicts_what(demo, run):
    """Two claims side by side, with one sentence on what would settle them."""
    with open_workspace(demo) as tracker:
        found = tracker.contradictions(as_of="2022-02-18", actor="RU")
        row = found.iloc[-1]
        text = run("why", "-w", demo, row["first_claim"]).stdout

    assert len(found) > 3
    assert row["settled_by"].endswith(".")
    assert f"What would settle it: {row['settled_by']}" in " ".join(text.split())
    briefings = "".join(p.read_text() for p in Path(demo, "site/briefings").glob("*.md"))
    assert "## What contradicts what" in briefings


def test_views_and_legs_follow_a_correction(own_demo, run):
    """QGIS and the map show the size as people put it right."""
    with open_workspace(own_demo) as tracker:
        leg = next(one for one in tracker.repository.legs() if one.measure and one.measure.best)
        database = tracker.repository.database
        pairs = ("--field", "best", "--value", "77", "--field", "low", "--value", "")
        more = ("--field", "high", "--value", "")
        who = ("--reason", "read again", "--by", "A. Analyst")
        result = run("review", "correct", leg.claims[0], *pairs, *more, *who, "-w", own_demo)
        assert result.exit_code == 0
        after = next(one for one in tracker.repository.legs() if one.id == leg.id)
        with database.reading() as connection:
            shown = [
                connection.exec_driver_sql(
                    f"SELECT best, low FROM {view} WHERE {key} = ?", (name,)
                ).first()
                for view, key, name in (
                    ("movements", "leg", leg.id),
                    ("claims", "claim", leg.claims[0]),
                )
            ]

    assert after.measure.best == 77
    assert shown == [(77.0, None), (77.0, None)]
