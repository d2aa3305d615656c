"""A movement in an analyst's words: its parts, what else it may be, when it is expected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.claims.wording import time_in_words
from tracker.movements.arrivals import Arrival
from tracker.movements.lines import Way
from tracker.movements.movement import Movement, Part
from tracker.movements.track import Alternative


def movement_lines(movement: Movement, arrivals: Sequence[Arrival]) -> tuple[str, ...]:
    """Say what a movement is.

    Parameters
    ----------
    movement : Movement
        The movement.
    arrivals : sequence of Arrival
        Its expected arrivals.

    Returns
    -------
    tuple of str
        Line by line, the evidence not yet among them.
    """
    who = movement.formation or "formation not named"
    ends = f"{movement.origin or 'not stated'} to {movement.destination or 'not stated'}"
    return (
        f"Movement {movement.id}: {who}, {ends}, {time_in_words(movement.window)}.",
        *(_part_line(part) for part in movement.parts),
        *(_alternative_line(one) for one in movement.alternatives),
        *(_arrival_line(one) for one in arrivals),
        f"Evidence: {len(movement.claims)} claims.",
    )


def movement_record(movement: Movement) -> dict[str, Any]:
    """Write a movement as plain values.

    Parameters
    ----------
    movement : Movement
        The movement.

    Returns
    -------
    dict
        `id`, `origin`, `destination`, `status`, `probability`, `parts`.
    """
    return {
        "id": movement.id,
        "origin": movement.origin,
        "destination": movement.destination,
        "status": str(movement.parts[0].leg.status) if movement.parts else None,
        "probability": movement.probability,
        "parts": [
            {
                "id": part.leg.id,
                "origin": part.leg.origin,
                "destination": part.leg.destination,
                "certainty": str(part.certainty),
                "way": str(part.way),
                "length_km": part.length_km,
            }
            for part in movement.parts
        ],
    }


def is_meant(movement: Movement, question: str) -> bool:
    """Say whether an id is that of a movement or of one of its parts.

    Parameters
    ----------
    movement : Movement
        A movement.
    question : str
        An id or its beginning.

    Returns
    -------
    bool
        Whether it is.
    """
    ids = (movement.id, *(part.leg.id for part in movement.parts))
    return any(one.startswith(question) for one in ids)


def _part_line(part: Part) -> str:
    way = "along the line" if part.way is Way.RAILWAY else "as the crow flies"
    ends = f"{part.leg.origin} to {part.leg.destination}"
    return f"- {ends}: {part.length_km:,.0f} km {way}, {part.certainty} [{part.leg.id}]"


def _arrival_line(one: Arrival) -> str:
    days = f"{one.p05:%-d %B %Y} and {one.p95:%-d %B %Y}"
    return f"Expected at {one.destination} between {days} (90 %)."


def _alternative_line(one: Alternative) -> str:
    other = one.track_id or "a train of its own"
    return f"With {one.probability:.0%} the sighting {one.sighting_id} belongs to {other}."
