"""The registry of actors knows whose troops there are."""

import pytest

from tracker.actors import UNKNOWN, seed_actors
from tracker.errors import NotFoundError


def test_registry_knows_its_actors():
    """An actor is found by id, with its names."""
    assert seed_actors().get("BY").name == "Belarus"
    assert UNKNOWN in seed_actors()
    assert len({actor.id for actor in seed_actors()}) >= 6


def test_an_unknown_actor_is_named_in_the_error():
    """The message says which id is missing."""
    with pytest.raises(NotFoundError, match="'XX'"):
        seed_actors().get("XX")
