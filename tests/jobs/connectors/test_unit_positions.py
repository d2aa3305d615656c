"""Positions of units: a hierarchy counts once, missing is not zero, contradictions are told."""

from pathlib import Path

import pytest

from tests.jobs.connectors.conftest import make_source

REAL = Path(__file__).parents[4] / "shared/data/real"
HEAD = (
    "date,lat,lng,type,strength,strength_in_btg_text,strength_in_btg_number,unit,subordinate_to,"
    "country\n"
)


def make_row(unit, text="", number="", above="", day="2022-04-18", country="ru", lat="50.1"):
    return f"{day},{lat},36.2,Infantry,Brigade,{text},{number},{unit},{above},{country}"


@pytest.fixture
def read(look, tmp_path):
    """Read some rows."""

    def read(*rows, head=HEAD, cursor=None):
        (tmp_path / "units.csv").write_text(head + "\n".join(rows) + "\n")
        return look(make_source("unit_positions", path="units.csv"), cursor)

    return read


def test_an_army_is_not_added_to_its_brigades(read):
    """The size of a unit whose subordinates stand in rows of their own is left out, and said."""
    found = read(make_row("1st Army", "3", "3.0"), make_row("2nd Brigade", "2", "2.0", "1st Army"))

    sizes = {cells["formation"]: cells.get("best") for cells in found.cells.values()}
    assert sizes == {"1st Army": None, "2nd Brigade": "2"}
    assert "its 3 BTGs are those of its subordinates" in found.notes[0]


@pytest.mark.parametrize("text", ["0", "n/a", "", "?"])
def test_missing_is_not_zero(read, text):
    """A unit of which nobody knows the strength has a place and no size."""
    (cells,) = read(make_row("2nd Brigade", text, "0.0")).cells.values()

    assert "qualifier" not in cells
    assert cells["lat"] == "50.1"


def test_a_contradiction_is_told_and_no_size_taken(read):
    """Words and number disagree: neither counts."""
    found = read(make_row("1st Army", '"7 (4 GTD, 2 GMRD)"', "1.0"))

    (cells,) = found.cells.values()
    assert "qualifier" not in cells
    assert "'7 (4 GTD, 2 GMRD)' in words and 1.0 as a number" in found.notes[0]


def test_hedges_are_kept(read):
    """Less than one is a bound, a question mark a doubt."""
    found = read(make_row("A", "<1", "1.0"), make_row("B", "1?", "1.0"))

    first, second = found.cells.values()
    assert (first["qualifier"], first["best"]) == ("fewer_than", "1")
    assert (second["qualifier"], second["approx"]) == ("exact", "yes")


def test_doubled_rows_unknown_columns_and_bad_rows(read):
    """A row that is drawn twice counts once; a bad one is named beside the good ones."""
    found = read(
        make_row("A", "1", "1.0") + ",x",
        make_row("A", "1", "1.0") + ",y",
        make_row("A", "1", "1.0", lat="51.0") + ",x",
        make_row("B", "1", "1.0", country="xx") + ",x",
        head=HEAD.replace("country", "country,colour"),
    )

    assert sorted(found.cells) == ["2022-04-18/A", "2022-04-18/A/2"]
    assert found.rejected == ["row 5: the country 'xx' is none of ru, ua, by."]
    assert "the column 'colour' is not known and left out." in found.notes


def test_an_edit_and_a_deletion(desk, tmp_path):
    """A changed strength corrects the claim before; a row that is gone is noted."""
    source = make_source("unit_positions", path="units.csv")
    path = tmp_path / "units.csv"
    path.write_text(HEAD + make_row("A", "1", "1.0") + "\n" + make_row("B", "2", "2.0") + "\n")
    first = desk.read(source)
    path.write_text(HEAD + make_row("A", "3", "3.0") + "\n")

    second = desk.read(source)

    assert (first.new, second.new, second.texts.edits, second.gone) == (2, 1, 1, 1)
    assert sorted(claim.measure.best for claim in desk.repository.claims()) == [2, 3]


@pytest.mark.shared
def test_the_known_faults_of_the_real_file(look):
    """31 contradictions; no jump by armies counted with their brigades; no day of zeros."""
    found = look(make_source("unit_positions", path=str(REAL / "uawardata_units.csv")))

    assert sum("in words and" in note for note in found.notes) == 31
    days = {}
    for cells in found.cells.values():
        if cells["actor"] == "RU" and "best" in cells:
            days.setdefault(cells["published"], []).append(float(cells["best"]))
    assert abs(sum(days["2022-04-21"]) - sum(days["2022-04-18"])) < 10
    assert "2022-08-20" not in days
