"""Posts of a public Telegram channel, as the preview pages of t.me show them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

import lxml.html
from lxml.etree import ParserError

from jobs.documents.document import Channel, Document
from jobs.documents.instants import instant_of
from jobs.documents.markup import element_text, require_tame_markup
from tracker.errors import InvalidValueError, UnreadableInputError

_NAME = re.compile(r"(?P<channel>[A-Za-z0-9_]{3,64})/(?P<number>\d{1,12})")


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """What one page shows.

    Parameters
    ----------
    posts : dict of int to Document
        Posts with words, by their number, oldest first.
    numbers : tuple of int
        Numbers of all posts on the page, those without words included.
    rejected : tuple of str
        One sentence for each post that cannot be read.
    """

    posts: dict[int, Document]
    numbers: tuple[int, ...]
    rejected: tuple[str, ...]


def post_address(channel: str, number: int) -> str:
    """Say where readers find a post.

    Parameters
    ----------
    channel : str
        Name of the channel.
    number : int
        Number of the post.

    Returns
    -------
    str
        Its canonical address.
    """
    return f"https://t.me/{channel}/{number}"


def read_preview(markup: str, channel: str) -> Preview:
    """Read a preview page.

    Parameters
    ----------
    markup : str
        HTML.
    channel : str
        The channel that was asked for; posts of others on its page are left out.

    Returns
    -------
    Preview
        Its posts.

    Raises
    ------
    UnreadableInputError
        Where it is no preview of a channel: private, renamed or gone channels lead to a page of
        another kind, and must not look like one whose posts were all deleted.
    """
    require_tame_markup(markup)
    try:
        root = lxml.html.document_fromstring(markup)
    except (ParserError, ValueError):
        raise UnreadableInputError("there is nothing in the page.") from None
    if not root.find_class("tgme_channel_history"):
        raise UnreadableInputError("it is no preview of a public channel; check its name.")
    posts: dict[int, Document] = {}
    numbers, rejected = [], []
    for message in root.find_class("tgme_widget_message"):
        named = _NAME.fullmatch(message.get("data-post") or "")
        if named is None or named["channel"].lower() != channel.lower():
            continue
        number = int(named["number"])
        numbers.append(number)
        try:
            document = _post(message, channel, number)
        except InvalidValueError as error:
            rejected.append(f"post {number}: {error}")
            continue
        if document is not None:
            posts[number] = document
    return Preview(
        posts=dict(sorted(posts.items())), numbers=tuple(sorted(numbers)), rejected=tuple(rejected)
    )


def _post(message: lxml.html.HtmlElement, channel: str, number: int) -> Document | None:
    bodies = [
        body
        for body in message.find_class("tgme_widget_message_text")
        if not any("reply" in (above.get("class") or "") for above in body.iterancestors("a"))
    ]
    text = element_text(bodies[0]) if bodies else ""
    if not any(char.isalnum() for char in text):
        return None  # a picture alone
    published = _published(message)
    if published is None:
        raise InvalidValueError("it does not say when it was published.")
    return Document(
        channel=Channel.POST,
        title=_forwarded(message),
        text=text,
        source=f"t.me/{channel.lower()}",
        own_id=post_address(channel, number),
        address=post_address(channel, number),
        published_at=published,
    )


def _published(message: lxml.html.HtmlElement) -> datetime | None:
    for place in message.find_class("tgme_widget_message_date"):
        for time in place.iter("time"):
            return instant_of(time.get("datetime") or "")
    return None


def _forwarded(message: lxml.html.HtmlElement) -> str:
    names = message.find_class("tgme_widget_message_forwarded_from_name")
    name = " ".join(names[0].text_content().split()) if names else ""
    return f"Forwarded from {name[:200]}" if name else ""
