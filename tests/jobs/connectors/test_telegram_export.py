"""Exports are read message by message, once, and agree with the channel's own pages."""

import json
import os

import pytest

from jobs.errors import SourceError
from tests.jobs.connectors.conftest import make_source
from tracker.errors import UnreadableInputError


def make_message(number, text, **more):
    said = {"id": number, "type": "message", "date": "2022-01-13T13:00:00"}
    return said | {"date_unixtime": "1642068000", "text": text} | more


def write_export(folder, *messages, name="result.json", **more):
    chat = {"name": "Rail desk", "type": "public_channel", "id": 77} | more
    (folder / name).write_text(json.dumps(chat | {"messages": list(messages)}))


TRAINS = make_message(1, ["12 trains passed ", {"type": "bold", "text": "Omsk"}, ".\n\nWest."])


def test_a_message_is_a_report_of_the_public_channel(look, tmp_path):
    """Parts of its text are joined; its time is the exact one, not the local one."""
    write_export(tmp_path, TRAINS, make_message(2, "", photo="p.jpg"), {"id": 3, "type": "service"})

    found = look(make_source("telegram_export", path=".", options={"channel": "RailDesk"}))

    (document,) = found.documents
    assert document.text == "12 trains passed Omsk.\nWest."
    assert document.address == "https://t.me/RailDesk/1"
    assert document.published_at.isoformat() == "2022-01-13T10:00:00+00:00"


def test_an_export_is_read_once_and_again_when_it_changed(desk, tmp_path):
    """An edited message is a new version of its report; one that is missing stays."""
    source = make_source("telegram_export", path="result.json")
    write_export(tmp_path, TRAINS, make_message(2, "20 tanks stood near Yelnya."))
    first, again = desk.read(source), desk.read(source)
    write_export(tmp_path, make_message(1, "15 trains passed Omsk.", edited_unixtime="1642069000"))

    second = desk.read(source)

    assert (first.texts.reports, again.items) == (2, 0)
    assert (second.texts.edits, second.texts.reports) == (1, 0)
    assert len(desk.texts()) == 2


def test_more_messages_than_one_delivery_holds(look, tmp_path):
    """The boundary between two deliveries loses none."""
    messages = [make_message(n, f"{n} trains passed Omsk.") for n in range(1, 1_002)]
    write_export(tmp_path, *messages)

    assert len(look(make_source("telegram_export", path=".")).documents) == 1_001


def test_messages_beyond_the_bound_are_named_also_where_a_delivery_ends_at_it(desk, tmp_path):
    """What is left out is said each time, and what lies within the bound is stored once."""
    messages = [make_message(n, f"{n} trains passed Omsk.") for n in range(1, 502)]
    write_export(tmp_path, *messages)
    source = make_source("telegram_export", path="result.json", most_items=500)

    first, again = desk.read(source), desk.read(source)

    assert (first.texts.reports, again.texts.reports) == (500, 0)
    assert again.rejected == first.rejected == ("more than 500 items; the rest is left out.",)


def test_as_many_messages_as_the_bound_allows_are_all(desk, tmp_path):
    """Nothing is left out, so nothing is said, and the file is not read again."""
    write_export(tmp_path, *[make_message(n, f"{n} trains passed Omsk.") for n in (1, 2, 3)])
    source = make_source("telegram_export", path="result.json", most_items=3, least_items=3)

    first, again = desk.read(source), desk.read(source)

    assert (first.failure, first.rejected, first.items, again.items) == (None, (), 3, 0)


def test_the_chats_of_an_account_are_told_apart(look, tmp_path):
    """A full export nests its chats; equal numbers of two of them are two messages."""
    chats = [{"id": chat, "messages": [make_message(1, f"{chat} trains.")]} for chat in (5, 6)]
    (tmp_path / "result.json").write_text(json.dumps({"about": "x", "chats": {"list": chats}}))

    found = look(make_source("telegram_export", path="result.json"))

    assert [document.own_id for document in found.documents] == ["5/1", "6/1"]


def test_a_pipe_is_no_export(look, tmp_path):
    """What never ends is not opened: in a folder it is left alone, named it is refused."""
    write_export(tmp_path, TRAINS)
    os.mkfifo(tmp_path / "pipe.json")

    assert len(look(make_source("telegram_export", path=".")).documents) == 1
    with pytest.raises(UnreadableInputError, match="neither a file nor a folder"):
        look(make_source("telegram_export", path="pipe.json"))


def test_a_bad_message_stops_no_other(look, tmp_path):
    """One without a time is named; unknown kinds of text are left out."""
    bad = {"id": 9, "type": "message", "text": "No time."}
    write_export(tmp_path, bad, make_message(2, [{"x": 1}, "Two trains."]), TRAINS)

    found = look(make_source("telegram_export", path="."))

    assert len(found.documents) == 2
    assert found.rejected == [
        "message 9: it has no date_unixtime; export it anew with a newer Telegram."
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [("{}", "is no export"), ("[1,", "breaks off"), ("[" * 100_000, "breaks off|is no export")],
)
def test_something_else_is_one_sentence(look, tmp_path, content, reason):
    """Other JSON, cut JSON, deep JSON."""
    (tmp_path / "result.json").write_text(content)

    with pytest.raises(SourceError, match=reason):
        look(make_source("telegram_export", path="result.json"))


def test_what_came_before_the_cut_is_kept(look, tmp_path, desk):
    """A file that breaks off gives its whole messages first."""
    write_export(tmp_path, TRAINS, make_message(2, "20 tanks stood near Yelnya."))
    whole = (tmp_path / "result.json").read_text()
    (tmp_path / "result.json").write_text(whole[: whole.index("20 tanks")])

    reading = desk.read(make_source("telegram_export", path="result.json"))

    assert reading.texts.reports == 1
    assert "breaks off" in reading.failure
