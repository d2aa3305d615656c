"""Silence is counted as silence."""

from datetime import timedelta

from tracker.estimates.effort import breaks, effort
from tracker.estimates.observations import Admission


def observed(world, *days, area="theatre"):
    """Let two sources speak on some days, in turn."""
    claims = [
        world.said(50_000, day=day, area=area, claimant=f"s-{i % 2}") for i, day in enumerate(days)
    ]
    return Admission(world.target(300), world.areas, world.factors).admit(
        claims, world.put(claims)
    )[0]


def test_each_week_counts_its_claims_and_sources(world):
    """Weeks without a word stand there with zero."""
    found = effort(observed(world, 0, 1, 2, 20), "theatre")

    assert [(period.claims, period.sources) for period in found] == [(3, 2), (0, 0), (1, 1)]
    assert (found[0].first, found[0].last) == (world.start, world.start + timedelta(days=6))


def test_a_month_of_silence_is_a_break(world):
    """The break spans the silent days; a shorter pause is none."""
    found = breaks(observed(world, 0, 20, 60), "theatre")

    assert found == ((world.start + timedelta(days=21), world.start + timedelta(days=59)),)


def test_an_area_of_which_nobody_spoke_has_no_effort(world):
    """Other areas do not count."""
    assert effort(observed(world, 0, area="west"), "theatre") == ()
    assert breaks(observed(world, 0, area="west"), "theatre") == ()
