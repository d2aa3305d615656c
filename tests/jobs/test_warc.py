"""The archive written to a WARC gives the same reports when it is read again."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from jobs.cli import app
from jobs.init import create_workspace
from jobs.intake import Wanted, take_in
from jobs.settings import read_settings
from jobs.sources import read_catalogue, read_sources
from jobs.warc import write_warc
from tracker.api import open_workspace
from tracker.reports.archive import Archive

TEXT = "Published: 2022-01-13\nAddress: https://rail.example/1\n\nOn Thursday 12 trains left Omsk."


@pytest.fixture
def desk(tmp_path, site, make_page, make_feed):
    """Open a workspace with a text, a page that was fetched twice, and a feed."""
    page = site.serve("/page", make_page(), content_type="text/html; charset=utf-8")
    entries = [(f"T{n}", f"https://news.example/{n}", f"{n} trains passed.") for n in (1, 2, 3)]
    feed = site.serve("/feed", make_feed(*entries), content_type="application/rss+xml")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    create_workspace(tmp_path / "work")
    with open_workspace(tmp_path / "work") as tracker:
        for addresses in ((page, feed), (page,)):
            wanted = Wanted(
                files=(tmp_path / "a.txt",), addresses=addresses, allowed_hosts=("127.0.0.1",)
            )
            take_in(tracker.workspace, tracker.repository, wanted)
        yield tracker


def read_archive(folder, warc):
    """Read a WARC into a new workspace, and tell the ids of its reports and wordings."""
    create_workspace(folder)
    with (folder / "tracker.toml").open("a", encoding="utf-8") as file:
        lines = (
            *("", "[sources.old]", 'connector = "archive"', f'path = "{warc.name}"'),
            *('publisher = "ourselves"', 'licence = "none"', 'language = "en"', ""),
        )
        file.write("\n".join(lines))
    warc.replace(folder / warc.name)
    with open_workspace(folder) as tracker:
        settings = read_settings(tracker.workspace.settings)
        picked = read_catalogue(settings).pick(["old"])
        (reading,) = read_sources(tracker.workspace, tracker.repository, picked)
        assert reading.is_clean, reading
        return facts(tracker)


def facts(tracker):
    """Tell ids of reports, wordings and bytes, and the first capture of each."""
    return {
        (
            filed.report.id,
            tuple(version.id for version in filed.versions),
            filed.captures[0].sha256,
            filed.captures[0].captured_at,
        )
        for filed in tracker.repository.reports()
    }


def test_reading_the_warc_gives_the_same_reports(desk, tmp_path):
    """Ids, wordings, hashes and times of capture of texts, pages and feeds survive."""
    written = write_warc(desk.workspace, desk.repository, tmp_path / "all.warc.gz")
    assert (written.records, written.revisits, written.missing) == (3, 1, 0)
    assert read_archive(tmp_path / "other", tmp_path / "all.warc.gz") == facts(desk)


def test_the_same_captures_give_the_same_bytes(desk, tmp_path):
    """Nothing of the present time gets into the file, and the digest is the archive's."""
    paths = [tmp_path / "a.warc.gz", tmp_path / "b.warc.gz"]
    for path in paths:
        write_warc(desk.workspace, desk.repository, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    with paths[0].open("rb") as file:
        digests = {
            one.rec_headers.get_header("WARC-Payload-Digest") for one in ArchiveIterator(file)
        }
    assert digests == {f"sha256:{name}" for name in Archive(desk.workspace.archive).hashes()}


def test_bytes_that_are_gone_are_counted(desk, tmp_path):
    """A forgotten report is not in the export; the command says how many are missing."""
    filed = desk.repository.find_reports(addresses=["https://rail.example/1"])[0]
    desk.repository.forget(filed.report.id, "asked")
    Archive(desk.workspace.archive).erase(filed.captures[0].sha256)
    path = tmp_path / "all.warc.gz"
    said = CliRunner().invoke(app, ["-w", str(desk.workspace.folder), "sources", "warc", str(path)])
    assert said.exit_code == 0, said.output
    assert "1 captures are not in the archive" in " ".join(said.stdout.split())
    assert path.stat().st_mode & 0o777 == 0o644
