"""An estimate can be taken apart into its claims."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tracker.errors import NotFoundError
from tracker.estimates.explanation import explain
from tracker.estimates.factors import Factor
from tracker.estimates.flows import FlowEvidence
from tracker.vocabulary import Extent, Status, Unit


def why(world, *claims, area="theatre", day=20, setting=None):
    """Explain the estimate of an area on a day."""
    return explain(
        claims,
        world.put(claims),
        setting or world.setting,
        world.target(60),
        area=area,
        day=world.start + timedelta(days=day),
    )


def test_a_high_claim_raises_the_median(world):
    """Effects have the sign and order that one expects."""
    claims = [world.said(100_000, day=19, claimant="a"), world.said(99_000, day=20, claimant="b")]
    high = world.said(140_000, day=20, claimant="c")

    found = why(world, *claims, high)

    assert found.influences[0].claim == high
    assert found.influences[0].median_change > 0.02
    assert "the median would be" in found.influences[0].sentence
    assert "lower" in found.influences[0].sentence
    assert all(i.median_change < 0 for i in found.influences[1:])


def test_relays_are_listed_with_weight_zero(world):
    """What counts nothing stands there all the same, with the reason."""
    origin = world.said(94_300, day=19)
    relay = world.said(94_000, day=20, claimant="paper", relays=(origin.id,))

    last = why(world, origin, relay).influences[-1]

    assert (last.claim, last.weight, last.median_change) == (relay, 0, None)
    assert "not counted, rests on" in last.sentence


def test_a_gross_error_is_called_one(world):
    """A number four times all others is probably wrong, and hardly moves the median."""
    claims = [world.said(100_000 + 1_100 * i, day=15 + i, claimant=f"s-{i}") for i in range(6)]
    wrong = world.said(400_000, day=20, claimant="odd")

    (found,) = (i for i in why(world, *claims, wrong).influences if i.claim == wrong)

    assert found.gross_error > 0.8
    assert found.median_change < 0.1
    assert "probably a gross error" in found.sentence


def test_what_was_left_aside_on_the_area_is_listed(world):
    """A part's upper bound concerns the area though it says nothing of its strength."""
    from tracker.vocabulary import Qualifier

    level = world.said(50_000, day=20)
    part = world.said(5_000, day=20, extent=Extent.PART, measure={"qualifier": Qualifier.UP_TO})

    assert [left.claim for left in why(world, level, part).aside] == [part]


def test_contradicting_sectors_are_a_finding(world):
    """60,000 and 70,000 in the sectors against 50,000 in all is shown, not smoothed away."""
    claims = [
        world.said(size, day=20, area=area, claimant=f"{area}-{i}")
        for area, sizes in (
            ("west", (60_000, 61_000)),
            ("east", (70_000, 71_000)),
            ("theatre", (50_000, 51_000)),
        )
        for i, size in enumerate(sizes)
    ]

    assert why(world, *claims).conflict_sd > 2.5


def test_an_area_without_a_word_cannot_be_explained(world):
    """The sentence says that nobody spoke of it."""
    with pytest.raises(NotFoundError, match="no claim known by"):
        why(world, world.said(50_000, status=Status.PLANNED))


def test_a_day_before_the_first_word_cannot_be_explained(world):
    """There is no estimate before anybody spoke."""
    with pytest.raises(NotFoundError, match="nobody had spoken"):
        why(world, world.said(50_000, day=30), day=5)


def test_a_floor_is_called_one(world):
    """A part counts as a lower bound alone, and its sentence says so; a level's does not."""
    level = world.said(50_000, day=19)
    part = world.said(30_000, day=20, extent=Extent.PART, claimant="agency")

    sentences = {one.claim: one.sentence for one in why(world, level, part).influences}

    assert "of a part, so a floor alone" in sentences[part]
    assert "floor" not in sentences[level]


def test_movements_that_moved_an_estimate_are_named(world):
    """Trains into a sector stand in its explanation with what they do to the median."""
    trains = FlowEvidence(
        area="east",
        actor="RU",
        first_day=world.start + timedelta(days=10),
        last_day=world.start + timedelta(days=14),
        low=5,
        high=5,
        known_at=datetime(2030, 1, 16, tzinfo=UTC),
        arrival_days=(0, 1),
        claims=("c-trains",),
    )
    factors = replace(
        world.setting.factors, carriers={Unit.TRAIN: Factor(log_mean=5.34, log_sd=0.4)}
    )
    moving = replace(world.setting, flows=(trains,), factors=factors)
    level = world.said(5_000, day=5, area="east")

    found, later, still = (
        why(world, level, area="east", day=20, setting=moving),
        why(world, level, area="east", day=8, setting=moving),
        why(world, level, area="east", day=20),
    )

    assert found.inflow.flows == (trains,)
    assert found.inflow.median_change > 0.1
    assert "lower" in found.inflow.lines[0]
    assert "in: 25 trains" in found.inflow.lines[1]
    assert found.estimate.p50 == pytest.approx(
        still.estimate.p50 * (1 + found.inflow.median_change)
    )
    assert later.inflow is None
    assert still.inflow is None
