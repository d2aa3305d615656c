"""Whatever is done to a file, its reader gives something or refuses it in a sentence."""

import io
import json
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jobs.documents import read_document
from jobs.documents.geo_features import read_features
from jobs.documents.json_feed import read_json_feed
from jobs.documents.mail import read_message
from jobs.documents.posts import read_preview
from jobs.documents.table import read_table
from tracker.errors import InvalidValueError, UnreadableInputError

KML = (
    b'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>a</name>'
    b"<Polygon><outerBoundaryIs><LinearRing><coordinates>1,2 3,4 5,0 1,2</coordinates></LinearRing>"
    b"</outerBoundaryIs></Polygon></Placemark></kml>"
)
GEOJSON = json.dumps(
    {
        "features": [
            {
                "id": 1,
                "properties": {"a": [1, None]},
                "geometry": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]},
            }
        ]
    }
).encode()
FEED = b"<rss><channel><item><title>a</title><description>Trains &amp; tanks</description></item>"
FEED += b"</channel></rss>"
JSON_FEED = (
    b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": 1, "content_text": "a"}]}'
)
MAIL = b"Date: Thu, 13 Jan 2022 20:08:00 +0000\r\nFrom: a@b.example\r\nContent-Type: text/plain; "
MAIL += b'charset="utf-8"\r\n\r\nTrains.'
PAGE = b"<html><body><article><h1>a</h1><p>Trains passed Omsk.</p></article></body></html>"
PREVIEW = (
    b'<section class="tgme_channel_history"><div class="tgme_widget_message" data-post="abc/1">'
    b'<div class="tgme_widget_message_text">a</div><a class="tgme_widget_message_date">'
    b'<time datetime="2022-01-13T10:00:00+00:00"></time></a></div></section>'
)
TABLE = b"id;day;size\n1;2022-01-13;4\n2;2022-01-14;\n"


def outcome_of(read, data):
    """Give what a reader gives, or its sentence."""
    try:
        return read(data)
    except (UnreadableInputError, InvalidValueError) as error:
        return str(error)


def packed(name, content):
    """Make a ZIP archive of one member."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


GEOPACKAGE = b"SQLite format 3\x00" + b"\x01" * 52 + b"GPKG"
READERS = {
    "kml": (lambda data: read_features(data, name="a.kml"), KML),
    "kmz": (lambda data: read_features(data, name="a.kmz"), packed("doc.kml", KML)),
    "geojson": (lambda data: read_features(data, name="a.geojson"), GEOJSON),
    "gpkg": (lambda data: read_features(data, name="a.gpkg"), GEOPACKAGE),
    "feed": (lambda data: read_document(data, name="feed.xml"), FEED),
    "json feed": (read_json_feed, JSON_FEED),
    "mail": (read_message, MAIL),
    "page": (lambda data: read_document(data, name="a.html"), PAGE),
    "preview": (lambda data: read_preview(data.decode("utf-8", "replace"), "abc"), PREVIEW),
    "table": (read_table, TABLE),
    "workbook": (read_table, packed("xl/workbook.xml", b"<workbook/>")),
}
PIECES = st.one_of(
    st.binary(max_size=40),
    st.sampled_from(
        [
            *(
                b"<",
                b"</",
                b"&#0;",
                b"&a;",
                b"]]>",
                b"<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///x'>]>",
            ),
            *(b"NaN", b"1e999", b"-Infinity", b"\xff\xfe", b"\x00", b"\r\n\r\n", b'"', b"[" * 50),
            *(b"\xed\xa0\x80", b"\\ud800", b"99999999999999999999", b"=?utf-8?b?//8=?=", b"{}"),
        ]
    ),
)


@pytest.mark.parametrize("kind", sorted(READERS))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 60), PIECES), min_size=1, max_size=4)
)
@example(cuts=[(0.5, 10**6, b"")])
@example(cuts=[(0.56, 0, b"\x01")])
@example(cuts=[(0.5, 14, b""), (0.5, 34, b""), (0.5, 31, b"2147500000")])
@example(cuts=[(0.0, 0, b"\xef\xbb\xbf")])
def test_a_damaged_file_is_read_or_refused(kind, cuts):
    """Pieces are taken out and put in anywhere: one of two errors, and no other."""
    read, data = READERS[kind]
    for place, length, piece in cuts:
        at = int(place * len(data))
        data = data[:at] + piece + data[at + length :]

    outcome = outcome_of(read, data)

    assert outcome is not None
    assert not isinstance(outcome, str) or outcome.endswith((".", "?"))
