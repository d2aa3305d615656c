"""How a sighting is known, as the words of its quote tell."""

from datetime import date

import pytest

from tracker.extraction.sightings import sighting_of

DAY = date(2022, 1, 10)


@pytest.mark.parametrize(
    ("words", "known_by"),
    [
        ("Satellite pictures show 20 tanks near Yelnya.", ("photo", "satellite")),
        ("Местные жители сняли на видео 20 танков.", ("eyewitness", "video")),
        ("За словами очевидців, йшли танки.", ("eyewitness",)),
        ("The ministry counted 20 tanks.", ()),
    ],
)
def test_the_medium_is_read_off_the_words(words, known_by):
    """Satellite, video, photo and eyewitness are told apart, and nothing is guessed."""
    assert sighting_of(words, DAY).known_by == known_by


def test_filmed_and_posted_are_two_times():
    """The day a video was taken is not the day it was put online."""
    words = "A video posted on Monday and filmed on Saturday near Kursk shows 15 howitzers."

    seen = sighting_of(words, DAY)

    assert seen.filmed.past == (date(2022, 1, 8), date(2022, 1, 8))
    assert seen.posted.past == (date(2022, 1, 10), date(2022, 1, 10))


@pytest.mark.parametrize(
    "words",
    [
        "Six tanks were filmed near El Fasher; the video was geolocated by Sudan Monitor.",
        "Sudan Monitor geolocated a video of six tanks near El Fasher.",
    ],
)
def test_who_found_the_place_is_named(words):
    """Passive and active name the same group."""
    assert "Sudan Monitor" in sighting_of(words, DAY).geolocated_by


def test_a_hash_of_the_media_is_kept():
    """A SHA-256 in the words is the media's."""
    digest = "AB" * 32

    assert sighting_of(f"Video of 6 tanks, SHA-256 {digest}.", DAY).media_sha256 == digest.lower()


@pytest.mark.parametrize(
    ("words", "distance_km"),
    [
        ("Tanks stand within 200 km of the Ukrainian border.", 200),
        ("Tanks stand 10 miles from the border.", 16.1),
        ("Танки стоят в 30 км от украинской границы.", 30),
        ("Танки стоять за 25 кілометрів від кордону.", 25),
        ("Tanks stand 200 km from Kyiv.", None),
    ],
)
def test_the_distance_from_a_border_is_in_kilometres(words, distance_km):
    """Miles are turned; a distance from a town is none from a border."""
    assert sighting_of(words, DAY).border_distance_km == distance_km
