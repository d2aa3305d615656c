"""The one function that stands between what is held and every page, export, feed and briefing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from tracker.claims.claim import Claim, Equipment, PlaceMention, Quote
from tracker.estimates.estimate import Estimate
from tracker.garbage import no_search
from tracker.movements.leg import Leg
from tracker.placing import PlacedClaim
from tracker.publication.coarsening import coarse_leg, coarse_place, coarse_words
from tracker.publication.hidden_names import HiddenNames, hidden_names
from tracker.publication.policy import Policy
from tracker.publication.publications import Publication
from tracker.publication.redaction import Redactor, submitters
from tracker.publication.withheld import Withheld, in_words, tally
from tracker.vocabulary import FORWARD_LOOKING

Value = TypeVar("Value", Claim, Quote, PlacedClaim)
Worded = TypeVar("Worded", Equipment, PlaceMention)


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """What a page would be made from.

    Parameters
    ----------
    claims : sequence of Claim
        Claims.
    placed : sequence of PlacedClaim
        Their places.
    legs : sequence of Leg
        Legs of movements.
    estimates : sequence of Estimate
        Estimates.
    publications : Mapping of str to Publication
        Facts of the publications by version id.
    told : frozenset of str, optional
        Ids of the claims that are told; the others only say which names their reports hide. By
        default all.
    """

    claims: Sequence[Claim]
    placed: Sequence[PlacedClaim]
    legs: Sequence[Leg] = ()
    estimates: Sequence[Estimate] = ()
    publications: Mapping[str, Publication] = field(default_factory=dict)
    told: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Published(Held):
    """What may be shown of it.

    Parameters
    ----------
    withheld : tuple of str
        One sentence for each thing that was held back or made coarser, and why.
    marking : str
        How far it may travel.
    tally : Withheld
        How much was held back.
    """

    withheld: tuple[str, ...] = ()
    marking: str = ""
    tally: Withheld = field(default_factory=Withheld)

    @property
    def sha256(self) -> dict[str, str]:
        """Hash of the archived bytes by version id."""
        found = self.publications.items()
        return {version: one.sha256 for version, one in found if one.sha256 is not None}


@no_search()
def publish(held: Held, policy: Policy, at: datetime) -> Published:
    """Decide what of a page's matter may leave the house.

    Parameters
    ----------
    held : Held
        What the page would be made from; it is not changed.
    policy : Policy
        What may be published.
    at : datetime
        Instant of publication, aware UTC. Delays are counted back from it and not from the day
        of knowledge that a page shows: what is dangerous is a fresh position, and a page on a day
        long past holds none.

    Returns
    -------
    Published
        The same kinds of values: without what is too young, with positions of protected troops
        snapped to the grid, and with personal details blanked in every text. Ids of claims stay.
    """
    told = [claim for claim in held.claims if held.told is None or claim.id in held.told]
    ripe = [claim for claim in told if not is_young(claim, policy, at)]
    names = hidden_names(held.claims, held.placed, policy)
    shown = {claim.id: _shown_claim(claim, names, held.publications, policy) for claim in ripe}
    grids = {claim.id: policy.rule_for(claim.actor, claim.kind).grid_km for claim in ripe}
    places = [place for place in held.placed if place.claim_id in shown]
    redact = Redactor(public_handles=policy.public_handles)
    legs = [_shown_leg(leg, grids, redact) for leg in held.legs]
    held_back = tally(
        policy,
        young=[claim for claim in told if claim.id not in shown],
        coarse=[claim for claim in ripe if names.own(claim)],
        blanked=sum(claim.quote.text != shown[claim.id].quote.text for claim in ripe),
    )
    return Published(
        claims=list(shown.values()),
        placed=[_shown_place(place, grids[place.claim_id], redact) for place in places],
        legs=[leg for leg in legs if leg is not None],
        estimates=[_resting_on(shown, row) for row in held.estimates if _is_due(row, policy, at)],
        publications=_shown_publications(held, names, policy),
        withheld=in_words(held_back),
        marking=str(policy.marking),
        tally=held_back,
    )


def is_young(claim: Claim, policy: Policy, at: datetime) -> bool:
    """Say whether a claim is too young to be shown.

    Parameters
    ----------
    claim : Claim
        A claim.
    policy : Policy
        What may be published.
    at : datetime
        Instant of publication, aware UTC.

    Returns
    -------
    bool
        Whether what it tells ended less than the delay ago. What was seen is as old as its last
        possible hour, at most as old as its publication; a plan is young until it is past.
    """
    delay = policy.rule_for(claim.actor, claim.kind).delay
    if not delay:
        return False
    ended = claim.known_at if claim.observed is None else claim.observed.end
    if claim.status not in FORWARD_LOOKING:
        ended = min(ended, claim.known_at)
    return ended + delay > at


def _shown_claim(
    claim: Claim, names: HiddenNames, found: Mapping[str, Publication], policy: Policy
) -> Claim:
    redact = _redactor(policy, claim, found.get(claim.version_id))
    hidden = names.of(claim)
    if hidden:
        claim = coarse_words(claim, hidden, names.own(claim), redact)
    measure = claim.measure
    if measure is not None and measure.relative_to is not None:
        measure = replace(measure, relative_to=redact(measure.relative_to))
    return _with(
        claim,
        quote=_with(claim.quote, text=redact(claim.quote.text)),
        measure=measure,
        claimant=_speaker(claim.claimant, claim.claimant_id, redact),
        via=tuple(redact(name) for name in claim.via),
        formation=None if claim.formation is None else redact(claim.formation),
        equipment=_reworded(claim.equipment, redact),
        places=_reworded(claim.places, redact),
        citation=None if claim.citation is None else redact.outside_addresses(claim.citation),
    )


def _with(value: Value, **fields: Any) -> Value:
    # Most values have nothing to blank; not making them anew is many times faster.
    changed = {name: given for name, given in fields.items() if getattr(value, name) != given}
    return replace(value, **changed) if changed else value


def _reworded(values: tuple[Worded, ...], redact: Redactor) -> tuple[Worded, ...]:
    shown = [redact(value.text) for value in values]
    if shown == [value.text for value in values]:
        return values
    return tuple(replace(value, text=text) for value, text in zip(values, shown, strict=True))


def _redactor(policy: Policy, claim: Claim, found: Publication | None) -> Redactor:
    names = submitters(claim.quote.text) | (found.submitters if found else frozenset())
    return Redactor(public_handles=policy.public_handles, names=names)


def _speaker(words: str | None, known_id: str | None, redact: Redactor) -> str | None:
    return words if words is None or known_id is not None else redact(words)


def _shown_place(place: PlacedClaim, grid_km: float, redact: Redactor) -> PlacedClaim:
    place = coarse_place(place, grid_km)
    return _with(
        place,
        text=redact(place.text),
        name=None if place.name is None else redact(place.name),
        reason=None if place.reason is None else redact(place.reason),
    )


def _shown_leg(leg: Leg, grids: Mapping[str, float], redact: Redactor) -> Leg | None:
    # The line of several claims tells where each of them was: held back with any of them.
    if not all(claim in grids for claim in leg.claims):
        return None
    shown = replace(
        leg,
        origin=redact(leg.origin),
        destination=redact(leg.destination),
        formation=None if leg.formation is None else redact(leg.formation),
    )
    grid_km = max(grids[claim] for claim in leg.claims)
    return coarse_leg(shown, grid_km) if grid_km else shown


def _is_due(row: Estimate, policy: Policy, at: datetime) -> bool:
    # A strength on a fresh day would tell what the claims that are held back say.
    delay = policy.longest_delay(row.actor)
    return not delay or row.day < (at - delay).date()


def _resting_on(shown: Mapping[str, Claim], row: Estimate) -> Estimate:
    kept = tuple(weight for weight in row.claims if weight.id in shown)
    return row if len(kept) == len(row.claims) else replace(row, claims=kept)


def _shown_publications(held: Held, names: HiddenNames, policy: Policy) -> dict[str, Publication]:
    reports = {claim.version_id: claim.report_id for claim in held.claims}
    shown = {}
    for version, found in held.publications.items():
        if version not in reports:
            continue
        hidden = names.of_report(reports[version]) | found.submitters
        redact = Redactor(public_handles=policy.public_handles, names=hidden)
        shown[version] = replace(found, title=redact(found.title), submitters=frozenset())
    return shown
