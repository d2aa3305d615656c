"""A record holds a whole briefing, says what it is, and refuses what is none."""

import json
from pathlib import Path

import jsonschema
import pytest

from tracker.briefing import read_json, render_html, render_json, render_markdown, write_briefing
from tracker.briefing.record import record_schema
from tracker.errors import UnreadableInputError

SCHEMA = Path(__file__).parents[3] / "docs" / "reference" / "briefing.schema.json"


@pytest.fixture
def briefing(edition, make_evidence, troops):
    """Write a briefing of two claims."""
    return write_briefing(edition, make_evidence(troops(), troops(quote="other")))


def test_what_was_written_is_read_again(briefing):
    """Model, record and every rendering are the same after the way through the file."""
    again = read_json(render_json(briefing))

    assert again == briefing
    assert render_json(again) == render_json(briefing)
    assert render_html(again) == render_html(briefing)
    assert render_markdown(again) == render_markdown(briefing)


def test_the_record_keeps_the_evidence_and_both_times(briefing):
    """As of, as recorded, and the ids of all that could be shown."""
    record = json.loads(render_json(briefing))

    assert record["edition"]["as_of"] == "2022-01-14"
    assert record["edition"]["as_recorded"] == "2026-11-24T18:00:00Z"
    assert set(record["evidence"]) == {one["claim_id"] for one in record["references"]}


def test_the_schema_in_the_documents_is_that_of_the_record(briefing):
    """It is the model's, every record fits it, and every key is required."""
    schema = json.loads(SCHEMA.read_text("utf-8"))

    assert schema == record_schema()
    jsonschema.validate(json.loads(render_json(briefing)), schema)
    assert set(schema["required"]) == set(json.loads(render_json(briefing)))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xff", "no record"),
        (b"[1]", "no record"),
        (b"{}", "no record"),
        (b'{"version": 9}', "has version 9"),
        (b'{"version": 1, "edition": {}}', "damaged at edition"),
        (b"[" * 100_000, "no record"),
    ],
)
def test_what_is_no_record_is_refused_in_a_sentence(data, reason):
    """Other files, later versions and damage are told apart."""
    with pytest.raises(UnreadableInputError, match=reason):
        read_json(data)
