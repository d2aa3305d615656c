"""One command reads coded claims, texts, folders, pages and feeds."""

from pathlib import Path

import pytest

from jobs.init import create_workspace
from tracker.api import open_workspace

SHARED = Path(__file__).parents[3] / "shared"
POST = "Published: 2022-01-13\n\nOn Thursday 12 trains with tanks passed Omsk, heading west.\n"


@pytest.fixture
def folder(tmp_path):
    """Make an empty workspace."""
    create_workspace(tmp_path / "desk")
    return tmp_path / "desk"


def test_files_of_all_kinds_come_in_at_once(folder, run, tmp_path):
    """A CSV is coded claims, everything else is a report; counts are told together."""
    (tmp_path / "post.txt").write_text(POST)
    (tmp_path / "claims.csv").write_text(
        "id,actor,area,observed_from,published,claimant,kind,status\n"
        "1,RU,Belarus,2022-02-20,2022-02-21,A,presence,actual\n"
    )

    result = run(
        "ingest", "-w", folder, "--file", tmp_path / "post.txt", "--file", tmp_path / "claims.csv"
    )

    assert result.exit_code == 0
    assert "0 rejected. 1 new reports, 0 edited, 1 captures." in result.stdout
    with open_workspace(folder) as tracker:
        assert sorted(tracker.reports()["source"]) == ["claims", "file"]
        assert any("12 trains" in claim.quote.text for claim in tracker.repository.claims())


def test_a_fetched_page_comes_in(folder, run, site, make_page):
    """`--url` fetches; a host inside a private network has to be allowed by name."""
    address = site.serve("/a", make_page())

    refused = run("ingest", "-w", folder, "--url", address)
    result = run("ingest", "-w", folder, "--url", address, "--allow-host", "127.0.0.1")

    assert refused.exit_code == 1
    assert "is not on the public internet" in refused.stderr
    assert result.exit_code == 0
    assert "1 new reports" in result.stdout


def test_what_is_bad_is_named_and_the_exit_code_says_so(folder, run, tmp_path):
    """3 where something came in, 1 where nothing did, 2 where nothing was asked for."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad.txt").write_bytes(b"%PDF-1.7")
    (tmp_path / "in" / "good.txt").write_text(POST)

    some = run("ingest", "-w", folder, "--file", tmp_path / "in")
    none = run("ingest", "-w", folder, "--file", tmp_path / "in" / "bad.txt")
    nothing = run("ingest", "-w", folder)

    assert (some.exit_code, none.exit_code, nothing.exit_code) == (3, 1, 2)
    assert "Rejected: bad.txt: it is a PDF document" in some.stderr


def test_a_day_of_publication_can_be_given(folder, run, tmp_path):
    """A text that states none is refused without."""
    (tmp_path / "a.txt").write_text("On Thursday 12 trains with tanks passed Omsk.")
    words = ("ingest", "-w", folder, "--file", tmp_path / "a.txt")

    assert "give --published" in run(*words).stderr
    assert run(*words, "--published", "2022-01-13").exit_code == 0


def test_the_watched_folder_takes_texts(own_demo, run):
    """What is dropped there is read by the scheduled job, and once."""
    (own_demo / "incoming" / "post.txt").write_text(POST)

    first = run("jobs", "once", "-w", own_demo)
    again = run("jobs", "once", "-w", own_demo)

    assert first.exit_code == again.exit_code == 0
    assert "done, 0 new, 1 known" in again.stdout
    with open_workspace(own_demo) as tracker:
        assert any("12 trains" in claim.quote.text for claim in tracker.repository.claims())


@pytest.mark.shared
def test_the_article_its_page_and_its_entry_are_one_report(
    folder, run, tmp_path, make_page, make_feed
):
    """Three captures and the claims of the text; ingesting them again changes nothing."""
    text = (SHARED / "data" / "seed_article.txt").read_text("utf-8")
    title, *paragraphs = [line for line in text.split("\n") if line.strip()]
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "a.html").write_text(make_page(paragraphs[2:], title=title))
    feed = make_feed((title, "https://news.example/2022/trains", paragraphs[3]))
    (tmp_path / "a.xml").write_text(feed)
    files = [word for name in ("a.txt", "a.html", "a.xml") for word in ("--file", tmp_path / name)]

    first = run("ingest", "-w", folder, *files, "--published", "2022-01-13")
    again = run("ingest", "-w", folder, *files, "--published", "2022-01-13")

    assert first.exit_code == again.exit_code == 0
    assert "0 new claims, 3 known" in again.stdout
    with open_workspace(folder) as tracker:
        (report,) = tracker.reports().to_dict("records")
        quotes = [claim.quote.text for claim in tracker.repository.claims()]
    assert (report["versions"], report["captures"]) == (1, 3)
    assert any("more than 10,000 combat-capable troops" in quote for quote in quotes)
    assert len(quotes) >= 7
