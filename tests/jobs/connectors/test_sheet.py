"""Tables come in row by row, their columns mapped; edited rows correct, missing ones are noted."""

import io
import zipfile

import pytest

from jobs.connectors.sheet import csv_address
from jobs.errors import SourceError
from tests.jobs.connectors.conftest import make_source

OPTIONS = {
    "columns": {
        "id": "No",
        "observed_from": "Day",
        "area": "Where",
        "best": "BTGs",
        "quote": "Said",
    },
    "constants": {"actor": "RU", "kind": "presence", "status": "actual", "unit": "BTG"}
    | {"qualifier": "about", "published": "2022-02-01"},
    "date_format": "%d.%m.%Y",
}
HEAD = "No;Day;Where;BTGs;Said;New column\n"


def write(folder, *rows, name="table.csv", head=HEAD):
    (folder / name).write_text(head + "".join(f"{row}\n" for row in rows))


ROWS = [f"{n};0{n}.01.2022;Belarus;{n};{n} BTGs in Belarus;x" for n in range(1, 6)]


def test_columns_are_mapped_and_the_unknown_one_is_named(look, tmp_path):
    """Days are read as the settings say they are written; the publisher is the claimant."""
    write(tmp_path, *ROWS)

    found = look(make_source("sheet", path="table.csv", options=OPTIONS))

    assert found.cells["2"] | {"observed_from": "2022-01-02", "best": "2"} == found.cells["2"]
    assert found.cells["2"]["claimant"] == "A desk"
    assert found.notes == ["the column 'New column' is not mapped and left out."]


def test_an_edited_row_corrects_its_claim_and_a_missing_one_is_noted(desk, tmp_path):
    """The old claim is known from its publication, the new one from this reading on."""
    source = make_source("sheet", path="table.csv", options=OPTIONS)
    write(tmp_path, *ROWS)
    first, again = desk.read(source), desk.read(source)
    write(tmp_path, "1;01.01.2022;Belarus;7;7 BTGs in Belarus;x", *ROWS[2:])

    second = desk.read(source)

    assert (first.new, again.items) == (5, 0)
    assert (second.new, second.texts.edits, second.gone) == (1, 1, 1)
    sizes = sorted(claim.measure.best for claim in desk.repository.claims())
    assert sizes == [2, 3, 4, 5, 7]
    (edit,) = [claim for claim in desk.repository.claims() if claim.measure.best == 7]
    assert edit.corrects
    assert edit.known_at > max(
        claim.known_at for claim in desk.repository.claims() if claim != edit
    )


def test_a_bad_row_in_the_middle_is_mended_later(desk, tmp_path):
    """Row 13 of 20 is bad: 19 come in; mended it comes in, and none of the others twice."""
    rows = [f"{n};01.01.2022;Belarus;{n};{n} BTGs;x" for n in range(1, 21)]
    source = make_source("sheet", path="table.csv", options=OPTIONS)
    write(tmp_path, *rows[:12], rows[12].replace("01.01.2022", "soon"), *rows[13:])
    first = desk.read(source)
    write(tmp_path, *rows)

    second = desk.read(source)

    assert (first.new, len(first.rejected)) == (19, 1)
    assert "row 14: 'soon' is no day" in first.rejected[0]
    assert (second.new, second.gone, second.rejected) == (1, 0, ())


def test_a_missing_column_stops_the_reading(desk, tmp_path):
    """A renamed column must not empty every row."""
    write(tmp_path, *ROWS, head=HEAD.replace("BTGs", "Groups"))

    reading = desk.read(make_source("sheet", path="table.csv", options=OPTIONS))

    assert "has no column 'BTGs'; it has 'No', 'Day'" in reading.failure


def test_wagon_numbers_are_checked(look, tmp_path):
    """One whose check digit is wrong is no wagon, and its row is refused."""
    options = {"key": ["Day", "Wagons"], "wagons": "Wagons", "columns": {"observed_from": "Day"}}
    options |= {"constants": OPTIONS["constants"] | {"best": "1", "unit": "train"}}
    write(
        tmp_path,
        "2022-01-01,5405 7128; 5405 7129",
        "2022-01-02,54057128",
        name="w.csv",
        head="Day,Wagons\n",
    )

    found = look(make_source("sheet", path="w.csv", options=options))

    assert len(found.rows) + len(found.rejected) == 2
    assert any(reason.startswith("row 2: ") for reason in found.rejected)


def make_workbook(rows):
    cells = "".join(
        f"<row r='{r}'>"
        + "".join(
            f"<c r='{chr(64 + c)}{r}' t='inlineStr'><is><t>{cell}</t></is></c>"
            for c, cell in enumerate(row, start=1)
        )
        + "</row>"
        for r, row in enumerate(rows, start=1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f"<Types xmlns='{package}/content-types'>"
        "<Default Extension='xml' ContentType='application/xml'/></Types>",
        "_rels/.rels": f"<Relationships xmlns='{package}/relationships'><Relationship Id='r1' "
        f"Type='{office}/officeDocument' Target='xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml": f"<workbook xmlns='{main}' xmlns:r='{office}'><sheets>"
        "<sheet name='Counts' sheetId='1' r:id='r1'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{package}/relationships'>"
        f"<Relationship Id='r1' Type='{office}/worksheet' Target='worksheets/sheet1.xml'/>"
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet xmlns='{main}'><sheetData>{cells}</sheetData>"
        "</worksheet>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_workbook_is_a_table_from_the_network_too(look, site):
    """XLSX is told by its bytes; a sheet that is not there is named."""
    rows = [line.split(";") for line in (HEAD.strip(), *ROWS)]
    address = site.serve("/counts", make_workbook(rows), etag='"1"')

    found = look(make_source("sheet", address=address, options=OPTIONS | {"sheet": "Counts"}))

    assert len(found.cells) == 5
    with pytest.raises(SourceError, match="no sheet 'Other'; it has Counts"):
        look(make_source("sheet", address=address, options=OPTIONS | {"sheet": "Other"}))


def test_a_bomb_in_a_workbook_is_not_unpacked(look, tmp_path):
    """What its members say that they unpack to is judged before anything is."""
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)

    with pytest.raises(SourceError, match="it unpacks to more than 256 MB"):
        look(make_source("sheet", path="b.xlsx", options=OPTIONS))


def test_the_address_of_a_google_sheet_leads_to_its_table():
    """What the browser shows is turned into the export of the same sheet, others are left."""
    shown = "https://docs.google.com/spreadsheets/d/1abcdefghijkl/edit?usp=sharing#gid=42"
    table = "https://docs.google.com/spreadsheets/d/1abcdefghijkl/export?format=csv&gid=42"

    assert csv_address(shown) == table
    assert csv_address(table) == table
    assert csv_address("https://sheets.example/1.csv") == "https://sheets.example/1.csv"
