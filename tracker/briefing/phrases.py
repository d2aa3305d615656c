"""Numbers, days and claims in the words of a briefing."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date

from tracker.claims.claim import Claim
from tracker.claims.wording import measure_in_words, time_in_words
from tracker.estimates.estimate import Estimate
from tracker.placing import PlacedClaim
from tracker.vocabulary import ClaimKind, Direction, Flow, PlaceRole, Status, Unit

_STATUS = {
    Status.PLANNED: "planned",
    Status.EXPECTED: "expected",
    Status.REQUIRED: "said to be needed",
    Status.THREATENED: "threatened",
    Status.HYPOTHETICAL: "thought possible",
    Status.DENIED: "denied",
    Status.RETRACTED: "taken back",
    Status.BACKGROUND: "in the past",
}
_FLOW = {Flow.IN: "arriving", Flow.OUT: "leaving", Flow.THROUGH: "passing through"}
_ROLE = {
    PlaceRole.AT: "at",
    PlaceRole.FROM: "from",
    PlaceRole.VIA_PLACE: "by way of",
    PlaceRole.TO: "to",
}
_DIRECTION = {
    Direction.N: "northwards",
    Direction.NE: "north-eastwards",
    Direction.E: "eastwards",
    Direction.SE: "south-eastwards",
    Direction.S: "southwards",
    Direction.SW: "south-westwards",
    Direction.W: "westwards",
    Direction.NW: "north-westwards",
}


def plain(text: str) -> str:
    """Make outside text safe to stand in a line.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        One line; control characters and those that reorder or hide text are gone.
    """
    kept = (
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"}
    )
    return " ".join("".join(kept).split())


def rounded(number: float) -> str:
    """Say a size no sharper than an estimate is.

    Parameters
    ----------
    number : float
        The size.

    Returns
    -------
    str
        To the nearest 1,000 from 10,000 on, 100 from 1,000 on, 10 from 100 on, else 1.
    """
    step = 1_000 if number >= 10_000 else 100 if number >= 1_000 else 10 if number >= 100 else 1
    return f"{round(number / step) * step:,.0f}"


def percent(probability: float) -> str:
    """Say a probability.

    Parameters
    ----------
    probability : float
        In [0, 1].

    Returns
    -------
    str
        Whole percent, never 0 or 100: no model is that sure.
    """
    return f"{min(max(round(100 * probability), 1), 99)} %"


def day_in_words(day: date) -> str:
    """Say a day.

    Parameters
    ----------
    day : date
        The day.

    Returns
    -------
    str
        For example "14 January 2022".
    """
    return f"{day.day} {day:%B %Y}"


def unit_in_words(unit: Unit) -> str:
    """Name what an estimate counts.

    Parameters
    ----------
    unit : Unit
        `personnel` or `BTG`.

    Returns
    -------
    str
        In the plural.
    """
    return "battalion tactical groups" if unit is Unit.BTG else str(unit)


def interval_in_words(estimate: Estimate) -> str:
    """Say both intervals of an estimate.

    Parameters
    ----------
    estimate : Estimate
        The estimate.

    Returns
    -------
    str
        For example "50 %: 86,000 to 104,000; 90 %: 72,000 to 121,000".
    """
    return (
        f"50 %: {rounded(estimate.p25)} to {rounded(estimate.p75)}; "
        f"90 %: {rounded(estimate.p05)} to {rounded(estimate.p95)}"
    )


def claim_in_words(claim: Claim, placed: Sequence[PlacedClaim]) -> str:
    """Say a claim in one line, starting with who makes it.

    Parameters
    ----------
    claim : Claim
        The claim.
    placed : sequence of PlacedClaim
        Its places.

    Returns
    -------
    str
        For example "Western officials: as many as 100,000 personnel at the border, 2022-01-13".
    """
    speaker = plain(claim.claimant or "Not attributed")
    if claim.via:
        speaker = f"{speaker} (via {', '.join(plain(name) for name in claim.via)})"
    parts = [_subject(claim), *_what_happens(claim), *_where(claim, placed)]
    said = " ".join(part for part in parts if part)
    when = f", {time_in_words(claim.observed)}" if claim.observed is not None else ""
    return f"{speaker}: {said}{when}."


def _subject(claim: Claim) -> str:
    things = ", ".join(dict.fromkeys(plain(item.text) for item in claim.equipment))
    formation = plain(claim.formation or "")
    if claim.measure is not None:
        words = plain(measure_in_words(claim.measure))
        things = "" if things and things.casefold() in words.casefold() else things
        beside = "; ".join(part for part in (formation, things) if part)
        return f"{words} ({beside})" if beside else words
    return ", ".join(part for part in (formation, things) if part) or "forces, no number stated,"


def _what_happens(claim: Claim) -> list[str]:
    words = [_STATUS.get(claim.status, "")]
    if claim.kind is ClaimKind.MOVEMENT:
        if claim.status is Status.IN_TRANSIT:
            words.append("on the way")
        else:
            words.append(_FLOW.get(claim.flow, "moving") if claim.flow else "moving")
        words.append(_DIRECTION[claim.direction] if claim.direction else "")
        words.append(f"by {claim.mode}" if claim.mode else "")
    elif claim.kind is ClaimKind.SIGHTING:
        words.append("seen")
    return words


def _where(claim: Claim, placed: Sequence[PlacedClaim]) -> list[str]:
    names = {(place.role, place.text): place.name for place in placed if place.name}
    by_role: dict[PlaceRole, list[str]] = {role: [] for role in _ROLE}
    for mention in claim.places:
        by_role[mention.role].append(
            plain(_name(mention.text, names.get((mention.role, mention.text))))
        )
    is_relative = claim.measure is not None and claim.measure.relative_to is not None
    if is_relative or by_role[PlaceRole.FROM] or by_role[PlaceRole.TO]:
        del by_role[PlaceRole.AT]  # the base names it, or the ends of the way do
    return [
        f"{_ROLE[role]} {' and '.join(dict.fromkeys(texts))}"
        for role, texts in by_role.items()
        if texts
    ]


def _name(text: str, chosen: str | None) -> str:
    # the words as published where an English reader can read them
    return text if text.isascii() or chosen is None else chosen
