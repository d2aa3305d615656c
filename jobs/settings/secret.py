"""Read a password or a key from where the settings say that it lies."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

from jobs.errors import JobError
from jobs.settings.sources import Credential

MOST_SECRET_BYTES = 10_000


def read_secret(
    credential: Credential,
    folder: Path,
    environment: Callable[[str], str | None] = os.environ.get,
) -> str:
    """Read a password or a key.

    Parameters
    ----------
    credential : Credential
        Where it lies.
    folder : Path
        Folder that its file is relative to.
    environment : Callable
        Looks up an environment variable.

    Returns
    -------
    str
        The secret, without white space around it. It is for the wire alone: never for a log, a
        message, an archived header.

    Raises
    ------
    JobError
        Where it is not there, empty, or others than the owner may read its file; the message says
        what to do, without a full stop.
    """
    if credential.env is not None:
        value = environment(credential.env)
        if value is None:
            raise JobError(f"set the environment variable {credential.env}")
    else:
        value = _of_file(folder / str(credential.file))
    if not value.strip():
        raise JobError("it is empty")
    return value.strip()


def _of_file(path: Path) -> str:
    try:
        if os.name != "nt" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise JobError(f"others may read {path}; run 'chmod 600' on it")
        with path.open("rb") as file:
            return file.read(MOST_SECRET_BYTES).decode("utf-8")
    except FileNotFoundError:
        raise JobError(f"there is no file {path}") from None
    except UnicodeDecodeError:
        raise JobError(f"{path} is no UTF-8 text") from None
