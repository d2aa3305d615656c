"""Positions that a text writes out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.geocoding import geocode
from geo.geocoding.positions import positions


@pytest.mark.parametrize(
    ("text", "words", "lon", "lat", "radius_km"),
    [
        ("Склад стоит в точке 50.5997, 36.5983 у дороги.", "50.5997, 36.5983", 36.598, 50.6, 0.1),
        ("Seen at 50°36'N 36°36'E today.", "50°36'N 36°36'E", 36.6, 50.6, 0.9),
        ("Grid 37U DQ 12345 67890, a column.", "37U DQ 12345 67890", 37.793, 49.357, 0.1),
        ("Тягачі в квадраті 37UDQ1267.", "37UDQ1267", 37.795, 49.354, 0.5),
    ],
)
def test_written_positions_are_places(text, words, lon, lat, radius_km):
    """Decimal pairs, degrees and grid references are placed with the size of their last digit."""
    mention = next(m for m in geocode(text) if m.kind == "position")
    assert mention.text == words
    assert (mention.lon, mention.lat) == pytest.approx((lon, lat), abs=0.002)
    assert mention.radius_km == radius_km


@pytest.mark.parametrize(
    "text",
    ["Shares fell 1.25, 2.30 and 3.10.", "at 91.5000, 200.1234", "99XYZ1234", "v1.2.345, 1.2"],
)
def test_numbers_that_are_no_position_are_none(text):
    """Prices, versions and degrees that do not exist are left alone."""
    assert list(positions(text)) == []


@given(st.text("0123456789.,°'NESWUVС \"-", max_size=60))
def test_any_run_of_digits_is_read_without_harm(text):
    """Whatever the digits, what is found is on Earth and its words are the text's."""
    for mention in positions(text):
        assert text[mention.start : mention.end] == mention.text
        assert abs(mention.lon) <= 180
        assert abs(mention.lat) <= 90


@pytest.mark.parametrize(
    ("text", "lon", "lat"),
    [("at 48.0159 N, 37.8028 E", 37.8028, 48.0159), ("33.5S 70.6W", -70.6, -33.5)],
)
def test_decimals_with_hemispheres_need_no_sign(text, lon, lat):
    """A letter of the hemisphere behind each decimal is enough."""
    (mention,) = positions(text)

    assert (mention.lon, mention.lat) == (lon, lat)
