"""Takes a user's own table of stations and links into a workspace, and names its faulty lines."""

from __future__ import annotations

from pathlib import Path

from geo.errors import InvalidRailTableError
from geo.railways import RailNetwork, read_tables
from jobs.input_file import read_file
from jobs.whole_file import replace_file
from tracker.errors import UnreadableInputError
from tracker.movements.railways import FAULTS, LINKS, STATIONS
from tracker.workspace import find_workspace


def build_railways(folder: Path, stations: Path, links: Path) -> tuple[RailNetwork, Path]:
    """Take a network into a workspace.

    Parameters
    ----------
    folder : Path
        The workspace.
    stations, links : Path
        The tables, as `geo.railways.read_tables` takes them.

    Returns
    -------
    RailNetwork
        The network, with the faults of its tables.
    Path
        The file that lists the faults, a line each.

    Raises
    ------
    UnreadableInputError
        Where a file is no such table, or none of its stations can be used; what stood in the
        workspace stays.
    NotAWorkspaceError
        Where the folder holds no workspace.
    """
    target = find_workspace(folder).railways
    data = read_file(stations), read_file(links)
    try:
        network = RailNetwork(read_tables(*data))
    except InvalidRailTableError as error:
        raise UnreadableInputError(str(error)) from None
    if not len(network):
        raise UnreadableInputError(
            f"{stations} has no station with coordinates; see docs/how-to/use-your-own-railways.md."
        )
    target.mkdir(exist_ok=True)
    for name, content in zip((STATIONS, LINKS), data, strict=True):
        replace_file(target / name, content)
    lines = "".join(f"{fault}\n" for fault in network.faults)
    replace_file(target / FAULTS, lines.encode())
    return network, target / FAULTS
