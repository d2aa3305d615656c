"""A broken table of a railway is reported line by line, and what is good in it is used."""

import pytest

from geo.errors import InvalidRailTableError
from geo.railways import RailNetwork, read_tables

STATIONS = """code;name;lon;lat
100003;Alpha;30.0;50.0
100018;Bravo;31.0;50.0
100022;Charlie;;
100037;Delta;33.0;50.0
100041;Echo;190;50
100018;Bravo;31.01;50.0
100037;Dover;10.0;50.0
;Nameless;1;1
"""
LINKS = """from,to,line_km
100003,100018,80
100018,100022,
100022,100041,-5
100041,100056,
100003,100003,
100018,100003,80
,100003,
"""


@pytest.fixture(scope="module")
def broken():
    return read_tables(STATIONS.encode(), LINKS.encode())


def test_every_faulty_line_is_named_with_what_was_done(broken):
    """Each fault says table, line, kind and consequence."""
    assert [(fault.table, fault.line, fault.kind) for fault in broken.faults] == [
        ("stations", 4, "no_coordinates"),
        ("stations", 6, "bad_coordinates"),
        ("stations", 7, "duplicated_code"),
        ("stations", 8, "duplicated_code"),
        ("stations", 9, "incomplete"),
        ("links", 4, "bad_length"),
        ("links", 5, "dangling"),
        ("links", 6, "loop"),
        ("links", 8, "incomplete"),
    ]
    assert str(broken.faults[3]).startswith("stations, line 8: code 100037 stands for 'Delta' and,")


def test_what_is_good_is_used(broken):
    """The way past a station without coordinates still exists, drawn between its neighbours."""
    route = RailNetwork(broken).route("100003", "100022")

    assert [station.name for station in route.stations] == ["Alpha", "Bravo", "Charlie"]
    assert route.along_km[1] == 80


def test_a_code_for_two_places_has_no_position(broken):
    """Neither of two positions 1,600 km apart is believed."""
    assert next(s for s in broken.stations if s.code == "100037").position is None


def test_a_station_that_only_the_links_name_keeps_the_line_whole():
    """Its place is taken from its neighbours, and the line says so."""
    stations = b"esr,name,lon,lat\n10002,Alpha,30,50\n10017,Charlie,32,50\n"
    links = (
        b"from_esr,from_name,to_esr,to_name\n10002,Alpha,10021,Bravo\n10021,Bravo,10017,Charlie\n"
    )

    tables = read_tables(stations, links)
    network = RailNetwork(tables)

    assert {fault.kind for fault in tables.faults} == {"dangling"}
    assert network.lonlat("010021")[0] == pytest.approx(31, abs=0.01)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xff\xfe\x00", "no text in UTF-8"),
        (b"a,b\n1,2\n", "no column 'name'"),
        (b"", "no column"),
    ],
)
def test_a_file_that_is_no_table_is_refused(data, reason):
    """The message says what the file lacks."""
    with pytest.raises(InvalidRailTableError, match=reason):
        read_tables(data, b"from,to\n")
