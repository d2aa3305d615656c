"""Railway networks: stations, the line between them, ways along it and how long they take."""

from geo.railways.network import RailNetwork
from geo.railways.route import Route
from geo.railways.station import Fault, Link, RailTables, Station
from geo.railways.tables import read_tables
from geo.railways.travel import TravelTime

__all__ = [
    "Fault",
    "Link",
    "RailNetwork",
    "RailTables",
    "Route",
    "Station",
    "TravelTime",
    "read_tables",
]
