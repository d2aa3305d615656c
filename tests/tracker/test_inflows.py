"""Movements by rail become flow evidence once, of the areas that they come into."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tracker.area_file import seed_areas
from tracker.claimants import seed_claimants
from tracker.claims.coded import read_coded, resolve_references
from tracker.estimates.flows import known_flows
from tracker.inflows import inflows
from tracker.movements.railways import seed_railways
from tracker.place_index import seed_place_index
from tracker.seeds import seed_file
from tracker.vocabulary import Flow, Unit


@pytest.fixture(scope="module")
def record():
    coded = [
        row
        for name in ("estimates.csv", "movements.csv")
        for row in read_coded(
            seed_file(name).read_bytes(), source="record", claimants=seed_claimants()
        ).claims
    ]
    rows, _ = resolve_references(tuple(coded))
    index = seed_place_index(seed_areas())
    placed = [place for row in rows for place in index.place(row.claim, row.position)]
    return {row.row_id: row.claim for row in rows}, placed


def found(record, *row_ids, **changed):
    """Find the flows that some rows of the record alone give."""
    claims, placed = record
    chosen = [replace(claims[row_id], **changed) for row_id in row_ids]
    return inflows(chosen, placed, seed_areas(), seed_railways())


def test_a_brigade_told_twice_is_one_flow(record):
    """Two rows on the 5th Tank Brigade: one flow into Belarus, known with the later of them."""
    claims, _ = record

    flows = [flow for flow in found(record, "M070", "M075") if flow.area == "belarus"]

    (flow,) = flows
    assert flow.unit is Unit.BRIGADE
    assert set(flow.claims) == {claims["M070"].id, claims["M075"].id}
    assert flow.known_at == max(claims["M070"].known_at, claims["M075"].known_at)


def test_what_only_left_arrives_after_days(record):
    """The naval infantry from Vladivostok is there after 12 to 45 days, by published speeds."""
    (flow,) = (flow for flow in found(record, "M086") if flow.area == "belarus")

    assert flow.arrival_days[0] >= 6
    assert flow.arrival_days[1] > flow.arrival_days[0]


def test_a_way_inside_an_area_is_no_flow_into_it(record):
    """Two trains from Smolensk to Bryansk Oblast stay in the northern sector."""
    areas = {flow.area for flow in found(record, "M105")}

    assert "north-sector" not in areas
    assert "around-ukraine" not in areas


@pytest.mark.parametrize("row_id", ["M139", "M133"])
def test_departures_are_no_flow_in(record, row_id):
    """Announced withdrawals bring nothing."""
    assert found(record, row_id) == ()


def test_a_return_of_the_same_train_is_none(record):
    """The same way with flow out gives no evidence of growth."""
    assert found(record, "M089")
    assert found(record, "M089", flow=Flow.OUT) == ()


def test_a_count_of_trains_speaks_for_what_came_among_them(record):
    """33 trains of six days hold the tank brigade of these days, once the count is public."""
    claims, _ = record
    flows = [
        flow for flow in found(record, "M070", "M075", "M074", "E109") if flow.area == "belarus"
    ]

    known = [
        {flow.unit for flow in known_flows(flows, "RU", claims["E109"].known_at + later)}
        for later in (timedelta(0), timedelta(seconds=1))
    ]

    assert known == [{Unit.BRIGADE}, {Unit.TRAIN}]


def test_a_movement_of_two_years_is_no_flow(record):
    """A time too long to say anything of a day gives none, and stops no estimate."""
    claims, _ = record
    seen = claims["M070"].observed

    endless = replace(seen, end=seen.start + timedelta(days=800))

    assert found(record, "M070", observed=endless) == ()
