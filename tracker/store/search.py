"""Full-text search over the wordings of reports: FTS5 in a file, tsvector on a server.

Both split words where a character is neither a letter nor a digit, and know no stems.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.errors import DamagedWorkspaceError, InvalidValueError

INDEX = "version_fts"
"""The index over `title` and `text` of the table `version`."""

_STATEMENTS = {
    "version_fts": "CREATE VIRTUAL TABLE version_fts USING fts5(title, text, content='version', "
    "content_rowid='fid', tokenize='unicode61 remove_diacritics 2')",
    "version_fts_insert": "CREATE TRIGGER version_fts_insert AFTER INSERT ON version BEGIN "
    "INSERT INTO version_fts (rowid, title, text) VALUES (NEW.fid, NEW.title, NEW.text); END",
    "version_fts_delete": "CREATE TRIGGER version_fts_delete AFTER DELETE ON version BEGIN "
    "INSERT INTO version_fts (version_fts, rowid, title, text) "
    "VALUES ('delete', OLD.fid, OLD.title, OLD.text); END",
    "version_fts_update": "CREATE TRIGGER version_fts_update AFTER UPDATE ON version BEGIN "
    "INSERT INTO version_fts (version_fts, rowid, title, text) "
    "VALUES ('delete', OLD.fid, OLD.title, OLD.text); "
    "INSERT INTO version_fts (rowid, title, text) VALUES (NEW.fid, NEW.title, NEW.text); END",
}

MOST_LETTERS = 200_000
"""Letters of a wording that a server indexes: a tsvector holds at most 1 MB."""

_WORDS = (
    f"to_tsvector('simple', regexp_replace(left(version.title || ' ' || version.text, "
    f"{MOST_LETTERS}), '[^[:alnum:]]+', ' ', 'g'))"
)

POSTGRESQL_INDEX = {
    "version_fts_words": f"CREATE INDEX version_fts_words ON version USING gin ({_WORDS})"
}
"""The index on a server, by its name."""

_TERM = re.compile(r'"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+)')


def search_is_sound(connection: Connection) -> bool:
    """Tell whether the index and its triggers exist and agree with the texts.

    Parameters
    ----------
    connection : Connection
        Connection to the GeoPackage, in a writing transaction.

    Returns
    -------
    bool
        False where anything is missing or FTS5 finds a difference.
    """
    run = connection.exec_driver_sql
    written: dict[str, str] = dict(run("SELECT name, sql FROM sqlite_master").all())
    if any(written.get(name) != statement for name, statement in _STATEMENTS.items()):
        return False
    try:
        # rank 1 compares the index with the content table, not only with itself
        run("INSERT INTO version_fts (version_fts, rank) VALUES ('integrity-check', 1)")
    except DamagedWorkspaceError:
        return False
    return True


def build_search(connection: Connection) -> None:
    """Make the index anew.

    Parameters
    ----------
    connection : Connection
        Connection to the GeoPackage, in a writing transaction.
    """
    run = connection.exec_driver_sql
    for name in _STATEMENTS:
        if name != INDEX:
            run(f"DROP TRIGGER IF EXISTS {name}")
    run("DROP TABLE IF EXISTS version_fts")
    for statement in _STATEMENTS.values():
        run(statement)
    rebuild_search(connection)


def rebuild_search(connection: Connection) -> None:
    """Fill the index anew, so that it holds no word that the texts do not.

    Parameters
    ----------
    connection : Connection
        Connection to the GeoPackage, in a writing transaction.
    """
    connection.exec_driver_sql("INSERT INTO version_fts (version_fts) VALUES ('rebuild')")


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """One word or phrase to look for.

    Parameters
    ----------
    text : str
        The words, without quotes.
    is_beginning : bool
        Whether its last word may go on.
    """

    text: str
    is_beginning: bool = False


def terms_of(words: str) -> list[Term]:
    """Read what a person types.

    Parameters
    ----------
    words : str
        Words that must all occur; `"two words"` in quotes as a phrase, `Покровск*` as a beginning.

    Returns
    -------
    list of Term
        At least one.

    Raises
    ------
    InvalidValueError
        Where there is nothing to look for.
    """
    terms = []
    for match in _TERM.finditer(words.replace("\x00", " ")):
        text = match["phrase"] if match["word"] is None else match["word"]
        bare = text.rstrip("*").strip()
        if any(letter.isalnum() for letter in bare):
            is_beginning = match["word"] is not None and text.endswith("*")
            terms.append(Term(text=bare, is_beginning=is_beginning))
    if not terms:
        raise InvalidValueError(f"{words[:40]!r} has no word to look for.")
    return terms


def found(connection: Connection, *choices: Sequence[Term]) -> sa.Select[tuple[int, float]]:
    """Ask for the wordings that hold all terms of one of several choices.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    *choices : sequence of Term
        What has to occur.

    Returns
    -------
    Select
        `fid` of the table `version` and `rank`, the lower the better.
    """
    return _on_server(choices) if connection.dialect.name == "postgresql" else _in_file(choices)


def _in_file(choices: Sequence[Sequence[Term]]) -> sa.Select[Any]:
    # A quoted term cannot be malformed, whatever it holds; terms in a row must all occur.
    expression = " OR ".join(
        "(" + " AND ".join(f'"{term.text}"' + "*" * term.is_beginning for term in terms) + ")"
        for terms in choices
    )
    index = sa.table(INDEX, sa.column("rowid"), sa.column("rank"), sa.column(INDEX))
    columns = (index.c.rowid.label("fid"), index.c.rank.label("rank"))
    return sa.select(*columns).where(index.c[INDEX].op("MATCH")(expression))


def _on_server(choices: Sequence[Sequence[Term]]) -> sa.Select[Any]:
    wanted = reduce(
        lambda one, other: one.op("||")(other),
        (reduce(lambda one, other: one.op("&&")(other), map(_query, terms)) for terms in choices),
    )
    words: sa.ColumnElement[Any] = sa.literal_column(_WORDS)
    version = sa.table("version", sa.column("fid"))
    rank = -sa.func.ts_rank(words, wanted)
    return sa.select(version.c.fid, rank.label("rank")).where(words.op("@@")(wanted))


def _query(term: Term) -> sa.ColumnElement[Any]:
    bare = re.sub(r"[\W_]+", " ", term.text).strip()
    simple: sa.ColumnElement[Any] = sa.literal_column("'simple'::regconfig")
    if not term.is_beginning:
        return sa.func.phraseto_tsquery(simple, bare)
    return sa.func.to_tsquery(simple, f"'{bare}':*")
