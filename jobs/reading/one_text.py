"""Read one text without a workspace: its claims or its places as JSON."""

from __future__ import annotations

import json

from geo.geocoding import geocode, mention_line
from tracker import clock
from tracker.extraction.extraction import extract
from tracker.extraction.records import claim_records
from tracker.reports.report import Report, Version
from tracker.timespan import parse_date

SOURCE = "text"


def claims_of(text: str, *, published: str | None, lang: str | None) -> str:
    """Read the claims of a text.

    Parameters
    ----------
    text : str
        The text.
    published : str or None
        ISO date or instant of its publication; now where None.
    lang : str or None
        `en`, `ru` or `uk`; told by the letters where None.

    Returns
    -------
    str
        A JSON array, as `tracker extract --json` prints.
    """
    at = parse_date(published).end if published else clock.now()
    if not text.strip():
        return "[]"
    version = Version(
        report_id=Report(source=SOURCE, own_id=text.strip()[:80]).id,
        title="",
        text=text,
        published_at=at,
        known_at=at,
    )
    claims, placed = extract(
        text, report_id=version.report_id, version_id=version.id, published=at, lang=lang
    )
    return json.dumps(claim_records(claims, placed), ensure_ascii=False)


def places_of(text: str, *, published: str | None, lang: str | None) -> str:
    """Find the places of a text, with no theatre in mind.

    Parameters
    ----------
    text : str
        The text.
    published : str or None
        ISO date or instant of its publication.
    lang : str or None
        `en`, `ru` or `uk`; told by the letters where None.

    Returns
    -------
    str
        A JSON array, as `tracker places --json` prints.
    """
    at = parse_date(published).end if published else None
    mentions = geocode(text, lang=lang, published=at)
    return f"[{', '.join(mention_line(mention) for mention in mentions)}]"
