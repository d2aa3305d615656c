"""The map page as a still picture, made without a browser: map, chart, key and credits."""

from geo.plate.plate import draw_plate

__all__ = ["draw_plate"]
