"""A report as it lies in the files, and the chain from a claim back to the archived bytes."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.claims.claim import Claim
from tracker.placing import PlacedClaim
from tracker.reports.report import Capture, Report, Version


@dataclass(frozen=True, kw_only=True, slots=True)
class FiledReport:
    """One publication with all that is kept of it.

    Parameters
    ----------
    report : Report
        The publication.
    versions : tuple of Version
        Its wordings, the first known one first.
    captures : tuple of Capture
        The fetches of their bytes, the first one first.
    """

    report: Report
    versions: tuple[Version, ...] = ()
    captures: tuple[Capture, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """Why a claim stands: who published the words, and the bytes that prove it.

    Parameters
    ----------
    claim : Claim
        The claim.
    places : tuple of PlacedClaim
        Where it was put on the map.
    report : Report
        The publication.
    version : Version
        The wording that holds the quote.
    captures : tuple of Capture
        Fetches of the bytes; each `sha256` names a file of the archive.
    relayed_by, corrected_by : tuple of str
        Ids of claims that repeat or replace it.
    """

    claim: Claim
    places: tuple[PlacedClaim, ...]
    report: Report
    version: Version
    captures: tuple[Capture, ...]
    relayed_by: tuple[str, ...]
    corrected_by: tuple[str, ...]
