"""Full-text search over the wordings of reports: an FTS5 index kept true by triggers."""

from __future__ import annotations

import re

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
    run("INSERT INTO version_fts (version_fts) VALUES ('rebuild')")


def match_expression(words: str) -> str:
    """Turn what a person types into an FTS5 expression that cannot be malformed.

    Parameters
    ----------
    words : str
        Words that must all occur; `"two words"` in quotes as a phrase, `Покровск*` as a beginning.

    Returns
    -------
    str
        Quoted terms, all required.

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
            star = "*" if match["word"] is not None and text.endswith("*") else ""
            terms.append(f'"{bare}"{star}')
    if not terms:
        raise InvalidValueError(f"{words[:40]!r} has no word to look for.")
    return " ".join(terms)
