"""What is published on one formation: its garrison, where it was seen when, and its movements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.claims.claim import Claim
from tracker.errors import NotFoundError
from tracker.formations import Formations
from tracker.movements.movement import Movement
from tracker.placing import PlacedClaim
from tracker.timespan import Timespan
from tracker.vocabulary import ClaimKind, PlaceRole, Status


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelineEntry:
    """One claim on a formation.

    Parameters
    ----------
    claim_id : str
        The claim.
    kind, status : ClaimKind, Status
        What it asserts, and how real that is.
    observed : Timespan or None
        When.
    places : tuple of tuple
        What each place is to it, and its name.
    quote : str
        The words.
    claimant : str or None
        Who says so.
    movement_id : str or None
        The movement that it is part of.
    """

    claim_id: str
    kind: ClaimKind
    status: Status
    observed: Timespan | None
    places: tuple[tuple[PlaceRole, str], ...]
    quote: str
    claimant: str | None
    movement_id: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FormationTimeline:
    """What is published on one formation.

    Parameters
    ----------
    designation : str
        Its designation.
    echelon, parent, garrison : str or None
        From the order of battle, where it is listed.
    lon, lat : float or None
        Of the garrison, WGS 84 degrees.
    entries : tuple of TimelineEntry
        In the order of their times.
    movements : tuple of Movement
        Its track: from the first movement to the last.
    """

    designation: str
    echelon: str | None
    parent: str | None
    garrison: str | None
    lon: float | None
    lat: float | None
    entries: tuple[TimelineEntry, ...]
    movements: tuple[Movement, ...]


def formation_timeline(
    designation: str,
    claims: Iterable[Claim],
    placed: Iterable[PlacedClaim],
    movements: Sequence[Movement],
    formations: Formations,
) -> FormationTimeline:
    """Gather what is published on a formation.

    Parameters
    ----------
    designation : str
        Its designation or another of its names.
    claims, placed
        Claims that were public, and their places.
    movements : sequence of Movement
        Movements as of the same day.
    formations : Formations
        The order of battle.

    Returns
    -------
    FormationTimeline
        Its garrison, the claims that name it, and its movements.

    Raises
    ------
    NotFoundError
        Where neither the order of battle nor a claim knows it.
    """
    known = formations.find(designation)
    name = known or designation.strip()
    own = [claim for claim in claims if name in named_in(claim)]
    listed = formations.get(name)
    if not own and listed is None:
        raise NotFoundError(
            f"nothing is known of a formation {designation[:60]!r}; the column formation of "
            "t.claims() has the names."
        )
    moving = {claim_id: one.id for one in movements for claim_id in one.claims}
    ids = {claim.id for claim in own}
    places: dict[str, list[tuple[PlaceRole, str]]] = {}
    for place in placed:
        if place.claim_id in ids:
            places.setdefault(place.claim_id, []).append((place.role, place.name or place.text))
    entries = [_entry(claim, places.get(claim.id, []), moving.get(claim.id)) for claim in own]
    return FormationTimeline(
        designation=name,
        echelon=listed.echelon if listed else None,
        parent=listed.parent if listed else None,
        garrison=listed.garrison if listed else None,
        lon=listed.lon if listed else None,
        lat=listed.lat if listed else None,
        entries=tuple(sorted(entries, key=_when)),
        movements=tuple(one for one in movements if ids & set(one.claims)),
    )


def named_in(claim: Claim) -> tuple[str, ...]:
    """List the formations that a claim names.

    Parameters
    ----------
    claim : Claim
        Any claim.

    Returns
    -------
    tuple of str
        As matched, else as written; several stand apart by semicolons.
    """
    words = claim.formation_id or claim.formation or ""
    return tuple(word.strip() for word in words.split(";") if word.strip())


def _entry(
    claim: Claim, places: list[tuple[PlaceRole, str]], movement: str | None
) -> TimelineEntry:
    return TimelineEntry(
        claim_id=claim.id,
        kind=claim.kind,
        status=claim.status,
        observed=claim.observed,
        places=tuple(places),
        quote=claim.quote.text,
        claimant=claim.claimant,
        movement_id=movement,
    )


def _when(entry: TimelineEntry) -> tuple[bool, float, str]:
    span = entry.observed
    return span is None, span.start.timestamp() if span else 0.0, entry.claim_id
