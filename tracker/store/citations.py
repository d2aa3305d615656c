"""Which reports a wording cites: those whose address stands in its text."""

from __future__ import annotations

import re
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.store.spelling import Listed
from tracker.store.tables import metadata

_ADDRESS = re.compile(r"https?://[^\s<>\"'()\[\]]{4,2000}")
_END = ".,;:!?"

_report = metadata.tables["report"]
_version = metadata.tables["version"]
_claim = metadata.tables["claim"]


def cited_reports(connection: Connection, version_ids: Collection[str]) -> dict[str, list[str]]:
    """Find the reports whose addresses wordings cite.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    version_ids : collection of str
        The wordings that cite.

    Returns
    -------
    dict of str to list of str
        Ids of the cited reports by version id, in the order of the text. The citation of a coded
        record counts as its text.
    """
    named: dict[str, list[str]] = {}
    wanted = sa.select(Listed(version_ids))
    for version_id, text in connection.execute(
        sa.select(_version.c.id, _version.c.text)
        .where(_version.c.id.in_(wanted), _version.c.text.like("%http%"))
        .union_all(
            sa.select(_claim.c.version_id, _claim.c.citation).where(
                _claim.c.version_id.in_(wanted), _claim.c.citation.like("%http%")
            )
        )
    ):
        named.setdefault(version_id, []).extend(
            address.rstrip(_END) for address in _ADDRESS.findall(text)
        )
    every = {address for addresses in named.values() for address in addresses}
    if not every:
        return {}
    held = dict(
        connection.execute(
            sa.select(_report.c.address, _report.c.id).where(
                _report.c.address.in_(sa.select(Listed(every)))
            )
        ).all()
    )
    return {
        version_id: [held[address] for address in addresses if address in held]
        for version_id, addresses in named.items()
    }
