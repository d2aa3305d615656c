"""Incidents of other programs around archives, maps and tables that must not happen here."""

from __future__ import annotations

import io
import re
import time
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from jobs.documents.geo_features import read_features
from jobs.documents.table import read_table
from jobs.ingest import ingest_coded
from jobs.init import create_workspace
from tests.robustness.malformed import KML
from tracker.errors import InvalidValueError, UnreadableInputError
from tracker.extraction.extraction import extract
from tracker.reports.report import Report, Version
from tracker.store import Repository
from tracker.timespan import parse_date
from tracker.workspace import workspace_in

ROOT = Path(__file__).parents[2]
FLAT = 40_000_000
MOST_BYTES = 100_000_000
MOST_SECONDS = 5


def packed(**members):
    """Make a ZIP archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def test_cve_2026_29065_no_member_of_an_archive_becomes_a_path(tmp_path, monkeypatch):
    """A KMZ whose member climbs out of its folder writes nothing anywhere."""
    monkeypatch.chdir(tmp_path)
    data = packed(**{"..__..__evil.kml": KML, "__etc__evil": b"x", "doc.kml": KML})
    assert len(read_features(data, name="a.kmz")) == 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("read", "name"),
    [(lambda data: read_features(data, name="a.kmz"), "doc.kml"), (read_table, "x")],
)
def test_scrapy_ghsa_7j7m_a_bomb_takes_no_memory(read, name):
    """An archive that grows a thousandfold is refused before it is unpacked."""
    data = packed(**{name: b"0" * FLAT, "xl__workbook.xml": b"0" * FLAT})
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableInputError):
            read(data)
        assert tracemalloc.get_traced_memory()[1] < MOST_BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", ["a.geojson", "a.kml", "a.vrt", "/vsicurl/http://127.0.0.1/a.kml"])
def test_gdal_12645_a_map_file_names_no_other_file(name):
    """A virtual layer, whatever it is called, does not make a driver read what it names."""
    virtual = (
        b'<OGRVRTDataSource><OGRVRTLayer name="passwd"><SrcDataSource>CSV:/etc/passwd'
        b"</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    )
    with pytest.raises(UnreadableInputError) as refusal:
        read_features(virtual, name=name)
    assert "root:" not in str(refusal.value)


def test_simstudio_4081_a_bad_row_in_the_middle_is_not_skipped_for_good(tmp_path):
    """Row 13 of 20 is bad: 19 get in, it is named, and once mended it comes in, none twice."""
    create_workspace(tmp_path / "work")
    head = "id,actor,area,observed_from,published,claimant,kind,status,qualifier,best,unit,quote\n"
    rows = [
        f"{n},RU,Omsk,2022-01-12,2022-01-13,A desk,presence,actual,exact,{n},tank,{n} tanks\n"
        for n in range(1, 21)
    ]
    path = tmp_path / "rows.csv"
    workspace = workspace_in(tmp_path / "work")
    with Repository.open(workspace.file) as repository:
        for text in (
            head + "".join(rows).replace("exact,13,", "exact,minus,"),
            head + "".join(rows),
        ):
            path.write_text(text, "utf-8")
            done = ingest_coded(workspace, repository, [path], source="desk")
            counts = (done.new, len(done.rejected))
            assert counts in {(19, 1), (1, 0)}
        assert len(repository.claims()) == 20


@pytest.mark.parametrize(
    "unit", ["1", " ", "a", "\u0430", "1 ", "1,", "(", "\u2014", "\n", "12.1."]
)
def test_scrapy_ghsa_cc65_no_text_takes_more_than_linear_time(unit):
    """A megabyte of one character passes every expression of the extractor in seconds."""
    text = unit * (1_000_000 // len(unit))
    published = parse_date("2022-01-13").end
    version = Version(
        report_id=Report(source="x", own_id="1").id,
        title="",
        text=text,
        published_at=published,
        known_at=published,
    )
    started = time.process_time()
    with suppress(InvalidValueError):
        extract(
            text, report_id=version.report_id, version_id=version.id, published=published, lang="en"
        )
    assert time.process_time() - started < MOST_SECONDS


def test_gdeltpyr_nothing_stored_is_a_program():
    """No pickle, shelf, marshal or unsafe YAML is loaded, and no text is evaluated."""
    unsafe = re.compile(
        r"pickle\.loads?\(|read_pickle|shelve\.|marshal\.loads?|yaml\.(?:unsafe_)?load\(|"
        r"(?<![\w.])(?:eval|exec)\("
    )
    sources = [path for room in ("tracker", "geo", "jobs") for path in (ROOT / room).rglob("*.py")]
    found = [path.name for path in sources if unsafe.search(path.read_text("utf-8"))]
    assert len(sources) > 100
    assert found == []
