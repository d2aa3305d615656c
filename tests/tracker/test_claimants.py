"""Claimants are found by name, also inside longer words."""

import pytest

from tracker.claimants import read_claimants, seed_claimants
from tracker.errors import UnreadableInputError


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


def test_a_table_adds_claimants_and_gives_known_ones_other_names(tmp_path):
    """Its rows go before the package's; without a table the registry is the package's."""
    table = tmp_path / "claimants.csv"
    table.write_text("id,name_en,aliases\nridge,Ridge Watchers,RW;Watchers\nafp,Agency,\n", "utf-8")

    claimants = read_claimants(table)

    assert [claimants.find(name) for name in ("rw", "Watchers", "Agency", "Bellingcat")] == [
        "ridge",
        "ridge",
        "afp",
        "bellingcat",
    ]
    assert claimants.get("afp").name == "Agency"
    assert read_claimants(tmp_path / "none.csv") is seed_claimants()


@pytest.mark.parametrize(
    ("text", "reason"),
    [("name\nRidge\n", "it needs the columns id"), ("id,name_en,reliability\na,b,Z\n", "A to F")],
)
def test_what_is_no_table_of_claimants_is_refused(tmp_path, text, reason):
    """The message says what is wrong."""
    table = tmp_path / "claimants.csv"
    table.write_text(text, "utf-8")

    with pytest.raises(UnreadableInputError, match=reason):
        read_claimants(table)
