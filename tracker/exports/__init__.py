"""Layers as files for other programs: each form has one writer, which takes rows as they come."""

from tracker.exports.export import Exported, table_bytes, write_table
from tracker.exports.formats import ENDINGS, Form, form_of
from tracker.exports.layers import LAYERS, Asked, table_of
from tracker.exports.table import Facts, Field, Table

__all__ = [
    "ENDINGS",
    "LAYERS",
    "Asked",
    "Exported",
    "Facts",
    "Field",
    "Form",
    "Table",
    "form_of",
    "table_bytes",
    "table_of",
    "write_table",
]
