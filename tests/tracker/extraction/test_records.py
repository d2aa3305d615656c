"""The JSON of `tracker extract`: a stable contract with every key always there."""

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from tests.tracker.extraction.reading import PUBLISHED
from tracker.extraction.extraction import extract
from tracker.extraction.records import claim_records

KEYS = {
    *("id", "kind", "flow", "status", "actor", "claimant", "claimant_id", "via", "measure"),
    *("extent", "scope", "equipment", "formation", "places", "direction", "mode", "observed"),
    *("quote", "confidence", "corrects", "symbol", "known_by", "geolocated_by"),
    *("filmed", "posted", "media_sha256", "border_distance_km"),
}


SCHEMA = Path(__file__).parents[3] / "docs/reference/extract.schema.json"


def records(text):
    """Extract a text's claims as plain values."""
    claims, placed = extract(text, report_id="r", version_id="v", published=PUBLISHED)
    return claim_records(claims, placed)


def test_every_key_is_always_there():
    """A claim that states little has the same keys as one that states much."""
    text = "Tanks moved to Kursk. On Monday 900 men of the 4th Brigade left Orel by rail, X said."

    assert [set(record) for record in records(text)] == [KEYS, KEYS]


def test_records_keep_the_published_contract():
    """What comes out fits the JSON Schema in the documentation."""
    text = "On Monday 900 men of the 4th Brigade left Orel by rail, X said. Half the force stayed."

    contract = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))

    assert list(contract.iter_errors(records(text))) == []


def test_values_survive_json():
    """Everything is a plain value; times are ISO 8601 UTC; what is not stated is null."""
    record = json.loads(json.dumps(records("On Monday 900 soldiers left Kursk.")))[0]

    assert record["observed"]["from"] == "2022-01-10T00:00:00Z"
    assert record["measure"]["low"] is None
    assert record["measure"]["best"] == 900
    assert record["claimant"] is None


def test_places_carry_point_radius_and_shape():
    """A place on the map has lon, lat and radius; one that is not has the reason."""
    found, missing = records("900 soldiers moved from Kursk to Zzyzyxgorod.")[0]["places"]

    assert (found["role"], found["shape"], found["reason"]) == ("from", "point", None)
    assert 36 < found["lon"] < 37
    assert 51 < found["lat"] < 52
    assert (missing["lon"], missing["shape"]) == (None, None)
    assert missing["reason"]
