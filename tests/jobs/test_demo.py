"""The demo holds the published record, and its estimates stand where the record says."""

import re
from datetime import date

import pytest

from jobs.demo import LAST_DAY, make_demo
from tracker.api import open_workspace
from tracker.errors import WorkspaceError
from tracker.reports.archive import Archive
from tracker.seeds import seed_file


def estimate_on(demo, day):
    with open_workspace(demo) as tracker:
        (row,) = tracker.estimate_values(
            area="around-ukraine", actor="RU", first=day, last=day, as_of=day
        )
    return row


def test_the_demo_holds_every_published_statement(demo):
    """180 estimates and 151 movements come in, none is refused."""
    with open_workspace(demo) as tracker:
        claims = tracker.repository.claims(corrected=True)
        assert len([claim for claim in claims if claim.citation]) == 331
        assert len(tracker.movements()) > 90


def test_claims_that_were_read_out_of_texts_are_on_the_map(demo):
    """The sample reports come in as words, and most of their claims have a place."""
    with open_workspace(demo) as tracker:
        placed = tracker.claims(as_of=LAST_DAY)
        reports = tracker.reports()

    samples = reports[reports["source"].str.startswith("sample:")]
    read = placed[placed["report_id"].isin(samples["id"])]
    assert len(samples) == len(list(seed_file("reports").glob("*.txt"))) >= 20
    assert read.geometry.notna().sum() > 30
    assert read["quote"].str.contains("33 военных эшелона").any()


def test_the_briefing_of_14_january_tells_of_the_trains(demo):
    """Level with intervals, the trains from the Far East, and references that lead to bytes."""
    text = (demo / "site" / "briefings" / "2022-01-14.md").read_text("utf-8")

    assert re.search(r"about [\d,]+ personnel of all services present on 14 January 2022", text)
    assert re.search(r"even that it is [\d,]+ to [\d,]+, and nine in ten", text)
    assert "more than 10,000 personnel on the way from Far East" in text
    hashes = set(re.findall(r"^- A\d+: `([0-9a-f]{64})`$", text, re.MULTILINE))
    archive = Archive(demo / "archive")
    assert hashes
    assert all(archive.is_intact(sha256) for sha256 in hashes)


def test_a_second_demo_changes_nothing(own_demo):
    """Reading the record again adds no claim and leaves the page's bytes as they are."""
    before = (own_demo / "site" / "theatre.html").read_bytes()

    _, ingested = make_demo(own_demo)

    assert (ingested.new, ingested.known, ingested.rejected) == (
        0,
        331 + len(list(seed_file("reports").glob("*.txt"))),
        (),
    )
    assert (own_demo / "site" / "theatre.html").read_bytes() == before


def test_in_february_the_interval_holds_the_figures_published_that_day(demo):
    """On 18 February 2022: 149,000 of all services inside, 169,000 to 190,000 touched."""
    row = estimate_on(demo, date(2022, 2, 18))

    assert row.p05 <= 149_000 <= row.p95
    assert row.p95 >= 169_000
    assert row.p95 / row.p05 <= 2.5


def test_in_december_the_interval_overlaps_the_figures_published_that_day(demo):
    """On 4 December 2021 published totals ran from 70,000 to 94,300."""
    row = estimate_on(demo, date(2021, 12, 4))

    assert row.p05 <= 94_300
    assert row.p95 >= 70_000


def test_the_estimate_ends_with_the_model(demo):
    """After the eve of the invasion there is no estimate: the model ends with combat."""
    with open_workspace(demo) as tracker:
        rows = tracker.estimate_values(area="around-ukraine", actor="RU", as_of=date(2022, 6, 1))

    assert max(row.day for row in rows) == date(2022, 2, 23)


def test_a_corrected_figure_is_gone_once_the_correction_is_known(demo):
    """The 150,000 of 19 April 2021 was taken back a day later."""
    with open_workspace(demo) as tracker:
        quotes = [claim.quote.text for claim in tracker.repository.claims(as_of=date(2021, 5, 1))]
        at_first = [
            claim.quote.text for claim in tracker.repository.claims(as_of=date(2021, 4, 19))
        ]

    assert not any("More than 150,000" in quote for quote in quotes)
    assert any("150,000" in quote for quote in at_first)


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    """A file where the folder should be is named."""
    (tmp_path / "taken").write_text("here")

    with pytest.raises(WorkspaceError, match="cannot be written to"):
        make_demo(tmp_path / "taken" / "demo")


def test_samples_are_drawn_and_never_counted(demo):
    """No estimate rests on a report that was written to show the software."""
    with open_workspace(demo) as tracker:
        drawn = {claim.id for claim in tracker.repository.claims()}
        published = {claim.id for claim in tracker.repository.claims(samples=False)}
        rows = tracker.estimate_values(actor="RU", as_of=date(2022, 2, 23))

    assert drawn - published
    assert {claim.id for row in rows for claim in row.claims} <= published
