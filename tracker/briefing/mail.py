"""A briefing as a mail that can be sent or opened: plain text, HTML, pictures inside."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from tracker.briefing.html import fill_html
from tracker.briefing.markdown import render_markdown
from tracker.briefing.model import Briefing
from tracker.briefing.phrases import plain

HOST = "briefing.invalid"
"""Right side of ids: RFC 2606 keeps it from ever being somebody's."""


def render_mail(
    briefing: Briefing, pictures: Mapping[str, bytes] | None = None, folder: Path | None = None
) -> bytes:
    """Write a briefing as a mail without sender and recipients.

    Parameters
    ----------
    briefing : Briefing
        The briefing.
    pictures : Mapping of str to bytes, optional
        PNG bytes of its pictures by name; the HTML names them by `cid:`, which mail programs show
        where they refuse `data:`.
    folder : Path, optional
        Folder of a user's own templates.

    Returns
    -------
    bytes
        A message (RFC 5322) of Markdown and HTML. Equal briefings give equal bytes: its date is
        that of the state recorded, its ids and boundaries are hashes of what it is.
    """
    edition, shown = briefing.edition, dict(pictures or {})
    key = f"{edition.series}/{edition.area}/{edition.as_of}/{edition.number}/{edition.language}"
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"troop-tracker/briefing/{key}").hex
    ids = {name: f"{number}.{identity}@{HOST}" for number, name in enumerate(shown, start=1)}
    message = EmailMessage(policy=SMTP)
    # TLP 2.0 asks for the label in the subject and in the body.
    marking = f"[{plain(edition.marking)}] " if edition.marking else ""
    message["Subject"] = f"{marking}{plain(edition.title)}, {edition.as_of}"
    message["Date"] = format_datetime(edition.as_recorded)
    message["Message-ID"] = f"<{identity}@{HOST}>"
    message.set_content(render_markdown(briefing, folder))
    html = fill_html(briefing, {name: f"cid:{one}" for name, one in ids.items()}, folder)
    message.add_alternative(html, subtype="html")
    for name, data in shown.items():
        page = message.get_payload(1)
        assert isinstance(page, EmailMessage)
        page.add_related(
            data, "image", "png", cid=f"<{ids[name]}>", filename=name, disposition="inline"
        )
    boxes = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(boxes):
        part.set_boundary(f"=_{identity}_{number}")
    return message.as_bytes()
