"""Where the data that travels with the package lies."""

from __future__ import annotations

from pathlib import Path

from tracker.errors import NotFoundError

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_seeds"
_CHECKOUT = _PACKAGE.parent / "seeds"


def seed_file(name: str) -> Path:
    """Find a file of the seeds, in an installed package or in a source checkout.

    Parameters
    ----------
    name : str
        Path inside `seeds/`, with forward slashes.

    Returns
    -------
    Path
        The file or folder.

    Raises
    ------
    NotFoundError
        Where the seeds hold no such file.
    """
    for folder in (_INSTALLED, _CHECKOUT):
        if (folder / name).exists():
            return folder / name
    raise NotFoundError(f"the package carries no seed file {name!r}; install it again.")
