"""What leaves in an export is what may be published, whole or in parts, and as narrow as asked."""

import json
from datetime import UTC, date, datetime

import pandas as pd
import pytest

import tracker
from tracker import publication
from tracker.errors import InvalidValueError, NotFoundError
from tracker.exports import LAYERS
from tracker.publication import DEFAULT_POLICY, Policy, Rule, published, published_in_parts
from tracker.store.selection import Criteria
from tracker.vocabulary import ClaimKind

DAY = date(2022, 2, 18)
PROTECT_ALL = Policy(rules=(), otherwise=Rule(delay_hours=24, grid_km=25))


@pytest.fixture(scope="module")
def t(demo):
    with tracker.open(demo) as opened:
        yield opened


def rows_of(t, layer, tmp_path, **options):
    done = t.export(layer, tmp_path / f"{layer}.geojson", **{"as_of": DAY} | options)
    features = json.loads(done.file.read_text("utf-8"))["features"]
    return pd.DataFrame([one["properties"] for one in features])


@pytest.mark.parametrize("layer", [name for name in LAYERS if name != "estimates"])
def test_every_layer_has_rows_and_every_column_its_meaning(t, tmp_path, layer):
    """The declared columns are written; the description beside the file explains each."""
    done = t.export(layer, tmp_path / "x.csv", as_of=DAY, licence="CC BY 4.0")
    about = json.loads(done.metadata.read_text("utf-8"))
    back = pd.read_csv(done.file)

    assert len(back) == done.rows == about["rows"] > 0
    assert back.columns.tolist() == [field["name"] for field in about["fields"]]
    assert all(field["meaning"] for field in about["fields"])
    assert (about["as_of"], about["licence"]) == ("2022-02-18", "CC BY 4.0")


def test_estimates_of_one_actor(t, tmp_path):
    """Quantiles rise, and each row names its claims."""
    back = pd.read_csv(t.export("estimates", tmp_path / "x.csv", as_of=DAY, actor="RU").file)

    assert set(back["actor"]) == {"RU"}
    assert (back["p05"] <= back["p95"]).all()
    assert back["claims"].str.startswith("c-").any()


@pytest.mark.parametrize("policy", [DEFAULT_POLICY, PROTECT_ALL])
def test_parts_give_what_the_whole_gives(t, policy):
    """Claims decided on a few reports at a time are those decided on at once."""
    whole = published(t.repository, as_of=DAY, estimates=(), policy=policy)
    parts = list(
        published_in_parts(t.repository, criteria=Criteria(as_of=DAY), policy=policy, most=40)
    )

    assert len(parts) > 3
    told = {claim.id: claim for part in parts for claim in part.claims}
    assert told == {claim.id: claim for claim in whole.claims}
    assert sorted(str(place) for part in parts for place in part.placed) == sorted(
        map(str, whole.placed)
    )
    total = sum((part.tally for part in parts), publication.Withheld())
    assert publication.in_words(total) == whole.withheld


def test_positions_of_the_protected_are_coarse(t, tmp_path):
    """The same layer under a policy that protects everyone names no place and says why."""
    done = t.export("sightings", tmp_path / "x.csv", as_of=DAY, policy=PROTECT_ALL)
    back = pd.read_csv(done.file)

    assert back["place"].str.contains("cell").all()
    assert any("25 km cell" in line for line in done.withheld)


def test_criteria_narrow_what_is_told(t, tmp_path):
    """Kind, actor and time decide in the database which claims are read."""
    span = (datetime(2022, 1, 1, tzinfo=UTC), datetime(2022, 1, 31, tzinfo=UTC))
    back = rows_of(t, "claims", tmp_path, kind=ClaimKind.MOVEMENT, actor="RU", observed=span)

    assert set(back["kind"]) == {"movement"}
    assert set(back["actor"]) == {"RU"}
    assert (back["observed_from"] < "2022-02").all()
    assert len(back) < len(rows_of(t, "claims", tmp_path))


def test_a_box_is_asked_of_the_positions_that_are_told(t, tmp_path):
    """Of protected troops the centre of the cell decides: small boxes find nobody."""
    all_told = t.export("sightings", tmp_path / "x.csv", as_of=DAY, policy=PROTECT_ALL)
    frame = pd.read_csv(all_told.file)
    west, south = 30.0, 50.0
    inside = frame[frame["lon"].between(west, 36) & frame["lat"].between(south, 55)]

    told = t.export(
        "sightings",
        tmp_path / "y.csv",
        as_of=DAY,
        bbox=(west, south, 36, 55),
        policy=PROTECT_ALL,
    )

    assert 0 < len(inside) < len(frame)
    assert set(pd.read_csv(told.file)["id"]) == set(inside["id"])


def test_a_criterion_that_says_nothing_is_refused(t, tmp_path):
    """Nobody believes to have narrowed what is whole."""
    with pytest.raises(InvalidValueError, match="areas cannot be narrowed by kind"):
        t.export("areas", tmp_path / "x.csv", kind=ClaimKind.MOVEMENT)
    with pytest.raises(NotFoundError, match="the layers are claims"):
        t.export("tanks", tmp_path / "x.csv")
