"""Reads a text and returns the places that it names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from geo.gazetteer.index import Gazetteer
from geo.gazetteer.place import STRIP_KINDS, NameKind, Place
from geo.geocoding.calibration import REACH, radius_km, score
from geo.geocoding.lines import LineReader
from geo.geocoding.lookup import Lookup
from geo.geocoding.meanings import Candidate
from geo.geocoding.mention import Alternative, Mention
from geo.geocoding.positions import positions
from geo.geocoding.recognition import Span, find_spans
from geo.geocoding.resolution import TOWN_KINDS, Group, ranked, resolve
from geo.geocoding.spatial import SpatialReader
from geo.geocoding.tokens import language_of
from geo.geocoding.unlisted import unlisted
from geo.geocoding.weighing import Weigher
from geo.geodesy import disc
from geo.regions import Regions

MOST_ALTERNATIVES = 4
LEAST_SHARE = 0.01
KEPT_ABOVE = 0.0
# The 136 districts of Ukraine since 2020 have 4,400 km2 each (a disc of 38 km); most of Russia's
# west of the Urals are smaller.
DISTRICT_KM = 40.0
UNLISTED_SCORE = 0.85  # of a region that stands right after the name, like other containers


class Geocoder:
    """Reads texts with one gazetteer and one prior; keeps what it looked up.

    Parameters
    ----------
    gazetteer
        Where the names are; the package's own when None.
    prior
        Log-odds by country (`UA`) or region (`UA.07`) of the theatre that the user reads about.
    """

    def __init__(
        self, gazetteer: Gazetteer | None = None, prior: Mapping[str, float] | None = None
    ) -> None:
        self.gazetteer = gazetteer or Gazetteer.open()
        self.lookup = Lookup(self.gazetteer, prior)
        self.regions = Regions(self.gazetteer)
        self._spatial = SpatialReader(self.lookup, self.regions)
        self._lines = LineReader(self.regions)

    def geocode(
        self, text: str, *, lang: str | None = None, published: datetime | None = None
    ) -> list[Mention]:
        """Return the places that a text names, in order of their words.

        Parameters
        ----------
        text
            Any text.
        lang
            `en`, `ru` or `uk`; told by the letters when None.
        published
            When the text appeared; taken for names that changed, not used yet for others.

        Returns
        -------
        list of Mention
            Also names that could not be placed, with the reason.
        """
        del published  # every name that the gazetteer holds is valid at any time
        spans = find_spans(text, self.lookup)
        Weigher(text, spans, self.lookup).weigh()
        kept = [span for span in spans if span.odds > KEPT_ABOVE]
        language = lang or language_of(text)
        groups = resolve(text, kept, language)
        resolved = {key: self._resolved(group) for key, group in groups.items()}
        mentions = [self._mention(text, span, resolved[span.key]) for span in kept]
        read = self._lines.read(text, self._spatial.read(text, mentions, language))
        for written in positions(text):
            read = [m for m in read if m.end <= written.start or m.start >= written.end]
            read.append(written)
        more = list(unlisted(text, [(mention.start, mention.end) for mention in read]))
        return sorted([*read, *more], key=lambda mention: mention.start)

    def _mention(self, text: str, span: Span, resolved: dict[str, Any]) -> Mention:
        if "adjective:district" in span.evidence and resolved["kind"] in TOWN_KINDS:
            resolved = resolved | _district(resolved)
        return Mention(
            start=span.start,
            end=span.end,
            text=text[span.start : span.end],
            metonym=self._is_metonym(span),
            **resolved,
        )

    def _resolved(self, group: Group) -> dict[str, Any]:
        # The fields that all mentions of one name share.
        if group.unlisted_in is not None:
            return self._in_region(group, group.unlisted_in)
        choices = ranked(group)
        chosen, share = choices[0]
        place = chosen.place
        sure = score(share, place.kind)
        rest = min(sure / share, (1 - sure) / (1 - share)) if 0 < share < 1 else 1.0
        if place.lon is None:
            return {"name": place.name, "kind": place.kind, "reason": "not on Earth"}
        return {
            "name": place.name,
            "lon": place.lon,
            "lat": place.lat,
            "radius_km": round(radius_km(choices), 1),
            "shape": _shape(place),
            "geometry": self.regions.outline(place) if place.is_area else None,
            "kind": place.kind,
            "country": place.country,
            "admin1": place.admin1,
            "geonameid": place.geonameid,
            "score": round(sure, 4),
            "reason": _reason(group, chosen, len(choices)),
            "alternatives": tuple(
                Alternative(
                    name=c.place.name,
                    lon=c.place.lon,
                    lat=c.place.lat,
                    geonameid=c.place.geonameid,
                    score=round(s * rest, 4),
                )
                for c, s in choices[1 : 1 + MOST_ALTERNATIVES]
                if s >= LEAST_SHARE
            ),
        }

    def _in_region(self, group: Group, region: Place) -> dict[str, Any]:
        # The fields of a town that the text puts into a region where the gazetteer has none.
        return {
            "name": group.candidates[0].place.name,
            "lon": region.lon,
            "lat": region.lat,
            "radius_km": round(REACH["admin1"] * region.radius_km, 1),
            "shape": "area",
            "geometry": self.regions.outline(region),
            "kind": "settlement",
            "country": region.country,
            "admin1": region.admin1,
            "score": UNLISTED_SCORE,
            "reason": f"somewhere in {region.name}: the gazetteer has none of this name there",
        }

    @staticmethod
    def _is_metonym(span: Span) -> bool:
        # Whether the words stand for people: a demonym, or a place that speaks.
        if span.name.name_kind == NameKind.DEMONYM:
            return True
        return "after:person_verb" in span.evidence


def _district(town: dict[str, Any]) -> dict[str, Any]:
    # What differs between a town and the district that is named after it.
    radius_km = max(town["radius_km"], DISTRICT_KM)
    return {
        "radius_km": radius_km,
        "shape": "area",
        "geometry": disc(town["lon"], town["lat"], DISTRICT_KM),
        "kind": "admin2",
        "reason": f"the district of {town['name']}",
    }


def _shape(place: Place) -> str:
    if place.kind in STRIP_KINDS:
        return "strip"
    return "area" if place.is_area else "point"


def _reason(group: Group, chosen: Candidate, choices: int) -> str:
    parts = ["the only place of this name" if choices == 1 else "likeliest of its names"]
    if group.contained:
        parts = [f"inside {group.contained}"]
    if chosen.name_kind == NameKind.FOLDED:
        parts.append("by transliteration")
    elif chosen.name_kind == NameKind.DEMONYM:
        parts.append("by its people")
    if chosen.place.is_village:
        parts.append("the middle of its community")
    return ", ".join(parts)


@lru_cache(maxsize=4)
def _geocoder(gazetteer: Gazetteer | None, prior: tuple[tuple[str, float], ...]) -> Geocoder:
    return Geocoder(gazetteer, dict(prior))


def geocode(
    text: str,
    *,
    lang: str | None = None,
    published: datetime | None = None,
    prior: Mapping[str, float] | None = None,
    gazetteer: Gazetteer | None = None,
) -> list[Mention]:
    """Return the places that a text names, in order of their words.

    Parameters
    ----------
    text
        Any text in English, Russian or Ukrainian.
    lang
        `en`, `ru` or `uk`; told by the letters when None.
    published
        When the text appeared.
    prior
        Log-odds by country (`UA`) or region (`UA.07`); none for world news.
    gazetteer
        The package's own when None.

    Returns
    -------
    list of Mention
        Offsets count code points: `text[m.start:m.end] == m.text`.
    """
    reader = _geocoder(gazetteer, tuple(sorted((prior or {}).items())))
    return reader.geocode(text, lang=lang, published=published)
