"""Which names of places must not be read in the words of a report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.claims.claim import Claim
from tracker.placing import PlacedClaim
from tracker.publication.coarsening import coarse_place, is_sharp
from tracker.publication.policy import Policy

_ANY_GRID_KM = 1.0
"""Where troops are protected by a delay alone, what counts as a sharp place: any point."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HiddenNames:
    """Names of protected places, by claim and by report.

    Parameters
    ----------
    cells : Mapping
        Of each claim with protected places: words or chosen name -> name of the cell.
    reports : Mapping
        Words of all protected places of a report.
    open_names : Mapping
        Of each claim: names of its places that are not protected.
    """

    cells: Mapping[str, Mapping[str, str]]
    reports: Mapping[str, frozenset[str]]
    open_names: Mapping[str, frozenset[str]]

    def own(self, claim: Claim) -> Mapping[str, str]:
        """Return the names that a claim hides.

        Parameters
        ----------
        claim : Claim
            A claim.

        Returns
        -------
        Mapping of str to str
            Names of its own protected places -> name of the cell.
        """
        return self.cells.get(claim.id, {})

    def of(self, claim: Claim) -> frozenset[str]:
        """Return the names that must not stand in a claim's words.

        Parameters
        ----------
        claim : Claim
            A claim.

        Returns
        -------
        frozenset of str
            Those of its report, for one sentence may speak of both sides; a place at which the
            claim itself may be shown is not among them.
        """
        return self.of_report(claim.report_id) - self.open_names.get(claim.id, frozenset())

    def of_report(self, report_id: str) -> frozenset[str]:
        """Return the protected names of a report.

        Parameters
        ----------
        report_id : str
            The report.

        Returns
        -------
        frozenset of str
            Words as published, and names as chosen.
        """
        return self.reports.get(report_id, frozenset())


def hidden_names(
    claims: Iterable[Claim], placed: Iterable[PlacedClaim], policy: Policy
) -> HiddenNames:
    """Find the names of protected places.

    Parameters
    ----------
    claims : iterable of Claim
        All claims, those too young to be shown included.
    placed : iterable of PlacedClaim
        Their places.
    policy : Policy
        What may be published.

    Returns
    -------
    HiddenNames
        Names of places sharper than the grid of the troops that are there.
    """
    by_id = {claim.id: claim for claim in claims}
    cells: dict[str, dict[str, str]] = defaultdict(dict)
    reports: dict[str, set[str]] = defaultdict(set)
    open_names: dict[str, set[str]] = defaultdict(set)
    told = [(by_id[place.claim_id], place) for place in placed if place.claim_id in by_id]
    guarded = {claim.report_id for claim, place in told if _is_guarded(claim, place, policy)}
    for claim, place in told:
        if claim.report_id not in guarded:  # most reports: what they name is open to read
            continue
        rule = policy.rule_for(claim.actor, claim.kind)
        names = {name for name in (place.text, place.name) if name}
        if not _is_guarded(claim, place, policy):
            open_names[claim.id] |= names
            continue
        reports[claim.report_id] |= names
        if rule.grid_km:
            cell = coarse_place(place, rule.grid_km).text
            cells[claim.id] |= dict.fromkeys(names, cell)
        else:
            open_names[claim.id] |= names
    return HiddenNames(
        cells=cells,
        reports={report: frozenset(names) for report, names in reports.items()},
        open_names={claim: frozenset(names) for claim, names in open_names.items()},
    )


def _is_guarded(claim: Claim, place: PlacedClaim, policy: Policy) -> bool:
    rule = policy.rule_for(claim.actor, claim.kind)
    return is_sharp(place, rule.grid_km or (_ANY_GRID_KM if rule.delay_hours else 0.0))
