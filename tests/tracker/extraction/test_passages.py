"""Passages of our own on ten wars: what is read of them does not get worse."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from tracker.extraction.extraction import extract
from tracker.extraction.records import claim_records

FOLDER = Path(__file__).parent / "passages"
LEAST_F1 = {"wars": 0.96, "further_wars": 0.88, "last_wars": 0.8}
LEAST_RIGHT = {"status": 0.94, "actor": 0.88}


def numbers(claim):
    """List the numbers of a claim."""
    measure = claim["measure"] or {}
    return {round(measure[key], 4) for key in ("low", "best", "high") if measure.get(key)}


def words(claim):
    """List what tells claims without a number apart: equipment and beginnings of place words."""
    places = " ".join(place["text"] for place in claim["places"]).lower().split()
    return {*claim["equipment"], *(word[:4] for word in places if len(word) > 3)}


def agree(expected, found):
    """Tell whether a reading is the expected claim: kind, unit and size, or where and what."""
    moves = {expected["kind"], found["kind"]} == {"presence", "movement"}
    if moves or bool(numbers(expected)) != bool(numbers(found)):
        return False
    if not numbers(expected):
        return bool(words(expected) & words(found)) or not words(expected)
    unit = expected["measure"]["unit"]
    return bool(numbers(expected) & numbers(found)) and unit in {None, found["measure"]["unit"]}


@cache
def compared(name):
    """Read a set of passages: each with its expected claims, those found, and the pairs."""
    rows = []
    for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        published = datetime.fromisoformat(passage["published"]).replace(tzinfo=UTC)
        found = claim_records(
            *extract(
                passage["text"],
                report_id="r",
                version_id="v",
                published=published,
                lang=passage["lang"],
            )
        )
        left, pairs = list(found), []
        for expected in passage["claims"]:
            fits = sorted(
                (claim for claim in left if agree(expected, claim)),
                key=lambda claim: -len(words(expected) & words(claim)),
            )
            if fits:
                left.remove(fits[0])
                pairs.append((expected, fits[0]))
        rows.append((passage, found, pairs))
    return rows


@pytest.mark.parametrize("name", LEAST_F1)
def test_claims_are_found_with_their_kind_unit_and_size(name):
    """F1 over a set stays at what was reached."""
    rows = compared(name)
    hits = sum(len(pairs) for _, _, pairs in rows)
    every = sum(len(found) + len(passage["claims"]) for passage, found, _ in rows)

    assert 2 * hits / every >= LEAST_F1[name]


@pytest.mark.parametrize("name", LEAST_F1)
@pytest.mark.parametrize("field", LEAST_RIGHT)
def test_fields_of_found_claims_are_right(name, field):
    """Status and owner of matched claims stay as right as they were."""
    pairs = [pair for _, _, pairs in compared(name) for pair in pairs if pair[0][field]]
    right = sum(expected[field] == found[field] for expected, found in pairs)

    assert right / len(pairs) >= LEAST_RIGHT[field]


@pytest.mark.parametrize("name", LEAST_F1)
def test_passages_about_no_force_stay_empty(name):
    """Losses, prices, votes and refugees give no claim."""
    rows = compared(name)

    assert [p["doc_id"] for p, found, _ in rows if found and not p["claims"]] == []


@pytest.mark.parametrize("name", LEAST_F1)
def test_no_number_is_invented(name):
    """The words of every size stand in the passage."""
    for passage, found, _ in compared(name):
        for claim in found:
            assert not numbers(claim) or claim["measure"]["text"] in passage["text"]
