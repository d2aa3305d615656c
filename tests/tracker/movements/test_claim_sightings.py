"""Claims become sightings with what tells one train from another."""

from dataclasses import replace

from tracker.claimants import seed_claimants
from tracker.claims.claim import Equipment
from tracker.claims.coded import read_coded
from tracker.movements.claim_sightings import rail_sightings
from tracker.place_index import seed_place_index
from tracker.seeds import seed_file
from tracker.vocabulary import Unit


def test_vehicles_tell_no_train_from_another():
    """Only words that name a type are kept: some vehicles are on most trains."""
    data = seed_file("movements.csv").read_bytes()
    rows = read_coded(data, source="record", claimants=seed_claimants()).claims
    index = seed_place_index(())
    places = {row.claim.id: [*index.place(row.claim, row.position)] for row in rows}
    items = (
        Equipment(unit=Unit.VEHICLE, text="military vehicles"),
        Equipment(unit=Unit.TANK, text="T-72B3"),
    )

    found = rail_sightings([replace(row.claim, equipment=items) for row in rows], places)

    assert found
    assert {one.equipment for one in found} == {frozenset({"t-72b3"})}
