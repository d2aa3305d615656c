"""Figures are predicted from what was public before them, and scored."""

import math
from datetime import timedelta

from tracker.estimates.backtest import backtest
from tracker.vocabulary import Qualifier


def rehearse(world, *claims):
    """Predict the figures of a ministry a week ahead."""
    return backtest(
        claims,
        world.put(claims),
        world.setting,
        world.target(90),
        area="theatre",
        first=world.start + timedelta(days=20),
    )


def test_a_figure_is_predicted_without_itself(world):
    """What came later cannot make its own prediction right."""
    early = [world.said(50_000 + 900 * i, day=5 * i, claimant=f"s-{i}") for i in range(3)]
    figure = world.said(200_000, day=30)

    (prediction,) = rehearse(world, *early, figure)

    assert (prediction.as_of - world.start).days == 23
    assert math.exp(prediction.quantiles[9]) < 80_000
    assert not prediction.inside_90


def test_a_figure_as_expected_scores_well(world):
    """A steady size is predicted within the interval and with a small score."""
    early = [world.said(50_000 + 900 * i, day=5 * i, claimant=f"s-{i}") for i in range(4)]
    floor = world.said(50_000, day=30, measure={"qualifier": Qualifier.MORE_THAN})

    (prediction,) = rehearse(world, *early, floor)

    assert prediction.inside_90
    assert prediction.score < 0.15
    assert set(prediction.baseline_scores) >= {"last claim", "linear trend"}


def test_relays_papers_and_first_words_are_not_predicted(world):
    """Only new official figures with something before them count."""
    first = world.said(50_000, day=25)
    relay = world.said(50_000, day=27, relays=(first.id,))
    paper = world.said(53_000, day=40, claimant="paper")

    assert rehearse(world, first, relay, paper) == ()
