"""A real database in a temporary folder, and makers of what goes into it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import shapely

from tracker.placing import PlacedClaim
from tracker.reports import Capture, Report, Version
from tracker.store import FiledReport, Repository
from tracker.vocabulary import PlaceRole


@pytest.fixture(params=["geopackage", pytest.param("postgis", marks=pytest.mark.postgis)])
def repository(request, tmp_path):
    """Open a new database of either kind and close it after the test."""
    on_server = request.param == "postgis"
    where = request.getfixturevalue("postgis_address") if on_server else tmp_path / "tracker.gpkg"
    with Repository.open(where, create=True) as repository:
        yield repository


@pytest.fixture
def geopackage(tmp_path):
    """Open a new GeoPackage, for what only a file has, and close it after the test."""
    with Repository.open(tmp_path / "tracker.gpkg", create=True) as repository:
        yield repository


@pytest.fixture
def make_filed():
    """Return a maker of a report with one version and one capture."""

    def make(own_id="1", text="About 900 soldiers arrived in Yelnya.", **fields):
        published = fields.pop("published_at", datetime(2022, 1, 10, 12, tzinfo=UTC))
        report = Report(source=fields.pop("source", "cit"), own_id=own_id)
        version = Version(
            report_id=report.id,
            title=fields.pop("title", "Movements"),
            text=text,
            published_at=published,
            known_at=fields.pop("known_at", published),
        )
        capture = Capture(
            version_id=version.id,
            sha256=fields.pop("sha256", "ab" * 32),
            address="https://example.org/1",
            captured_at=fields.pop("captured_at", published),
        )
        assert not fields, f"unknown {fields}"
        return FiledReport(report=report, versions=(version,), captures=(capture,))

    return make


@pytest.fixture
def store_claim(repository, make_claim, make_filed):
    """Return a function that stores a claim with its report and gives it back."""

    def store(own_id="1", **fields):
        known_at = fields.pop("known_at", datetime(2022, 1, 10, 12, tzinfo=UTC))
        filed = make_filed(own_id=own_id, published_at=known_at)
        repository.add_reports([filed])
        claim = make_claim(
            report_id=filed.report.id,
            version_id=filed.versions[0].id,
            known_at=known_at,
            **fields,
        )
        repository.add_claims([claim])
        return claim

    return store


@pytest.fixture
def make_placed():
    """Return a maker of a placed claim."""

    def make(claim, geometry=None, role=PlaceRole.AT, text="Yelnya", **fields):
        geometry = shapely.Point(33.2, 54.6) if geometry is None else geometry
        plain = {"name": text, "geometry": geometry, "radius_km": 5.0}
        return PlacedClaim(claim_id=claim.id, role=role, text=text, **plain | fields)

    return make
