"""GeoNames dumps become entries, or one sentence on what is wrong with them."""

import zipfile

import pytest

from geo.errors import InvalidDumpError
from geo.gazetteer.dump import read_dumps

TOWN = (
    "901\tZarechensk\tZarechensk\tZaretschensk\t51.25\t36.5\tP\tPPL\tRU\t\t41\t\t\t\t40000\t\t180\t"
    "Europe/Moscow\t2020-01-01"
)


def zipped(folder, name, *rows):
    """Write a zip as the export has them and return its path."""
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.txt", "\n".join(rows))
    return path


def row(**changes):
    """Return the town's row with some columns changed, by number."""
    cells = TOWN.split("\t")
    for column, value in changes.items():
        cells[int(column[1:])] = value
    return "\t".join(cells)


def test_a_town_becomes_an_entry_with_its_names(tmp_path):
    """Names of the alternates' file in known languages join those of the row."""
    names = zipped(tmp_path, "alternateNamesV2", "1\t901\tru\tЗареченск", "2\t901\tfr\tRivière")
    (entry,) = read_dumps((names, zipped(tmp_path, "RU", TOWN)))
    assert (entry.geonameid, entry.kind, entry.admin1) == (901, "settlement", "RU.41")
    assert (entry.lon, entry.lat, entry.population) == (36.5, 51.25, 40_000)
    assert (entry.latin, entry.local) == (("Zaretschensk",), ("Зареченск",))


def test_only_towns_and_listed_kinds_are_taken(tmp_path):
    """An airfield is taken as one; a school is left out."""
    airfield, school = row(c6="S", c7="AIRF"), row(c6="S", c7="SCH")
    assert [e.kind for e in read_dumps((zipped(tmp_path, "RU", airfield, school),))] == ["airfield"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"no zip at all", "not a zip"), (b"", "not a zip")],
)
def test_what_is_no_zip_is_named(tmp_path, content, reason):
    """A file that is no zip gives one sentence that says where dumps come from."""
    path = tmp_path / "RU.zip"
    path.write_bytes(content)
    with pytest.raises(InvalidDumpError, match=f"{reason}.*as download"):
        list(read_dumps((path,)))


def test_a_row_of_another_shape_is_named(tmp_path):
    """A table with too few columns is refused, with their number."""
    with pytest.raises(InvalidDumpError, match="2 columns, not 19"):
        list(read_dumps((zipped(tmp_path, "RU", "1\tx"),)))
