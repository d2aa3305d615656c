"""Files and addresses become reports, wordings, captures and claims; a bad one stops no other."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from tracker.reports.archive import Archive

POST = """Published: 2022-01-13T09:00Z
Address: https://rail.example/17
Language: en

On Thursday 12 trains passed Omsk on their way to the west. Nobody knows where they go.
"""


def test_a_text_becomes_a_report_with_a_placed_claim(desk):
    """The claim quotes the stored text; the archived bytes have the capture's hash."""
    done = desk.read(desk.write("post.txt", POST))

    (filed,) = desk.reports()
    (claim,) = desk.claims()
    assert (done.reports, done.wordings, done.captures, done.claims) == (1, 1, 1, 1)
    assert filed.report.own_id == filed.report.address == "https://rail.example/17"
    version, capture = filed.versions[0], filed.captures[0]
    assert version.text[claim.quote.start : claim.quote.end] == claim.quote.text
    assert version.known_at == version.published_at == datetime(2022, 1, 13, 9, tzinfo=UTC)
    assert capture.sha256 == hashlib.sha256(POST.encode()).hexdigest()
    assert capture.address == "post.txt"
    assert Archive(desk.workspace.archive).read(capture.sha256) == POST.encode()
    assert [place.name for place in desk.repository.placed()] == ["Omsk"]


def test_reading_a_file_again_changes_nothing(desk):
    """Not a row, whether by its name or by another one."""
    path = desk.write("post.txt", POST)
    desk.read(path)
    before = desk.reports(), desk.claims()

    again = desk.read(path, desk.write("copy.txt", POST))

    assert (again.repeats, again.captures, again.claims) == (2, 0, 0)
    assert (desk.reports(), desk.claims()) == before


def test_a_folder_is_read_with_what_is_in_it(desk, make_page, make_feed):
    """Texts, pages and feeds at any depth; hidden files, links and other endings are left alone."""
    desk.write("a/post.txt", POST)
    desk.write("b/page.html", make_page())
    desk.write("feed.xml", make_feed(("A", "https://news.example/1", "7 trains passed Omsk.")))
    desk.write(".hidden.txt", POST.replace("17", "18"))
    desk.write("table.csv", "id,actor")
    (desk.files / "link.txt").symlink_to("/etc/hostname")

    done = desk.read(desk.files)

    assert done.reports == 3
    assert done.rejected == ()
    captured = {capture.address for filed in desk.reports() for capture in filed.captures}
    assert captured == {"a/post.txt", "b/page.html", "feed.xml"}


def test_bad_files_are_named_and_the_good_ones_get_in(desk, make_page, make_feed):
    """Empty, binary, cut off, too large, a feed that is a page, without a date, in the future."""
    bad = {
        "empty.txt": b"",
        "photo.txt": b"\x89PNG....",
        "cut.html": make_page()[:400].encode(),
        "large.txt": b"a" * 50_000_000,
        "feed.xml": make_page().encode(),
        "undated.txt": b"A train passed Omsk.",
        "future.txt": b"Published: 2199-01-01\n\nA train passed Omsk.",
    }
    for name, data in bad.items():
        desk.write(name, data)
    desk.write("koi8.txt", "Published: 2022-01-13\n\nЗа неделю 9 эшелонов прошли Омск.", "koi8-r")
    desk.write("zz.txt", POST)

    done = desk.read(desk.files, desk.files / "missing.txt")

    named = [line.split(":")[0] for line in done.rejected]
    assert sorted(named) == sorted([*bad, "missing.txt"])
    assert all(line.count("\n") == 0 for line in done.rejected)
    assert done.reports == 2
    assert {claim.measure.best for claim in desk.claims()} == {9, 12}


def test_a_report_without_a_date_can_be_given_one(desk):
    """The date that a person gives holds for texts that state none."""
    given = datetime(2022, 1, 13, 23, 59, 59, tzinfo=UTC)

    desk.read(desk.write("a.txt", "5 trains passed Omsk."), published=given)

    assert desk.reports()[0].versions[0].published_at == given


def test_an_edited_page_is_a_wording_of_its_own(desk, site, make_page):
    """The edit is known from its capture; the changed claim corrects the old one."""
    page = make_page(["On Thursday 12 trains passed Omsk.", "2 trains stood at Tomsk."])
    address = site.serve("/trains", page)
    with time_machine.travel(datetime(2022, 1, 13, 21, tzinfo=UTC), tick=False):
        desk.fetch(address)
    site.serve("/trains", page.replace("12 trains", "14 trains"))
    later = datetime(2022, 1, 14, 8, tzinfo=UTC)
    with time_machine.travel(later, tick=False):
        done = desk.fetch(address)

    (filed,) = desk.reports()
    assert (done.edits, done.claims) == (1, 1)
    assert [version.known_at for version in filed.versions][1] == later
    before = desk.claims(as_of=datetime(2022, 1, 13, tzinfo=UTC).date())
    after = desk.claims()
    assert sorted(claim.measure.best for claim in before) == [2, 12]
    assert sorted(claim.measure.best for claim in after) == [2, 14]


