"""A leg in an analyst's words: what an arrow of the map says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.claims.claim import Claim
from tracker.claims.wording import measure_in_words, time_in_words
from tracker.movements.leg import Leg
from tracker.vocabulary import FORWARD_LOOKING, Unit


def leg_in_words(leg: Leg, claims: Sequence[Claim]) -> dict[str, Any]:
    """Say what a leg is, with the words of all its claims.

    Parameters
    ----------
    leg : Leg
        The leg.
    claims : sequence of Claim
        Its claims, at least one.

    Returns
    -------
    dict
        Columns of `geo.layers.movements.COLUMNS` that differ from those of a single claim.
    """
    route = f"{leg.origin} to {leg.destination}"
    size = measure_in_words(leg.measure)
    personnel = leg.measure if leg.measure and leg.measure.unit is Unit.PERSONNEL else None
    return {
        "id": leg.id,
        "title": f"{route}: {size}" if leg.measure else route,
        "time_from": leg.window.start if leg.window else None,
        "time_to": leg.window.end if leg.window else None,
        "known_at": max(claim.known_at for claim in claims),
        "certainty": certainty_of(leg),
        "quote": "\n".join(dict.fromkeys(claim.quote.text for claim in claims)),
        "size": size,
        "place": route,
        "when": time_in_words(leg.window),
        "claimant": ", ".join(dict.fromkeys(claim.claimant or "not named" for claim in claims)),
        "status": str(leg.status).replace("_", " "),
        "formation": leg.formation or "",
        "claim_id": ", ".join(claim.id for claim in claims),
        "geometry": leg.geometry,
        "size_low": personnel.low if personnel else None,
        "size_best": personnel.best if personnel else None,
        "size_high": personnel.high if personnel else None,
    }


def certainty_of(leg: Leg) -> str:
    """Say how a leg is known.

    Parameters
    ----------
    leg : Leg
        The leg.

    Returns
    -------
    str
        `planned`, `inferred` or `observed`.
    """
    if leg.status in FORWARD_LOOKING:
        return "planned"
    return "inferred" if leg.inferred else "observed"
