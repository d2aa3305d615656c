"""Newsletters come in message by message, from a file, a folder or a mailbox."""

import pytest

from tests.jobs.connectors.conftest import make_source


def make_mail(
    number, text="On Thursday 12 trains passed Omsk.", sender="desk@news.example", **more
):
    headers = {
        "From": f"The desk <{sender}>",
        "Subject": "=?utf-8?b?0K3RiNC10LvQvtC90Ys=?=",
        "Date": "Thu, 13 Jan 2022 20:08:00 +0000",
        "Message-ID": f"<{number}@news.example>",
        "X-Tomorrow": "x",
    } | more
    lines = [f"{name}: {value}" for name, value in headers.items() if value]
    return "\n".join([*lines, "", text, ""])


def make_mbox(*mails):
    return "".join(f"From desk Thu Jan 13 20:08:00 2022\n{mail}\n\n" for mail in mails)


def test_a_mailbox_file_is_read_on_from_where_it_was(look, tmp_path):
    """Messages that came after the last reading are read, no other."""
    source = make_source("newsletter", path="box")
    (tmp_path / "box").write_text(make_mbox(make_mail(1), make_mail(2)))
    first = look(source)
    (tmp_path / "box").write_text(make_mbox(make_mail(1), make_mail(2), make_mail(3, "Tanks.")))

    second = look(source, first.cursor)

    assert [document.own_id for document in first.documents] == [
        "<1@news.example>",
        "<2@news.example>",
    ]
    assert first.documents[0].title == "Эшелоны"
    assert first.documents[0].source == "mail:news.example"
    assert second.texts == ["Tanks."]


def test_a_corrected_newsletter_is_an_edit_and_a_deleted_one_stays(desk, tmp_path):
    """The same Message-ID with other words is a new version."""
    source = make_source("newsletter", path="box")
    (tmp_path / "box").write_text(
        make_mbox(make_mail(1), make_mail(2, "Twenty tanks stood there."))
    )
    desk.read(source)
    (tmp_path / "box").write_text(make_mbox(make_mail(1, "On Thursday 15 trains passed Omsk.")))

    reading = desk.read(source)

    assert (reading.texts.edits, reading.texts.reports) == (1, 0)
    assert len(desk.texts()) == 2


def test_a_folder_of_messages(look, tmp_path):
    """Maildir: flags in a name that change do not make a message new."""
    for part in ("cur", "new", "tmp"):
        (tmp_path / "mail" / part).mkdir(parents=True)
    (tmp_path / "mail/new/1.host").write_text(make_mail(1))
    (tmp_path / "mail/tmp/2.host").write_text(make_mail(2))
    source = make_source("newsletter", path="mail")
    first = look(source)
    (tmp_path / "mail/new/1.host").rename(tmp_path / "mail/cur/1.host:2,S")

    second = look(source, first.cursor)

    assert (len(first.documents), len(second.documents)) == (1, 0)


def test_other_mail_is_left_alone(look, tmp_path):
    """Where senders are named, nobody else's mail is read or kept."""
    (tmp_path / "box").write_text(make_mbox(make_mail(1), make_mail(2, sender="a@private.example")))

    found = look(make_source("newsletter", path="box", options={"senders": ["news.example"]}))

    assert [document.source for document in found.documents] == ["mail:news.example"]
    assert found.rejected == []


@pytest.mark.parametrize(
    "bad",
    [
        make_mail(9, Date=""),
        make_mail(9, **{"Content-Type": "text/plain; charset=no-such-encoding"}),
        make_mail(9, "", **{"Content-Type": "image/png"}),
        make_mail(9, **{"Content-Type": "multipart/mixed; boundary=x"}),
        make_mail(9, From="@@@<<>,;:", **{"Content-Transfer-Encoding": "base64"}),
        make_mail(9, "<div>" * 5_000, **{"Content-Type": "text/html"}),
        make_mail(9, Subject="=?utf-8?b?8J+YgA==?= \x00 =?x?q?=FF?="),
        "no headers at all",
        "",
    ],
)
def test_a_malformed_message_stops_no_other(look, tmp_path, bad):
    """The good ones before and after come in."""
    box = make_mbox(make_mail(1), bad, make_mail(2, "Tanks stood there."))
    (tmp_path / "box").write_text(box)

    found = look(make_source("newsletter", path="box"))

    assert {"<1@news.example>", "<2@news.example>"} <= {one.own_id for one in found.documents}
    assert len(found.documents) + len(found.rejected) == 3
