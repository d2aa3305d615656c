"""What is remembered of a source is what its next reading needs, and no write without a change."""

import pytest

from tracker.store import Repository
from tracker.store.cursors import Cursors


@pytest.fixture
def cursors(tmp_path):
    """Open an empty database."""
    with Repository.open(tmp_path / "tracker.gpkg", create=True) as repository:
        yield Cursors(repository.database)


def test_a_source_that_was_never_read_has_no_cursor(cursors):
    """Unknown is not empty."""
    assert cursors.read("feed") is None


def test_a_cursor_comes_back_as_it_was_kept(cursors):
    """JSON in, the same JSON out, source by source."""
    cursors.keep("feed", {"etag": '"1"', "seen": [1, 2]})
    cursors.keep("other", {})

    assert cursors.read("feed").cursor == {"etag": '"1"', "seen": [1, 2]}
    assert cursors.read("other").cursor == {}


def test_the_same_cursor_is_not_written_again(cursors):
    """`changed_at` tells when a source last gave something new."""
    cursors.keep("feed", {"etag": '"1"'})
    before = cursors.read("feed")

    assert not cursors.keep("feed", {"etag": '"1"'})
    assert cursors.read("feed") == before
    assert cursors.keep("feed", {"etag": '"2"'})
