"""Maps that others keep: GeoJSON, KML, KMZ and GeoPackage, their attributes mapped by settings."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from jobs.connector import Cursor, Delivery, Reach, Row, Source
from jobs.connector.payload import ids_gone, payloads
from jobs.connector.row_mapping import MappedOptions, map_record
from jobs.documents.geo_features import Feature, read_features
from jobs.errors import SourceError
from jobs.processes.parsing import parse
from tracker.errors import InvalidValueError, UnreadableInputError
from tracker.place_index import covering_radius_km

NEEDS = ("address", "path")
_ENDINGS = frozenset({".geojson", ".json", ".kml", ".kmz", ".gpkg"})


class Options(MappedOptions):
    """How sharp the positions are, and what the attributes mean."""

    radius_km: float = Field(
        5, ge=0, le=500, description="The true place of a point lies within it with 90 %, km."
    )
    file_name: str | None = Field(
        None, max_length=100, description="Name whose ending tells the format of an address."
    )


def read(source: Source, reach: Reach, cursor: Cursor) -> Iterator[Delivery]:
    """Read the map where it changed: one record per feature.

    Parameters
    ----------
    source : Source
        `path` of a file or folder, or `address`.
    reach : Reach
        Network and files.
    cursor : Cursor
        Hash, validators and ids by file.

    Yields
    ------
    Delivery
        One per file that changed.

    Raises
    ------
    SourceError
        Where it is no such file.
    """
    seen = dict(cursor)
    for piece, kept in payloads(source, reach, cursor, endings=_ENDINGS):
        try:
            features = parse(
                read_features, piece.content, name=source.options.file_name or piece.name
            )
        except UnreadableInputError as error:
            raise SourceError(source.name, f"{piece.name}: {error}") from None
        rows, rejected = [], []
        for feature in features:
            try:
                rows.append(_row(source, feature))
            except InvalidValueError as error:
                rejected.append(f"{feature.where}: {error}")
        key = piece.address or piece.name
        unique = {row.cells["id"]: row for row in rows}
        doubled = len(rows) - len(unique)
        gone = ids_gone(kept, seen.get(key), list(unique), is_complete=not rejected)
        seen[key] = kept
        yield Delivery(
            piece=piece,
            rows=tuple(unique.values()),
            gone=gone,
            rejected=tuple(rejected),
            notes=(f"{doubled} features repeat others and are left out.",) if doubled else (),
            cursor=dict(seen),
        )


def _row(source: Source, feature: Feature) -> Row:
    if feature.geometry is None:
        raise InvalidValueError(feature.fault or "it has no geometry.")
    point = feature.geometry.representative_point()
    reach_km = covering_radius_km(feature.geometry)
    position = {
        "lon": f"{point.x:.6f}",
        "lat": f"{point.y:.6f}",
        "radius_km": f"{min(reach_km + source.options.radius_km, 20_000):.3f}",
    }
    defaults = {
        **position,
        "area": f"{point.y:.4f}, {point.x:.4f}",
        "claimant": source.settings.publisher,
        "kind": "sighting",
        "status": "actual",
    }
    record = {**feature.properties, **position}
    return map_record(source.options, record, feature.where, defaults)
