"""Documents: what a file or an answer from the network holds, read into text with its facts."""

from jobs.documents.document import Channel, Document, Reading
from jobs.documents.origin import Origin
from jobs.documents.reading import MOST_BYTES, read_document

__all__ = ["MOST_BYTES", "Channel", "Document", "Origin", "Reading", "read_document"]
