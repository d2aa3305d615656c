"""A small theatre of two sectors, and makers of claims on it."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from shapely import box

from tracker.areas import Area
from tracker.claims import Claim, Measure, PlaceMention, Quote
from tracker.estimates.factors import Factor, Factors
from tracker.estimates.observations import Target
from tracker.estimates.setting import Setting
from tracker.placing import PlacedClaim
from tracker.timespan import Timespan
from tracker.vocabulary import ClaimKind, Extent, PlaceRole, Qualifier, Scope, Status, Unit

START = date(2030, 1, 1)
AREAS = (
    Area(id="west", name="West", geometry=box(30, 50, 31, 51), parent="theatre", kind="sector"),
    Area(id="east", name="East", geometry=box(31, 50, 32, 51), parent="theatre", kind="sector"),
    Area(id="theatre", name="Theatre", geometry=box(30, 50, 32, 51), kind="theatre"),
)
FACTORS = Factors(
    units={Unit.BTG: Factor(log_mean=math.log(1333), log_sd=0.24)},
    scopes={Scope.LAND_ONLY: Factor(log_mean=math.log(1.17), log_sd=0.05)},
)
SETTING = Setting(areas=AREAS, factors=FACTORS, claimant_types={"ministry": "government"})


def said(size=None, day=0, **changes):
    """Make a claim on an area: its number, the day that it speaks of, and what else differs."""
    lag_days = changes.pop("lag_days", 0)
    measure = {"qualifier": Qualifier.EXACT, "unit": Unit.PERSONNEL, "best": size}
    measure |= changes.pop("measure", {})
    area, claimant = changes.pop("area", "theatre"), changes.pop("claimant", "ministry")
    seen = datetime.combine(START + timedelta(days=day), time(0, tzinfo=UTC))
    words = f"{claimant} {measure} {area} {day} {lag_days} {sorted(changes.items())}"
    plain = {
        "report_id": words,
        "version_id": "v",
        "quote": Quote.whole("words"),
        "kind": ClaimKind.PRESENCE,
        "status": Status.ACTUAL,
        "actor": "RU",
        "known_at": seen + timedelta(days=lag_days, hours=12),
        "extractor": "test/1",
        "claimant": claimant,
        "claimant_id": claimant,
        "measure": Measure(**measure),
        "extent": Extent.WHOLE,
        "observed": Timespan(start=seen, end=seen + timedelta(hours=23)),
        "places": (PlaceMention(role=PlaceRole.AT, text=area),),
    }
    return Claim(**plain | changes)


def put(claims):
    """Put claims on the areas that they name."""
    shapes = {area.id: area.geometry for area in AREAS}
    return {
        claim.id: [
            PlacedClaim(
                claim_id=claim.id,
                role=place.role,
                text=place.text,
                geometry=shapes.get(place.text, box(0, 0, 1, 1)),
                radius_km=0,
            )
            for place in claim.places
        ]
        for claim in claims
    }


def target(day=100, **changes):
    """Aim at the strength of RU as known some days after the start."""
    return Target(**{"actor": "RU", "as_of": START + timedelta(days=day)} | changes)


@pytest.fixture(scope="session")
def world():
    """Hand out the theatre and its makers."""
    return SimpleNamespace(
        start=START,
        areas=AREAS,
        factors=FACTORS,
        setting=SETTING,
        said=said,
        put=put,
        target=target,
    )
