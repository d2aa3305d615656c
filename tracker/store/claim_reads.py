"""Claims and their places read back as values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.claims.claim import Claim
from tracker.errors import InvalidValueError, NotFoundError
from tracker.evidence.corrections import by_span, with_corrections
from tracker.garbage import no_search
from tracker.placing import PlacedClaim
from tracker.store.claim_rows import CORRECTS, RELAYS, claims_of, placed_of
from tracker.store.columns import Columns, raw, read_columns
from tracker.store.evidence_rows import with_grades, with_origins
from tracker.store.filed import Provenance
from tracker.store.report_reads import filed_report, read_judgements
from tracker.store.selection import (
    Criteria,
    claim,
    claim_conditions,
    in_box,
    is_meant,
    place,
    place_conditions,
)
from tracker.store.tables import metadata

_UNREAD = frozenset({"content", "recorded_at", "shape"})
_ORDER = (claim.c.known_at, claim.c.id)
_link = metadata.tables["claim_link"]

CLAIM_COLUMNS = sa.select(*raw(column for column in claim.c if column.name not in _UNREAD))
"""All that a claim is made from."""

_PLACE_COLUMNS = sa.select(
    *raw(column for column in place.c if column.name not in _UNREAD),
    claim.c.id.label("claim_id"),
).join_from(place, claim, claim.c.fid == place.c.claim_fid)


@no_search()
def read_claims(connection: Connection, criteria: Criteria) -> list[Claim]:
    """Read the claims that criteria mean.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    criteria : Criteria
        What is meant.

    Returns
    -------
    list of Claim
        Ordered by `known_at`, then id.
    """
    conditions = claim_conditions(criteria)
    if criteria.get("bbox") is not None:
        conditions.append(in_box(criteria))
    rows = read_columns(connection, CLAIM_COLUMNS.where(*conditions).order_by(*_ORDER))
    if not criteria.get("weighed", True):
        return _as_judged(connection, with_links(connection, rows), criteria)
    rows = with_grades(connection, rows, criteria)
    read = _as_judged(connection, with_links(connection, rows), criteria)
    return with_origins(connection, read, criteria)


def _as_judged(connection: Connection, claims: Sequence[Claim], criteria: Criteria) -> list[Claim]:
    made = read_judgements(
        connection, as_of=criteria.get("as_of"), as_recorded=criteria.get("as_recorded")
    )
    if not made:
        return list(claims)
    judgements = by_span(made)
    read = (with_corrections(claim, judgements) for claim in claims)
    return [claim for claim in read if is_meant(claim, criteria)]


def with_links(connection: Connection, read: Columns) -> list[Claim]:
    """Read claims from their columns, as nobody corrected them.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    read : dict of str to list
        The answer to `CLAIM_COLUMNS`.

    Returns
    -------
    list of Claim
        In the same order, with what they relay and correct.
    """
    links: dict[int, list[tuple[str, str]]] = defaultdict(list)
    fids = read["fid"]
    if fids:
        # What relays or corrects is rare: a range holds little more than what is asked for.
        select = sa.select(_link.c.claim_fid, _link.c.relation, _link.c.target)
        meant = _link.c.claim_fid.between(min(fids), max(fids))
        order = (_link.c.claim_fid, _link.c.position)
        for fid, relation, target in connection.execute(select.where(meant).order_by(*order)):
            links[fid].append((relation, target))
    return claims_of(read, links)


@no_search()
def read_places(connection: Connection, criteria: Criteria) -> list[PlacedClaim]:
    """Read the placed claims that criteria mean, also those that could not be placed.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    criteria : Criteria
        What is meant; with `bbox`, only the places that may touch it.

    Returns
    -------
    list of PlacedClaim
        Ordered as their claims, then as they were recorded.
    """
    conditions = (*place_conditions(criteria), *claim_conditions(criteria))
    select = _PLACE_COLUMNS.where(*conditions).order_by(*_ORDER, place.c.fid)
    return placed_of(read_columns(connection, select))


def find_claim_id(connection: Connection, prefix: str) -> str:
    """Complete the beginning of a claim's id.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    prefix : str
        The id or its first letters, with or without `c-`.

    Returns
    -------
    str
        The id.

    Raises
    ------
    NotFoundError
        Where no claim has it.
    InvalidValueError
        Where several have.
    """
    start = prefix if prefix.startswith("c-") else f"c-{prefix}"
    end = start + "\U0010ffff"
    found = connection.execute(
        sa.select(claim.c.id).where(claim.c.id >= start, claim.c.id < end).distinct().limit(2)
    ).scalars()
    match found.all():
        case []:
            raise NotFoundError(f"no claim has the id {prefix[:40]!r}.")
        case [only]:
            return str(only)
        case _:
            raise InvalidValueError(f"several claims begin with {prefix[:40]!r}; write more of it.")


def read_provenance(connection: Connection, prefix: str, criteria: Criteria) -> Provenance:
    """Walk from a claim back to the archived bytes.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    prefix : str
        The claim's id or its beginning.
    criteria : Criteria
        `as_of` and `as_recorded`, where they matter.

    Returns
    -------
    Provenance
        The chain.

    Raises
    ------
    NotFoundError
        Where no claim has this id, or none that was known and recorded then.
    """
    claim_id = find_claim_id(connection, prefix)
    wide = Criteria(**criteria, ids=[claim_id], corrected=True, rejected=True, withdrawn=True)
    claims = read_claims(connection, wide)
    if not claims:
        raise NotFoundError(f"the claim {claim_id} was not known then.")
    found = claims[0]
    filed = filed_report(connection, found.report_id)
    return Provenance(
        claim=found,
        places=tuple(read_places(connection, wide)),
        report=filed.report,
        version=next(version for version in filed.versions if version.id == found.version_id),
        captures=tuple(c for c in filed.captures if c.version_id == found.version_id),
        relayed_by=_pointing_at(connection, claim_id, RELAYS, criteria),
        corrected_by=_pointing_at(connection, claim_id, CORRECTS, criteria),
    )


def _pointing_at(
    connection: Connection, claim_id: str, relation: str, criteria: Criteria
) -> tuple[str, ...]:
    wide = Criteria(**criteria, corrected=True, rejected=True)
    rows = connection.execute(
        sa.select(claim.c.id)
        .join(_link, _link.c.claim_fid == claim.c.fid)
        .where(_link.c.target == claim_id, _link.c.relation == relation, *claim_conditions(wide))
        .order_by(*_ORDER)
    )
    return tuple(dict.fromkeys(rows.scalars()))
