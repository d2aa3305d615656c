"""A forgotten report leaves no word behind, and everything else stands."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from jobs.cli import app
from jobs.forget import forget
from jobs.init import create_workspace
from jobs.intake import Wanted, take_in
from tracker.api import open_workspace
from tracker.reports.archive import Archive
from tracker.reports.report import ERASED, Report
from tracker.store.doctor import State, examine, is_healthy

SECRET = (
    "Published: 2022-01-13\nAddress: https://example.org/secret\n\n"
    "About 4,700 soldiers of the 41st Army arrived in Yelnya, said Zubrovkin on Wednesday.\n"
    "An unmistakable Quagmirovka detail follows here for the search."
)
OTHER = (
    "Published: 2022-01-14\nAddress: https://example.org/other\n\n"
    "About 900 soldiers arrived in Klintsy, the ministry said on Thursday."
)
WORDS = ("Zubrovkin", "zubrovkin", "Quagmirovka", "quagmirovka", "4,700 soldiers", "41st Army")


@pytest.fixture
def desk(tmp_path):
    """Open a workspace with two reports, one of which is to be forgotten."""
    create_workspace(tmp_path / "work")
    for name, text in (("secret.txt", SECRET), ("other.txt", OTHER)):
        (tmp_path / name).write_text(text, "utf-8")
    with open_workspace(tmp_path / "work") as tracker:
        read(tracker, tmp_path)
        yield tracker


def read(tracker, folder):
    """Ingest both files."""
    files = (folder / "secret.txt", folder / "other.txt")
    return take_in(tracker.workspace, tracker.repository, Wanted(files=files))


def report_at(tracker, address):
    """Find the id of the report at an address."""
    return tracker.repository.find_reports(addresses=[address])[0].report.id


def words_in(folder):
    """List the words that stand anywhere in the files of a workspace."""
    contents = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return {word for word in WORDS for data in contents if word.encode() in data}


def test_no_word_is_left_in_any_file(desk):
    """Database, log, index and archive hold nothing of the report, and much before."""
    assert words_in(desk.workspace.folder) >= {"Zubrovkin", "quagmirovka", "41st Army"}
    report = report_at(desk, "https://example.org/secret")
    forget(desk.workspace, desk.repository, report, reason="asked by its author")
    assert words_in(desk.workspace.folder) == set()


def test_hashes_ids_numbers_and_the_reason_stay(desk):
    """What was known and when can still be shown; only the words are gone."""
    report = report_at(desk, "https://example.org/secret")
    before = desk.repository.claims(report_id=report)
    forget(desk.workspace, desk.repository, report, reason="asked by its author")
    after = desk.repository.claims(report_id=report, withdrawn=True)
    assert [claim.id for claim in after] == [claim.id for claim in before]
    assert [claim.measure.best for claim in after] == [claim.measure.best for claim in before]
    assert {letter for claim in after for letter in claim.quote.text} == {ERASED}
    assert desk.repository.forgotten()[report].reason == "asked by its author"
    why = desk.repository.provenance(after[0].id)
    assert why.version.id == after[0].version_id
    assert len(why.captures) == 1


def test_a_forgotten_report_supports_nothing(desk):
    """Its claims are neither listed, placed, searched nor estimated; those of others are."""
    report = report_at(desk, "https://example.org/secret")
    forget(desk.workspace, desk.repository, report, reason="asked by its author")
    assert desk.repository.claims(report_id=report, corrected=True, rejected=True) == []
    assert desk.repository.placed(report_id=report) == []
    assert desk.repository.reports(search="Quagmirovka") == []
    assert report not in {claim.report_id for claim in desk.repository.claims()}
    assert desk.repository.claims(report_id=report_at(desk, "https://example.org/other"))


def test_the_doctor_understands_erased_bytes(desk):
    """The chain of captures verifies, and no file is missed or kept by mistake."""
    report = report_at(desk, "https://example.org/secret")
    held = forget(desk.workspace, desk.repository, report, reason="asked").held
    archive = Archive(desk.workspace.archive)
    assert is_healthy(examine(desk.repository.database, archive, deep=True))
    archive.add(SECRET.encode())  # as if the run had been killed before it erased the file
    findings = examine(desk.repository.database, archive)
    assert [one.state for one in findings if one.check == "forgotten"] == [State.MENDED]
    assert held.hashes[0] not in archive


def test_reading_the_source_again_brings_nothing_back(desk, tmp_path):
    """A source that still shows a forgotten report adds neither words nor bytes."""
    report = report_at(desk, "https://example.org/secret")
    forget(desk.workspace, desk.repository, report, reason="asked")
    (tmp_path / "secret.txt").write_text(SECRET + " Another 300 tanks came to Yelnya.", "utf-8")
    read(desk, tmp_path)
    desk.repository.database.compact()
    assert words_in(desk.workspace.folder) == set()
    assert is_healthy(examine(desk.repository.database, Archive(desk.workspace.archive)))


def test_the_command_asks_for_a_reason_and_a_word(desk):
    """Without either nothing is erased; with both the report is forgotten."""
    report = report_at(desk, "https://example.org/secret")
    folder = ["-w", str(desk.workspace.folder)]
    runner = CliRunner()
    refused = runner.invoke(app, [*folder, "forget", report, "--reason", "asked"], input="n\n")
    assert refused.exit_code == 1
    assert desk.repository.forgotten() == {}
    done = runner.invoke(app, [*folder, "forget", report, "--reason", "asked", "--yes"])
    assert done.exit_code == 0, done.output
    assert list(desk.repository.forgotten()) == [report]


def test_a_table_with_a_forgotten_row_does_not_bring_it_back(desk, tmp_path):
    """Coded rows are known by their id: words and bytes of a forgotten one stay away."""
    head = "id,actor,area,observed_from,published,claimant,kind,status,qualifier,best,unit,quote\n"
    row = "{},RU,Omsk,2022-01-12,2022-01-13,{},presence,actual,exact,7,tank,{} counts 7 tanks\n"
    path = tmp_path / "rows.csv"
    path.write_text(head + row.format(1, *["Zubrovkin"] * 2) + row.format(2, "A", "A"), "utf-8")
    wanted = Wanted(files=(path,), source="desk")
    take_in(desk.workspace, desk.repository, wanted)
    report_id = Report(source="desk", own_id="1").id
    for report in (report_id, report_at(desk, "https://example.org/secret")):
        forget(desk.workspace, desk.repository, report, reason="asked")
    take_in(desk.workspace, desk.repository, wanted)
    assert words_in(desk.workspace.folder) == set()
    assert [claim.claimant for claim in desk.repository.claims() if claim.actor == "RU"][-1:] == [
        "A"
    ]
