"""A table with what is hard to write: formulas, missing values, several kinds of shapes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import geopandas
import pytest
import shapely

from tracker.exports import Facts, Field, Table

HOSTILE = '=HYPERLINK("http://x","<b>&")'
FIELDS = (
    Field(name="id", kind="text", meaning="id"),
    Field(name="title", kind="text", meaning="title"),
    Field(name="quote", kind="text", meaning="words"),
    Field(name="claimant", kind="text", meaning="who"),
    Field(name="claim_id", kind="text", meaning="claim"),
    Field(name="place", kind="text", meaning="where"),
    Field(name="change", kind="number", meaning="change"),
    Field(name="sure", kind="flag", meaning="sure"),
    Field(name="time_from", kind="time", meaning="from"),
    Field(name="known_at", kind="time", meaning="known"),
    Field(name="day", kind="date", meaning="day"),
    Field(name="geometry", kind="geometry", meaning="where"),
)


@pytest.fixture
def make_table():
    """Return a maker of a table of two batches, the first one without a number."""

    def make():
        rows = [
            {
                "id": f"i-{number}",
                "title": HOSTILE,
                "quote": "-33.5" if number else "Єльня, \x07 “ok”\n@home",
                "claimant": None,
                "claim_id": f"c-{number}",
                "place": "Єльня",
                "change": -33.5 if number else None,
                "sure": True if number else None,
                "time_from": datetime(2022, 1, 10, 12, tzinfo=UTC) if number else None,
                "known_at": datetime(2022, 1, 11, tzinfo=UTC),
                "day": date(2022, 1, 10) if number else None,
                "geometry": shape,
            }
            for number, shape in enumerate(
                [None, shapely.Point(33.1234567, 54.6), shapely.box(30, 50, 31, 51)]
            )
        ]
        frame = geopandas.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326")
        return Table(
            name="sightings",
            title="Sightings",
            fields=FIELDS,
            facts=Facts(as_of=date(2022, 1, 12), marking="TLP:GREEN", licence="CC BY 4.0"),
            batches=[frame.iloc[:1], frame.iloc[1:]],
        )

    return make
