"""Claims as rows: one per claim and place, with the columns of the store's own frames."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from geopandas import GeoDataFrame

from tracker.claims.claim import Claim
from tracker.exports.columns import CLAIMS
from tracker.exports.table import WGS84
from tracker.placing import PlacedClaim
from tracker.store.claim_rows import claim_row


def claim_rows_frame(
    claims: Sequence[Claim], placed: Sequence[PlacedClaim], sha256: Mapping[str, str]
) -> GeoDataFrame:
    """Make the frame of claims.

    Parameters
    ----------
    claims : sequence of Claim
        Claims that may be shown.
    placed : sequence of PlacedClaim
        Their places.
    sha256 : Mapping of str to str
        Hash of the archived bytes by version id.

    Returns
    -------
    GeoDataFrame
        `tracker.exports.columns.CLAIMS`, EPSG:4326: one row per claim and place, and one for a
        claim without places.
    """
    places: dict[str, list[PlacedClaim | None]] = defaultdict(list)
    for place in placed:
        places[place.claim_id].append(place)
    nowhere: list[PlacedClaim | None] = [None]
    rows = [
        {**told, **_place(place)}
        for claim in claims
        for told in [_claim(claim, sha256)]
        for place in places.get(claim.id, nowhere)
    ]
    names = [field.name for field in CLAIMS]
    return GeoDataFrame(pd.DataFrame(rows, columns=names), geometry="geometry", crs=WGS84)


def _claim(claim: Claim, sha256: Mapping[str, str]) -> dict[str, Any]:
    return {
        **claim_row(claim),
        "equipment": [f"{item.unit}: {item.text}" for item in claim.equipment],
        "sha256": sha256.get(claim.version_id),
    }


def _place(place: PlacedClaim | None) -> dict[str, Any]:
    if place is None:
        return {}
    return {
        "placed_id": place.id,
        "role": place.role,
        "place_text": place.text,
        "place": place.name,
        "radius_km": place.radius_km,
        "gazetteer_id": place.gazetteer_id,
        "score": place.score,
        "reason": place.reason,
        "geometry": place.geometry,
    }
