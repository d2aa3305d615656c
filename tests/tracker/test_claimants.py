"""Claimants are found by name, also inside longer words."""

import pytest

from tracker.claimants import seed_claimants


@pytest.mark.parametrize(
    ("words", "claimant_id"),
    [
        ("Bellingcat", "bellingcat"),
        ("the open-source group Bellingcat", "bellingcat"),
        ("«Беларускі Гаюн»", "belarusian-hajun"),
        ("a man in the street", None),
        ("", None),
    ],
)
def test_names_are_found_within_words(words, claimant_id):
    """The longest known name among the words decides."""
    assert seed_claimants().find_within(words) == claimant_id
