"""From the words of a text to places with an honest radius."""

from geo.geocoding.encoding import mention_line
from geo.geocoding.geocode import Geocoder, geocode
from geo.geocoding.mention import Alternative, Mention

__all__ = ["Alternative", "Geocoder", "Mention", "geocode", "mention_line"]
