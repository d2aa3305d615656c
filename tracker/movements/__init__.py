"""Who went from where to where."""

from tracker.movements.leg import Leg

__all__ = ["Leg"]
