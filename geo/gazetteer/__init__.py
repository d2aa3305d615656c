"""What a name can mean: the compiled gazetteer and the look-up of names in it."""

from geo.gazetteer.index import Gazetteer
from geo.gazetteer.place import NameKind, Place

__all__ = ["Gazetteer", "NameKind", "Place"]
