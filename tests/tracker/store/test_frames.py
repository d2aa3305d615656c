"""Claims and places as frames."""

from __future__ import annotations

import pandas as pd
import shapely

from tracker.claims import Measure
from tracker.timespan import span_of_dates
from tracker.vocabulary import PlaceRole, Qualifier, Unit


def test_frames_say_what_the_values_say(repository, store_claim, make_placed):
    """A frame has one row per claim and place, with the words, the numbers and the instants."""
    measure = Measure(qualifier=Qualifier.ABOUT, unit=Unit.PERSONNEL, best=900)
    claim = store_claim(measure=measure, observed=span_of_dates("2022-01-05", "2022-01-08"))
    repository.add_claims((), [make_placed(claim), make_placed(claim, role=PlaceRole.TO)])

    frame = repository.placed_frame()

    assert list(frame["id"]) == [claim.id, claim.id]
    assert list(frame["role"]) == ["at", "to"]
    first = frame.iloc[0]
    assert (first["quote"], first["best"], first["unit"]) == (claim.quote.text, 900, "personnel")
    assert first["observed_from"].to_pydatetime() == claim.observed.start
    assert first["observed_to"].to_pydatetime() == claim.observed.end
    assert first["geometry"] == shapely.Point(33.2, 54.6)
    assert frame.crs == 4326


def test_types_of_columns_do_not_depend_on_rows(repository, store_claim, make_placed):
    """An empty frame has the columns and types of a full one; what is not stated is missing."""
    empty = repository.placed_frame().dtypes
    repository.add_claims((), [make_placed(store_claim())])
    full = repository.placed_frame()

    pd.testing.assert_series_equal(empty, full.dtypes)
    assert str(empty["known_at"]) == "datetime64[ms, UTC]"
    assert str(empty["best"]) == "float64"
    assert full["best"].isna().all()
    assert full["claimant"].isna().all()


def test_claims_without_places_are_in_the_frame_of_claims(repository, store_claim):
    """The frame of claims has one row per claim, placed or not."""
    claims = [store_claim("1"), store_claim("2")]

    frame = repository.claims_frame()

    assert set(frame["id"]) == {claim.id for claim in claims}
    assert len(repository.placed_frame()) == 0


def test_criteria_narrow_frames(repository, store_claim, make_placed):
    """A frame is narrowed as the values are."""
    repository.add_claims((), [make_placed(store_claim())])

    assert len(repository.placed_frame(bbox=(33, 54, 34, 55))) == 1
    assert len(repository.placed_frame(bbox=(0, 0, 1, 1))) == 0
    assert len(repository.claims_frame(bbox=(33, 54, 34, 55), actor="RU")) == 1
    assert len(repository.claims_frame(actor="BY")) == 0
