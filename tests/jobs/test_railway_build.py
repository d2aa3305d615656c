"""A user's own railways come into a workspace, and faulty lines are named."""

import pytest
from typer.testing import CliRunner

from jobs.cli import app
from jobs.init import create_workspace
from jobs.railway_build import build_railways
from tracker.errors import UnreadableInputError
from tracker.movements.railways import railways_in, seed_railways

STATIONS = "esr,name,lon,lat\n100003,Alpha,30,50\n100018,Bravo,31,50\n100022,Charlie,,\n"
LINKS = "from_esr,to_esr\n100003,100018\n100018,100022\n100022,100037\n"


@pytest.fixture
def tables(tmp_path):
    stations, links = tmp_path / "stations.csv", tmp_path / "links.csv"
    stations.write_text(STATIONS)
    links.write_text(LINKS)
    return stations, links


@pytest.fixture
def desk(tmp_path):
    create_workspace(tmp_path / "desk")
    return tmp_path / "desk"


def test_movements_go_by_the_own_network(desk, tables):
    """What was built is what movements of the workspace go by; without it, the package's."""
    before = railways_in(desk / "railways")

    build_railways(desk, *tables)

    assert before is seed_railways()
    assert [one.name for one in railways_in(desk / "railways").stations] == [
        "Alpha",
        "Bravo",
        "Charlie",
    ]


def test_faulty_lines_are_printed_and_kept(desk, tables):
    """Each is said by table and line, all stand in a file, and the exit code is 3."""
    stations, links = (str(path) for path in tables)

    result = CliRunner().invoke(
        app, ["gazetteer", "build", "--stations", stations, "--links", links, "-w", str(desk)]
    )

    faults = (desk / "railways/faults.txt").read_text().splitlines()
    assert result.exit_code == 3
    assert [line.partition(":")[0] for line in faults] == ["stations, line 4", "links, line 4"]
    assert "no station has the code '100037'" in result.output


def test_a_table_without_coordinates_leaves_the_old_network(desk, tables):
    """Nothing is replaced by a network that has no place."""
    build_railways(desk, *tables)
    tables[0].write_text("esr,name,lon,lat\n100003,Alpha,,\n")

    with pytest.raises(UnreadableInputError, match="no station with coordinates"):
        build_railways(desk, *tables)
    assert len(railways_in(desk / "railways")) == 3


def test_one_table_alone_is_refused(desk, tables):
    """Stations without links are no network."""
    result = CliRunner().invoke(
        app, ["gazetteer", "build", "--stations", str(tables[0]), "-w", str(desk)]
    )

    assert result.exit_code == 2
