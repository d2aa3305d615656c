"""Contradictions as a table: two claims side by side, and what would settle them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from tracker.claims.claim import Claim
from tracker.claims.wording import measure_in_words, time_in_words
from tracker.evidence.contradictions import Contradiction

_OF_EACH = ("claim", "claimant", "size", "when", "known_at", "grade_source", "grade_claim", "quote")
COLUMNS = (
    *("conflict", "settled_by"),
    *(f"{side}_{name}" for side in ("first", "second") for name in _OF_EACH),
)


def contradictions_frame(pairs: Iterable[Contradiction]) -> pd.DataFrame:
    """Put contradictions into a frame.

    Parameters
    ----------
    pairs : iterable of Contradiction
        The pairs.

    Returns
    -------
    DataFrame
        `COLUMNS`: one row per pair; `first_` and `second_` columns hold the claim's id, claimant,
        size and time in words, `known_at` (UTC), both grades and the quote.
    """
    rows = [
        {
            "conflict": str(pair.conflict),
            "settled_by": pair.settled_by,
            **_side("first", pair.first),
            **_side("second", pair.second),
        }
        for pair in pairs
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _side(side: str, claim: Claim) -> dict[str, Any]:
    values = (
        *(claim.id, claim.claimant, measure_in_words(claim.measure), time_in_words(claim.observed)),
        claim.known_at,
        None if claim.reliability is None else str(claim.reliability),
        None if claim.credibility is None else int(claim.credibility),
        claim.quote.text,
    )
    return {f"{side}_{name}": value for name, value in zip(_OF_EACH, values, strict=True)}
