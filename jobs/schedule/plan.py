"""The jobs of a workspace as its settings declare them, checked as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from jobs.errors import JobError, SettingsError
from jobs.schedule.timing import After, Cron, Every, Timing
from jobs.settings import Settings
from jobs.settings.faults import nearest
from jobs.settings.jobs import JobSettings
from tracker.errors import NotFoundError

DEFAULT_JOB = "refresh"
"""The one job of a workspace that declares none: what `[watch]` says."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedJob:
    """A job and when it is due.

    Parameters
    ----------
    name : str
        Its name.
    settings : JobSettings
        What it does.
    timing : Every, Cron or After
        When it is due.
    """

    name: str
    settings: JobSettings
    timing: Timing


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """All jobs of a workspace.

    Parameters
    ----------
    jobs : Mapping of str to PlannedJob
        By name, each after the one that it waits for.
    """

    jobs: Mapping[str, PlannedJob]

    def job(self, name: str) -> PlannedJob:
        """Find a job.

        Parameters
        ----------
        name : str
            Its name.

        Returns
        -------
        PlannedJob
            The job.

        Raises
        ------
        NotFoundError
            Where there is none of this name; the message says which is near.
        """
        if name not in self.jobs:
            raise NotFoundError(f"no job is named {name[:60]!r}{nearest(name, self.jobs)}.")
        return self.jobs[name]


def read_plan(settings: Settings) -> Plan:
    """Read the jobs of the settings.

    Parameters
    ----------
    settings : Settings
        The settings.

    Returns
    -------
    Plan
        Their jobs; the one of `[watch]` where they declare none.

    Raises
    ------
    SettingsError
        Where a job waits for itself or for none that there is, reads a source that is not there,
        or has a wrong line of crontab; all faults at once.
    """
    declared = settings.jobs or {
        DEFAULT_JOB: JobSettings(run="refresh", every_minutes=settings.watch.every_minutes)
    }
    faults = [f"{key}: {fault}" for key, fault in plan_faults(settings)]
    if faults:
        raise SettingsError("tracker.toml", faults)
    planned: dict[str, PlannedJob] = {}
    while len(planned) < len(declared):
        for name, said in declared.items():
            if name not in planned and (said.after is None or said.after in planned):
                planned[name] = PlannedJob(name=name, settings=said, timing=_timing(said))
    return Plan(jobs=planned)


def plan_faults(
    settings: Settings, *, jobs: Collection[str] = (), sources: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Look for what is wrong between jobs and with what they name.

    Parameters
    ----------
    settings : Settings
        Settings of which each section is sound by itself.
    jobs, sources : collection of str
        Names of jobs and sources that the file has besides, with faults of their own.

    Yields
    ------
    str
        Key of the file, for example `jobs.site.after`.
    str
        What is wrong, with what is allowed.
    """
    known_jobs, known_sources = {*settings.jobs, *jobs}, {*settings.sources, *sources}
    for name, said in settings.jobs.items():
        key = f"jobs.{name}"
        if said.after is not None and said.after not in known_jobs:
            yield f"{key}.after", _unknown("job", said.after, known_jobs)
        elif said.after is not None and _waits_for_itself(settings.jobs, name):
            yield f"{key}.after", "it waits for itself in the end; begin with one that has a time"
        for source in said.sources:
            if source not in known_sources:
                yield f"{key}.sources", _unknown("source", source, known_sources)
        try:
            _timing(said)
        except JobError as error:
            yield f"{key}.cron", str(error).rstrip(".")


def _timing(said: JobSettings) -> Timing:
    if said.after is not None:
        return After(job=said.after)
    if said.cron is not None:
        return Cron(line=said.cron)
    return Every(pause=timedelta(minutes=said.every_minutes or 0))


def _waits_for_itself(declared: Mapping[str, JobSettings], name: str) -> bool:
    seen: set[str] = set()
    current: str | None = name
    while current is not None and current in declared and current not in seen:
        seen.add(current)
        current = declared[current].after
    return current in seen


def _unknown(kind: str, word: str, known: Collection[str]) -> str:
    there = f"; there are {', '.join(sorted(known))}" if known else "; there is none"
    return f"no {kind} is named {word!r}{nearest(word, known)}{there}"
