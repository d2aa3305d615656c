"""The tables, and nothing but the tables: domain values stay apart and are mapped row by row.

Two times everywhere: `known_at` is when the public could know, `recorded_at` when this workspace
wrote the row. No row is changed: a new reading, placing or wording is a new row with the same `id`,
and the row with the highest `fid` holds. Only what was empty in a report is filled in once it is
learnt. `fid` is the integer key that a GeoPackage asks for.
"""

from __future__ import annotations

from tracker.store import claim_tables, derived_tables, job_tables, report_tables
from tracker.store.table import metadata

__all__ = ["claim_tables", "derived_tables", "job_tables", "metadata", "report_tables"]
