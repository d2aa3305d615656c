"""By what the wordings of claims are looked up when others are compared with them, in rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.evidence.echoes import Signature
from tracker.evidence.telling import Telling
from tracker.store.intake import insert_new
from tracker.store.spelling import Listed
from tracker.store.tables import metadata

CODED = "coded/%"
"""Extractor of claims that a person coded: a coder names relays himself, and his words are no
publication that others could repeat."""

Window = tuple[datetime, datetime]
"""First and last instant, aware UTC."""

_version = metadata.tables["version"]
_claim = metadata.tables["claim"]
_signature = metadata.tables["signature"]
_KEY_TYPE = ">i8"
_claims_something = sa.exists().where(_claim.c.version_id == _signature.c.version_id)


def read_unsigned(connection: Connection) -> tuple[list[Telling], list[str]]:
    """Read the wordings that claim something and were not compared with others yet.

    Parameters
    ----------
    connection : Connection
        Connection to the database.

    Returns
    -------
    tellings : list of Telling
        Wordings of published texts, by version id.
    coded : list of str
        Version ids of coded records.
    """
    signed = sa.exists().where(_signature.c.version_id == _claim.c.version_id)
    unsigned = sa.select(_claim.c.version_id).where(~signed).distinct()
    coded = sa.exists().where(_claim.c.version_id == _version.c.id, _claim.c.extractor.like(CODED))
    select = sa.select(_version, coded.label("coded")).where(_version.c.id.in_(unsigned))
    tellings, of_coders = [], []
    for row in connection.execute(select).mappings():
        if row["coded"]:
            of_coders.append(row["id"])
        else:
            tellings.append(_telling(row["id"], row["title"], row["text"], row["published_at"]))
    return tellings, of_coders


def _telling(version_id: str, title: str, text: str, published_at: datetime) -> Telling:
    whole = text if text.startswith(title) else f"{title}\n{text}"
    return Telling(id=version_id, text=whole, published_at=published_at)


def read_telling(connection: Connection, version_id: str) -> Telling:
    """Read one wording for a comparison.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    version_id : str
        Its id.

    Returns
    -------
    Telling
        Title and text.
    """
    row = connection.execute(sa.select(_version).where(_version.c.id == version_id)).mappings()
    found = row.one()
    return _telling(version_id, found["title"], found["text"], found["published_at"])


def insert_signatures(
    connection: Connection, signatures: Iterable[tuple[str, Collection[int]]], at: datetime
) -> int:
    """Insert by what wordings are looked up.

    Parameters
    ----------
    connection : Connection
        Connection in a writing transaction.
    signatures : iterable of tuple
        Version id and keys; none for a coded record.
    at : datetime
        When they are recorded, aware UTC.

    Returns
    -------
    int
        How many were new.
    """
    keys = dict(signatures)
    select = sa.select(_version.c.id, _version.c.published_at)
    published = connection.execute(select.where(_version.c.id.in_(sa.select(Listed(keys)))))
    rows = [
        {
            "version_id": version_id,
            "published_at": published_at,
            "keys": np.array(sorted(keys[version_id]), dtype=_KEY_TYPE).tobytes(),
        }
        for version_id, published_at in published
    ]
    return insert_new(connection, "signature", rows, at)


def signatures_around(
    connection: Connection, version_ids: Collection[str], reach: timedelta
) -> dict[str, Signature]:
    """Read by what the wordings that were published around some others are looked up.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    version_ids : collection of str
        The others; they are signed.
    reach : timedelta
        So far before and after each of them.

    Returns
    -------
    dict of str to Signature
        By version id; without coded records, and without what claims nothing.
    """
    select = sa.select(_signature.c.published_at)
    days = connection.execute(
        select.where(_signature.c.version_id.in_(sa.select(Listed(version_ids))))
    )
    windows = merged((day - reach, day + reach) for day in days.scalars())
    return {one.id: one for window in windows for one in _read(connection, window)}


def _read(connection: Connection, published: Window) -> Iterator[Signature]:
    select = (
        sa.select(_signature, _version.c.report_id, _version.c.known_at)
        .join(_version, _version.c.id == _signature.c.version_id)
        .where(_signature.c.published_at.between(*published), _claims_something)
    )
    for row in connection.execute(select).mappings():
        if row["keys"]:
            yield Signature(
                id=row["version_id"],
                report_id=row["report_id"],
                published_at=row["published_at"],
                known_at=row["known_at"],
                keys=frozenset(np.frombuffer(row["keys"], dtype=_KEY_TYPE).tolist()),
            )


def merged(windows: Iterable[Window]) -> list[Window]:
    """Merge the windows that overlap.

    Parameters
    ----------
    windows : iterable of tuple of datetime
        First and last instant of each.

    Returns
    -------
    list of tuple of datetime
        In order of time; no two of them touch.
    """
    apart: list[Window] = []
    for first, last in sorted(windows):
        if apart and first <= apart[-1][1]:
            apart[-1] = apart[-1][0], max(last, apart[-1][1])
        else:
            apart.append((first, last))
    return apart
