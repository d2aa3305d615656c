"""The job `publish`: what was made goes to each target, none is lost, and repetitions say so.

A site is copied file by file, each whole. Alerts and briefings wait in the outbox until their
target took them: a crash between sending and marking sends them again with the same key.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from ssl import SSLContext
from typing import Any, Protocol

from jobs.briefings.brief import briefing_days, briefings_folder
from jobs.errors import JobError
from jobs.fetch import Fetcher, MailServer, send_mail
from jobs.runs.outcome import Outcome
from jobs.runs.part import rest_of, run_part
from jobs.settings import Settings, read_settings
from jobs.settings.jobs import TargetSettings
from jobs.settings.secret import read_secret
from jobs.site import LIST, put
from tracker import clock
from tracker.api import Tracker
from tracker.site import File
from tracker.store.ledger import Ledger, RunState
from tracker.store.outbox import Alert, Item, Outbox

Environment = Callable[[str], str | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sender:
    """How things are sent.

    Parameters
    ----------
    folder : Path
        Folder of the workspace.
    settings : Settings
        Its settings.
    environment : Callable
        Looks up an environment variable.
    tls : SSLContext or None
        How certificates of mail servers are checked.
    """

    folder: Path
    settings: Settings
    environment: Environment = os.environ.get
    tls: SSLContext | None = None

    def secret(self, name: str, target: TargetSettings, credential: str) -> str | None:
        """Read a credential of a target.

        Parameters
        ----------
        name : str
            Name of the target.
        target : TargetSettings
            The target.
        credential : str
            Name of the credential.

        Returns
        -------
        str or None
            None where the settings name none.

        Raises
        ------
        JobError
            Where it is not at hand; the message never holds it.
        """
        said = target.credentials.get(credential)
        if said is None:
            return None
        try:
            return read_secret(said, self.folder, self.environment)
        except JobError as error:
            raise JobError(
                f"publish.{name}: its credential {credential!r} is not at hand: {error}."
            ) from None


class _Send(Protocol):
    def __call__(self, sender: Sender, name: str, target: TargetSettings, item: Item) -> None: ...


def publish(
    tracker: Tracker, *, environment: Environment = os.environ.get, tls: SSLContext | None = None
) -> Outcome:
    """Send what was made to every target.

    Parameters
    ----------
    tracker : Tracker
        The open workspace.
    environment : Callable
        Looks up an environment variable.
    tls : SSLContext, optional
        How certificates of mail servers are checked; by the system's authorities by default.

    Returns
    -------
    Outcome
        `partial` where a target failed or rests; the others have got theirs.
    """
    settings = read_settings(tracker.workspace.settings)
    sender = Sender(
        folder=tracker.workspace.folder, settings=settings, environment=environment, tls=tls
    )
    outbox = Outbox(tracker.repository.database)
    outbox.post(_last_briefing(tracker, settings))
    outcomes = list(_each(tracker, sender, outbox))
    lines = tuple(line for one in outcomes for line in one.lines)
    is_clean = all(one.state is RunState.DONE for one in outcomes)
    return Outcome(
        state=RunState.DONE if is_clean else RunState.PARTIAL,
        message="; ".join(lines[:3]),
        counts={"sent": sum(one.counts.get("sent", 0) for one in outcomes)},
        lines=lines,
    )


def items_of(alert: Alert, settings: Settings) -> Iterator[Item]:
    """Address an alert to every target that gets alerts.

    Parameters
    ----------
    alert : Alert
        The alert.
    settings : Settings
        The targets.

    Yields
    ------
    Item
        For the outbox.
    """
    body = _body(settings, "alert", alert.key, alert.subject, alert.message)
    for name, target in settings.publish.items():
        if "alerts" in target.takes:
            yield Item(key=alert.key, target=name, body=body)


def _body(settings: Settings, kind: str, key: str, subject: str, text: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "key": key,
        "marking": str(settings.publication.policy.marking),
        "subject": subject,
        "text": text,
        "made_at": clock.now().isoformat(),
    }


def _last_briefing(tracker: Tracker, settings: Settings) -> Iterator[Item]:
    # Only the last one: a new target is not flooded with a year of them.
    folder = briefings_folder(tracker.workspace)
    for day in briefing_days(folder)[-1:]:
        text = (folder / f"{day}.md").read_text("utf-8")
        key = f"briefing:{day}"
        body = _body(settings, "briefing", key, f"{settings.page.title}, {day}", text)
        for name, target in settings.publish.items():
            if "briefings" in target.takes:
                yield Item(key=key, target=name, body=body)


def _each(tracker: Tracker, sender: Sender, outbox: Outbox) -> Iterator[Outcome]:
    ledger = Ledger(tracker.repository.database)
    for name, target in sender.settings.publish.items():
        row = f"publish.{name}"
        if (rest := rest_of(ledger, row)) is not None:
            yield Outcome(state=RunState.PARTIAL, lines=(rest,))
        elif target.to == "folder":
            yield run_part(ledger, row, lambda: _copy(tracker, sender, target))  # noqa: B023 - now
        elif waiting := outbox.unsent(name):
            yield run_part(ledger, row, lambda: _send(sender, outbox, name, target, waiting))  # noqa: B023 - now


def _send(
    sender: Sender, outbox: Outbox, name: str, target: TargetSettings, waiting: list[Item]
) -> Outcome:
    send = _BY_KIND[target.to]
    for item in waiting:
        try:
            send(sender, name, target, item)
        except Exception as error:
            outbox.mark_failed(item, str(error))
            raise
        outbox.mark_sent(item)
    return Outcome(counts={"sent": len(waiting)})


def _post(sender: Sender, name: str, target: TargetSettings, item: Item) -> None:
    headers = {"content-type": "application/json", "idempotency-key": item.key}
    token = sender.secret(name, target, "token")
    if token is not None:
        headers["authorization"] = f"Bearer {token}"
    fetch = sender.settings.fetch
    with Fetcher(
        contact=fetch.contact, allowed_hosts=target.allow_hosts, proxy=fetch.proxy
    ) as fetcher:
        body = json.dumps(item.body, ensure_ascii=False).encode("utf-8", "replace")
        fetcher.post(str(target.address), body, headers=headers)


def _mail(sender: Sender, name: str, target: TargetSettings, item: Item) -> None:
    message = EmailMessage()
    subject = f"[{item.body['marking']}] {item.body['subject']}"
    message["Subject"] = " ".join(subject.split())
    message["From"] = str(target.sender)
    message["To"] = ", ".join(target.recipients)
    message["Date"] = format_datetime(clock.now())
    domain = str(target.sender).rpartition("@")[2]
    digest = hashlib.sha256(f"{item.key} {item.target}".encode("utf-8", "replace")).hexdigest()
    message["Message-ID"] = f"<{digest[:32]}@{domain}>"
    message.set_content(str(item.body["text"]).encode("utf-8", "replace").decode("utf-8"))
    server = MailServer(
        host=str(target.server),
        port=target.port,
        security=target.security,
        user=sender.secret(name, target, "username"),
        password=sender.secret(name, target, "password"),
        allowed_hosts=target.allow_hosts,
        tls=sender.tls,
    )
    send_mail(server, message)


_BY_KIND: dict[str, _Send] = {"webhook": _post, "mail": _mail}


def _copy(tracker: Tracker, sender: Sender, target: TargetSettings) -> Outcome:
    site, to = tracker.workspace.site, sender.folder / str(target.path)
    if to.resolve().is_relative_to(site.resolve()) or site.resolve().is_relative_to(to.resolve()):
        raise JobError(f"{to} and the site itself lie in each other; name another folder.")
    done = put(to, _files(site))
    return Outcome(counts={"sent": done.written, "kept": done.kept, "removed": done.removed})


def _files(site: Path) -> Iterator[File]:
    paths = [path for path in site.rglob("*") if path.is_file() and not path.is_symlink()]
    # The first page last: it names only what is there already.
    for path in sorted(paths, key=lambda one: (one == site / "index.html", one)):
        if not path.name.startswith(".") and path.name != LIST:
            yield File(path=path.relative_to(site).as_posix(), data=path.read_bytes())
