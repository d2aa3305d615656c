"""When a job is due: every so many minutes, by cron, or after another one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.triggers.cron import CronTrigger

from jobs.errors import JobError

AHEAD = timedelta(hours=25)
"""A run further in the future than the clock may jump by a wrong time zone: the clock was wrong."""
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WHOLE_WEEK = frozenset({"0-6", "1-7", "0-7"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """What a run that starts now answers for.

    Parameters
    ----------
    since, at : datetime
        First and last instant at which it was due, aware UTC.
    times : int
        How many instants that are.
    """

    since: datetime
    at: datetime
    times: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Every:
    """Due again and again, one pause apart.

    Parameters
    ----------
    pause : timedelta
        The pause.
    """

    pause: timedelta

    def next_after(self, answered: datetime | None, now: datetime) -> datetime:
        """Say when it is due next.

        Parameters
        ----------
        answered : datetime or None
            Last instant for which a run answered, aware UTC; None where there was none.
        now : datetime
            Aware UTC.

        Returns
        -------
        datetime
            May lie in the past. Where the clock was set back, it begins anew now.
        """
        if answered is None or answered > now:
            return now
        return answered + self.pause

    def owed(self, answered: datetime | None, now: datetime) -> Owed | None:
        """Say what a run that starts now answers for.

        Parameters
        ----------
        answered, now : datetime
            As for `next_after`.

        Returns
        -------
        Owed or None
            None where nothing is due yet.
        """
        since = self.next_after(answered, now)
        if since > now:
            return None
        more = (now - since) // self.pause
        return Owed(since=since, at=since + more * self.pause, times=more + 1)

    def in_words(self) -> str:
        """Say it for people.

        Returns
        -------
        str
            For example "every 15 min".
        """
        return f"every {self.pause.total_seconds() / 60:g} min"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cron:
    """Due at instants that a line of crontab names, in UTC.

    Parameters
    ----------
    line : str
        Minute, hour, day of the month, month, day of the week, with 0 and 7 for Sunday. Where both
        days are given, both must hold.

    Raises
    ------
    JobError
        Where it is no such line.
    """

    line: str

    def __post_init__(self) -> None:
        try:
            self._trigger()
        except (ValueError, TypeError) as error:
            raise JobError(f"{self.line!r} is no line of crontab: {error}.") from None

    def next_after(self, answered: datetime | None, now: datetime) -> datetime | None:
        """Say when it is due next.

        Parameters
        ----------
        answered : datetime or None
            Last instant for which a run answered, aware UTC; None where there was none.
        now : datetime
            Aware UTC.

        Returns
        -------
        datetime or None
            May lie in the past; None where no such instant comes. An instant that came before is
            not due again where the clock was set back.
        """
        if answered is None or answered > now + AHEAD:
            answered = now
        found = self._trigger().get_next_fire_time(None, answered + timedelta(milliseconds=1))
        return None if found is None else found.astimezone(UTC)

    def owed(self, answered: datetime | None, now: datetime) -> Owed | None:
        """Say what a run that starts now answers for.

        Parameters
        ----------
        answered, now : datetime
            As for `next_after`.

        Returns
        -------
        Owed or None
            None where nothing is due yet.
        """
        since = at = self.next_after(answered, now)
        if since is None or at is None or since > now:
            return None
        times = 1
        while (following := self.next_after(at, now)) is not None and following <= now:
            at, times = following, times + 1
        return Owed(since=since, at=at, times=times)

    def in_words(self) -> str:
        """Say it for people.

        Returns
        -------
        str
            The line.
        """
        return f"cron {self.line}"

    def _trigger(self) -> CronTrigger:
        *front, days = self.line.split()
        return CronTrigger.from_crontab(" ".join((*front, _weekdays(days))), timezone="UTC")


@dataclass(frozen=True, kw_only=True, slots=True)
class After:
    """Due once another job succeeded.

    Parameters
    ----------
    job : str
        Name of the other.
    """

    job: str

    def in_words(self) -> str:
        """Say it for people.

        Returns
        -------
        str
            For example "after read".
        """
        return f"after {self.job}"


Timing = Every | Cron | After


def _weekdays(field: str) -> str:
    # APScheduler counts from Monday where crontab counts from Sunday: names mean the same in both.
    if field in _WHOLE_WEEK:
        return "*"
    ranges, slash, step = field.partition("/")
    if not all(int(digits) < len(_DAYS) for digits in re.findall(r"\d+", ranges)):
        raise ValueError("days of the week are 0 to 7")
    return re.sub(r"\d+", lambda digits: _DAYS[int(digits[0])], ranges) + slash + step
