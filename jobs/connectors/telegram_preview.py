"""Public Telegram channels by their preview pages, t.me/s/NAME, back to the last post seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import Field

from jobs.connector import ConnectorOptions, Cursor, Delivery, Piece, Reach, Source
from jobs.documents.decoding import decode
from jobs.documents.posts import Preview, post_address, read_preview
from jobs.errors import SourceError
from jobs.processes.parsing import parse
from tracker.errors import UnreadableInputError

NEEDS = ("address",)
MOST_REMEMBERED = 400
"""Posts whose words are remembered, to notice edits and deletions: some twenty pages."""
_CHANNEL = re.compile(r"(?P<home>https?://[^/?#]+)(?:/s)?/(?P<channel>[A-Za-z0-9_]{3,64})/?$")


class Options(ConnectorOptions):
    """How far back one reading goes."""

    most_pages: int = Field(20, ge=1, le=500, description="Most pages of a reading.")
    first_pages: int = Field(3, ge=1, le=500, description="Pages of the first reading.")
    watched_pages: int = Field(
        1, ge=1, le=20, description="Pages that every reading looks at for edits and deletions."
    )


def read(source: Source, reach: Reach, cursor: Cursor) -> Iterator[Delivery]:
    """Read new posts, and those that were edited or deleted on the pages that are watched.

    Parameters
    ----------
    source : Source
        `address` of the channel, https://t.me/s/NAME or https://t.me/NAME.
    reach : Reach
        The network.
    cursor : Cursor
        The last post seen, and fingerprints of the latest posts by number.

    Yields
    ------
    Delivery
        One per page that holds something new, the newest page first; the cursor comes last, so
        that a run that was killed among the pages begins anew.

    Raises
    ------
    SourceError
        Where it is no public channel.
    """
    match = _CHANNEL.match(source.address)
    if match is None:
        raise SourceError(source.name, "its address is none of a channel: https://t.me/s/NAME.")
    home, channel = match["home"], match["channel"]
    last = int(cursor.get("last", 0))
    seen: dict[str, str] = dict(cursor.get("posts", {}))
    options: Options = source.options
    most = options.most_pages if last else min(options.first_pages, options.most_pages)
    before: int | None = None
    notes: tuple[str, ...] = ()
    for page in range(1, most + 1):
        address = f"{home}/s/{channel}" + (f"?before={before}" if before else "")
        piece, preview = _page(source, reach, address, channel)
        delivery = _news(piece, preview, seen, channel)
        if delivery is not None:
            yield delivery
        if not preview.numbers or preview.numbers[0] <= 1:
            break
        before = preview.numbers[0]
        if last and before <= last + 1 and page >= options.watched_pages:
            break
    else:
        if last:
            notes = (f"posts between {last} and {before} were not reached; raise most_pages.",)
    kept = _kept(seen, last)
    if kept != dict(cursor) or notes:
        yield Delivery(cursor=kept, notes=notes)


def _page(source: Source, reach: Reach, address: str, channel: str) -> tuple[Piece, Preview]:
    answer = reach.fetcher.fetch(address)
    try:
        preview = parse(read_preview, decode(answer.content), channel)
    except UnreadableInputError as error:
        raise SourceError(source.name, f"{address}: {error}") from None
    return Piece.of_answer(answer), preview


def _news(piece: Piece, preview: Preview, seen: dict[str, str], channel: str) -> Delivery | None:
    # what is new or changed on a page; `seen` learns it
    documents = [
        post for number, post in preview.posts.items() if seen.get(str(number)) != post.wording
    ]
    gone = _gone(preview, seen)
    for number, post in preview.posts.items():
        seen[str(number)] = post.wording
    for number in gone:
        del seen[str(number)]
    if not (documents or gone or preview.rejected):
        return None
    return Delivery(
        piece=piece,
        documents=tuple(documents),
        gone=tuple(post_address(channel, number) for number in gone),
        rejected=preview.rejected,
    )


def _gone(preview: Preview, seen: dict[str, str]) -> list[int]:
    if not preview.numbers:
        return []
    first, last = preview.numbers[0], preview.numbers[-1]
    there = set(preview.numbers)
    return [number for key in seen if first <= (number := int(key)) <= last and number not in there]


def _kept(seen: dict[str, str], last: int) -> dict[str, Any]:
    numbers = sorted(map(int, seen), reverse=True)[:MOST_REMEMBERED]
    return {
        "last": max([last, *numbers]),
        "posts": {str(number): seen[str(number)] for number in sorted(numbers)},
    }
