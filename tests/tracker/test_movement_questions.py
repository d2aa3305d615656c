"""What people ask about movements has the promised answers on the record of 2021-22."""

from datetime import date

import pytest

import tracker
from tracker.errors import NotFoundError


@pytest.fixture
def t(demo):
    with tracker.open(demo) as opened:
        yield opened


def test_the_far_east_trains_lie_along_the_line_to_belarus(t):
    """January 2022: from the Far East by the Trans-Siberian, with the words behind each."""
    frame = t.movements(as_of=date(2022, 2, 10))

    east = frame[(frame.bounds.maxx > 100) & (frame.way == "along_the_line")]
    west = east[(east.bounds.minx < 32) & (east.time_from.dt.year == 2022)]
    assert len(west) >= 8
    assert (west.length_km > 6000).all()
    assert {"observed", "inferred", "planned"} <= set(frame.certainty)
    assert (west.quote.str.len() > 0).all()
    assert frame.crs.to_epsg() == 4326


def test_why_a_movement_shows_its_parts_and_every_claim(t):
    """From the arrow to the words: parts with their certainty, then claim by claim."""
    frame = t.movements(as_of=date(2022, 2, 10))
    (row,) = frame[frame.title.str.startswith("Ulan-Ude to Rechitsa")].itertuples()

    answer = t.why(row.movement_id)

    assert answer.record["parts"][0]["certainty"] == "inferred"
    assert [claim["id"] for claim in answer.record["claims"]] == row.claims.split("; ")
    assert "km along the line, inferred" in str(answer)
    assert str(t.why(row.id)) == str(answer)


def test_flows_count_movements_by_district_area_and_week(t):
    """The Eastern district sends movements to Belarus in January and February 2022."""
    frame = t.flows(as_of=date(2022, 2, 20))

    east = frame[(frame.district == "Eastern Military District") & (frame.area == "belarus")]
    assert len(east) >= 2
    assert all(week.weekday() == 0 for week in frame.week)
    assert not frame.duplicated(["week", "district", "area", "actor"]).any()


def test_only_trains_that_somebody_counted_are_counted(t):
    """Ships, aircraft and brigades whose trains nobody counted add no train to any table."""
    flows, parts = t.flows(as_of="2022-02-20"), t.movements(as_of="2022-02-20")

    at_sea = parts[parts["mode"] == "sea"]
    brigade = parts[parts.formation == "5th Guards Tank Brigade"]
    trains = flows[(flows.area == "belarus") & (flows.actor == "RU")].trains

    assert len(at_sea)
    assert at_sea.trains.isna().all()
    assert brigade.trains.isna().all()
    assert 33 <= trains.sum() <= 36


def test_arrivals_are_those_still_ahead(t):
    """Windows that end before the day of the question are over."""
    frame = t.arrivals(as_of=date(2022, 1, 25))

    assert (frame.p95.dt.date >= date(2022, 1, 25)).all()
    assert "belarus" in set(frame.area)
    assert t.arrivals(as_of=date(2023, 1, 1)).empty


def test_a_formation_has_its_garrison_and_its_way(t):
    """The 5th Guards Tank Brigade: garrison, entries in order, movements."""
    timeline = t.formation("5th Guards Tank Brigade", as_of=date(2022, 2, 20))

    starts = [entry.observed.start for entry in timeline.entries]
    assert timeline.garrison.startswith("Ulan-Ude")
    assert starts == sorted(starts)
    assert {one.id for one in timeline.movements} >= {
        entry.movement_id for entry in timeline.entries if entry.movement_id
    }


def test_an_unknown_formation_is_said_to_be_unknown(t):
    """A name that nothing has is no empty page."""
    with pytest.raises(NotFoundError, match="nothing is known of a formation '99th Dragon"):
        t.formation("99th Dragon Legion")
