"""Claims as the site tells them, and which day, formation, area and source they belong to."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import shapely

from tracker.areas import Area
from tracker.briefing.evidence import References
from tracker.briefing.model import Reference
from tracker.briefing.phrases import claim_in_words, plain
from tracker.claims.claim import Claim
from tracker.formations import Formation, seed_formations
from tracker.placing import PlacedClaim
from tracker.publication import Published
from tracker.vocabulary import Status

_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A claim as pages and feeds tell it.

    Parameters
    ----------
    claim : Claim
        The claim.
    words : str
        The claim in one line.
    reference : Reference
        Quote, publication, address, grade and archived bytes.
    source : str
        Id of the source that published it.
    places : tuple of PlacedClaim
        Its places.
    """

    claim: Claim
    words: str
    reference: Reference
    source: str
    places: tuple[PlacedClaim, ...]

    @property
    def day(self) -> date:
        """UTC day on which it became known."""
        return self.claim.known_at.date()


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Entries that one page or feed tells.

    Parameters
    ----------
    slug : str
        Part of the page's address.
    name : str
        Heading.
    entries : tuple of Entry
        The newest first.
    formation : Formation or None
        What the order of battle says, of a formation that it knows.
    """

    slug: str
    name: str
    entries: tuple[Entry, ...]
    formation: Formation | None = None


def entries_of(shown: Published) -> tuple[Entry, ...]:
    """Tell every claim.

    Parameters
    ----------
    shown : Published
        What may be shown.

    Returns
    -------
    tuple of Entry
        The newest first; what is only history in its report is left out.
    """
    places: dict[str, list[PlacedClaim]] = defaultdict(list)
    for place in shown.placed:
        places[place.claim_id].append(place)
    told = [claim for claim in shown.claims if claim.status is not Status.BACKGROUND]
    told.sort(key=lambda claim: (-claim.known_at.timestamp(), claim.id))
    references = References(shown.publications)
    for claim in told:
        references.number(claim)
    return tuple(
        Entry(
            claim=claim,
            words=claim_in_words(claim, places[claim.id]),
            reference=reference,
            source=_source(shown, claim),
            places=tuple(places[claim.id]),
        )
        for claim, reference in zip(told, references.listed(), strict=True)
    )


def by_day(entries: Iterable[Entry]) -> dict[date, tuple[Entry, ...]]:
    """Sort entries by the day on which they became known.

    Parameters
    ----------
    entries : iterable of Entry
        Entries.

    Returns
    -------
    dict of date to tuple of Entry
        The first day first.
    """
    days: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        days[entry.day].append(entry)
    return {day: tuple(days[day]) for day in sorted(days)}


def by_formation(entries: Iterable[Entry]) -> tuple[Group, ...]:
    """Sort entries by the formations that they name.

    Parameters
    ----------
    entries : iterable of Entry
        Entries; one that names several formations belongs to each.

    Returns
    -------
    tuple of Group
        By name. Formations of the order of battle under their designation, others as written.
    """
    pairs = [(name, entry) for entry in entries for name in _formations(entry.claim)]
    known = seed_formations()
    return tuple(
        Group(
            slug=slug, name=name, entries=found, formation=next(iter(known.candidates(name)), None)
        )
        for slug, name, found in _grouped(pairs)
    )


def by_source(entries: Iterable[Entry]) -> tuple[Group, ...]:
    """Sort entries by the source that published them.

    Parameters
    ----------
    entries : iterable of Entry
        Entries.

    Returns
    -------
    tuple of Group
        By name.
    """
    pairs = [(entry.source, entry) for entry in entries]
    return tuple(
        Group(slug=slug, name=name, entries=found) for slug, name, found in _grouped(pairs)
    )


def by_area(entries: Sequence[Entry], areas: Sequence[Area]) -> tuple[Group, ...]:
    """Sort entries by the areas in which they have a place.

    Parameters
    ----------
    entries : sequence of Entry
        Entries.
    areas : sequence of Area
        Areas.

    Returns
    -------
    tuple of Group
        In the order of the areas, those without an entry too. A claim belongs to an area that it
        names, and to one that holds the middle of a place of its own.
    """
    return tuple(
        Group(
            slug=slug(area.id),
            name=area.name,
            entries=tuple(entry for entry in entries if _is_in(area)(entry)),
        )
        for area in areas
    )


def slug(name: str) -> str:
    """Make the part of an address that stands for a name.

    Parameters
    ----------
    name : str
        Any name.

    Returns
    -------
    str
        At most 60 lower-case letters, digits and hyphens; the same for the same name. Where
        letters or signs had to go, a hash of the name tells it from others.
    """
    folded = " ".join(name.casefold().split())
    short = _NOT_IN_A_SLUG.sub("-", folded).strip("-")[:48].strip("-")
    if short == folded.replace(" ", "-"):
        return short
    return f"{short or 'x'}-{hashlib.sha256(folded.encode()).hexdigest()[:8]}"


def _is_in(area: Area) -> Callable[[Entry], bool]:
    shapely.prepare(area.geometry)

    def is_in(entry: Entry) -> bool:
        return any(
            place.gazetteer_id == area.id
            or (
                place.geometry is not None
                and shapely.intersects(area.geometry, place.geometry.representative_point())
            )
            for place in entry.places
        )

    return is_in


def _grouped(pairs: Iterable[tuple[str, Entry]]) -> list[tuple[str, str, tuple[Entry, ...]]]:
    names: dict[str, str] = {}
    found: dict[str, list[Entry]] = defaultdict(list)
    for name, entry in pairs:
        names.setdefault(slug(name), name)
        if entry not in found[slug(name)]:
            found[slug(name)].append(entry)
    order = sorted(names, key=lambda one: (_natural(names[one]), one))
    return [(one, names[one], tuple(found[one])) for one in order]


def _natural(name: str) -> tuple[int, str]:
    number = re.match(r"\d{1,4}", name)
    return (int(number[0]) if number else 10_000, name.casefold())


def _formations(claim: Claim) -> list[str]:
    if claim.formation_id is not None:
        return [claim.formation_id]
    written = [plain(name) for name in (claim.formation or "").split(";")]
    return [seed_formations().find(name) or name for name in written if name]


def _source(shown: Published, claim: Claim) -> str:
    found = shown.publications.get(claim.version_id)
    return found.source if found else "not named"
