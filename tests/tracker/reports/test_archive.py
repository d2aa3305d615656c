"""The archive of raw bytes."""

from __future__ import annotations

import errno
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import (
    DamagedWorkspaceError,
    InvalidValueError,
    NotFoundError,
    ReadOnlyWorkspaceError,
    WorkspaceError,
)
from tracker.reports.archive import Archive


@pytest.fixture
def archive(tmp_path):
    """Make an empty archive."""
    return Archive(tmp_path / "archive")


@given(data=st.binary(max_size=5000))
def test_bytes_come_back_as_they_were(tmp_path_factory, data):
    """What is added is read back under its hash."""
    archive = Archive(tmp_path_factory.getbasetemp() / "archive")

    sha256 = archive.add(data)

    assert sha256 == hashlib.sha256(data).hexdigest()
    assert archive.read(sha256) == data
    assert archive.is_intact(sha256)
    assert sha256 in archive


def test_files_are_named_after_their_hash(archive):
    """The file lies in ab/cd/ and holds the bytes and nothing else."""
    sha256 = archive.add(b"bytes")

    path = archive.folder / sha256[:2] / sha256[2:4] / sha256
    assert path.read_bytes() == b"bytes"
    assert [found.name for found in path.parent.iterdir()] == [sha256]


def test_adding_twice_is_adding_once(archive):
    """The second time nothing is written."""
    path = archive.path_of(archive.add(b"bytes"))
    before = path.stat().st_mtime_ns

    archive.add(b"bytes")

    assert path.stat().st_mtime_ns == before
    assert list(archive.hashes()) == [path.name]


def test_a_file_cut_short_is_written_again(archive):
    """What a full disk left half is made whole by adding it again."""
    sha256 = archive.add(b"bytes")
    archive.path_of(sha256).write_bytes(b"byt")

    archive.add(b"bytes")

    assert archive.read(sha256) == b"bytes"


def test_many_writers_of_the_same_bytes(archive):
    """Writers that add the same bytes at once do each other no harm."""
    with ThreadPoolExecutor(8) as pool:
        hashes = set(pool.map(archive.add, [b"bytes" * 1000] * 40))

    assert len(hashes) == 1
    assert archive.is_intact(hashes.pop())
    assert archive.sweep() == 0


def test_changed_bytes_are_not_returned(archive):
    """A file that was changed is reported and not read as if nothing had been."""
    sha256 = archive.add(b"bytes")
    archive.path_of(sha256).write_bytes(b"other")

    assert not archive.is_intact(sha256)
    with pytest.raises(DamagedWorkspaceError, match="no longer has the hash of its name"):
        archive.read(sha256)


def test_missing_bytes_are_named(archive):
    """Bytes that are not there are asked for in vain."""
    assert "0" * 64 not in archive
    assert not archive.is_intact("0" * 64)
    with pytest.raises(NotFoundError, match="no bytes with the hash 0000"):
        archive.read("0" * 64)


@pytest.mark.parametrize("name", ["../../etc/passwd", "AB" * 32, "", "ab", "0" * 64 + "\n"])
def test_no_name_leads_out_of_the_folder(archive, name):
    """What is no hash is no path."""
    with pytest.raises(InvalidValueError, match="no SHA-256 hash"):
        archive.path_of(name)


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        (errno.EROFS, ReadOnlyWorkspaceError, "cannot be written to"),
        (errno.EACCES, ReadOnlyWorkspaceError, "cannot be written to"),
        (errno.ENOSPC, WorkspaceError, "No space left"),
    ],
)
def test_a_failure_leaves_nothing_behind(archive, monkeypatch, number, kind, words):
    """A full disk or a read-only folder is named, and no half file stays."""

    def fail(_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(kind, match=words):
        archive.add(b"bytes")

    assert [path for path in archive.folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("count", [0, 1, 3, 40])
def test_many_pieces_are_archived_like_one_by_one(archive, tmp_path, count):
    """Same names, same bytes, nothing left over; a piece that comes twice is there once."""
    pieces = [f"piece {number % 30}".encode() for number in range(count)]
    alone = Archive(tmp_path / "alone")

    hashes = archive.add_all(pieces)

    assert hashes == [alone.add(piece) for piece in pieces]
    assert all(archive.read(sha256) == piece for sha256, piece in zip(hashes, pieces, strict=True))
    assert archive.sweep() == 0


def test_pieces_that_cannot_be_written_leave_nothing_behind(archive, monkeypatch):
    """A disk that fills up in the middle is one error, and no draft stays."""
    pieces = [bytes([number]) * 10 for number in range(20)]
    written = iter(range(20))

    def full(handle, *how):
        if next(written) == 7:
            os.close(handle)
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, *how)

    real = os.fdopen
    monkeypatch.setattr("tracker.reports.archive.os.fdopen", full)
    with pytest.raises(WorkspaceError, match="No space left"):
        archive.add_all(pieces)
    monkeypatch.undo()

    assert list(archive.hashes()) == []
    assert archive.sweep() == 0
    assert archive.add_all(pieces) == [hashlib.sha256(piece).hexdigest() for piece in pieces]
