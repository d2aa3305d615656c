"""Map layers: a frame with declared columns in, an element of the page out."""

from geo.layers.area_estimates import AreaEstimates
from geo.layers.movements import Movements
from geo.layers.place_names import PlaceNames
from geo.layers.sightings import Sightings
from geo.layers.vague_areas import VagueAreas

__all__ = ["AreaEstimates", "Movements", "PlaceNames", "Sightings", "VagueAreas"]
