"""What a fetch or a file proves of a report: a capture, or nothing new."""

from __future__ import annotations

from jobs.documents import Channel, Origin
from jobs.ingest_texts.identity import FORM, GONE, channel_of
from tracker.reports.report import Capture
from tracker.store.filed import FiledReport


def capture_of(version_id: str, channel: Channel, sha256: str, origin: Origin) -> Capture:
    """Note where and when bytes gave a wording.

    Parameters
    ----------
    version_id : str
        The wording.
    channel : Channel
        Through what it was read.
    sha256 : str
        Hash of the bytes.
    origin : Origin
        Where they came from.

    Returns
    -------
    Capture
        With the channel among its headers; a file is named by its path.
    """
    return Capture(
        version_id=version_id,
        sha256=sha256,
        address=origin.address or origin.name,
        captured_at=origin.captured_at,
        status=origin.status,
        headers={**origin.headers, FORM: str(channel)},
    )


def proves_nothing(filed: FiledReport, capture: Capture, channel: Channel) -> bool:
    """Tell whether a capture adds nothing to those that are held.

    Parameters
    ----------
    filed : FiledReport
        The report as it is stored.
    capture : Capture
        The capture.
    channel : Channel
        Through what it was read.

    Returns
    -------
    bool
        A page that is fetched again proves that it still says so; a file on the disk, or an entry
        or a post that stayed in its list, proves nothing new.
    """
    held = [kept for kept in filed.captures if kept.version_id == capture.version_id]
    if channel is Channel.POST:
        return bool(held) and channel_of(held[-1]) == channel and GONE not in held[-1].headers
    if channel is Channel.ENTRY:
        return any(kept.address == capture.address and channel_of(kept) == channel for kept in held)
    return capture.status is None and any(kept.sha256 == capture.sha256 for kept in held)
