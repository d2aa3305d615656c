"""Numbers, days and claims in the words of a briefing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from tracker.briefing.language import ENGLISH, Language
from tracker.briefing.sizes import size_in_words
from tracker.claims.claim import Claim
from tracker.estimates.estimate import Estimate
from tracker.placing import PlacedClaim
from tracker.vocabulary import ClaimKind, PlaceRole, Status, Unit

_ROLES = (PlaceRole.AT, PlaceRole.FROM, PlaceRole.VIA_PLACE, PlaceRole.TO)
_CODERS_NOTE = re.compile(r"\s+\(all\)$")


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


def rounded(number: float, language: Language = ENGLISH) -> str:
    """Say a size no sharper than an estimate is.

    Parameters
    ----------
    number : float
        The size.
    language : Language
        Whose mark stands between thousands.

    Returns
    -------
    str
        To the nearest 1,000 from 10,000 on, 100 from 1,000 on, 10 from 100 on, else 1.
    """
    step = 1_000 if number >= 10_000 else 100 if number >= 1_000 else 10 if number >= 100 else 1
    return language.number(round(number / step) * step)


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


def change_in_words(median_change: float) -> str:
    """Say a relative change.

    Parameters
    ----------
    median_change : float
        0.1 for a rise by a tenth.

    Returns
    -------
    str
        With its sign, in whole percent; from a tenth of a percent on where it is less than one.
    """
    digits = 0 if abs(median_change) >= 0.01 else 1
    return f"{100 * median_change:+.{digits}f} %".replace("-", "−")


def day_in_words(day: date, language: Language = ENGLISH) -> str:
    """Say a day.

    Parameters
    ----------
    day : date
        The day.
    language : Language
        In which language.

    Returns
    -------
    str
        For example "14 January 2022".
    """
    return language.day(day)


def unit_in_words(unit: Unit, language: Language = ENGLISH) -> str:
    """Name what an estimate counts.

    Parameters
    ----------
    unit : Unit
        `personnel` or `BTG`.
    language : Language
        In which language.

    Returns
    -------
    str
        In the plural.
    """
    return language.say(f"estimated.{unit}")


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


def claim_in_words(
    claim: Claim, placed: Sequence[PlacedClaim], language: Language = ENGLISH
) -> str:
    """Say a claim in one line, starting with who makes it.

    Parameters
    ----------
    claim : Claim
        The claim.
    placed : sequence of PlacedClaim
        Its places.
    language : Language
        In which language; names and places stay as they are written.

    Returns
    -------
    str
        For example "Western officials: as many as 100,000 personnel at the border, 13 January
        2022."
    """
    parts = [
        subject_in_words(claim, language),
        course_in_words(claim, language),
        where_in_words(claim, placed, language),
    ]
    between = language.say("claim.between")
    said = between.join(part.rstrip(",") if between != " " else part for part in parts if part)
    said = said.rstrip(",")
    speaker = speaker_in_words(claim, language)
    if claim.observed is None:
        return language.say("claim.line_undated", speaker=speaker, said=said)
    when = language.span(claim.observed)
    return language.say("claim.line", speaker=speaker, said=said, when=when)


def speaker_in_words(claim: Claim, language: Language = ENGLISH) -> str:
    """Say who makes a claim, and who passes it on.

    Parameters
    ----------
    claim : Claim
        The claim.
    language : Language
        In which language.

    Returns
    -------
    str
        For example "CIT (via Denik N)".
    """
    speaker = plain(claim.claimant or language.say("text.not_attributed"))
    if not claim.via:
        return speaker
    names = ", ".join(plain(name) for name in claim.via)
    return f"{speaker} ({language.say('text.via', names=names)})"


def subject_in_words(claim: Claim, language: Language = ENGLISH) -> str:
    """Say what a claim is about: size, formation, equipment.

    Parameters
    ----------
    claim : Claim
        The claim.
    language : Language
        In which language.

    Returns
    -------
    str
        For example "5th Combined Arms Army"; says so where no number is stated.
    """
    things = ", ".join(dict.fromkeys(plain(item.text) for item in claim.equipment))
    formation = _joined([plain(name) for name in _formations(claim)], language)
    if claim.measure is not None:
        words = plain(size_in_words(claim.measure, language))
        things = "" if things and things.casefold() in words.casefold() else things
        beside = "; ".join(part for part in (formation, things) if part)
        return f"{words} ({beside})" if beside else words
    named = ", ".join(part for part in (formation, things) if part)
    return named or language.say("claim.no_number")


def course_in_words(claim: Claim, language: Language = ENGLISH) -> str:
    """Say what is happening.

    Parameters
    ----------
    claim : Claim
        The claim.
    language : Language
        In which language.

    Returns
    -------
    str
        For example "moving westwards by rail"; empty for plain presence.
    """
    is_stated = claim.status in {Status.ACTUAL, Status.IN_TRANSIT}
    words = [] if is_stated else [language.say(f"status.{claim.status}")]
    if claim.kind is ClaimKind.MOVEMENT:
        if claim.status is Status.IN_TRANSIT:
            words.append(language.say("claim.on_the_way"))
        else:
            words.append(language.say(f"flow.{claim.flow}" if claim.flow else "claim.moving"))
        words += [language.say(f"direction.{claim.direction}")] if claim.direction else []
        words += [language.say(f"mode.{claim.mode}")] if claim.mode else []
    elif claim.kind is ClaimKind.SIGHTING:
        words.append(language.say("claim.seen"))
    return " ".join(words)


def where_in_words(
    claim: Claim, placed: Sequence[PlacedClaim], language: Language = ENGLISH
) -> str:
    """Say where.

    Parameters
    ----------
    claim : Claim
        The claim.
    placed : sequence of PlacedClaim
        Its places.
    language : Language
        In which language.

    Returns
    -------
    str
        For example "from Ussuriysk"; empty where no place is named.
    """
    names = {(place.role, place.text): place.name for place in placed if place.name}
    by_role: dict[PlaceRole, list[str]] = {role: [] for role in _ROLES}
    for mention in claim.places:
        name = _name(mention.text, names.get((mention.role, mention.text)), language)
        if name not in _formations(claim):  # a district that moves out of itself
            by_role[mention.role].append(plain(name))
    is_relative = claim.measure is not None and claim.measure.relative_to is not None
    if is_relative or by_role[PlaceRole.FROM] or by_role[PlaceRole.TO]:
        del by_role[PlaceRole.AT]  # the base names it, or the ends of the way do
    return " ".join(
        language.say(f"role.{role}", places=_joined(tuple(dict.fromkeys(texts)), language))
        for role, texts in by_role.items()
        if texts
    )


def _formations(claim: Claim) -> list[str]:
    names = (name.strip() for name in (claim.formation or "").split(";"))
    return [name for name in names if name]


def _joined(texts: Sequence[str], language: Language) -> str:
    words = texts[0] if texts else ""
    for text in texts[1:]:
        words = language.say("claim.joined", first=words, second=text)
    return words


def _name(text: str, chosen: str | None, language: Language) -> str:
    # The words as published where the reader can read them.
    text = _CODERS_NOTE.sub("", text)
    is_read = text.isascii() or language is not ENGLISH
    return text if is_read or chosen is None else chosen
