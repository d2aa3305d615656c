"""One text is read without a workspace."""

from datetime import UTC, date, datetime

import pytest

import tracker
from tracker.errors import InvalidValueError

TEXT = "Some 900 Russian soldiers arrived in Yelnya yesterday, the ministry said."


@pytest.mark.parametrize(
    "published", ["2022-01-13", date(2022, 1, 13), datetime(2022, 1, 13, 9, tzinfo=UTC)]
)
def test_a_text_becomes_claims_with_places(published):
    """The number, the place with its radius, and the day counted from the publication."""
    frame = tracker.read(TEXT, published=published)

    (row,) = frame[frame["best"] == 900].to_dict("records")
    assert frame.crs == "EPSG:4326"
    assert row["place_text"] == "Yelnya"
    assert row["radius_km"] > 0
    assert row["observed_from"].date() == date(2022, 1, 12)
    assert row["quote"] in TEXT


def test_no_claims_are_a_frame_without_rows():
    """The columns are there all the same."""
    frame = tracker.read("The weather was fine.")

    assert frame.empty
    assert "geometry" in frame


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"published": "13.01.22"}, "13.01.22"),
        ({"published": datetime(2022, 1, 13)}, "UTC"),  # noqa: DTZ001 - what is refused
        ({"lang": "de"}, "use en, ru or uk"),
    ],
)
def test_what_is_no_time_or_language_is_told(options, said):
    """One sentence, of the package's own tree of errors."""
    with pytest.raises(InvalidValueError, match=said) as raised:
        tracker.read(TEXT, **options)

    assert isinstance(raised.value, tracker.TrackerError)
