"""Read one text: its claims and their places, without a workspace and with nothing stored."""

from __future__ import annotations

from datetime import date, datetime

from geopandas import GeoDataFrame

from tracker import clock
from tracker.errors import InvalidValueError
from tracker.exports.claim_table import claim_rows_frame
from tracker.extraction import extract
from tracker.reports.report import Report, Version, require_utc
from tracker.timespan import parse_date

SOURCE = "text"
LANGUAGES = ("en", "ru", "uk")


def read(
    text: str, *, published: date | datetime | str | None = None, lang: str | None = None
) -> GeoDataFrame:
    """Read the claims of a text: who says what, how many, where and when.

    Parameters
    ----------
    text : str
        A text in English, Russian or Ukrainian, as published.
    published : date, datetime or str, optional
        When it was published: an aware datetime in UTC, a UTC day, or either in ISO 8601; by
        default now. "Yesterday" counts from it.
    lang : {'en', 'ru', 'uk'}, optional
        Its language; by default told by its letters and words.

    Returns
    -------
    GeoDataFrame
        One row per claim and place, EPSG:4326: `quote`, `kind`, `status`, `actor`, `claimant`,
        `best`, `low`, `high` (in `unit`), `observed_from`, `observed_to` (UTC), `role`, `place`,
        `radius_km`, `geometry` and the others of `tracker.exports.columns.CLAIMS`.

    Raises
    ------
    InvalidValueError
        Where the time or the language is none.

    Examples
    --------
    >>> import tracker
    >>> frame = tracker.read(
    ...     "Some 900 Russian soldiers arrived in Yelnya yesterday.", published="2022-01-13"
    ... )
    >>> frame[["best", "unit", "place_text"]].values.tolist()
    [[900.0, 'personnel', 'Yelnya']]
    """
    at = _instant(published)
    if lang is not None and lang not in LANGUAGES:
        raise InvalidValueError(f"'{lang}' is no language that is read; use en, ru or uk.")
    version = Version(
        report_id=Report(source=SOURCE, own_id=text.strip()[:80] or SOURCE).id,
        title="",
        text=text,
        published_at=at,
        known_at=at,
    )
    claims, placed = extract(
        text, report_id=version.report_id, version_id=version.id, published=at, lang=lang
    )
    return claim_rows_frame(claims, placed, {})


def _instant(published: date | datetime | str | None) -> datetime:
    if published is None:
        return clock.now()
    if isinstance(published, datetime):
        require_utc(published, "published")
        return published
    return parse_date(published if isinstance(published, str) else published.isoformat()).end
