"""The railways that movements go by: those of the package, or a table that the user brought."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from geo.railways import RailNetwork, read_tables
from tracker.seeds import seed_file

STATIONS, LINKS, FAULTS = "stations.csv", "links.csv", "faults.txt"
"""Names of the files of a user's own network, in its folder."""


@cache
def seed_railways() -> RailNetwork:
    """Read the network that travels with the package.

    Returns
    -------
    RailNetwork
        203 principal stations, Vladivostok to Brest, Gomel, Voronezh and Dzhankoy.
    """
    stations, links = seed_file("rail_corridor.csv"), seed_file("rail_links.csv")
    return RailNetwork(read_tables(stations.read_bytes(), links.read_bytes()))


def railways_in(folder: Path) -> RailNetwork:
    """Read a user's own network where there is one.

    Parameters
    ----------
    folder : Path
        Where `tracker gazetteer build` puts it.

    Returns
    -------
    RailNetwork
        That of the folder, else that of the package.
    """
    stations, links = folder / STATIONS, folder / LINKS
    if not (stations.is_file() and links.is_file()):
        return seed_railways()
    return _read(stations, links, (stations.stat().st_mtime_ns, links.stat().st_mtime_ns))


@lru_cache(maxsize=2)
def _read(stations: Path, links: Path, _changed: tuple[int, int]) -> RailNetwork:
    return RailNetwork(read_tables(stations.read_bytes(), links.read_bytes()))
