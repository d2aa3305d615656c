"""A batch of texts is answered line by line, whatever the lines are."""

import io
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.reading.lines import Text, answer_lines, read_lines
from tracker.errors import RecordRejectedError


def lines(*records):
    return io.BytesIO(b"".join(json.dumps(record).encode() + b"\n" for record in records))


def test_each_text_keeps_its_id_language_and_day():
    """What a line states comes through; what it leaves out is None."""
    file = lines({"doc_id": 7, "text": "a", "lang": "ru", "published": "2022-01-13"})

    assert list(read_lines(file)) == [Text(doc_id=7, text="a", lang="ru", published="2022-01-13")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "no JSON object"),
        (b"\xff\xfe", "no JSON object"),
        (b"[" * 50_000, "no JSON object"),
        (b"[]", "no text"),
        (b'{"doc_id": 1}', "no text"),
        (b'{"text": "a"}', "no id"),
        (b'{"doc_id": 1, "text": "a", "lang": 3}', "'lang'"),
        (b'{"doc_id": 1, "text": "a", "published": "never"}', "no date"),
    ],
)
def test_a_broken_line_is_named_and_the_next_one_read(line, reason):
    """The error carries the number of the line."""
    file = io.BytesIO(b'{"doc_id": 1, "text": "a"}\n' + line + b'\n{"doc_id": 3, "text": "b"}\n')

    first, broken, last = read_lines(file)

    assert isinstance(broken, RecordRejectedError)
    assert broken.line == 2
    assert reason in str(broken)
    assert (first.doc_id, last.doc_id) == (1, 3)


def test_answers_come_one_line_each_and_refusals_are_told():
    """Only texts are answered; the refusal goes where it is asked for."""
    told = []
    texts = [Text(doc_id="1", text="a\nb"), RecordRejectedError(2, "broken.")]

    answers = list(
        answer_lines(texts, "places", lambda text: json.dumps([{"text": text.text}]), told.append)
    )

    assert [json.loads(answer) for answer in answers] == [
        {"doc_id": "1", "places": [{"text": "a\nb"}]}
    ]
    assert told == [texts[1]]


def test_memory_stays_bounded_over_a_long_file():
    """Twenty megabytes of lines are read without holding more than a few."""
    line = json.dumps({"doc_id": "x", "text": "word " * 200}).encode() + b"\n"
    file = io.BytesIO(line * 20_000)
    tracemalloc.start()

    count = sum(1 for _ in read_lines(file))

    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 20_000
    assert peak_bytes < 2_000_000


def test_a_line_beyond_the_limit_is_one_broken_line(monkeypatch):
    """The rest of an endless line is skipped, and the numbers of the next lines are right."""
    monkeypatch.setattr("jobs.reading.lines.MOST_LINE_BYTES", 60)
    file = io.BytesIO(b'{"doc_id": 1, "text": "' + b"a" * 500 + b'"}\n{"doc_id": 2, "text": 5}\n')

    long, wrong = read_lines(file)

    assert "longer than" in str(long)
    assert (long.line, wrong.line) == (1, 2)


@given(st.binary(max_size=300))
def test_no_bytes_raise(data):
    """Any bytes are texts or named errors."""
    for item in read_lines(io.BytesIO(data)):
        assert isinstance(item, Text | RecordRejectedError)
