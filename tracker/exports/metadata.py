"""What travels with an export: meanings of its columns, licence, attribution, day of knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.exports.table import WGS84, Field, Table


def metadata(
    table: Table, fields: Sequence[Field], rows: int, withheld: Sequence[str]
) -> dict[str, Any]:
    """Describe an export.

    Parameters
    ----------
    table : Table
        The table.
    fields : sequence of Field
        The columns that its form has.
    rows : int
        Rows that were written.
    withheld : sequence of str
        What was held back, and why.

    Returns
    -------
    dict
        Plain values: `name, title, as_of, marking, licence, cite_as, attribution, withheld, crs,
        rows, fields`, each field with `name, kind, meaning`; null where not stated.
    """
    facts = table.facts
    return {
        "name": table.name,
        "title": table.title,
        "as_of": facts.as_of.isoformat(),
        "marking": facts.marking or None,
        "licence": facts.licence or None,
        "cite_as": facts.citation or None,
        "attribution": list(facts.attribution),
        "withheld": list(withheld),
        "crs": WGS84 if table.has_shapes else None,
        "rows": rows,
        "fields": [
            {"name": field.name, "kind": field.kind, "meaning": field.meaning} for field in fields
        ],
    }


def in_lines(table: Table) -> str:
    """Describe an export in a few lines of text.

    Parameters
    ----------
    table : Table
        The table.

    Returns
    -------
    str
        Title, day of knowledge, marking, licence, citation and attribution.
    """
    facts = table.facts
    said = (
        f"{table.title}, as known on {facts.as_of}",
        f"Marking: {facts.marking}" if facts.marking else "",
        f"Licence: {facts.licence}" if facts.licence else "",
        f"Cite as: {facts.citation}" if facts.citation else "",
        *facts.attribution,
    )
    return "\n".join(line for line in said if line)
