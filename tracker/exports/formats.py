"""The forms that an export can have, told by the ending of the file's name."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from tracker.errors import InvalidValueError


class Form(StrEnum):
    """A form of file."""

    CSV = "csv"
    GEOJSON = "geojson"
    GEOPACKAGE = "geopackage"
    GEOPARQUET = "geoparquet"
    KML = "kml"
    KMZ = "kmz"
    STIX = "stix"
    TIMEMAP = "timemap"
    XLSX = "xlsx"


ENDINGS = {
    ".csv": Form.CSV,
    ".geojson": Form.GEOJSON,
    ".gpkg": Form.GEOPACKAGE,
    ".parquet": Form.GEOPARQUET,
    ".geoparquet": Form.GEOPARQUET,
    ".kml": Form.KML,
    ".kmz": Form.KMZ,
    ".stix.json": Form.STIX,
    ".timemap.json": Form.TIMEMAP,
    ".xlsx": Form.XLSX,
}
"""Ending of a name -> form; a longer ending comes before a shorter one that it holds."""


def form_of(file: Path, named: str | None = None) -> Form:
    """Tell the form of a file.

    Parameters
    ----------
    file : Path
        The file.
    named : str, optional
        The form's name, where a person gave one; it wins.

    Returns
    -------
    Form
        The form.

    Raises
    ------
    InvalidValueError
        Where no form has this name, or none has this ending.
    """
    if named is not None:
        if named.lower() in set(Form):
            return Form(named.lower())
        raise InvalidValueError(f"'{named}' is no format; choose one of {', '.join(Form)}.")
    name = file.name.lower()
    for ending, form in ENDINGS.items():
        if name.endswith(ending):
            return form
    raise InvalidValueError(
        f"{file.name} does not tell its format; end it in {', '.join(ENDINGS)}, or name the format."
    )
