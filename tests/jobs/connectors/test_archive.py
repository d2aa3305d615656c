"""Pages in archives of the web come in with the time of their capture."""

import gzip
import io
import zipfile

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from jobs.errors import SourceError
from tests.jobs.connectors.conftest import make_source
from tracker.reports.archive import Archive


def make_warc(*pages, kind="text/html", status="200 OK"):
    """Write (address, body) pairs as responses."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    about = writer.create_warcinfo_record("a.warc", {"software": "a test"})
    writer.write_record(about)
    about.raw_stream.close()
    for address, body in pages:
        said = StatusAndHeaders(status, [("Content-Type", kind), ("X-Tomorrow", "x")], "HTTP/1.1")
        record = writer.create_warc_record(
            address,
            "response",
            payload=io.BytesIO(body.encode()),
            http_headers=said,
            warc_headers_dict={"WARC-Date": "2022-01-14T09:00:00Z"},
        )
        writer.write_record(record)
        record.raw_stream.close()
    return buffer.getvalue()


@pytest.fixture
def pages(make_page):
    """Two articles."""
    links = [f"https://news.example/{name}" for name in ("one", "two")]
    return [(link, make_page(link=link, title=f"Trains {link[-3:]}")) for link in links]


@pytest.mark.parametrize("packed", [False, True])
def test_pages_come_in_once(desk, tmp_path, pages, packed):
    """WARC and WACZ give the same; an archive that did not change is not read again."""
    data = make_warc(*pages)
    if packed:
        with zipfile.ZipFile(tmp_path / "a.wacz", "w") as archive:
            archive.writestr("archive/../../data.warc.gz", data)
            archive.writestr("datapackage.json", "{}")
    else:
        (tmp_path / "a.warc.gz").write_bytes(data)
    source = make_source("archive", path="a.wacz" if packed else "a.warc.gz")

    first, again = desk.read(source), desk.read(source)

    assert (first.texts.reports, again.items) == (2, 0)
    captures = [filed.captures[0] for filed in desk.repository.reports()]
    assert {str(capture.captured_at) for capture in captures} == {"2022-01-14 09:00:00+00:00"}


def test_an_edited_page_and_a_missing_one(desk, tmp_path, pages, make_page):
    """A later capture with other words is an edit; a page that is not in it stays."""
    link = pages[0][0]
    edited = make_page(("On Friday 30 trains with tanks passed Omsk and went west.",), link=link)
    (tmp_path / "a.warc.gz").write_bytes(make_warc(*pages))
    desk.read(make_source("archive", path="."))
    (tmp_path / "b.warc.gz").write_bytes(make_warc((link, edited)))

    reading = desk.read(make_source("archive", path="."))

    assert (reading.texts.edits, reading.texts.reports) == (1, 0)
    assert len(desk.texts()) == 2


def test_pictures_errors_and_other_hosts_are_left_out(look, tmp_path, pages):
    """Only texts that were served well, of the hosts that are named."""
    (tmp_path / "a.warc.gz").write_bytes(make_warc(*pages, kind="image/png"))
    (tmp_path / "b.warc.gz").write_bytes(make_warc(*pages, status="404 Not Found"))
    (tmp_path / "c.warc.gz").write_bytes(make_warc(*pages))

    found = look(make_source("archive", path=".", options={"hosts": ["other.example"]}))

    assert (found.documents, found.rejected) == ([], [])


def test_what_came_before_the_damage_is_kept(look, tmp_path, pages):
    """An archive that breaks off gives its whole records."""
    data = make_warc(*pages)
    (tmp_path / "a.warc.gz").write_bytes(data[: len(data) - 200])

    found = look(make_source("archive", path="a.warc.gz"))

    assert len(found.documents) >= 1
    assert all("breaks off" in reason or "cut off" in reason for reason in found.rejected)


@pytest.mark.parametrize(
    "content", [b"no archive", b"", gzip.compress(b"x" * 1000), b"PK\x03\x04x"]
)
@pytest.mark.parametrize("name", ["a.warc.gz", "a.wacz"])
def test_something_else_is_refused(look, tmp_path, name, content):
    """One sentence; an empty WARC holds nothing."""
    (tmp_path / name).write_bytes(content)
    source = make_source("archive", path=name)

    if (name, content) == ("a.warc.gz", b""):
        assert look(source).documents == []
    else:
        with pytest.raises(SourceError, match=r"is no WARC|is a damaged archive|is no WACZ"):
            look(source)


def test_the_archive_of_an_earlier_workspace(look, tmp_path, pages):
    """Its bytes are read again; one that was changed is named."""
    archive = Archive(tmp_path / "old")
    hashes = [archive.add(page.encode()) for _, page in pages]
    archive.path_of(hashes[1]).write_bytes(b"forged")

    found = look(make_source("archive", path="old"))

    assert len(found.documents) == 1
    assert found.rejected == [f"{hashes[1][:12]}: its content no longer has this hash."]
