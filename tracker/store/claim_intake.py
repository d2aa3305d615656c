"""Claims with what they relay and correct, and their places with the parts of wide shapes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from shapely.geometry.base import BaseGeometry
from sqlalchemy.engine import Connection

from tracker.claims.claim import Claim
from tracker.errors import NotFoundError
from tracker.placing import PlacedClaim
from tracker.store.bulk import insert_rows
from tracker.store.claim_rows import claim_row, link_rows, place_row
from tracker.store.forgetting import forgotten_claims, read_forgotten
from tracker.store.gpb import encode_many
from tracker.store.intake import Added, insert_changed, insert_new, latest_fids
from tracker.store.shapes import parts_of, shape_id
from tracker.store.tables import metadata
from tracker.store.value_rows import Row, content_of


def insert_claims(connection: Connection, claims: Sequence[Claim], at: datetime) -> Added:
    """Insert the claims whose exact wording and reading the database has not had yet.

    Parameters
    ----------
    connection : Connection
        Connection in a writing transaction.
    claims : sequence of Claim
        The claims; their reports and versions are stored.
    at : datetime
        When they are recorded, aware UTC.

    Returns
    -------
    Added
        Counts. A reading that was once stored stays known even where a later one has replaced it,
        so that reading two wordings of a report again and again adds nothing. What is said of a
        forgotten report is left out.
    """
    forgotten = read_forgotten(connection)
    claims = [claim for claim in claims if claim.report_id not in forgotten]
    rows: dict[str, Row] = {}
    links: dict[str, list[Row]] = {}
    clashing = []
    for claim in claims:
        row = claim_row(claim)
        linked = link_rows(claim)
        row["content"] = content_of(row, linked)
        first = rows.setdefault(row["id"], row)
        if first is row:
            links[row["id"]] = linked
        elif first["content"] != row["content"]:
            clashing.append(row["id"])
    before = _highest_fid(connection)
    new = insert_new(connection, "claim", list(rows.values()), at)
    if new:
        _insert_links(connection, links, before)
    known = len(claims) - new - len(clashing)
    return Added(new=new, known=known, clashing=tuple(clashing))


def _highest_fid(connection: Connection) -> int:
    fid: int | None = connection.execute(
        sa.select(sa.func.max(metadata.tables["claim"].columns.fid))
    ).scalar()
    return fid or 0


def _insert_links(connection: Connection, links: dict[str, list[Row]], before: int) -> None:
    linked = {name for name, rows in links.items() if rows}
    columns = metadata.tables["claim"].columns
    # The rows of this batch lie above what was there: nobody else writes in the meantime.
    fids = connection.execute(
        sa.select(columns.id, columns.fid).where(columns.fid > before, columns.id.in_(linked))
    )
    rows = [row | {"claim_fid": fid} for name, fid in fids for row in links[name]]
    if rows:
        insert_rows(connection, metadata.tables["claim_link"], rows)


def insert_places(connection: Connection, placed: Sequence[PlacedClaim], at: datetime) -> Added:
    """Insert the placings that differ from the latest one of the same mention.

    Parameters
    ----------
    connection : Connection
        Connection in a writing transaction.
    placed : sequence of PlacedClaim
        The placed claims; their claims are stored.
    at : datetime
        When they are recorded, aware UTC.

    Returns
    -------
    Added
        Counts.

    Raises
    ------
    NotFoundError
        Where a claim is not stored.
    """
    forgotten = forgotten_claims(connection)
    placed = [place for place in placed if place.claim_id not in forgotten]
    fids = latest_fids(connection, "claim", (place.claim_id for place in placed))
    blobs = encode_many([place.geometry for place in placed])
    rows = []
    wide: dict[str, BaseGeometry] = {}
    for place, blob in zip(placed, blobs, strict=True):
        if place.claim_id not in fids:
            raise NotFoundError(f"no claim {place.claim_id} is stored; add it before its places.")
        row = place_row(place, blob)
        row["content"] = content_of(row)
        row["claim_fid"] = fids[place.claim_id]
        row["shape"] = shape_id(place.geometry)
        if row["shape"] is not None and place.geometry is not None:
            wide[row["shape"]] = place.geometry
        rows.append(row)
    added = insert_changed(connection, "claim_place", rows, ("claim_fid", "id"), at)
    if added.new and wide:
        _insert_parts(connection, wide)
    return added


def _insert_parts(connection: Connection, shapes: dict[str, BaseGeometry]) -> None:
    table = metadata.tables["shape_part"]
    known = sa.select(table.columns.shape).where(table.columns.shape.in_(shapes)).distinct()
    held = set(connection.execute(known).scalars())
    parts = [
        {"shape": name, "geometry": part}
        for name, geometry in shapes.items()
        if name not in held
        for part in parts_of(geometry)
    ]
    if parts:
        insert_rows(connection, table, parts)
