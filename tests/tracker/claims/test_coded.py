"""Coded claims are read strictly: every cell is handled or its row is refused with a reason."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.claims.coded import read_coded, resolve_references
from tracker.errors import UnreadableInputError
from tracker.vocabulary import PlaceRole, Qualifier, Status, Unit

ROW = {
    "id": "X1",
    "actor": "RU",
    "area": "Belarus",
    "observed_from": "2022-02-01",
    "observed_to": "2022-02-03",
    "published": "2022-02-05",
    "claimant": "A ministry",
    "kind": "presence",
    "status": "actual",
    "qualifier": "more_than",
    "low": "30000",
    "best": "30000",
    "unit": "personnel",
    "extent": "whole",
    "quote": "more than 30,000 troops in Belarus",
}


def as_csv(*rows, columns=tuple(ROW)):
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def read(*rows, columns=tuple(ROW)):
    return read_coded(as_csv(*rows, columns=columns), source="test")


def test_a_row_becomes_a_report_with_one_quoted_claim():
    """The claim quotes the coder's words and keeps interval, qualifier, place and dates."""
    (coded,) = read(ROW).claims

    claim = coded.claim
    assert coded.version.text[claim.quote.start : claim.quote.end] == ROW["quote"]
    assert (claim.measure.low, claim.measure.qualifier) == (30000, Qualifier.MORE_THAN)
    assert claim.measure.unit is Unit.PERSONNEL
    assert [(place.role, place.text) for place in claim.places] == [(PlaceRole.AT, "Belarus")]
    assert claim.observed.end.isoformat() == "2022-02-03T23:59:59.999000+00:00"
    assert claim.known_at.date().isoformat() == "2022-02-05"


def test_reading_twice_gives_the_same_ids():
    """Ids depend on content alone."""
    assert read(ROW).claims == read(ROW).claims


def test_an_edited_row_is_a_new_version_of_the_same_report():
    """Changing the wording keeps the report and makes another version."""
    (before,) = read(ROW).claims
    (after,) = read({**ROW, "quote": "over 30,000 troops in Belarus"}).claims

    assert before.report.id == after.report.id
    assert before.version.id != after.version.id


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"best": "1000000000", "low": ""}, "1,000,000,000 is beyond any force that exists"),
        ({"low": "NaN"}, "nan is not a number of anything"),
        ({"low": "inf"}, "inf is not a number of anything"),
        ({"low": "-5"}, "a size cannot be negative"),
        ({"low": "many"}, "low 'many' is no number"),
        ({"low": "40000"}, "out of order"),
        ({"published": "yesterday"}, "'yesterday' is no date; write YYYY-MM-DD."),
        ({"published": "2022-02-30"}, "no date of the calendar"),
        ({"observed_from": "2022-03-01", "observed_to": ""}, "cannot be observed after"),
        ({"observed_to": "2022-01-01"}, "cannot end"),
        ({"status": "actualy"}, "is it 'actual'?"),
        ({"unit": "trooops"}, "unit 'trooops' is none of"),
        ({"qualifier": ""}, "a number needs a qualifier"),
        ({"qualifier": "exact", "best": "", "low": ""}, "needs a number in 'best'"),
        ({"actor": ""}, "the cell 'actor' is empty"),
        ({"id": ""}, "the cell 'id' is empty"),
        ({"best": "35000"}, "low 30000 and best 35000 differ"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_reason(change, reason):
    """The row is named, the others get in."""
    file = read({**ROW, **change}, {**ROW, "id": "X2"})

    (error,) = file.rejected
    assert reason in str(error)
    assert error.line == 2
    assert [coded.row_id for coded in file.claims] == ["X2"]


def test_the_same_id_twice_is_refused():
    """The second row of an id is named; silence would drop one of them."""
    file = read(ROW, {**ROW, "quote": "another"})

    assert "stands twice" in str(file.rejected[0])


def test_a_planned_claim_carries_the_time_it_is_planned_for():
    """A target date replaces the day of the statement."""
    row = {**ROW, "status": "planned", "target_date": "2022-03-01"}

    (coded,) = read(row, columns=(*ROW, "target_date")).claims

    assert coded.claim.status is Status.PLANNED
    assert coded.claim.observed.start.date().isoformat() == "2022-03-01"


def test_references_become_claim_ids_and_missing_ones_are_named():
    """Relays point to claims of the same file; what nobody has is reported, not kept."""
    first, second = ROW, {**ROW, "id": "X2", "relays": "X1; X9"}
    file = read(first, second, columns=(*ROW, "relays"))

    (origin, relay), missing = resolve_references(file.claims)

    assert relay.claim.relays == (origin.claim.id,)
    assert missing == ("X2 refers to X9, which is not known.",)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the file is empty."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "the file is no UTF-8 text (byte 0)"),
        (b"id,actor\x00,area\n", "the file is binary"),
        (as_csv(ROW).replace(b"actor", b"aktor"), "(is it 'aktor'?)"),
        (as_csv(ROW).replace(b"quote", b"low"), "the column 'low' stands twice"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_sentence(data, sentence):
    """The message says what the file is or lacks."""
    with pytest.raises(UnreadableInputError) as caught:
        read_coded(data, source="test")

    assert sentence in str(caught.value)


def test_unknown_columns_are_listed():
    """More columns are allowed, and named so that a misspelt one is seen."""
    file = read({**ROW, "colour": "red"}, columns=(*ROW, "colour"))

    assert file.unknown_columns == ("colour",)


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_the_documented_error(data):
    """Arbitrary bytes after a good header are read or refused, never a crash."""
    try:
        file = read_coded(as_csv(ROW) + data, source="test")
    except UnreadableInputError:
        return
    assert len(file.claims) + len(file.rejected) >= 1
