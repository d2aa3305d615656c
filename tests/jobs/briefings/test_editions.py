"""What was published stays as it was; corrections are editions of their own."""

import dataclasses
from datetime import UTC, date, datetime

import pytest

from jobs.briefings.brief import Order, brief
from jobs.briefings.editions import FORMATS, last_edition, put_edition, read_record, write_formats
from tracker.api import open_workspace
from tracker.briefing import Briefing, Edition, Section, Statement
from tracker.errors import InvalidValueError, UnreadableInputError

PNG = b"\x89PNG as drawn"


@pytest.fixture
def briefing():
    """Return a briefing of one sentence."""
    edition = Edition(
        title="Forces",
        area="around",
        actor="RU",
        actor_name="Russia",
        as_of=date(2022, 1, 14),
        since=date(2022, 1, 7),
        as_recorded=datetime(2026, 11, 24, 18, tzinfo=UTC),
    )
    return Briefing(
        edition=edition,
        headline=(Statement(text="Quiet."),),
        news=(Section(heading="New", statements=(Statement(text="One train."),)),),
        figures=(),
        notes=(),
        assessment=(),
        methods=(),
        limits=(),
        withheld=(),
        references=(),
    )


@pytest.fixture
def put(tmp_path):
    """Return a publisher into a folder, with templates beside it."""

    def run(briefing, formats=FORMATS, drawn=("A map", PNG)):
        return put_edition(
            tmp_path / "out",
            briefing,
            formats=formats,
            templates=tmp_path / "templates",
            picture=lambda: drawn,
        )

    return run


def other(briefing):
    """Say something else on the same day."""
    section = Section(heading="New", statements=(Statement(text="Two trains."),))
    return dataclasses.replace(briefing, news=(section,))


def bytes_of(files):
    """Read files by name."""
    return {path.name: path.read_bytes() for path in files}


def test_the_same_said_again_changes_nothing(briefing, put):
    """Later states of the workspace do not matter, nor do templates that changed since."""
    first = bytes_of(put(briefing))
    later = dataclasses.replace(briefing.edition, as_recorded=datetime(2030, 1, 1, tzinfo=UTC))

    again = bytes_of(put(dataclasses.replace(briefing, edition=later), drawn=("Other", b"other")))

    assert again == first


def test_what_differs_is_a_new_edition(briefing, put, tmp_path):
    """The one before stays byte by byte; the new one says what changed; the feed has it."""
    first = put(briefing)
    before = bytes_of(first)

    second = put(other(briefing))

    assert bytes_of(first) == before
    assert [path.name for path in second[:2]] == ["2022-01-14-2.md", "2022-01-14-2.html"]
    text = second[0].read_text("utf-8")
    assert "Edition 2." in text
    assert "Added: Two trains." in text
    assert "Taken out: One train." in text
    feed = (tmp_path / "out" / "briefings.atom").read_text("utf-8")
    assert feed.count("<entry") == 1
    assert "2022-01-14-2.html" in feed


def test_a_third_edition_follows_the_second(briefing, put, tmp_path):
    """Back to what was said first is a change too."""
    put(briefing)
    put(other(briefing))

    assert put(briefing)[0].name == "2022-01-14-3.md"
    assert last_edition(tmp_path / "out", date(2022, 1, 14)).edition.number == 3


def test_a_record_makes_its_files_again(briefing, put, tmp_path):
    """Elsewhere, from nothing but record and picture, the same bytes."""
    files = put(briefing)
    record = read_record(tmp_path / "out" / "2022-01-14.json")

    again = write_formats(
        tmp_path / "out", record, formats=FORMATS, templates=tmp_path, to=tmp_path / "again"
    )

    assert bytes_of(again) == bytes_of(files)


def test_a_format_that_was_not_written_is_made_from_the_record(briefing, put):
    """The others are left alone."""
    put(briefing, formats=("md",))

    files = put(briefing, formats=("md", "html"))

    assert files[1].name == "2022-01-14.html"
    assert "One train." in files[1].read_text("utf-8")


def test_a_picture_that_was_changed_is_noticed(briefing, put, tmp_path):
    """It is not passed off as what was published."""
    put(briefing, formats=("md",))
    (tmp_path / "out" / "2022-01-14.png").write_bytes(b"other")

    with pytest.raises(UnreadableInputError, match="not the one that was published"):
        put(briefing, formats=("html",))


def test_another_subject_has_another_folder(briefing, put):
    """Two briefings of one day are not editions of each other."""
    put(briefing)
    edition = dataclasses.replace(briefing.edition, language="uk")

    with pytest.raises(InvalidValueError, match="holds another briefing of 2022-01-14"):
        put(dataclasses.replace(briefing, edition=edition))


def test_without_a_picture_there_is_none(briefing, put):
    """Nothing known is nothing drawn."""
    files = put(briefing, drawn=None)

    assert not any(path.suffix == ".png" for path in files)


def test_the_command_makes_a_record_again(demo, run, tmp_path):
    """`tracker brief --record` gives the bytes that the demo published."""
    published = demo / "site" / "briefings"

    ran = run("brief", "-w", demo, "--record", published / "2022-01-14.json", "--out", tmp_path)

    assert ran.exit_code == 0
    for name in ("2022-01-14.md", "2022-01-14.html", "2022-01-14.eml"):
        assert (tmp_path / name).read_bytes() == (published / name).read_bytes()


def test_no_record_is_one_sentence(demo, run, tmp_path):
    """A wrong path is told."""
    ran = run("brief", "-w", demo, "--record", tmp_path / "none.json")

    assert ran.exit_code == 1
    assert "there is no record of a briefing at" in " ".join(ran.stderr.split())


def test_a_users_template_is_used(own_demo):
    """The folder `templates` of the workspace goes before the package's."""
    folder = own_demo / "templates"
    folder.mkdir()
    (folder / "briefing.md.jinja").write_text("Ours: {{ edition.as_of }}", "utf-8")
    order = Order(
        title="F", area="around-ukraine", actor="RU", as_of=date(2022, 1, 20), formats=("md",)
    )

    with open_workspace(own_demo) as tracker:
        files = brief(tracker, order)

    assert files[0].read_text("utf-8") == "Ours: 2022-01-20\n"
