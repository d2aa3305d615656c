"""A workspace on a server exports what the same workspace in a file does."""

from datetime import date

import pytest

from tracker.publication import DEFAULT_POLICY, published_in_parts
from tracker.store import Repository
from tracker.store.copying import copy_rows
from tracker.store.selection import Criteria

pytestmark = pytest.mark.postgis
WEST_OF_THE_DON = (30.0, 48.0, 38.0, 55.0)


def test_parts_of_a_server_are_those_of_the_file(demo, postgis_address):
    """Read through a cursor of the server, decided on by the same policy."""
    criteria = Criteria(as_of=date(2022, 2, 18), actor="RU", bbox=WEST_OF_THE_DON)
    told = []
    with (
        Repository.open(demo / "tracker.gpkg") as file,
        Repository.open(postgis_address, create=True) as server,
    ):
        copy_rows(file.database, server.database)
        for repository in (file, server):
            parts = published_in_parts(
                repository, criteria=criteria, policy=DEFAULT_POLICY, most=40
            )
            told.append({claim.id for part in parts for claim in part.claims})

    assert told[0] == told[1]
    assert len(told[0]) > 50
