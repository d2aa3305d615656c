"""Times count from the publication, Thursday 13 January 2022, and are never sharper than said."""

import pytest

from tests.tracker.extraction.reading import PUBLISHED_DAY, view_of
from tracker.extraction.time_expressions import time_mentions


def days(text, field="past"):
    """Read the last time of a text as two ISO dates."""
    mention = time_mentions(view_of(text), PUBLISHED_DAY)[-1]
    return tuple(day.isoformat() for day in getattr(mention, field))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on 4 January", "2022-01-04", "2022-01-04"),
        ("on January 6-8", "2022-01-06", "2022-01-08"),
        ("since late October", "2021-10-21", "2022-01-13"),
        ("in mid-December", "2021-12-11", "2021-12-20"),
        ("in April 2021", "2021-04-01", "2021-04-30"),
        ("on Friday", "2022-01-07", "2022-01-07"),
        ("on Thursday", "2022-01-13", "2022-01-13"),
        ("last week", "2022-01-03", "2022-01-09"),
        ("in the past week", "2022-01-06", "2022-01-13"),
        ("two weeks ago", "2021-12-30", "2021-12-30"),
        ("on 10 January, three days earlier", "2022-01-07", "2022-01-07"),
        ("overnight", "2022-01-12", "2022-01-13"),
        ("2021-12-24", "2021-12-24", "2021-12-24"),
        ("in the spring", "2021-03-01", "2021-05-31"),
        ("20 декабря", "2021-12-20", "2021-12-20"),
        ("в ночь на среду", "2022-01-11", "2022-01-12"),
        ("за последнюю неделю", "2022-01-06", "2022-01-13"),
        ("вчера", "2022-01-12", "2022-01-12"),
        ("в начале декабря", "2021-12-01", "2021-12-10"),
        ("у квітні 2021 року", "2021-04-01", "2021-04-30"),
        ("минулого тижня їх помічено", "2022-01-03", "2022-01-09"),
        ("із 10 січня", "2022-01-10", "2022-01-13"),
    ],
)
def test_time_is_resolved_against_the_publication(text, first, last):
    """Each expression gives the days that a reader would mark in a calendar."""
    assert days(text) == (first, last)


def test_what_is_announced_lies_ahead():
    """A date without a year is the nearest one where something is planned."""
    assert days("on 1 February", "near") == ("2022-02-01", "2022-02-01")
    assert days("on 1 March", "past") == ("2021-03-01", "2021-03-01")


@pytest.mark.parametrize("text", ["on 15 January", "on January 15", "15 января"])
def test_a_day_soon_after_publication_is_not_one_of_last_year(text):
    """A day without a year that is two days ahead is never read as one a year ago."""
    assert days(text, "past") == ("2022-01-15", "2022-01-15")


@pytest.mark.parametrize("text", ["they may march home", "12 tanks", "a second unit", "в средине"])
def test_words_that_only_look_like_times_are_none(text):
    """A modal verb is no month, a count is no date."""
    assert time_mentions(view_of(text), PUBLISHED_DAY) == []


def test_a_word_of_time_in_a_name_is_none():
    """'India Today' is an outlet, "today" a day."""
    days = [time_mentions(view_of(text), PUBLISHED_DAY) for text in ("India Today wrote.", "today")]

    assert [len(found) for found in days] == [0, 1]
