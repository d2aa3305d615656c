"""Where everything is kept: one GeoPackage file that QGIS opens."""

from tracker.store.filed import FiledReport, Provenance
from tracker.store.intake import Added
from tracker.store.repository import Repository
from tracker.store.selection import Criteria

__all__ = ["Added", "Criteria", "FiledReport", "Provenance", "Repository"]
