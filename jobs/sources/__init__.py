"""The sources of a workspace: which there are, what they give, how they are."""

from jobs.sources.catalogue import Catalogue, connector_names, load_connector, read_catalogue
from jobs.sources.checking import SourceCheck, check_sources, list_records, run_name
from jobs.sources.reading import read_sources
from jobs.sources.result import SourceReading

__all__ = [
    "Catalogue",
    "SourceCheck",
    "SourceReading",
    "check_sources",
    "connector_names",
    "list_records",
    "load_connector",
    "read_catalogue",
    "read_sources",
    "run_name",
]
