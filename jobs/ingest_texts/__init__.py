"""Ingest of texts: files, folders, pages and feeds into reports, wordings, captures and claims."""

from jobs.ingest_texts.ingest import ingest_addresses, ingest_files
from jobs.ingest_texts.result import TextsIngested

__all__ = ["TextsIngested", "ingest_addresses", "ingest_files"]
