"""From the words of a text to claims: rules over tokens, with the words in tables."""

from tracker.extraction.extraction import EXTRACTOR, extract
from tracker.extraction.languages import language_of
from tracker.extraction.records import claim_records

__all__ = ["EXTRACTOR", "claim_records", "extract", "language_of"]
