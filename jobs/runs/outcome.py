"""How the run of a job ended, as the job itself says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.store.ledger import RunState


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a run did.

    Parameters
    ----------
    state : RunState
        `done`, `partial` where something was refused, `held` where a bound stopped it.
    message : str
        One line about it.
    counts : Mapping of str to int
        What it did.
    lines : tuple of str
        What people should read, a sentence each.
    """

    state: RunState = RunState.DONE
    message: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    lines: tuple[str, ...] = ()


def one_line(text: str) -> str:
    """Bring a message into the one line of the ledger.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        At most 500 characters without line breaks.
    """
    return " ".join(text.split())[:500]
