"""Each qualifier is read as the words mean it."""

import math

import pytest

from tracker.claims import Measure
from tracker.estimates.readings import AT_LEAST, AT_MOST, INTERVAL, read_measure
from tracker.vocabulary import Qualifier, Unit


def read(qualifier, **fields):
    """Read a measure of personnel."""
    return read_measure(Measure(qualifier=qualifier, unit=Unit.PERSONNEL, **fields))


def ends(reading):
    """Give back the ends of a reading in persons."""
    return round(math.exp(reading.low)), round(math.exp(reading.high))


def test_a_range_keeps_its_ends():
    """169,000 to 190,000 is that interval, with less than the full reporting error."""
    reading = read(Qualifier.RANGE, low=169_000, high=190_000)

    assert ends(reading) == (169_000, 190_000)
    assert reading.sd_factor == 0.6


@pytest.mark.parametrize(
    ("qualifier", "fields", "interval"),
    [
        (Qualifier.TENS_OF_THOUSANDS, {}, (20_000, 100_000)),
        (Qualifier.SEVERAL, {"best": 1_000}, (3_000, 7_000)),
        (Qualifier.A_FEW, {}, (2, 5)),
        (Qualifier.DOZENS, {"low": 30, "high": 60}, (30, 60)),
    ],
)
def test_vague_words_span_their_magnitude(qualifier, fields, interval):
    """'Tens of thousands' and 'several thousand' are intervals; stated ends win."""
    assert ends(read(qualifier, **fields)) == interval


def test_a_number_spans_its_rounding():
    """94,300 lies within 50 of it; 'about 100,000' within 10,000."""
    assert ends(read(Qualifier.EXACT, best=94_300)) == (94_250, 94_350)
    assert ends(read(Qualifier.ABOUT, best=100_000)) == (90_000, 110_000)
    assert ends(read(Qualifier.EXACT, best=100_000, approx=True)) == (90_000, 110_000)


@pytest.mark.parametrize(
    ("qualifier", "direction"),
    [
        (Qualifier.MORE_THAN, AT_LEAST),
        (Qualifier.WELL_OVER, AT_LEAST),
        (Qualifier.UP_TO, AT_MOST),
        (Qualifier.NEARLY, AT_MOST),
        (Qualifier.EXACT, INTERVAL),
    ],
)
def test_bounds_point_the_right_way(qualifier, direction):
    """What lies beyond the number is where the words put it."""
    assert read(qualifier, best=5_000).direction == direction


@pytest.mark.parametrize("qualifier", [Qualifier.AT_MOST, Qualifier.FEWER_THAN])
def test_a_hard_upper_bound_hints_at_nothing(qualifier):
    """'Fewer than 5,000' leaves every smaller size alike."""
    reading = read(qualifier, high=5_000)

    assert reading == reading.bare()


def test_a_ratio_and_a_word_without_number_give_no_size():
    """What is not stated is null, never a guess."""
    assert read(Qualifier.RATIO, best=0.7) is None
    assert read(Qualifier.EXACT) is None


def test_zero_is_nobody():
    """A stated zero reads like 'none'."""
    assert read(Qualifier.EXACT, best=0) == read(Qualifier.NONE)
