"""Bytes become text whatever their encoding, or are refused in one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.documents.decoding import decode
from tracker.errors import UnreadableInputError

RUSSIAN = "Эшелон с танками прошёл станцию Омск и идёт на запад. " * 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_or_utf_8_needs_no_word(encoding):
    """Unicode files are read without being told."""
    assert decode(RUSSIAN.encode(encoding)) == RUSSIAN


def test_a_declared_encoding_is_believed_where_the_bytes_fit():
    """A page in windows-1251 says so in its head or its answer."""
    page = f'<meta charset="windows-1251">{RUSSIAN}'

    assert decode(page.encode("cp1251")) == page
    assert decode(RUSSIAN.encode("koi8-r"), declared="koi8-r") == RUSSIAN


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "iso8859-5"])
def test_a_short_text_in_an_old_encoding_is_guessed(encoding):
    """One sentence without a word about its encoding is enough."""
    text = "Published: 2022-01-13\n\nЗа неделю 9 эшелонов прошли Омск."

    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("declared", ["utf-8", "no-such-encoding", "base64"])
def test_a_wrongly_declared_encoding_is_guessed(declared):
    """A lie about the encoding does not lose the text."""
    assert decode(RUSSIAN.encode("cp1251"), declared=declared) == RUSSIAN


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b" \n\t\r\n", "it is empty"),
        (b"\xef\xbb\xbf\n", "it is empty"),
        (b"%PDF-1.7 ...", "it is a PDF document; save its text"),
        (b"PK\x03\x04....", "ZIP archive or an Office document"),
        (bytes(range(256)) * 8, "it is binary, not text"),
        (b"a train\x00passed", "it is binary, not text"),
    ],
)
def test_what_is_no_text_is_refused(data, reason):
    """Empty and binary files get one sentence each."""
    with pytest.raises(UnreadableInputError, match=reason):
        decode(data)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data):
    """No bytes raise anything else or leave carriage returns and NULs behind."""
    try:
        text = decode(data)
    except UnreadableInputError:
        return

    assert "\r" not in text
    assert "\x00" not in text
