"""Events of a TimeMap come in with their place and their sources."""

import json

import pytest

from jobs.errors import SourceError
from tests.jobs.connectors.conftest import make_source

EVENT = {
    "id": "e1",
    "description": "Tanks on a train in Yelnya.",
    "date": "2022-01-13",
    "location": "Yelnya",
    "latitude": "54.57",
    "longitude": "33.17",
    "sources": ["https://t.me/raildesk/1"],
    "associations": ["armour"],
    "tomorrow": {"x": 1},
}


def write(folder, *events):
    (folder / "events.json").write_text(json.dumps({"events": list(events)}))


def test_an_event_is_a_sighting_with_its_sources(look, tmp_path):
    """Unknown fields do no harm; an event without a position keeps its place's name."""
    write(tmp_path, EVENT, EVENT | {"id": "e2", "latitude": None, "longitude": ""})

    found = look(make_source("timemap", path="events.json"))

    assert found.cells["e1"]["citation"] == "https://t.me/raildesk/1"
    assert (found.cells["e1"]["lat"], found.cells["e1"]["radius_km"]) == ("54.57", "1")
    assert "radius_km" not in found.cells["e2"]


def test_an_edit_a_deletion_and_something_that_is_no_event(desk, tmp_path):
    """Each is what it is everywhere."""
    source = make_source("timemap", path="events.json")
    write(tmp_path, EVENT, EVENT | {"id": "e2"}, EVENT | {"id": "e3"}, 7)
    first = desk.read(source)
    write(tmp_path, EVENT, EVENT | {"id": "e2", "description": "Two tanks on a train."})

    second = desk.read(source)

    assert (first.new, len(first.rejected)) == (3, 1)
    assert (second.new, second.texts.edits, second.gone) == (1, 1, 1)


def test_something_else_is_refused(look, tmp_path):
    """No list, no reading."""
    (tmp_path / "events.json").write_text('{"events": 7}')

    with pytest.raises(SourceError, match="is no list of events"):
        look(make_source("timemap", path="events.json"))
