"""Ways along the line are found, measured and drawn; what has none is refused."""

from pathlib import Path

import numpy as np
import pytest

from geo.errors import NoRouteError, UnknownStationError
from geo.railways import RailNetwork, read_tables

SEEDS = Path(__file__).parents[3] / "seeds"
MOSCOW = "Moscow (node of all termini)"
PUBLISHED_KM = 9289
"""Moscow to Vladivostok, kilometre posts of the Trans-Siberian (seeds/conversions.csv, C084)."""


@pytest.fixture(scope="module")
def corridor():
    return RailNetwork(
        read_tables(
            (SEEDS / "rail_corridor.csv").read_bytes(), (SEEDS / "rail_links.csv").read_bytes()
        )
    )


def test_the_corridor_has_no_faulty_line(corridor):
    """The tables that travel with the project are whole: one network, every station reachable."""
    codes = [station.code for station in corridor.stations]

    assert corridor.faults == ()
    assert np.isfinite(corridor.distances_km(["Vladivostok"], codes)).all()


def test_vladivostok_to_rechitsa_is_as_long_as_published(corridor):
    """9,289 km to Moscow by the posts, and the ministry's about 10,000 km to Belarus (C073)."""
    route = corridor.route("Vladivostok", "Rechitsa")

    names = [station.name for station in route.stations]
    assert {"Khabarovsk I", "Chita II", "Ulan-Ude", "Krasnoyarsk", "Gomel"} <= set(names)
    assert route.length_km == pytest.approx(10_000, rel=0.03)
    assert corridor.route("Vladivostok", MOSCOW).length_km == pytest.approx(PUBLISHED_KM, rel=0.03)


def test_a_way_is_as_long_backwards(corridor):
    """Trains run both ways over the same line."""
    there, back = corridor.route("Ulan-Ude", "Brest"), corridor.route("Brest", "Ulan-Ude")

    assert there.length_km == pytest.approx(back.length_km)
    assert there.at_km(100) == pytest.approx(back.at_km(back.length_km - 100))


def test_a_way_by_a_station_passes_it(corridor):
    """Stations seen on the way are passed in their order."""
    route = corridor.route("Omsk-Passazhirsky", MOSCOW, via=["Samara"])

    assert "Samara" in [station.name for station in route.stations]


def test_alternatives_differ_and_are_no_great_detour(corridor):
    """Each way shares at most 85 % with the others, and none is 40 % longer."""
    routes = corridor.routes("Vladivostok", "Rechitsa", most=3)

    shortest = corridor.route("Vladivostok", "Rechitsa").length_km
    assert len(routes) == 3
    assert routes[0].length_km == pytest.approx(shortest)
    assert all(route.length_km <= 1.4 * shortest for route in routes)
    assert len({tuple(s.code for s in route.stations) for route in routes}) == 3


@pytest.mark.parametrize("name", ["Ulan-Ude", "Улан-Удэ", "ulan ude", "Oulan-Oude"])
def test_a_station_answers_to_its_spellings(corridor, name):
    """Names fold as in the gazetteer."""
    assert corridor.find(name)[0].code == "Ulan-Ude"


def test_the_nearest_station_is_found_within_reach(corridor):
    """A place off the line has its station; one in the taiga has none."""
    station, distance_km = corridor.nearest(107.5, 51.8, within_km=50)

    assert (station.code, distance_km < 10) == ("Ulan-Ude", True)
    assert corridor.nearest(100.0, 65.0, within_km=100) is None


def test_what_no_line_joins_is_refused():
    """Two lines without a link have no way between them, and a name that is none is said."""
    stations = b"name,lon,lat\nA,30,50\nB,31,50\nC,40,50\nD,41,50\n"
    network = RailNetwork(read_tables(stations, b"from,to\nA,B\nC,D\n"))

    with pytest.raises(NoRouteError, match="No line of the network joins A with C"):
        network.route("A", "C")
    with pytest.raises(UnknownStationError, match="is called 'X'"):
        network.station("X")
