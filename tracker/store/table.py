"""The base of all tables, and the columns that they share."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from tracker.store.types import UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel, registry=registry(metadata=sa.MetaData(naming_convention=NAMING))):
    """Base of all tables, with a registry of its own beside any other use of SQLModel."""

    model_config = {"arbitrary_types_allowed": True}


metadata = Table.metadata


def fid() -> Any:
    """Make the integer key that a GeoPackage asks for.

    Returns
    -------
    Field
        Primary key, handed out by the database.
    """
    return Field(default=None, primary_key=True)


def instant(*, nullable: bool = False, index: bool = False) -> Any:
    """Make a column of UTC instants.

    Parameters
    ----------
    nullable, index : bool
        As of any column.

    Returns
    -------
    Field
        To the millisecond.
    """
    return Field(sa_type=UtcDateTime, nullable=nullable, index=index)


def json_list() -> Any:
    """Make a column of JSON.

    Returns
    -------
    Field
        Never null: an empty list or object where nothing is stated.
    """
    return Field(sa_type=sa.JSON, nullable=False)
