"""Parts and total inform each other, and contradictions are shown."""

import numpy as np
import pytest

from tracker.estimates.grid import SizeGrid, moments, quantiles
from tracker.estimates.reconciliation import CONFLICT_SD, added, blurred, families, join, within

GRID = SizeGrid(low=30, high=1_200_000)
SILENT = np.stack([GRID.lognormal(10_000, 2.0, 0.1)[None]] * 2)
UNKNOWN = GRID.lognormal(30_000, 3.0, 0.0)[None]
FULL, NONE = np.ones(1), np.zeros(1)


def known(size, log_sd=0.1):
    """Lay a well-known size over the grid, for one day."""
    return GRID.lognormal(size, log_sd, 0.0)[None]


def median(mass):
    """Read the median off the one day."""
    return float(np.exp(quantiles(GRID, mass[0], np.array([0.5]))[0]))


def test_well_known_parts_give_the_total():
    """20,000 and 30,000 make 50,000 where nobody spoke of the total."""
    joined = join(GRID, np.stack([known(20_000), known(30_000)]), SILENT, UNKNOWN, FULL)

    assert median(joined.total) == pytest.approx(50_000, rel=0.05)


def test_a_well_known_total_bounds_an_unknown_part():
    """Of 50,000 in all, 20,000 in one part leave 30,000 for the other."""
    wide = GRID.lognormal(10_000, 2.0, 0.1)[None]

    joined = join(GRID, np.stack([known(20_000), wide]), SILENT, known(50_000), FULL)

    assert median(joined.sectors[1]) == pytest.approx(30_000, rel=0.12)


def test_both_together_know_more_than_either():
    """The total is narrower after its parts were heard."""
    parts, total = np.stack([known(20_000, 0.2), known(30_000, 0.2)]), known(50_000, 0.2)

    joined = join(GRID, parts, SILENT, total, FULL)

    assert moments(GRID, joined.total)[1] < 0.8 * moments(GRID, total)[1]
    assert moments(GRID, joined.sectors[0])[1] < moments(GRID, parts[0])[1]


def test_silent_parts_leave_the_total_alone():
    """Sectors of which nothing is known do not add up to a belief."""
    total = known(80_000, 0.5)

    joined = join(GRID, SILENT, SILENT, total, FULL)

    assert median(joined.total) == pytest.approx(median(total), rel=0.03)


def test_without_power_parts_and_total_keep_to_themselves():
    """Where all that is unknown is one silence, neither side tells the other anything."""
    parts, total = np.stack([known(40_000, 1.0), known(40_000, 1.0)]), known(80_000, 1.0)

    joined = join(GRID, parts, SILENT, total, NONE)

    np.testing.assert_allclose(joined.total, total, atol=1e-9)
    np.testing.assert_allclose(joined.sectors, parts, atol=1e-9)


def test_parts_that_exceed_the_total_are_a_finding():
    """60,000 and 70,000 against a total of 50,000 is a conflict; 20,000 and 30,000 is none."""
    agree, clash = (
        join(GRID, np.stack([known(a), known(b)]), SILENT, known(50_000), FULL).conflict_sd[0]
        for a, b in ((20_000, 30_000), (60_000, 70_000))
    )

    assert abs(agree) < 1
    assert clash > CONFLICT_SD


def test_blurring_adds_variance_and_keeps_the_atom():
    """A normal error adds its variance and moves nobody into or out of zero."""
    sharp = GRID.lognormal(10_000, 0.3, 0.2)[None]

    soft = blurred(GRID, sharp, np.array([0.4]))

    assert moments(GRID, soft)[1][0] == pytest.approx(0.25, rel=0.02)
    assert soft[0, 0] == pytest.approx(0.2)


def test_families_group_parts_under_their_total():
    """Areas without a parent belong to none."""
    assert families({"west": "all", "east": "all", "all": None}) == {"all": ("west", "east")}


@pytest.mark.parametrize("size", [5_000, 50_000, 500_000])
def test_what_is_held_is_no_larger_than_its_holder(size):
    """No quantile exceeds the holder's; a size far below it is left as it is."""
    holder, levels = known(60_000, 0.3), np.array([0.05, 0.5, 0.95])

    held = within(known(size, 0.5), holder)

    cuts = quantiles(GRID, held[0], levels)
    assert (cuts <= quantiles(GRID, holder[0], levels) + 1e-6).all()
    assert held.sum() == pytest.approx(1)
    if size == 5_000:
        assert median(held) == pytest.approx(size, rel=0.02)


def test_a_total_of_which_nobody_spoke_is_made_up_of_its_parts():
    """What was said of the parts stays as it is, and adds up."""
    parts = [known(20_000), known(30_000)]

    whole = added(GRID, parts)

    assert median(whole.total) == pytest.approx(50_000, rel=0.03)
    assert whole.sectors == pytest.approx(np.stack(parts))
