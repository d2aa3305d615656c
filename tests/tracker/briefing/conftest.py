"""A small piece of evidence, from which a test changes what it is about."""

import dataclasses
from datetime import UTC, date, datetime

import pytest
import shapely

from tracker.areas import Area
from tracker.briefing import Edition, Evidence
from tracker.claims import Measure, PlaceMention, Quote
from tracker.estimates.estimate import ClaimWeight, Estimate
from tracker.placing import PlacedClaim
from tracker.publication import Publication
from tracker.vocabulary import ClaimKind, Extent, PlaceRole, Qualifier, Scope, Status, Unit

AS_OF, SINCE = date(2022, 1, 14), date(2022, 1, 7)


@pytest.fixture
def edition():
    """Return the edition of 14 January."""
    return Edition(
        title="Forces around Ukraine",
        area="around",
        actor="RU",
        actor_name="Russia",
        as_of=AS_OF,
        since=SINCE,
        as_recorded=datetime(2026, 11, 24, 18, tzinfo=UTC),
    )


@pytest.fixture
def make_estimate():
    """Return a maker of an estimate with a median; the intervals follow from it."""

    def make(median=100_000.0, *, area="around", day=AS_OF, claims=(), **fields):
        plain = {
            "actor": "RU",
            "as_of": day,
            "unit": Unit.PERSONNEL,
            "scope": Scope.ALL_SERVICES,
            "p05": median * 0.8,
            "p25": median * 0.9,
            "p50": median,
            "p75": median * 1.1,
            "p95": median * 1.25,
            "p_zero": 0.0,
            "building_up": 0.4,
            "drawing_down": 0.2,
            "forecast": False,
            "method": "chain 1",
        }
        weights = tuple(ClaimWeight(id=name, weight=weight) for name, weight in claims)
        return Estimate(area=area, day=day, claims=weights, **plain | fields)

    return make


@pytest.fixture
def troops(make_claim):
    """Return a maker of a claim about so many troops near the border."""

    def make(best=100_000.0, quote="100,000 troops are near the border", **fields):
        plain = {
            "report_id": f"r-{quote}",
            "quote": Quote.whole(quote),
            "kind": ClaimKind.PRESENCE,
            "status": Status.ACTUAL,
            "claimant": "Western officials",
            "extent": Extent.WHOLE,
            "known_at": datetime(2022, 1, 13, 20, tzinfo=UTC),
            "measure": Measure(qualifier=Qualifier.ABOUT, unit=Unit.PERSONNEL, best=best),
            "places": (PlaceMention(role=PlaceRole.AT, text="the border"),),
        }
        return make_claim(**plain | fields)

    return make


@pytest.fixture
def make_evidence(make_estimate):
    """Return a maker of evidence from claims; keywords replace the rest."""

    def make(*claims, **fields):
        weights = tuple((claim.id, 1.0) for claim in claims)
        area = Area(
            id="around",
            name="Around Ukraine",
            names=("the border",),
            geometry=shapely.box(30, 45, 40, 52),
            valid_until=date(2022, 2, 23),
        )
        plain = {
            "claims": claims,
            "placed": [
                PlacedClaim(
                    claim_id=claim.id,
                    role=place.role,
                    text=place.text,
                    name=place.text,
                    geometry=shapely.Point(36, 50),
                    radius_km=50.0,
                )
                for claim in claims
                for place in claim.places
            ],
            "estimates": [make_estimate(claims=weights)],
            "previous": [make_estimate(95_000.0, day=SINCE)],
            "areas": [area],
            "publications": {
                "v-1": Publication(
                    title="Trains heading west",
                    source="news.example",
                    address="https://news.example/1",
                    published_at=datetime(2022, 1, 13, 20, tzinfo=UTC),
                    sha256="ab" * 32,
                )
            },
        }
        return Evidence(**plain | fields)

    return make


@pytest.fixture
def hostile(troops):
    """Return a claim whose words try everything."""
    words = "<script>alert(1)</script> [x](javascript:alert(1)) | `a` **b** \u202egnp.exe\x1b[31m"
    return dataclasses.replace(
        troops(),
        quote=Quote.whole(words),
        claimant="<img src=x onerror=alert(1)>",
        via=('"><b>',),
        places=(PlaceMention(role=PlaceRole.AT, text="# Omsk\n\n- <i>"),),
    )
