"""Reads the claims of texts for a workspace: with its places, and the claimants that it adds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from jobs.reading.places import PlaceReader, place_reader
from tracker.claimants import Claimants, own_claimants
from tracker.claims.claim import Claim
from tracker.extraction.extraction import extract
from tracker.placing import PlacedClaim
from tracker.workspace import Workspace


@dataclass(frozen=True, kw_only=True, slots=True)
class TextReader:
    """Read the claims of a text; goes to other processes as it is.

    Parameters
    ----------
    places : PlaceReader
        Finds places as the workspace's settings say.
    claimants : Claimants
        Those that the workspace adds to the package's registry.
    """

    places: PlaceReader
    claimants: Claimants

    def __call__(self, text: str, **facts: Any) -> tuple[list[Claim], list[PlacedClaim]]:
        """Read a text.

        Parameters
        ----------
        text : str
            As published.
        **facts
            What is known of it, as `tracker.extraction.extraction.extract` takes it.

        Returns
        -------
        list of Claim
            Its claims. A claimant that the package's registry does not know is looked up among
            the workspace's.
        list of PlacedClaim
            Their places.
        """
        claims, placed = extract(text, geocode=self.places.geocode, **facts)
        return [self._named(claim) for claim in claims], list(placed)

    def _named(self, claim: Claim) -> Claim:
        if claim.claimant is None or claim.claimant_id is not None:
            return claim
        found = self.claimants.find_within(claim.claimant)
        if found is None:
            return claim
        grade = claim.reliability or self.claimants.get(found).reliability
        return replace(claim, claimant_id=found, reliability=grade)


def text_reader(workspace: Workspace) -> TextReader:
    """Return what reads texts for a workspace.

    Parameters
    ----------
    workspace : Workspace
        Its `tracker.toml` says where places are looked up, its `claimants.csv` who else speaks.

    Returns
    -------
    TextReader
        The reader.
    """
    return TextReader(
        places=place_reader(workspace), claimants=Claimants(own_claimants(workspace.claimants))
    )
