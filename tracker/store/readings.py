"""Readings of claims as they are stored, before people corrected them, to compare others with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.claims.claim import Claim
from tracker.placing import PlacedClaim
from tracker.store.claim_reads import CLAIM_COLUMNS, with_links
from tracker.store.claim_rows import claim_row, link_rows, place_row
from tracker.store.columns import read_columns
from tracker.store.gpb import encode_many
from tracker.store.tables import metadata
from tracker.store.value_rows import content_of

_claim = metadata.tables["claim"]
_place = metadata.tables["claim_place"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One reading of a claim.

    Parameters
    ----------
    claim : Claim
        The claim.
    meaning : str
        Hash of all that was read, whichever release of the extractor read it.
    places : frozenset of str
        Hashes of its placings.
    """

    claim: Claim
    meaning: str
    places: frozenset[str]

    def says_the_same(self, other: Reading) -> bool:
        """Tell whether two readings agree in words, sizes and places.

        Parameters
        ----------
        other : Reading
            Another reading of the same claim.

        Returns
        -------
        bool
            Whether they do.
        """
        return self.meaning == other.meaning and self.places == other.places


def readings_of(claims: Iterable[Claim], placed: Sequence[PlacedClaim]) -> list[Reading]:
    """Make readings of what an extractor gave.

    Parameters
    ----------
    claims : iterable of Claim
        The claims.
    placed : sequence of PlacedClaim
        Their places, and possibly those of others.

    Returns
    -------
    list of Reading
        One per claim.
    """
    places: dict[str, set[str]] = defaultdict(set)
    for place, blob in zip(placed, encode_many([one.geometry for one in placed]), strict=True):
        places[place.claim_id].add(content_of(place_row(place, blob)))
    return [_reading(claim, places[claim.id]) for claim in claims]


def stored_readings(
    connection: Connection, report_ids: Sequence[str]
) -> dict[str, dict[str, Reading]]:
    """Read the latest reading of every claim of some reports, also of withdrawn claims.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    report_ids : sequence of str
        The reports.

    Returns
    -------
    dict
        Readings by id of the claim, by id of the report.
    """
    meant = _claim.c.report_id.in_(report_ids)
    read = read_columns(connection, CLAIM_COLUMNS.where(meant).order_by(_claim.c.fid))
    claims = zip(read["id"], read["fid"], with_links(connection, read), strict=True)
    latest = {name: (fid, claim) for name, fid, claim in claims}
    placings = sa.select(_place.c.claim_fid, _place.c.id, _place.c.content)
    held: dict[int, dict[str, str]] = defaultdict(dict)
    fids = [fid for fid, _ in latest.values()]
    for fid, name, content in connection.execute(
        placings.where(_place.c.claim_fid.in_(fids)).order_by(_place.c.fid)
    ):
        held[fid][name] = content
    found: dict[str, dict[str, Reading]] = defaultdict(dict)
    for name, (fid, claim) in latest.items():
        found[claim.report_id][name] = _reading(claim, held[fid].values())
    return found


def _reading(claim: Claim, places: Iterable[str]) -> Reading:
    row = {name: value for name, value in claim_row(claim).items() if name != "extractor"}
    return Reading(claim=claim, meaning=content_of(row, link_rows(claim)), places=frozenset(places))
