"""Sightings of one train are joined, those of two are not, and nothing goes too fast."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.movements.association import associate
from tracker.movements.railways import seed_railways
from tracker.movements.sighting import Sighting, Spot
from tracker.movements.wagons import WagonNumber, check_digit
from tracker.timespan import Timespan
from tracker.vocabulary import Direction, Precision

NUMBERS = frozenset(
    WagonNumber(digits=f"{first}{check_digit(str(first))}") for first in range(4_548_880, 4_548_890)
)

LOAD = frozenset({"t-72b3", "bm-27 uragan", "2s19 msta-s"})


def seen(station: str, day: float, name: str = "", **given):
    """See a train at a station for an hour, so many days into January 2022."""
    network = seed_railways()
    lon, lat = network.lonlat(network.station(station).code)
    start = datetime(2022, 1, 1, tzinfo=UTC) + timedelta(days=day)
    return Sighting(
        id=name or f"{station}@{day}",
        claim_id=f"c-{name or station}",
        spot=Spot(name=station, lon=lon, lat=lat, radius_km=3),
        span=Timespan(start=start, end=start + timedelta(hours=1), precision=Precision.HOUR),
        **given,
    )


def tracks(*sightings):
    """Name the places of each track."""
    found = associate(sightings, seed_railways())
    return [[one.spot.name for one in track.sightings] for track in found.tracks]


def test_one_train_seen_three_times_is_one_track():
    """Shared wagon numbers at a train's pace are one train, in the order of its times."""
    journey = [
        seen("Rechitsa", 12, wagons=NUMBERS),
        seen("Chita II", 2, wagons=NUMBERS),
        seen("Kansk-Yeniseysky", 5, wagons=NUMBERS),
    ]

    assert tracks(*journey) == [["Chita II", "Kansk-Yeniseysky", "Rechitsa"]]


def test_one_train_posted_by_two_people_is_one_train():
    """Two posts of one train at one place within the hour are one train, not two."""
    posts = [seen("Krasnoyarsk", 5, name=name, equipment=LOAD) for name in ("first", "second")]

    assert len(tracks(*posts, seen("Krasnoyarsk", 8))) == 2


def test_trains_that_share_nothing_stay_apart():
    """Time and place alone join nothing: other trains pass unseen."""
    assert len(tracks(seen("Chita II", 2), seen("Kansk-Yeniseysky", 5))) == 2


def test_no_train_is_joined_at_an_impossible_speed():
    """The same numbers 3,000 km on after half a day are a conflict that names them, no train."""
    pair = [seen("Chita II", 2, wagons=NUMBERS), seen("Novosibirsk-Glavny", 2.5, wagons=NUMBERS)]

    found = associate(pair, seed_railways())

    assert len(found.tracks) == 2
    (conflict,) = found.conflicts
    assert conflict.speed_km_day > 3000
    assert "45488855" in conflict.shared


def test_an_ambiguous_sighting_keeps_its_alternative():
    """A sighting that fits two trains is said to fit the other one too, with a probability."""
    load = frozenset({"t-72b3", "bm-27 uragan"})
    one, two = (
        seen("Chita II", 2 + late, name=str(late), equipment=load, wagons=frozenset({number}))
        for late, number in zip((0.0, 0.2), sorted(NUMBERS), strict=False)
    )
    later = seen("Ulan-Ude", 2.9, equipment=load)

    found = associate([one, two, later], seed_railways())

    named = [alternative for track in found.tracks for alternative in track.alternatives]
    assert named
    assert all(0.05 <= alternative.probability <= 1 for alternative in named)


def test_trains_without_numbers_are_known_by_their_whole_loads():
    """Looks that each name a part of one load are one train, though other trains go with it."""
    stations = ("Chita II", "Ulan-Ude", "Irkutsk-Passazhirsky", "Krasnoyarsk")
    loads = [[f"{train}{number}" for number in range(6)] for train in "abcdef"]
    journeys = [
        seen(station, 2 + stop, name=f"{load} {station}", equipment=frozenset(load) - {load[stop]})
        for load in loads
        for stop, station in enumerate(stations)
    ]

    assert tracks(*journeys) == [list(stations)] * len(loads)


def test_a_sighting_that_fits_two_trains_alike_is_joined_to_neither():
    """Where the words cannot tell two trains apart, both are offered and none is chosen."""
    trains = [
        seen(station, day, name=f"{brigade} {station}", equipment=LOAD, formation=brigade)
        for brigade in ("5th", "37th")
        for station, day in (("Chita II", 2), ("Irkutsk-Passazhirsky", 4))
    ]
    between = seen("Ulan-Ude", 3, name="between", equipment=LOAD)

    found = associate([*trains, between], seed_railways()).tracks

    (alone,) = (track for track in found if "between" in [one.id for one in track.sightings])
    assert len(alone.sightings) == 1
    offered = {one.track_id for one in alone.alternatives}
    assert {track.id for track in found if track is not alone} <= offered


@given(st.permutations(range(6)))
def test_the_order_in_which_sightings_come_changes_nothing(order):
    """The same sightings make the same tracks."""
    journey = [
        seen(station, day, name=f"{kind} {station}", equipment=LOAD | {kind})
        for kind in ("a", "b")
        for station, day in (("Chita II", 2), ("Ulan-Ude", 3), ("Krasnoyarsk", 5))
    ]

    found = associate([journey[place] for place in order], seed_railways())

    assert found == associate(journey, seed_railways())


def test_a_train_going_east_is_not_found_in_the_west():
    """A stated heading speaks against a train that turned round."""
    load = frozenset({"t-72b3", "bm-27 uragan"})
    east = seen("Omsk-Passazhirsky", 3, equipment=load, direction=Direction.E)
    others = [seen("Chita II", 3 * day, name=f"other {day}") for day in range(10)]

    found = tracks(east, seen("Samara", 5.5, equipment=load), *others)

    assert ["Omsk-Passazhirsky", "Samara"] not in found


@pytest.mark.parametrize("actor", ["UA", "BY"])
def test_trains_of_two_actors_are_never_one(actor):
    """Nothing joins over actors."""
    pair = [
        seen("Chita II", 2, wagons=NUMBERS, actor="RU"),
        seen("Ulan-Ude", 3, wagons=NUMBERS, actor=actor),
    ]

    assert len(tracks(*pair)) == 2


def test_nothing_seen_is_no_track():
    """No sighting, no track."""
    assert associate([], seed_railways()).tracks == ()
