"""What a report asserts, in the words it uses."""

from tracker.claims.claim import Claim, Equipment, PlaceMention, Quote
from tracker.claims.measure import Measure

__all__ = ["Claim", "Equipment", "Measure", "PlaceMention", "Quote"]
