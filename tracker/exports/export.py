"""Write a table into a file: as a whole or not at all, with its description beside it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from tracker.errors import UnreadableInputError
from tracker.exports.flat import flat_fields
from tracker.exports.formats import ENDINGS, Form
from tracker.exports.metadata import metadata
from tracker.exports.table import Table
from tracker.workspace import require_writable

Writer = Callable[[Table, Path, list[str]], int]

_WRITERS = {
    Form.CSV: ("delimited", "write"),
    Form.GEOJSON: ("geojson", "write"),
    Form.GEOPACKAGE: ("geopackage", "write"),
    Form.GEOPARQUET: ("parquet", "write"),
    Form.KML: ("kml", "write"),
    Form.KMZ: ("kml", "write_zipped"),
    Form.STIX: ("stix", "write"),
    Form.TIMEMAP: ("timemap", "write"),
    Form.XLSX: ("workbook", "write"),
}
_FLAT = {Form.CSV, Form.XLSX}
_BLOCK = 1 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Exported:
    """What an export wrote.

    Parameters
    ----------
    file, metadata : Path
        The file, and its description beside it.
    rows : int
        Rows in it.
    withheld : tuple of str
        What the policy held back or made coarser.
    """

    file: Path
    metadata: Path
    rows: int
    withheld: tuple[str, ...]


def write_table(table: Table, file: Path, form: Form, withheld: list[str]) -> Exported:
    """Write a table into a file, and its description into `FILE.metadata.json`.

    Parameters
    ----------
    table : Table
        The table.
    file : Path
        The file; what it held before is replaced when the new one is complete.
    form : Form
        Its form.
    withheld : list of str
        What was held back; whoever gives the rows fills it before the last one was read.

    Returns
    -------
    Exported
        What was written.

    Raises
    ------
    UnreadableInputError
        Where a folder has this name.
    ReadOnlyWorkspaceError
        Where its folder cannot be written to.
    InvalidValueError
        Where the form cannot hold this table.
    """
    if file.is_dir():
        raise UnreadableInputError(f"{file} is a folder; name a file in it.")
    require_writable(file.parent)
    file.parent.mkdir(parents=True, exist_ok=True)
    # A folder of its own: GDAL writes further files beside the one that it is asked for.
    folder = Path(tempfile.mkdtemp(dir=file.parent, prefix=f".{file.name}-"))
    try:
        # Under the ending of its form, whatever the file is called: GDAL warns of others.
        made = folder / f"made{_ending(form)}"
        rows = _writer(form)(table, made, withheld)
        fields = flat_fields(table) if form in _FLAT else table.fields
        about = {
            **metadata(table, fields, rows, withheld),
            "format": str(form),
            "file": file.name,
            "bytes": made.stat().st_size,
            "sha256": _sha256(made),
        }
        beside = folder / f"{file.name}.metadata.json"
        text = json.dumps(about, ensure_ascii=False, indent=1)
        beside.write_text(f"{text}\n", "utf-8", newline="\n")
        _settle(made, file)
        _settle(beside, file.parent / beside.name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Exported(
        file=file, metadata=file.parent / beside.name, rows=rows, withheld=tuple(withheld)
    )


def table_bytes(table: Table, form: Form, withheld: Sequence[str] = ()) -> bytes:
    """Write a small table into memory.

    Parameters
    ----------
    table : Table
        The table.
    form : Form
        Its form.
    withheld : sequence of str
        What was held back.

    Returns
    -------
    bytes
        What its file would hold.
    """
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / f"made{_ending(form)}"
        _writer(form)(table, made, list(withheld))
        return made.read_bytes()


def _ending(form: Form) -> str:
    return next(ending for ending, one in ENDINGS.items() if one is form)


def _writer(form: Form) -> Writer:
    module, function = _WRITERS[form]
    write: Writer = getattr(import_module(f"tracker.exports.{module}"), function)
    return write


def _settle(made: Path, file: Path) -> None:
    with made.open("rb") as written:
        os.fsync(written.fileno())
    made.chmod(0o644)
    made.replace(file)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
