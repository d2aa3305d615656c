"""What a connector is, and what several of them share: articles behind leads, files, columns."""

from jobs.connector.contract import (
    Connector,
    ConnectorOptions,
    Cursor,
    Delivery,
    Piece,
    Reach,
    Row,
    Source,
)
from jobs.settings.sources import Manifest

__all__ = [
    "Connector",
    "ConnectorOptions",
    "Cursor",
    "Delivery",
    "Manifest",
    "Piece",
    "Reach",
    "Row",
    "Source",
]
