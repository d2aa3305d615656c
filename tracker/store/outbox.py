"""Alerts, each told once, and what is still to be sent to whom.

An item is entered in the transaction of what it is about and marked once its target took it. A
crash between the two sends it again with the same key, and the target can tell; none is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker import clock
from tracker.store.database import Database
from tracker.store.tables import metadata

_alert = metadata.tables["alert"]
_outbox = metadata.tables["outbox"]
_LONGEST_MESSAGE = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """Something that people asked to be told.

    Parameters
    ----------
    key : str
        What makes it one and the same: raised again, it is told no second time.
    kind : str
        Which rule raised it.
    subject : str
        A heading of a few words.
    message : str
        One sentence.
    recorded_at : datetime or None
        When it was raised, aware UTC; None before.
    """

    key: str
    kind: str
    subject: str
    message: str
    recorded_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """Something to be sent.

    Parameters
    ----------
    key : str
        Travels with it, so that its receiver knows a repetition.
    target : str
        Name of the target.
    body : Mapping
        JSON values.
    id : int
        Its number in the outbox.
    tries : int
        How often it was tried in vain.
    message : str
        How the last try failed.
    """

    key: str
    target: str
    body: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0
    tries: int = 0
    message: str = ""


class Outbox:
    """The record of alerts and of what is still to be sent.

    Parameters
    ----------
    database : Database
        The open database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def raise_alerts(self, alerts: Iterable[Alert]) -> list[Alert]:
        """Keep alerts that were not raised before.

        Parameters
        ----------
        alerts : iterable of Alert
            Alerts.

        Returns
        -------
        list of Alert
            Those that are new.
        """
        new = []
        at = clock.now()
        with self._database.writing() as connection:
            for alert in alerts:
                known = sa.select(_alert.c.fid).where(_alert.c.key == alert.key)
                if connection.execute(known).first() is None:
                    connection.execute(
                        sa.insert(_alert).values(
                            key=alert.key,
                            kind=alert.kind,
                            subject=alert.subject,
                            message=alert.message,
                            recorded_at=at,
                        )
                    )
                    new.append(alert)
        return new

    def alerts(self, limit: int = 200) -> list[Alert]:
        """Read alerts.

        Parameters
        ----------
        limit : int
            At most so many.

        Returns
        -------
        list of Alert
            The latest first.
        """
        select = sa.select(_alert).order_by(_alert.c.fid.desc()).limit(limit)
        with self._database.reading() as connection:
            return [
                Alert(
                    key=row["key"],
                    kind=row["kind"],
                    subject=row["subject"],
                    message=row["message"],
                    recorded_at=row["recorded_at"],
                )
                for row in connection.execute(select).mappings()
            ]

    def post(self, items: Iterable[Item]) -> int:
        """Enter what is to be sent; an item that a target has had, or waits for, is left alone.

        Parameters
        ----------
        items : iterable of Item
            The items.

        Returns
        -------
        int
            How many are new.
        """
        with self._database.writing() as connection:
            return sum(_post(connection, item) for item in items)

    def unsent(self, target: str) -> list[Item]:
        """List what a target has not taken yet.

        Parameters
        ----------
        target : str
            Its name.

        Returns
        -------
        list of Item
            In the order in which they were entered.
        """
        waiting = (_outbox.c.target == target) & _outbox.c.sent_at.is_(None)
        select = sa.select(_outbox).where(waiting).order_by(_outbox.c.fid)
        with self._database.reading() as connection:
            return [
                Item(
                    key=row["key"],
                    target=row["target"],
                    body=row["body"],
                    id=row["fid"],
                    tries=row["tries"],
                    message=row["message"],
                )
                for row in connection.execute(select).mappings()
            ]

    def mark_sent(self, item: Item) -> None:
        """Note that a target took an item.

        Parameters
        ----------
        item : Item
            The item.
        """
        self._change(item, sent_at=clock.now(), tries=item.tries + 1, message="")

    def mark_failed(self, item: Item, reason: str) -> None:
        """Note that a try was in vain.

        Parameters
        ----------
        item : Item
            The item.
        reason : str
            Why, in a sentence.
        """
        self._change(item, tries=item.tries + 1, message=reason[:_LONGEST_MESSAGE])

    def _change(self, item: Item, **values: Any) -> None:
        with self._database.writing() as connection:
            connection.execute(sa.update(_outbox).where(_outbox.c.fid == item.id).values(values))


def _post(connection: Connection, item: Item) -> bool:
    same = (_outbox.c.key == item.key) & (_outbox.c.target == item.target)
    if connection.execute(sa.select(_outbox.c.fid).where(same)).first() is not None:
        return False
    connection.execute(
        sa.insert(_outbox).values(
            key=item.key,
            target=item.target,
            body=dict(item.body),
            recorded_at=clock.now(),
            tries=0,
            message="",
        )
    )
    return True
