"""The map page: one self-contained file with the data inside."""

from geo.page.basemap import BaseMap
from geo.page.element import PageElement
from geo.page.troop_map import TroopMap

__all__ = ["BaseMap", "PageElement", "TroopMap"]
