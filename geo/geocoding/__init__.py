"""From the words of a text to places with an honest radius."""

from geo.geocoding.geocode import Geocoder, geocode
from geo.geocoding.mention import Alternative, Mention
from geo.geocoding.stream import RejectedLine, geocode_jsonl

__all__ = ["Alternative", "Geocoder", "Mention", "RejectedLine", "geocode", "geocode_jsonl"]
