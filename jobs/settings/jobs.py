"""What `tracker.toml` says about jobs: when they run, what stops them, whom they tell."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from jobs.settings.sources import Credential, Line, SourceName

JobKind = Literal[
    "refresh",
    "ingest",
    "extract",
    "estimate",
    "site",
    "map",
    "brief",
    "alerts",
    "publish",
    "housekeeping",
]
JobName = SourceName
"""A job's name becomes an id, as a source's does."""
Cron = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=100, pattern=r"^\S+(\s+\S+){4}$")
]
MailAddress = Annotated[
    str, StringConstraints(max_length=254, pattern=r"^[^@\s<>,;:\"]{1,64}@[^@\s<>,;:\"]{1,189}$")
]
What = Literal["site", "alerts", "briefings"]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class JobSettings(_Section):
    """One `[jobs.NAME]`."""

    run: JobKind = Field(description="What it does.")
    every_minutes: float | None = Field(
        None, gt=0, le=7 * 24 * 60, description="Pause between two runs, minutes."
    )
    cron: Cron | None = Field(None, description="When, as crontab writes it, in UTC.")
    after: JobName | None = Field(None, description="Job after whose success it runs.")
    sources: tuple[SourceName, ...] = Field((), description="Sources that 'ingest' reads.")
    cadence: Literal["daily", "weekly"] = Field("daily", description="How often 'brief' writes.")
    jitter_s: float = Field(
        0, ge=0, le=3600, description="A run starts up to so many seconds later, by chance."
    )
    enabled: bool = Field(True, description="Whether the clock runs it.")

    @model_validator(mode="after")
    def _one_time(self) -> JobSettings:
        if sum(given is not None for given in (self.every_minutes, self.cron, self.after)) != 1:
            raise ValueError("say when it runs by exactly one of every_minutes, cron, after")
        if self.sources and self.run != "ingest":
            raise ValueError("sources are read by jobs that run 'ingest'")
        return self


class BoundsSettings(_Section):
    """What stops a site, a briefing or a sending: the one before stays."""

    least_claims: int = Field(1, ge=0, description="Fewest claims that are believed.")
    most_change_percent: float = Field(
        75, gt=0, le=10_000, description="Largest change of the estimate since the last site, %."
    )


class AlertSettings(_Section):
    """What people are told of, once each."""

    train_from: tuple[Line, ...] = Field(
        (), description="Areas or places: a new train from one of them is told."
    )
    shift_percent: float | None = Field(
        None, gt=0, le=10_000, description="A shift of an interval's middle that is told, %."
    )
    reversal: bool = Field(False, description="Whether a turn of the trend is told.")
    silence: bool = Field(False, description="Whether a source gone silent is told.")


class TargetSettings(_Section):
    """One `[publish.NAME]`: where what was made goes."""

    to: Literal["folder", "webhook", "mail"] = Field(description="Kind of target.")
    what: tuple[What, ...] = Field(
        (), description="What it gets; by default all that its kind can carry."
    )
    path: Line | None = Field(None, description="Folder, relative to the workspace.")
    address: Line | None = Field(None, description="Address of a webhook.")
    allow_hosts: tuple[str, ...] = Field(
        (), description="Hosts that may lie inside a private network."
    )
    server: Line | None = Field(None, description="Host of the mail server.")
    port: int = Field(587, ge=1, le=65_535, description="Its port.")
    security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the way to the mail server is protected."
    )
    sender: MailAddress | None = Field(None, description="Sender of mails.")
    recipients: tuple[MailAddress, ...] = Field((), description="Who gets the mails.")
    credentials: dict[str, Credential] = Field(
        default_factory=dict,
        description="'token' of a webhook, 'username' and 'password' of a mail server.",
    )

    @model_validator(mode="after")
    def _is_whole(self) -> TargetSettings:
        needs = {
            "folder": ("path",),
            "webhook": ("address",),
            "mail": ("server", "sender", "recipients"),
        }[self.to]
        missing = [name for name in needs if not getattr(self, name)]
        if missing:
            raise ValueError(f"a target of the kind {self.to!r} needs {', '.join(missing)}")
        if "site" in self.what and self.to != "folder":
            raise ValueError("a site goes to a folder only")
        if self.to == "folder" and set(self.what) - {"site"}:
            raise ValueError("a folder takes the site, which holds the briefings and the alerts")
        return self

    @property
    def takes(self) -> frozenset[What]:
        """What it gets."""
        every: tuple[What, ...] = ("site",) if self.to == "folder" else ("alerts", "briefings")
        return frozenset(self.what or every)


class HousekeepingSettings(_Section):
    """What `run = "housekeeping"` keeps."""

    backups: str = Field("backups", description="Folder of backups, relative to the workspace.")
    keep_backups: int = Field(7, ge=1, le=1_000, description="Backups that are kept.")
    keep_runs_days: float = Field(
        365, ge=1, le=36_500, description="Days for which runs stay in the ledger."
    )
    least_free_mb: float = Field(
        1_000, ge=0, description="Free space below which it warns, megabytes."
    )


class HealthSettings(_Section):
    """Where the running clockwork says how it is; on this machine alone."""

    port: int | None = Field(
        None, ge=0, le=65_535, description="Port of 127.0.0.1; none where not given."
    )


JOBS_TEMPLATE = """
# Without any [jobs.NAME], `tracker jobs run` does all of [watch] by its pause. With one, only what
# stands here; each runs every_minutes, by cron (in UTC), or after another one.
# [jobs.read]
# run = "ingest"
# every_minutes = 15
# [jobs.pages]
# run = "site"
# after = "read"
# [jobs.night]
# run = "housekeeping"
# cron = "30 3 * * *"
"""
