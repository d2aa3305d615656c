"""The registry of actors knows whose troops there are."""

import pytest

from tracker.actors import UNKNOWN, read_actors, seed_actors
from tracker.errors import NotFoundError, UnreadableInputError


def test_registry_knows_its_actors():
    """An actor is found by id, with its names."""
    assert seed_actors().get("BY").name == "Belarus"
    assert UNKNOWN in seed_actors()
    assert len({actor.id for actor in seed_actors()}) >= 6


def test_an_unknown_actor_is_named_in_the_error():
    """The message says which id is missing."""
    with pytest.raises(NotFoundError, match="'XX'"):
        seed_actors().get("XX")


@pytest.mark.parametrize("words", ["RU", "ru", "Russia", " RUSSIA ", "Россия", "Росія"])
def test_an_actor_is_found_by_its_names(words):
    """What people write leads to the id, and what nobody is called stays as it is."""
    assert seed_actors().id_of(words) == "RU"
    assert seed_actors().id_of("Rusia") == "Rusia"


def test_every_state_is_an_actor():
    """A theatre anywhere names its states without a table of its own."""
    assert [seed_actors().name(code) for code in ("AM", "AZ", "IN", "CN")] == [
        "Armenia",
        "Azerbaijan",
        "India",
        "China",
    ]


def test_a_table_adds_actors_and_renames_them(tmp_path):
    """Its rows stand beside the registry's and go before them."""
    table = tmp_path / "actors.csv"
    table.write_text("id,name_en,kind\nguard,Mountain Guard,armed_group\nGB,Britain,\n", "utf-8")

    actors = read_actors(table)

    assert (actors.name("guard"), actors.get("guard").kind) == ("Mountain Guard", "armed_group")
    assert (actors.name("GB"), actors.name("RU"), actors.name("XX")) == ("Britain", "Russia", "XX")


def test_what_is_no_table_of_actors_is_refused(tmp_path):
    """The message names the file and what it needs."""
    table = tmp_path / "actors.csv"
    table.write_bytes(b"code;name\nAZ;\xff\n")

    with pytest.raises(UnreadableInputError, match="is no table of actors"):
        read_actors(table)
