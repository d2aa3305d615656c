"""Mail: one message read into its words, attachments left alone."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from email.utils import parseaddr

from jobs.documents.document import Channel, Document
from jobs.documents.instants import instant_of
from jobs.documents.markup import block_lines, fragment_text
from tracker.errors import InvalidValueError, UnreadableInputError

MOST_BYTES = 8_000_000
MOST_PARTS = 200
_MALFORMED = (LookupError, ValueError, TypeError, AttributeError, OverflowError, RecursionError)
"""What `email.policy.default` raises on malformed headers and unknown encodings."""


def read_message(data: bytes) -> Document:
    """Read a message.

    Parameters
    ----------
    data : bytes
        As RFC 5322 has it.

    Returns
    -------
    Document
        Its plain text, or its HTML as text where it has no other; the domain of the sender as
        source, its Message-ID as own id.

    Raises
    ------
    UnreadableInputError
        Where it is too large, has too many parts, or does not say when it was sent.
    InvalidValueError
        Where there are no words in it.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableInputError(f"the message has more than {MOST_BYTES / 1e6:g} MB.")
    try:
        return _document(data)
    except (UnreadableInputError, InvalidValueError):
        raise
    except _MALFORMED as error:
        raise UnreadableInputError(f"the message is malformed ({type(error).__name__}).") from None


def _document(data: bytes) -> Document:
    message = email.message_from_bytes(data, policy=email.policy.default)
    if sum(1 for _ in message.walk()) > MOST_PARTS:
        raise UnreadableInputError(f"the message has more than {MOST_PARTS} parts.")
    published = instant_of(_header(message, "date"))
    if published is None:
        raise UnreadableInputError("the message does not say when it was sent.")
    sender = parseaddr(_header(message, "from"))[1]
    domain = sender.rpartition("@")[2].strip().lower().rstrip(".")
    own_id = " ".join(_header(message, "message-id").split())
    return Document(
        channel=Channel.POST,
        title=" ".join(_header(message, "subject").split()),
        text=_text(message),
        source=f"mail:{domain}" if domain else None,
        own_id=own_id if domain and own_id else None,
        published_at=published,
    )


def _header(message: EmailMessage, name: str) -> str:
    value = message.get(name)
    return "" if value is None else str(value).encode("utf-8", "replace").decode("utf-8")


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        raise UnreadableInputError("there is no text in the message.")
    content = body.get_content()
    if not isinstance(content, str):
        raise UnreadableInputError("there is no text in the message.")
    clean = content.encode("utf-8", "replace").decode("utf-8")
    if body.get_content_subtype() == "html":
        return fragment_text(clean)
    return block_lines(clean)
