"""Events of ACLED: its exports in CSV and JSON, and its API with the user's own account.

Places and times keep ACLED's precision codes (Codebook, "Geo-precision" and "Time precision"): they
become radii and spans, which ACLED gives in words only; the figures are ours.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from pydantic import Field

from jobs.connector import ConnectorOptions, Cursor, Delivery, Piece, Reach, Row, Source
from jobs.connector.payload import MOST_BYTES, payloads
from jobs.connector.row_mapping import cell_text
from jobs.documents.instants import instant_of_seconds
from jobs.documents.json_feed import is_json_feed, read_json
from jobs.documents.table import read_table
from jobs.errors import SourceError
from jobs.processes.parsing import parse
from tracker.errors import InvalidValueError, UnreadableInputError

NEEDS = ("address", "path")
RADIUS_M = {"1": 3_000, "2": 30_000, "3": 100_000}
"""1: the town itself; 2: near a town, or a part of a region; 3: a larger region."""
SPAN_DAYS = {"1": 0, "2": 3, "3": None}
"""1: the day; 2: within the week, three days to either side; 3: within the month."""
_NEEDED = ("event_id_cnty", "event_date", "geo_precision", "time_precision", "notes")
_ACTORS = (
    ("Military Forces of Russia", "RU"),
    ("Military Forces of Ukraine", "UA"),
    ("Military Forces of Belarus", "BY"),
    ("NAF:", "separatist"),
)


class Options(ConnectorOptions):
    """What is asked of the API."""

    token_address: str = Field(
        "https://acleddata.com/oauth/token",
        pattern=r"^https?://",
        description="Where the account is exchanged for a token.",
    )
    query: dict[str, str] = Field(
        default_factory=dict, description="Filters of the API: country, event_date, ..."
    )
    page_items: int = Field(5_000, ge=1, le=5_000, description="Events of one page of the API.")
    most_pages: int = Field(100, ge=1, le=1_000, description="Most pages of one reading.")


def read(source: Source, reach: Reach, cursor: Cursor) -> Iterator[Delivery]:
    """Read an export where it changed, or what the API has that is newer than the last reading.

    Parameters
    ----------
    source : Source
        `path` of exports, or `address` of the API with the credentials `username`, `password`.
    reach : Reach
        Network, files, secrets.
    cursor : Cursor
        Hash by file, or the latest `timestamp` of the API.

    Yields
    ------
    Delivery
        One per export, or per page.

    Raises
    ------
    SourceError
        Where it is nothing of ACLED's, or the account is refused.
    """
    if source.settings.path is None:
        yield from _from_api(source, reach, cursor)
        return
    seen = dict(cursor)
    for piece, kept in payloads(source, reach, cursor, endings=(".csv", ".json")):
        seen[piece.name] = kept
        rows, rejected, _ = _rows(source, piece, _events(source, piece))
        yield Delivery(piece=piece, rows=rows, rejected=rejected, cursor=dict(seen))


def _from_api(source: Source, reach: Reach, cursor: Cursor) -> Iterator[Delivery]:
    token = _token(source, reach)
    last = int(cursor.get("timestamp", 0))
    latest = last
    for page in range(1, source.options.most_pages + 1):
        query = {
            "_format": "json",
            **source.options.query,
            **({"timestamp": str(last), "timestamp_where": ">="} if last else {}),
            "limit": str(source.options.page_items),
            "page": str(page),
        }
        answer = reach.fetcher.fetch(
            f"{source.address}?{urlencode(query)}",
            headers={"authorization": f"Bearer {token}"},
            most_bytes=MOST_BYTES,
        )
        piece = Piece.of_answer(answer)
        events = _events(source, piece)
        rows, rejected, newest = _rows(source, piece, events)
        latest = max(latest, newest)
        if rows or rejected:
            yield Delivery(piece=piece, rows=rows, rejected=rejected)
        if len(events) < source.options.page_items:
            break
    if latest != last:
        yield Delivery(cursor={"timestamp": latest})


def _token(source: Source, reach: Reach) -> str:
    answer = reach.fetcher.fetch(
        source.options.token_address,
        form={
            "username": reach.secret(source, "username"),
            "password": reach.secret(source, "password"),
            "grant_type": "password",
            "client_id": "acled",
        },
    )
    try:
        said = read_json(answer.content)
    except UnreadableInputError:
        said = None
    token = said.get("access_token") if isinstance(said, dict) else None
    if not isinstance(token, str) or not token.isascii() or any(c.isspace() for c in token):
        raise SourceError(source.name, "ACLED gave no token; check the account.")
    return token


def _events(source: Source, piece: Piece) -> list[Mapping[str, Any]]:
    try:
        if is_json_feed(piece.content) or piece.content.lstrip()[:1] == b"[":
            value = read_json(piece.content)
            events = value.get("data") if isinstance(value, dict) else value
        else:
            events = list(parse(read_table, piece.content).records)
    except UnreadableInputError as error:
        raise SourceError(source.name, f"{piece.name}: {error}") from None
    if not isinstance(events, list):
        raise SourceError(source.name, f"{piece.name} is no list of events of ACLED.")
    return events


def _rows(
    source: Source, piece: Piece, events: list[Mapping[str, Any]]
) -> tuple[tuple[Row, ...], tuple[str, ...], int]:
    rows, rejected, newest = [], [], 0
    for number, event in enumerate(events, start=1):
        try:
            _require_columns(event)
            rows.append(Row(where=f"event {number}", cells=_cells(source, event)))
            stamp = cell_text(event.get("timestamp"))
            newest = max(newest, int(stamp) if stamp.isascii() and stamp.isdigit() else 0)
        except (InvalidValueError, TypeError) as error:
            rejected.append(f"event {number}: {error}")
    if events and not rows and all("it has no" in reason for reason in rejected):
        raise SourceError(source.name, f"{piece.name} is no list of events of ACLED.")
    return tuple(rows), tuple(rejected), newest


def _require_columns(event: Mapping[str, Any]) -> None:
    missing = [name for name in _NEEDED if name not in event]
    if missing:
        raise InvalidValueError(f"it has no {', '.join(missing)}.")


def _cells(source: Source, event: Mapping[str, Any]) -> dict[str, str]:
    def cell(name: str) -> str:
        return cell_text(event.get(name))

    first, last = span_of(cell("event_date"), cell("time_precision"))
    known = instant_of_seconds(cell("timestamp")) if cell("timestamp") else None
    radius_m = RADIUS_M.get(cell("geo_precision"))
    if radius_m is None:
        raise InvalidValueError(f"the geo_precision {cell('geo_precision')[:20]!r} is unknown.")
    place = ", ".join(part for part in (cell("location"), cell("admin1")) if part)
    return {
        "id": cell("event_id_cnty"),
        "actor": _actor(cell("actor1"), cell("actor2")),
        "area": place or f"{cell('latitude')}, {cell('longitude')}",
        "lat": cell("latitude"),
        "lon": cell("longitude"),
        "radius_km": f"{radius_m / 1000:g}",
        "observed_from": first.isoformat(),
        "observed_to": last.isoformat(),
        "published": (known.date() if known else last).isoformat(),
        "claimant": cell("source").split(";")[0].strip() or source.settings.publisher,
        "via": source.settings.publisher,
        "kind": "sighting",
        "status": "actual",
        "quote": cell("notes"),
        "citation": f"{source.settings.publisher}, {cell('event_id_cnty')}",
        "note": f"{cell('event_type')}: {cell('actor1')}; {cell('actor2')}",
    }


def span_of(day: str, precision: str) -> tuple[date, date]:
    """Turn ACLED's day and its precision into a span.

    Parameters
    ----------
    day : str
        ISO day.
    precision : str
        1, 2 or 3.

    Returns
    -------
    tuple of date
        First and last day on which it may have been.

    Raises
    ------
    InvalidValueError
        Where one of them is none.
    """
    try:
        middle = date.fromisoformat(day)
    except ValueError:
        raise InvalidValueError(f"the event_date {day[:20]!r} is no ISO day.") from None
    if precision not in SPAN_DAYS:
        raise InvalidValueError(f"the time_precision {precision[:20]!r} is unknown.")
    to_either_side = SPAN_DAYS[precision]
    if to_either_side is None:
        days = calendar.monthrange(middle.year, middle.month)[1]
        return middle.replace(day=1), middle.replace(day=days)
    return middle - timedelta(days=to_either_side), middle + timedelta(days=to_either_side)


def _actor(first: str, second: str) -> str:
    for name in (first, second):
        for start, actor in _ACTORS:
            if name.startswith(start):
                return actor
    return "unknown"
