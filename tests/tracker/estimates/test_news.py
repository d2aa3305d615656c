"""A change between two days of knowledge is the product of its steps."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from tracker.errors import InvalidValueError
from tracker.estimates.estimation import estimate
from tracker.estimates.news import MOST_STEPS, news
from tracker.vocabulary import Status


def changed(world, *claims, since=10, as_of=30, day=9, area="theatre"):
    """Decompose the change of an area's estimate for a day."""
    found = news(
        claims,
        world.put(claims),
        world.setting,
        world.target(as_of),
        area=area,
        day=world.start + timedelta(days=day),
        since=world.start + timedelta(days=since),
    )
    return found[0] if found else None


def median(world, claims, as_of, day=9, area="theatre"):
    """Estimate the day by a run of its own."""
    day = world.start + timedelta(days=day)
    (row,) = estimate(
        claims,
        world.put(claims),
        world.setting,
        world.target(as_of),
        days=(day, day),
        area=area,
    )
    return row.p50


@pytest.mark.parametrize("area", ["theatre", "west"])
def test_the_steps_multiply_to_the_whole_change(world, area):
    """Nothing of the change that a reader sees is left unexplained, joined areas included."""
    claims = [
        world.said(50_000, day=5),
        world.said(20_000, day=5, area="west"),
        world.said(70_000, day=9, lag_days=8, claimant="agency"),
        world.said(34_000, day=8, lag_days=14, claimant="paper", area="west"),
    ]

    found = changed(world, *claims, area=area)

    total = np.log1p([step.median_change for step in found.steps]).sum()
    then, now = (median(world, claims, as_of, area=area) for as_of in (10, 30))
    assert total == pytest.approx(np.log(now / then), abs=1e-6)
    assert [step.claim for step in found.steps] == [None, *claims[2:]]
    assert [step.area for step in found.steps] == [None, "theatre", "west"]


def test_a_higher_figure_raises_and_is_named(world):
    """The step of a new claim says who came when, and has its sign."""
    found = changed(
        world, world.said(50_000, day=5), world.said(70_000, day=9, lag_days=8, claimant="agency")
    )

    assert found.steps[-1].median_change > 0.05
    assert found.steps[-1].words == "agency, published 2030-01-18"
    assert found.median_change == pytest.approx(found.after.p50 / found.before.p50 - 1)


def test_a_claim_on_a_sector_moves_its_theatre(world):
    """What came on a part is a step of the whole, with the part's name."""
    claims = [world.said(50_000, day=5), world.said(20_000, day=5, area="west")]
    found = changed(
        world, *claims, world.said(60_000, day=9, lag_days=8, area="west", claimant="agency")
    )

    assert found.steps[-1].area == "west"
    assert found.steps[-1].median_change > 0.01


def test_a_correction_shows_in_the_first_step(world):
    """What was taken back since changes what the older claims say."""
    wrong = world.said(150_000, day=5, status=Status.RETRACTED)
    other = world.said(100_000, day=6, claimant="agency")
    right = world.said(101_000, day=5, lag_days=10, corrects=(wrong.id,))

    assert changed(world, wrong, other, right).steps[0].median_change < -0.02


def test_many_new_claims_share_a_step(world):
    """Only the last ones are told one by one; the product is still the whole change."""
    claims = [
        world.said(50_000 + 100 * i, day=9, lag_days=3, claimant=f"agency {i}")
        for i in range(MOST_STEPS + 5)
    ]
    found = changed(world, world.said(40_000, day=5), *claims)

    assert len(found.steps) == MOST_STEPS + 2
    assert found.steps[1].claim is None
    total = np.log1p([step.median_change for step in found.steps]).sum()
    assert total == pytest.approx(np.log1p(found.median_change), abs=1e-6)


def test_without_news_nothing_changed(world):
    """A day of knowledge on which nothing came is a change of nothing."""
    found = changed(world, world.said(50_000, day=5))

    assert found.median_change == pytest.approx(0, abs=1e-9)
    assert [step.claim for step in found.steps] == [None]


def test_the_earlier_day_has_to_be_earlier(world):
    """The sentence names both days."""
    with pytest.raises(InvalidValueError, match="does not lie before"):
        changed(world, world.said(50_000), since=30, as_of=30)


def test_without_an_earlier_word_there_is_no_step(world):
    """What had no estimate has a new one, and no change."""
    found = changed(world, world.said(50_000, day=9, lag_days=8))

    assert found.before is None
    assert found.median_change is None
    assert found.steps == ()


def test_other_actors_are_no_news(world):
    """Where nobody speaks of the actor, nothing is told."""
    claim = replace(world.said(50_000, day=5), actor="BY")

    assert changed(world, claim) is None
