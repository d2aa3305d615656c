"""A map of unit positions is no count: parents stand beside their children, zeros mean missing."""

import csv
from datetime import date
from pathlib import Path

import pytest
from shapely import Point, box

from tracker.areas import Area
from tracker.estimates.estimation import estimate
from tracker.estimates.observations import Target
from tracker.estimates.setting import Setting
from tracker.placing import PlacedClaim
from tracker.vocabulary import Extent, PlaceRole, Unit

POSITIONS = Path(__file__).parents[4] / "shared" / "data" / "real" / "uawardata_units.csv"
FRONT = Area(id="front", name="Front", geometry=box(20, 40, 45, 60), kind="theatre")
TRAP = (date(2022, 4, 18), date(2022, 4, 21))
"""Days between which the plain sum of the column jumps from 61 to 115 battalion groups."""
ZEROS = date(2022, 8, 20)
"""Day on which the column is zero throughout."""


def published():
    """Read the rows of the map of 2022."""
    if not POSITIONS.exists():
        pytest.skip("the unit positions of uawardata.com are not there")
    with POSITIONS.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["country"] == "ru"]


def invented():
    """Invent rows with the same trap: 61 groups in regiments, then their divisions beside them."""
    regiments = {f"{n} Regiment": (1, 2, 3, 4)[n % 4] for n in range(24)}
    divisions = {f"{n} Division": (6, 7)[n % 2] for n in range(8)} | {"9 Division": 3}
    assert (sum(regiments.values()), sum(divisions.values())) == (60, 55)
    days = (
        ("2022-04-18", regiments),
        ("2022-04-21", regiments | divisions),
        ("2022-08-19", regiments | divisions),
        ("2022-08-20", dict.fromkeys(regiments | divisions, 0)),
    )
    return [
        {"date": day, "unit": unit, "strength_in_btg_number": count, "lng": 30, "lat": 50}
        for day, units in days
        for unit, count in units.items()
    ]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(published, id="published", marks=pytest.mark.shared),
        pytest.param(invented, id="invented"),
    ],
)
def positions(world, request):
    """Turn each row into the claim that it is: one formation of some strength is at a place."""
    rows = request.param()
    claims, placed = [], {}
    for number, row in enumerate(rows):
        day = date.fromisoformat(row["date"])
        claim = world.said(
            float(row["strength_in_btg_number"] or 0),
            day=(day - world.start).days,
            report_id=f"row {number}",
            claimant="map project",
            extent=Extent.UNIT,
            formation=row["unit"],
            measure={"unit": Unit.BTG},
        )
        point = Point(float(row["lng"]), float(row["lat"]))
        placed[claim.id] = [
            PlacedClaim(
                claim_id=claim.id, role=PlaceRole.AT, text="there", geometry=point, radius_km=1
            )
        ]
        claims.append(claim)
    return claims, placed


def counted(world, positions, *days):
    """Estimate battalion groups on each day, as known on it."""
    claims, placed = positions
    setting = Setting(areas=(FRONT,), factors=world.factors)
    return [
        estimate(
            claims, placed, setting, Target(actor="RU", as_of=day, unit=Unit.BTG), days=(day, day)
        )[0]
        for day in days
    ]


def test_parents_beside_their_children_are_never_added(world, positions):
    """The lower edge follows the largest single formation, from 4 to 7 groups, not their sum."""
    before, after = counted(world, positions, *TRAP)

    assert before.p05 <= 4
    assert after.p05 <= 7
    assert after.p50 / before.p50 < 1.5


def test_a_day_of_zeros_is_no_withdrawal(world, positions):
    """Zeros throughout mean that nobody filled the column in."""
    before, after = counted(world, positions, date(2022, 8, 19), ZEROS)

    assert after.p50 / before.p50 == pytest.approx(1, abs=0.1)
    assert after.p_zero < 0.01
    assert after.drawing_down < 0.5
