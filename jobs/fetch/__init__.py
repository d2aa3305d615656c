"""The one place that talks to the network."""

from jobs.fetch.answer import Answer, Validators
from jobs.fetch.fetcher import Fetcher
from jobs.fetch.mail import Mailbox, open_mailbox
from jobs.fetch.opening import open_fetcher
from jobs.fetch.pace import Pace
from jobs.fetch.smtp import MailServer, send_mail

__all__ = [
    "Answer",
    "Fetcher",
    "MailServer",
    "Mailbox",
    "Pace",
    "Validators",
    "open_fetcher",
    "open_mailbox",
    "send_mail",
]
