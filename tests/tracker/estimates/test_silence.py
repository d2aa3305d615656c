"""One silence is not counted twice, once for the total and once for its parts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.estimates.silence import coupling, grown_in_silence

DAY = np.ones(1)


def test_variance_grows_from_the_nearest_word():
    """Between and after claims only what exceeds the better known neighbour grew in silence."""
    grown = grown_in_silence(np.array([0.5, 0.1, 0.4, 0.2, 0.6]), np.array([1, 3]))

    np.testing.assert_allclose(grown, [0.4, 0.0, 0.3, 0.0, 0.4])


def test_what_nobody_spoke_of_is_silent_without_end():
    """An area without a claim has no best known day."""
    assert np.isinf(grown_in_silence(np.ones(3), np.array([], dtype=np.int64))).all()


@pytest.mark.parametrize(
    ("total_grown", "grown", "power"),
    [
        (0.0, [1.0, 1.0], 1.0),
        (1.0, [0.0, 0.0], 1.0),
        (1.0, [1.0, 1.0], 0.5),
        (1.0, [np.inf, np.inf], 0.0),
        (np.inf, [1.0, 1.0], 1.0),
    ],
    ids=["fresh total", "fresh parts", "one silence", "unheard parts", "unheard total"],
)
def test_the_limits_of_the_power(total_grown, grown, power):
    """Only a silence that total and parts share takes from what they tell each other."""
    found = coupling(DAY, total_grown * DAY, np.array(grown)[:, None], np.ones((2, 1)))

    assert found[0] == pytest.approx(power, abs=2e-3)


@given(
    total_grown=st.floats(0, 1),
    longer=st.floats(0, 1),
    grown=st.lists(st.floats(0, 5), min_size=1, max_size=4),
)
def test_a_longer_silence_never_couples_more(total_grown, longer, grown):
    """The power falls as the total's silence lengthens, and stays between 0 and 1."""
    parts, sizes = np.array(grown)[:, None], np.ones((len(grown), 1))

    short, long = (
        coupling(DAY, np.array([silence]), parts, sizes)[0]
        for silence in (total_grown, min(total_grown + longer, 1))
    )

    assert 0 <= long <= short + 1e-12 <= 1 + 2e-12
