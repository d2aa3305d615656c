"""What comes in from outside is read or refused: no crash, no hang, nothing touched or lost."""

from __future__ import annotations

import json
import socket  # noqa: TID251 - to see that nobody connects
import subprocess
import sys
from pathlib import Path

import pytest

from jobs.documents import read_document
from jobs.documents.geo_features import read_features
from jobs.documents.json_feed import read_json_feed
from jobs.documents.table import read_table
from tests.robustness import malformed

LEAST_CASES = 300
MOST_SECONDS = 5
MOST_BYTES = 500_000_000


@pytest.fixture
def trap():
    """Listen on a port that nobody may connect to, and give its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield f"http://127.0.0.1:{server.getsockname()[1]}/trap"
        with pytest.raises(BlockingIOError):
            server.accept()


def test_no_malformed_input_harms(trap):
    """Hundreds of broken files of nine formats: each is read or refused, soon, in little room."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.robustness.malformed", trap],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout)
    assert said["cases"] >= LEAST_CASES
    assert said["crashes"] == []
    assert said["slowest"][1] < MOST_SECONDS, said["slowest"]
    assert said["peak_bytes"] < MOST_BYTES
    assert said["touched"] == []


@pytest.mark.parametrize(
    "bad",
    [
        "<item></item>",
        "<item><title></title><pubDate>yesterday</pubDate></item>",
        "<item><title>Odd</title><pubDate>32 Foo 99999</pubDate><link>::::</link></item>",
        f"<item><title>{'x' * 100_000}</title><link>javascript:alert(1)</link></item>",
        "<item><title>&#0;&#xd800;</title><description><![CDATA[<b><i>]]></description></item>",
    ],
)
def test_good_entries_beside_a_bad_one_get_in(bad):
    """An entry without words, date or address costs the feed nothing."""
    feed = malformed.FEED.replace("<item>", f"{bad}<item>", 1)
    titles = [document.title for document in read_document(feed.encode(), name="a.rss").documents]
    assert [f"Item {number}" for number in range(3)] == [one for one in titles if "Item" in one]


@pytest.mark.parametrize("bad", [None, 3, [], {}, {"id": 1}, {"id": "x", "content_text": 7}])
def test_good_items_of_a_json_feed_get_in(bad):
    """An item of the wrong type is named, the others are read."""
    feed = json.loads(malformed.JSON)
    feed["items"].insert(1, bad)
    reading = read_json_feed(json.dumps(feed).encode())
    assert len([one for one in reading.documents if malformed.WORDS in one.text]) == 3


@pytest.mark.parametrize("bad", ["", "a,b,c,d,e,f,g\n", "\x1b[2J,x\n", '"=1+1",,,\n', "\ufeff,\n"])
def test_good_rows_of_a_table_get_in(bad):
    """A row of another length or with odd cells loses no other."""
    head, *rows = malformed.TABLE.splitlines(keepends=True)
    table = read_table("".join([head, rows[0], bad, *rows[1:]]).encode())
    ids = [record.get("id") for record in table.records]
    assert [name for name in ids if name in {"1", "2", "3"}] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "geometry", [None, {}, {"type": "Point"}, {"type": "Point", "coordinates": "x"}]
)
def test_good_features_of_a_map_get_in(geometry):
    """A feature without a place, or with a broken one, loses no other."""
    features = json.loads(malformed.GEOJSON)
    features["features"].insert(1, {"type": "Feature", "properties": {}, "geometry": geometry})
    read = read_features(json.dumps(features).encode(), name="a.geojson")
    names = [feature.properties.get("name") for feature in read]
    assert [name for name in names if name] == [f"Point {number}" for number in range(3)]
