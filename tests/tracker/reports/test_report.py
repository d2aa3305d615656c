"""Reports, versions and captures: what was published, in which wording, and its bytes."""

from datetime import UTC, datetime

import pytest

from tracker.errors import InvalidValueError
from tracker.reports import Capture, Report, Version

NOON = datetime(2022, 1, 10, 12, tzinfo=UTC)
EVENING = datetime(2022, 1, 10, 18, tzinfo=UTC)


def version(**fields):
    plain = {"report_id": "r-1", "title": "Trains", "text": "A train passed Omsk."}
    return Version(**plain | {"published_at": NOON, "known_at": NOON} | fields)


def test_a_report_is_its_source_and_its_own_id():
    """Language and address may be learnt later without a second report."""
    plain = Report(source="cit", own_id="post/17")

    assert plain.id == Report(source="cit", own_id="post/17", language="ru").id
    assert plain.id != Report(source="cit", own_id="post/18").id


@pytest.mark.parametrize(("source", "own_id"), [("", "17"), ("cit", "  ")])
def test_a_report_without_an_identity_is_refused(source, own_id):
    """Two anonymous reports could not be told apart."""
    with pytest.raises(InvalidValueError, match="needs a source and an id or address of its own"):
        Report(source=source, own_id=own_id)


def test_an_edit_is_a_new_version():
    """Text, title and publication time make a version; when it was captured does not."""
    first = version()

    assert first.id != version(text="Two trains passed Omsk.", known_at=EVENING).id
    assert first.id == version(known_at=EVENING).id


def test_a_wording_is_not_known_before_it_was_published():
    """A clock set wrongly is caught here."""
    with pytest.raises(InvalidValueError, match="cannot be known before it was published"):
        version(published_at=EVENING)


@pytest.mark.parametrize("sha256", ["", "ab" * 31, "AB" * 32, "../" + "a" * 61])
def test_a_capture_is_named_by_its_hash(sha256):
    """The hash is a file name in the archive: nothing else may stand there."""
    with pytest.raises(InvalidValueError, match="is no SHA-256 hash in hex"):
        Capture(version_id="v-1", sha256=sha256, address="a.csv", captured_at=NOON)


def test_the_headers_of_a_capture_cannot_be_changed():
    """A value handed out stays as it was."""
    headers = {"etag": "1"}
    capture = Capture(
        version_id="v-1", sha256="a" * 64, address="a", captured_at=NOON, headers=headers
    )
    headers["etag"] = "2"

    assert capture.headers == {"etag": "1"}
    with pytest.raises(TypeError):
        capture.headers["etag"] = "3"
