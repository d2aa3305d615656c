"""A change between two days of knowledge is the product of its steps."""

from datetime import timedelta

import numpy as np
import pytest

from tracker.errors import InvalidValueError, NotFoundError
from tracker.estimates.alternatives import Alternatives
from tracker.estimates.model import fit
from tracker.estimates.news import news
from tracker.vocabulary import Status


def steps(world, *claims, since=10, as_of=30, day=9):
    """Decompose the change of the theatre's estimate for a day."""
    return news(
        claims,
        world.put(claims),
        world.setting,
        world.target(as_of),
        area="theatre",
        day=world.start + timedelta(days=day),
        since=world.start + timedelta(days=since),
    )


def median(world, claims, as_of, day=9):
    """Find the theatre's log median by a run of its own."""
    fitted = fit(
        claims,
        world.put(claims),
        world.setting,
        world.target(as_of),
        (world.start + timedelta(days=day),) * 2,
    )
    at = (world.start - fitted.first_day).days + day
    around = Alternatives(fitted, world.setting, fitted.area_ids.index("theatre"), at)
    return around.run(np.ones((1, len(around.window)), bool)).cuts[0, 1]


def test_the_steps_multiply_to_the_whole_change(world):
    """Nothing of the change is left unexplained."""
    claims = [
        world.said(50_000, day=5),
        world.said(70_000, day=9, lag_days=8, claimant="agency"),
        world.said(64_000, day=8, lag_days=14, claimant="paper"),
    ]

    found = steps(world, *claims)

    total = np.log1p([step.median_change for step in found]).sum()
    assert total == pytest.approx(median(world, claims, 30) - median(world, claims, 10), abs=1e-6)
    assert [step.claim for step in found] == [None, *claims[1:]]


def test_a_higher_figure_raises_and_is_named(world):
    """The step of a new claim says who came when, and has its sign."""
    found = steps(
        world, world.said(50_000, day=5), world.said(70_000, day=9, lag_days=8, claimant="agency")
    )

    assert found[-1].median_change > 0.05
    assert found[-1].words == "agency, published 2030-01-18"


def test_a_correction_shows_in_the_first_step(world):
    """What was taken back since changes what the older claims say."""
    wrong = world.said(150_000, day=5, status=Status.RETRACTED)
    other = world.said(100_000, day=6, claimant="agency")
    right = world.said(101_000, day=5, lag_days=10, corrects=(wrong.id,))

    assert steps(world, wrong, other, right)[0].median_change < -0.02


def test_the_earlier_day_has_to_be_earlier(world):
    """The sentence names both days."""
    with pytest.raises(InvalidValueError, match="does not lie before"):
        steps(world, world.said(50_000), since=30, as_of=30)


def test_without_an_earlier_word_there_is_no_change(world):
    """What had no estimate cannot have changed."""
    with pytest.raises(NotFoundError, match="nobody had spoken"):
        steps(world, world.said(50_000, day=9, lag_days=8))
