"""Many texts as JSON lines: bounded, tolerant, independent of their order."""

import io
import json

import pytest

from geo.geocoding import Geocoder, geocode_jsonl


@pytest.fixture(scope="module")
def geocoder():
    """Return one geocoder for the module."""
    return Geocoder()


def run(geocoder, *lines, read=None):
    """Return the answers and the rejected lines."""
    rejected = []
    source = io.BytesIO(b"\n".join(lines))
    answers = list(geocode_jsonl(source, geocoder, on_rejected=rejected.append, on_read=read))
    return [json.loads(answer) for answer in answers], rejected


def line(text, doc_id="a"):
    """Return one line of input."""
    return json.dumps({"doc_id": doc_id, "text": text}, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (b"{bad", "property name"),
        (b"[1]", "JSON object"),
        (b'{"doc_id": "x"}', "text must be"),
        (b'{"text": "x"}', "doc_id must be"),
        (b"\xff\xfe", "utf-8"),
        (b'{"doc_id": 1, "text": "x", "lang": 5}', "lang must be"),
        (b'{"doc_id": 1, "text": "x", "published": "soon"}', "isoformat"),
        (b"[" * 100_000, "recursion"),
    ],
)
def test_a_broken_line_is_reported_and_the_rest_goes_on(geocoder, broken, reason):
    """A line that cannot be read is named by its number; the others are answered."""
    answers, rejected = run(geocoder, line("In Kyiv."), broken, line("In Minsk."))
    assert [a["places"][0]["name"] for a in answers] == ["Kyiv", "Minsk"]
    assert [r.number for r in rejected] == [2]
    assert reason in rejected[0].reason.lower() or reason in rejected[0].reason


def test_empty_lines_are_skipped_and_bytes_are_counted(geocoder):
    """Empty lines give nothing, and all bytes are reported for a progress bar."""
    sizes = []
    answers, rejected = run(geocoder, line("In Kyiv."), b"", line("In Minsk."), read=sizes.append)
    assert (len(answers), rejected) == (2, [])
    assert sum(sizes) == len(line("In Kyiv.")) + 1 + 1 + len(line("In Minsk."))


def test_results_do_not_depend_on_the_order(geocoder):
    """Each text is answered alike, whatever came before it."""
    texts = ["Paris, Texas.", "The Seine in Paris, France.", "Paris is here.", "In Moscow, Idaho."]
    lines = [line(text, doc_id=text) for text in texts]
    forward, _ = run(geocoder, *lines)
    backward, _ = run(Geocoder(), *reversed(lines))
    assert forward == backward[::-1]


def test_outlines_are_written_as_geojson(geocoder):
    """The outline of an area is GeoJSON in the line, equal to that of the mention."""
    answers, _ = run(geocoder, line("In Ukraine."))
    place = answers[0]["places"][0]
    mention = geocoder.geocode("In Ukraine.")[0].as_json()
    assert place["geometry"]["type"] == mention["geometry"]["type"] == "Polygon"
    assert list(place) == list(mention)
