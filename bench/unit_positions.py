"""Estimate battalion groups from a map of unit positions: parents stand beside their children."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from shapely import Point, box

from tracker.areas import Area
from tracker.claims import Claim, Measure, Quote
from tracker.estimates.estimation import estimate
from tracker.estimates.factors import Factor, Factors
from tracker.estimates.observations import Target
from tracker.estimates.setting import Setting
from tracker.placing import PlacedClaim
from tracker.timespan import Timespan
from tracker.vocabulary import ClaimKind, Extent, PlaceRole, Qualifier, Status, Unit

POSITIONS = Path(__file__).parents[2] / "shared" / "data" / "real" / "uawardata_units.csv"
DAYS = (date(2022, 4, 18), date(2022, 4, 21), date(2022, 8, 19), date(2022, 8, 20))
"""Before and after the column jumps; before and on a day of zeros that means missing."""
FACTORS = Factors(units={Unit.BTG: Factor(log_mean=math.log(1333), log_sd=0.24)}, scopes={})


def positions() -> None:
    """Count battalion groups on a map of unit positions whose column adds parents to children."""
    if not POSITIONS.exists():
        print(f"skipped: there is no {POSITIONS.name} in {POSITIONS.parent}")
        return
    with POSITIONS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["country"] == "ru"]
    front = Area(id="front", name="Front", geometry=box(20, 40, 45, 60), kind="theatre")
    claims, placed = unit_positions(rows)
    setting = Setting(areas=(front,), factors=FACTORS)
    for day in DAYS:
        total = sum(
            float(row["strength_in_btg_number"] or 0)
            for row in rows
            if row["date"] == day.isoformat()
        )
        target = Target(actor="RU", as_of=day, unit=Unit.BTG)
        (row,) = estimate(claims, placed, setting, target, days=(day, day))
        print(
            f"{day}: the column adds up to {total:.0f}; estimated {row.p05:.1f} / {row.p50:.1f} / "
            f"{row.p95:.0f}, nobody there {row.p_zero:.3f}, drawing down {row.drawing_down:.2f}"
        )


def unit_positions(rows: Sequence[dict[str, str]]) -> tuple[list[Claim], dict]:
    """Turn each row into the claim that it is: one formation of some strength is at a place."""
    claims, placed = [], {}
    for number, row in enumerate(rows):
        seen = datetime.combine(date.fromisoformat(row["date"]), time(0, tzinfo=UTC))
        strength = float(row["strength_in_btg_number"] or 0)
        claim = Claim(
            report_id=f"row {number}",
            version_id="1",
            quote=Quote.whole(row["unit"] or "unit"),
            kind=ClaimKind.PRESENCE,
            status=Status.ACTUAL,
            actor="RU",
            known_at=seen + timedelta(hours=12),
            extractor="bench",
            claimant="map project",
            measure=Measure(qualifier=Qualifier.EXACT, unit=Unit.BTG, best=strength),
            extent=Extent.UNIT,
            formation=row["unit"],
            observed=Timespan(start=seen, end=seen + timedelta(hours=23)),
        )
        point = Point(float(row["lng"]), float(row["lat"]))
        there = PlacedClaim(
            claim_id=claim.id, role=PlaceRole.AT, text="there", geometry=point, radius_km=1
        )
        claims.append(claim)
        placed[claim.id] = (there,)
    return claims, placed
