"""A railway station, and a direct link between two."""

from __future__ import annotations

from dataclasses import dataclass

from geo.coordinates import LonLat


@dataclass(frozen=True, kw_only=True, slots=True)
class Station:
    """A station of a railway network.

    Parameters
    ----------
    code : str
        What the tables call it: an ESR code of six digits, or its name where there are no codes.
    name : str
        Its name.
    position : LonLat or None
        WGS 84 degrees; None where the table has none.
    other_names : tuple of str
        Other names and spellings.
    country : str or None
        ISO 3166-1 alpha-2, where the table says so.
    """

    code: str
    name: str
    position: LonLat | None
    other_names: tuple[str, ...] = ()
    country: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """Two stations between which the line runs without another station of the table.

    Parameters
    ----------
    start, end : str
        Their codes; trains run both ways.
    line_km : float or None
        Length of the line, where the table states it.
    weight : float
        What a kilometre of it costs in the choice of a way; 1 for a main line.
    """

    start: str
    end: str
    line_km: float | None = None
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """A line of a table that could not be used as it stands.

    Parameters
    ----------
    table : str
        `stations` or `links`.
    line : int
        Line of the file, counted from 1; the header is line 1.
    kind : str
        `no_coordinates`, `bad_coordinates`, `duplicated_code`, `dangling`, `loop`, `bad_length`,
        `incomplete` or `unreadable`.
    reason : str
        What is wrong and what was done.
    """

    table: str
    line: int
    kind: str
    reason: str

    def __str__(self) -> str:
        return f"{self.table}, line {self.line}: {self.reason}"


@dataclass(frozen=True, kw_only=True, slots=True)
class RailTables:
    """What the tables of a network hold.

    Parameters
    ----------
    stations : tuple of Station
        Each code once.
    links : tuple of Link
        Between these stations, each pair once.
    faults : tuple of Fault
        Everything that was left out or mended, by table and line.
    """

    stations: tuple[Station, ...]
    links: tuple[Link, ...]
    faults: tuple[Fault, ...] = ()
