"""The map page as a still picture, made without a browser: map, chart, key and credits."""

from geo.plate.plate import WORDS, draw_plate

__all__ = ["WORDS", "draw_plate"]