def test_a_page_that_is_fetched_again_adds_a_capture_alone(desk, site, make_page):
    """It proves that the page still says so; the frame around the article may change."""
    address = site.serve("/trains", make_page(["On Thursday 12 trains passed Omsk."]))
    desk.fetch(address)
    site.serve("/trains", make_page(["On Thursday 12 trains passed Omsk."], head="<meta x='2'>"))

    again = desk.fetch(address)

    (filed,) = desk.reports()
    assert (again.captures, again.wordings, again.claims) == (1, 0, 0)
    assert len(filed.versions) == 1
    assert [capture.status for capture in filed.captures] == [200, 200]


def test_a_feed_that_stayed_adds_nothing(desk, site, make_feed):
    """A feed is asked for every few minutes; only its new entry adds rows."""
    entries = [(f"T{n}", f"https://news.example/{n}", f"{n} trains passed.") for n in range(1, 21)]
    address = site.serve("/feed", make_feed(*entries))
    desk.fetch(address)
    site.serve("/feed", make_feed(("New", "https://news.example/new", "3 trains."), *entries))

    again = desk.fetch(address)

    assert (again.reports, again.captures, again.repeats) == (1, 1, 20)
    assert len(desk.reports()) == 21


def test_an_entry_that_changed_is_an_edit_while_nothing_fuller_is_known(desk, site, make_feed):
    """A correction in the feed counts."""
    address = site.serve("/feed", make_feed(("T", "https://news.example/1", "12 trains passed.")))
    desk.fetch(address)
    site.serve("/feed", make_feed(("T", "https://news.example/1", "14 trains passed.")))

    done = desk.fetch(address)

    assert done.edits == 1
    assert [claim.measure.best for claim in desk.claims()] == [14]


def test_addresses_that_fail_stop_no_other(desk, site, make_page):
    """A missing page, a private host and a page without a date are one sentence each."""
    good = site.serve("/good", make_page(link=None))
    undated = site.serve("/undated", make_page(link=None, published=None))

    done = desk.fetch(f"{site.address}/none", "http://127.0.0.2/", undated, good)

    assert done.reports == 1
    assert len(done.rejected) == 3
    assert "the server answered 404" in done.rejected[0]
    assert "is not on the public internet" in done.rejected[1]
    assert "does not say when it was published" in done.rejected[2]


def test_a_killed_ingest_leaves_no_report_by_halves(desk, make_feed, monkeypatch):
    """New reports come in together or not at all; the next run brings the rest, none twice."""
    entries = [(f"T{n}", f"https://news.example/{n}", f"{n} trains passed.") for n in range(1, 9)]
    path = desk.write("feed.xml", make_feed(*entries))

    def add_legs(_legs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(desk.repository, "add_legs", add_legs)
        with pytest.raises(KeyboardInterrupt):
            desk.read(path)
    assert len(desk.reports()) == len(desk.claims()) == 0

    desk.read(path)

    assert len(desk.reports()) == len(desk.claims()) == 8


def test_no_name_leads_out_of_the_archive(desk):
    """A source named like a path is a word, nothing else."""
    desk.read(desk.write("a.txt", "Source: ../../x\nPublished: 2022-01-13\n\n5 trains passed."))

    assert desk.reports()[0].report.source == "../../x"
    inside = {path.name for path in Path(desk.workspace.folder).iterdir()}
    assert inside <= {"files", "archive", "tracker.gpkg", "tracker.gpkg-wal", "tracker.gpkg-shm"}


def test_a_language_in_which_no_claims_are_read_is_kept_as_words(desk):
    """The report is there, no claim is made up, and a note says why."""
    done = desk.read(desk.write("a.txt", POST.replace("Language: en", "Language: de")))

    assert (done.reports, done.claims) == (1, 0)
    assert done.notes == (
        "https://rail.example/17 is in the language 'de', in which no claims are read.",
    )


def test_the_letters_overrule_a_declared_alphabet(desk, make_page):
    """Templates declare English above a Russian article."""
    desk.read(desk.write("a.html", make_page(["За неделю 9 эшелонов прошли Омск на запад."])))

    assert [claim.measure.best for claim in desk.claims()] == [9]
