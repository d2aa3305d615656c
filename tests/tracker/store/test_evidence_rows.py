"""Tests of grades and echoes as claims carry them."""

from datetime import UTC, date, datetime

import pytest

from tracker.evidence.grades import Axis, GradeChange
from tracker.store import evidence_rows
from tracker.store.selection import Criteria

RECORDED = datetime(2022, 3, 1, tzinfo=UTC)
DAYS = [date(2022, 1, day) for day in (1, 3, 5, 9)]


def change(claim_id, axis, day, grade):
    known_at = datetime(2022, 1, day, tzinfo=UTC)
    return GradeChange(claim_id=claim_id, axis=axis, known_at=known_at, grade=grade, reason="test")


@pytest.fixture
def graded(repository):
    """Grades of two claims, of which a second run changed one and took another back."""
    first = [
        change("c-1", Axis.RELIABILITY, 2, "B"),
        change("c-1", Axis.CREDIBILITY, 2, "3"),
        change("c-1", Axis.CREDIBILITY, 6, "2"),
        change("c-2", Axis.CREDIBILITY, 4, "6"),
    ]
    second = [change("c-1", Axis.CREDIBILITY, 2, "4"), change("c-2", Axis.CREDIBILITY, 4, "5")]
    with repository.database.writing() as connection:
        for changes in (first, second):
            evidence_rows.insert_grades(connection, changes, RECORDED)
        yield connection


@pytest.mark.parametrize("most_named", [0, 100], ids=["all read", "named"])
@pytest.mark.parametrize("as_of", [None, *DAYS])
def test_the_grade_that_holds_is_the_last_of_its_history(graded, monkeypatch, as_of, most_named):
    """A claim carries what the history of its grades tells last, however many are asked for."""
    monkeypatch.setattr(evidence_rows, "MOST_NAMED", most_named)
    history = evidence_rows.read_grades(graded, as_of=as_of)

    held = evidence_rows.held_grades(graded, ["c-1", "c-2"], Criteria(as_of=as_of))

    assert held == {(one.claim_id, one.axis): one.grade for one in history}


def test_a_grade_that_was_taken_back_no_longer_holds(graded):
    """The second run knew nothing of the sixth of January: the grade before it holds again."""
    held = evidence_rows.held_grades(graded, ["c-1"], Criteria())

    assert held == {("c-1", Axis.RELIABILITY): "B", ("c-1", Axis.CREDIBILITY): "4"}
