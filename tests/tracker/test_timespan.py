"""Times are spans with a precision, never points sharper than the words."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import InvalidValueError
from tracker.timespan import Timespan, end_of_day, parse_date, span_of_dates
from tracker.vocabulary import Precision

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))


def at(day, hour=0, zone=UTC):
    return datetime(2022, 2, day, hour, tzinfo=zone)


@given(day=DAYS)
def test_a_day_spans_itself(day):
    """A date gives its whole UTC day and remembers how it was written."""
    span = parse_date(day.isoformat())

    assert (span.start.date(), span.end.date()) == (day, day)
    assert span.start == datetime(day.year, day.month, day.day, tzinfo=UTC)
    assert span.end == end_of_day(day)
    assert (span.precision, span.text) == (Precision.DAY, day.isoformat())


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), Precision.MONTH),
        ("2022-12", date(2022, 12, 1), date(2022, 12, 31), Precision.MONTH),
        (" 2021 ", date(2021, 1, 1), date(2021, 12, 31), Precision.UNKNOWN),
    ],
)
def test_a_coarse_date_spans_all_it_may_mean(text, first, last, precision):
    """A month or a year is not turned into its first day."""
    span = parse_date(text)

    assert (span.start.date(), span.end.date(), span.precision) == (first, last, precision)


def test_an_instant_of_another_zone_is_turned_to_utc():
    """Morning in Vladivostok is the evening before in UTC."""
    span = parse_date("2022-01-13T09:30+10:00")

    assert span.start == span.end == datetime(2022, 1, 12, 23, 30, tzinfo=UTC)
    assert span.precision is Precision.HOUR


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' is no date; write YYYY-MM-DD."),
        ("18.02.2022", "'18.02.2022' is no date; write YYYY-MM-DD."),
        ("2022-02-30", "'2022-02-30' is no date of the calendar."),
        ("2022-13", "'2022-13' is no date of the calendar."),
        ("0000-01-01", "'0000-01-01' is no date of the calendar."),
        ("1812-09-07", "1812-09-07 lies outside the years 1900 to 2200."),
        ("2022-01-13T09:30", "'2022-01-13T09:30' lacks its zone; add Z for UTC."),
        ("2022-01-13T99:00Z", "'2022-01-13T99:00Z' is no instant; write 2022-01-13T09:30Z."),
        ("٢٠٢٢-٠١-١٣T", "'٢٠٢٢-٠١-١٣T' is no instant; write 2022-01-13T09:30Z."),
    ],
)
def test_what_is_no_date_is_refused_in_one_sentence(text, message):
    """The message quotes the text and says how to write a date."""
    with pytest.raises(InvalidValueError) as refusal:
        parse_date(text)

    assert str(refusal.value) == message


@given(text=st.text(max_size=30))
def test_any_text_is_a_date_or_refused(text):
    """No input fails in any other way."""
    with suppress(InvalidValueError):
        span = parse_date(text)

        assert span.start <= span.end


@given(days=st.tuples(DAYS, DAYS).map(sorted))
def test_two_dates_join_to_the_span_between_them(days):
    """Nothing of either day is lost, and the precision never claims more than the length."""
    span = span_of_dates(*(day.isoformat() for day in days))

    assert (span.start.date(), span.end.date()) == tuple(days)
    assert (span.precision is Precision.DAY) == (days[0] == days[1])


def test_dates_the_wrong_way_round_are_refused():
    """The message names both ends."""
    with pytest.raises(InvalidValueError, match=r"cannot end \(2022-02-01\) before .*2022-02-03"):
        span_of_dates("2022-02-03", "2022-02-01")


def test_a_naive_instant_is_refused():
    """Without a zone nobody knows when it was."""
    with pytest.raises(InvalidValueError, match="is not a UTC instant; give it with its zone"):
        Timespan(start=at(1, zone=None), end=at(2))


def test_an_instant_in_another_zone_is_refused():
    """Values hold UTC; the place's own zone is kept beside them by name."""
    with pytest.raises(InvalidValueError, match="is not a UTC instant"):
        Timespan(start=at(1), end=at(2, zone=timezone(timedelta(hours=3))))


def test_middle_and_length_follow_from_the_ends():
    """Half of two days is one day."""
    span = Timespan(start=at(1), end=at(3))

    assert (span.middle, span.length_days) == (at(2), 2.0)
