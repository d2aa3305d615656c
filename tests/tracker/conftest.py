"""Makers of valid domain values, so that a test states only what it is about."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tracker.claims import Claim, Quote
from tracker.vocabulary import ClaimKind, Status


@pytest.fixture
def make_claim():
    """Return a maker of a plain presence claim; keywords replace its fields."""

    def make(**fields):
        plain = {
            "report_id": "r-1",
            "version_id": "v-1",
            "quote": Quote.whole("about 900 soldiers"),
            "kind": ClaimKind.PRESENCE,
            "status": Status.ACTUAL,
            "actor": "RU",
            "known_at": datetime(2022, 1, 10, 12, tzinfo=UTC),
            "extractor": "test 1",
        }
        return Claim(**plain | fields)

    return make
