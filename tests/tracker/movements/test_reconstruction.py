"""The record of 2021-22 becomes movements: every published way a leg, and none too fast."""

from datetime import UTC, datetime

import pytest

from tracker.area_file import seed_areas
from tracker.claimants import seed_claimants
from tracker.claims.coded import read_coded, resolve_references
from tracker.movements.arrivals import expected_arrivals
from tracker.movements.movement import Certainty
from tracker.movements.railways import seed_railways
from tracker.movements.reconstruction import reconstruct
from tracker.movements.speeds import fastest_km_day
from tracker.place_index import seed_place_index
from tracker.seeds import seed_file
from tracker.vocabulary import Mode


class Record:
    """The coded record, put together."""

    def __init__(self):
        coded = [
            row
            for name in ("estimates.csv", "movements.csv")
            for row in read_coded(
                seed_file(name).read_bytes(), source="record", claimants=seed_claimants()
            ).claims
        ]
        rows, _ = resolve_references(tuple(coded))
        index = seed_place_index(seed_areas())
        self.rows = {row.row_id: row.claim for row in rows}
        self.claims = [row.claim for row in rows]
        self.placed = [place for row in rows for place in index.place(row.claim, row.position)]
        self.movements = reconstruct(self.claims, self.placed, seed_railways()).movements

    def of(self, row_id: str):
        """Find the movement that a row of the record is part of."""
        claim_id = self.rows[row_id].id
        return next(one for one in self.movements if claim_id in one.claims)


@pytest.fixture(scope="module")
def record():
    return Record()


def test_every_published_way_is_a_leg(record):
    """A row with two different placed ends is part of a movement that has a line."""
    ends = {}
    for place in record.placed:
        if place.geometry is not None and place.role in {"from", "to"}:
            ends.setdefault(place.claim_id, {}).setdefault(place.role, set()).add(place.name)
    both = {
        claim_id
        for claim_id, roles in ends.items()
        if len(roles) == 2 and not roles["from"] & roles["to"]
    }
    drawn = {claim_id for one in record.movements if one.parts for claim_id in one.claims}

    moving = {claim.id for claim in record.claims if claim.kind == "movement"}
    assert len(both & moving) > 60
    assert both & moving <= drawn


def test_no_observed_part_is_faster_than_a_train(record):
    """Where both ends are towns, the line is not too long for the days that the claims give."""
    parts = [
        part
        for one in record.movements
        if one.mode is Mode.RAIL and one.window is not None
        for part in one.parts
        if part.certainty is Certainty.OBSERVED
    ]

    speeds = [
        part.length_km / max(part.leg.window.length_days, 1)
        for part in parts
        if not any(word in part.leg.origin for word in ("Russia", "District", "Oblast"))
    ]
    assert len(speeds) > 10
    assert max(speeds) <= fastest_km_day(Mode.RAIL)


def test_sightings_of_one_brigade_are_one_movement(record):
    """The 5th Tank Brigade: Ulan-Ude to Rechitsa, two rows of evidence, along the line."""
    movement = record.of("M070")

    assert movement.id == record.of("M075").id
    assert movement.formation == "5th Guards Tank Brigade"
    (part,) = movement.parts
    assert (part.leg.origin, part.leg.destination) == ("Ulan-Ude", "Rechitsa")
    assert part.length_km == pytest.approx(6_360, rel=0.03)


def test_a_train_seen_twice_is_one_train(record):
    """The parachute regiment's train: Tekstilny, Bryansk Oblast, Brest."""
    movement = record.of("M092")

    assert {record.of("M093").id, record.of("M098").id} == {movement.id}
    assert [part.leg.destination for part in movement.parts] == ["Bryansk Oblast", "Brest"]


def test_what_is_still_ahead_is_planned(record):
    """Seen at Khabarovsk and bound for Belarus: the way from there on is planned."""
    movement = record.of("M069")

    assert {part.certainty for part in movement.parts} == {Certainty.PLANNED}
    assert movement.parts[-1].leg.status == "expected"


def test_ways_without_a_sighting_are_inferred(record):
    """Vladivostok to Belarus is said, and nobody saw it there."""
    (part,) = record.of("M086").parts

    assert part.certainty is Certainty.INFERRED


def test_returns_and_what_was_seen_to_arrive_are_no_arrivals(record):
    """Expected arrivals are of trains on their way in."""
    arrivals = expected_arrivals(record.movements, {claim.id: claim for claim in record.claims})

    moving = {arrival.movement_id for arrival in arrivals}
    assert record.of("M086").id in moving
    assert record.of("M139").id not in moving
    assert record.of("M093").id not in moving
    assert all(one.p05 < one.p50 < one.p95 for one in arrivals)
    assert all(one.p05 >= datetime(2021, 3, 1, tzinfo=UTC) for one in arrivals)
