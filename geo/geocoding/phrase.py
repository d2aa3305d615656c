"""Spatial words around a name, and the mention that they make of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from shapely.geometry.base import BaseGeometry

from geo.geocoding.mention import Mention


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """Spatial words around a name.

    Attributes
    ----------
    text, start, end
        The text and where the phrase stands in it.
    mention
        The name inside the phrase; it has a position and a radius.
    following, mentions
        The name after it, and all names of the text.
    given
        Named groups of the pattern that matched.
    """

    text: str
    start: int
    end: int
    mention: Mention
    following: Mention | None = None
    mentions: tuple[Mention, ...] = ()
    given: dict[str, str | None] = field(default_factory=dict)

    @property
    def at(self) -> tuple[float, float, float]:
        """Return longitude, latitude and radius in km of the name.

        Returns
        -------
        tuple of float
            WGS 84 degrees and kilometres.
        """
        place = self.mention
        return place.lon or 0.0, place.lat or 0.0, place.radius_km or 0.0

    def widened(self, shape: str, geometry: BaseGeometry, radius_km: float, reason: str) -> Mention:
        """Return the name's mention with the phrase's words, outline and radius.

        Returns
        -------
        Mention
            The mention of the whole phrase.
        """
        return replace(
            self.mention,
            start=self.start,
            end=self.end,
            text=self.text[self.start : self.end],
            radius_km=round(radius_km, 1),
            shape=shape,
            geometry=geometry,
            reason=reason,
        )
