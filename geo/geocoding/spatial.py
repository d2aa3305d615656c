"""Turns spatial language around a name into a geometry: near, N km from, the border with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from geo.geocoding.lookup import Lookup
from geo.geocoding.mention import Mention
from geo.geocoding.phrases import (
    ADJECTIVE_STEMS,
    KM_PER_MILE,
    LANGUAGES,
    WORD_NUMBERS,
    Language,
    direction_of,
)
from geo.geocoding.tokens import word_before
from geo.geodesy import buffer_km, destination, ring
from geo.regions import DIRECTION_DEG, Regions, label_point
from geo.uncertainty import covering_radius_km

HEAD_CHARS = 90
NEAR_KM = {"settlement": 15.0, "capital": 30.0}
NEAR_OTHER_KM = 20.0
NEAR_AREA_KM = 50.0
WIDEST_NEAR_KM = 300.0  # near something wider is no more than the thing itself
WIND_REACH_KM = 60.0
DISTANCE_SPREAD = 0.2
BORDER_WIDTH_KM = 50.0
BETWEEN_WIDTH_KM = 15.0
SIDE_SHARE = 1 / 3
OUTERMOST_SHARE = 1 / 5
# Regions that are always meant by a country's side, whatever its extent says.
CONVENTIONAL_SIDES = {("RU", "E"): "far east", ("RU", "W"): "western russia"}
_AND = re.compile(
    r"^(?:,?\s+(?:and|to|и|та|і|й|до)\s+(?:the\s+)?|\s*[-\u2013\u2014]\s*)$", re.IGNORECASE
)


class SpatialReader:
    """Reads spatial phrases around the names that were found.

    Parameters
    ----------
    lookup, regions
        Names, and the outlines to cut and widen.
    """

    def __init__(self, lookup: Lookup, regions: Regions) -> None:
        self._lookup = lookup
        self._regions = regions
        self._radii: dict[bytes, tuple[float, float, float]] = {}

    def read(self, text: str, mentions: list[Mention], lang: str) -> list[Mention]:
        """Return the mentions with those that stand in a spatial phrase widened to it.

        Parameters
        ----------
        text
            The text.
        mentions
            Its names, in order.
        lang
            `en`, `ru` or `uk`.

        Returns
        -------
        list of Mention
            In order; a phrase takes the place of the name inside it.
        """
        language = LANGUAGES.get(lang, LANGUAGES["en"])
        out: list[Mention] = []
        taken = -1
        for number, mention in enumerate(mentions):
            if mention.start < taken:
                continue
            following = mentions[number + 1] if number + 1 < len(mentions) else None
            read = self._read_one(text, mention, following, mentions, language, taken)
            out.append(read)
            taken = read.end
        borders = list(self._bare_borders(text, out, language))
        return sorted([*out, *borders], key=lambda m: (m.start, m.end)) if borders else out

    def _read_one(
        self,
        text: str,
        mention: Mention,
        following: Mention | None,
        mentions: list[Mention],
        language: Language,
        taken: int,
    ) -> Mention:
        if mention.lon is None:
            return mention
        after = language.after_border.match(text, mention.end)
        if after and mention.country:
            span = (mention.start, after.end())
            return self._border(text, span, mention, mentions, inside=()) or mention
        head = text[max(0, mention.start - HEAD_CHARS, taken) : mention.start]
        if word_before(text, mention.start)[1].lower() not in language.gates:
            return mention
        for name, pattern in language.before:
            found = pattern.search(head)
            if found:
                start = mention.start - len(head) + found.start()
                read = self._apply(name, found, text, start, mention, following, mentions)
                if read is not None:
                    return read
        return mention

    def _apply(
        self,
        name: str,
        found: re.Match[str],
        text: str,
        start: int,
        mention: Mention,
        following: Mention | None,
        mentions: list[Mention],
    ) -> Mention | None:
        """Return the widened mention of one phrase, None where it does not fit the place."""
        given = found.groupdict()
        span = (start, mention.end)
        if given.get("between"):
            return self._between(name, text, start, mention, following)
        if name == "distance_border":
            return self._border(
                text, span, mention, mentions, inside=("others",), at_km=_kilometres(given)
            )
        if name == "distance":
            return self._distance(text, span, mention, given)
        if name == "border":
            return self._border(text, span, mention, mentions, inside=("others",))
        if name in {"part", "side"}:
            return self._side(text, span, mention, found)
        if name == "wind":
            return self._wind(text, span, mention, given["wind"])
        if name == "near":
            return self._near(text, span, mention)
        return None

    def _near(self, text: str, span: tuple[int, int], mention: Mention) -> Mention:
        assert mention.lon is not None
        assert mention.lat is not None
        assert mention.radius_km is not None
        if mention.shape == "area" and mention.radius_km > WIDEST_NEAR_KM:
            return mention
        if mention.shape == "area" and mention.geometry is not None:
            shape = buffer_km(shapely.simplify(mention.geometry, 0.05), NEAR_AREA_KM)
            radius_km = mention.radius_km + NEAR_AREA_KM
        else:
            width_km = NEAR_KM.get(mention.kind or "", NEAR_OTHER_KM)
            radius_km = mention.radius_km + width_km
            shape = ring(mention.lon, mention.lat, 0.0, round(min(radius_km, 60.0), 1))
        return _widened(text, span, mention, shape, round(radius_km, 1), "area", "near")

    def _distance(
        self, text: str, span: tuple[int, int], mention: Mention, given: dict[str, str | None]
    ) -> Mention | None:
        assert mention.lon is not None
        assert mention.lat is not None
        assert mention.radius_km is not None
        length_km = _kilometres(given)
        if not 0 < length_km <= 2000:
            return None
        direction = direction_of(given.get("wind") or "")
        inner = length_km * (1 - DISTANCE_SPREAD)
        outer = length_km * (1 + DISTANCE_SPREAD) + min(mention.radius_km, 10.0)
        reason = f"{length_km:g} km from {mention.name}"
        if not direction:
            shape = ring(mention.lon, mention.lat, inner, outer)
            return _widened(
                text, span, mention, shape, round(outer, 1), "ring", reason
            )
        axis = DIRECTION_DEG[direction]
        lon, lat = destination(mention.lon, mention.lat, axis, length_km * 1000)
        shape = ring(mention.lon, mention.lat, inner, outer, towards_deg=axis)
        radius_km = max(0.45 * length_km + mention.radius_km, 3.0)
        there = replace(mention, lon=round(lon, 4), lat=round(lat, 4))
        return _widened(text, span, there, shape, round(radius_km, 1), "sector", reason)

    def _wind(
        self, text: str, span: tuple[int, int], mention: Mention, words: str | None
    ) -> Mention | None:
        assert mention.lon is not None
        assert mention.lat is not None
        direction = direction_of(words or "")
        if not direction or mention.shape != "point":
            return self._cut(text, span, mention, direction, SIDE_SHARE) if direction else None
        axis = DIRECTION_DEG[direction]
        shape = ring(mention.lon, mention.lat, 0.0, WIND_REACH_KM, towards_deg=axis)
        lon, lat = destination(mention.lon, mention.lat, axis, 0.4 * WIND_REACH_KM * 1000)
        there = replace(mention, lon=round(lon, 4), lat=round(lat, 4))
        return _widened(
            text, span, there, shape, 0.7 * WIND_REACH_KM, "sector", f"{direction} of it"
        )

    def _side(
        self, text: str, span: tuple[int, int], mention: Mention, found: re.Match[str]
    ) -> Mention | None:
        words = found["side"]
        direction = direction_of(words)
        most = "most" in words or words.lower().startswith(("far", "extreme"))
        most = most or bool(found.groupdict().get("most"))
        if not direction or mention.geometry is None or mention.kind in {"sea", "ocean", "river"}:
            return None
        conventional = CONVENTIONAL_SIDES.get((mention.country or "", direction))
        if conventional and mention.kind == "country":
            candidates = self._lookup.names(conventional)
            outline = self._regions.outline(candidates[0].place) if candidates else None
            if outline is not None:
                return self._shaped(text, span, mention, outline, f"{direction} of {mention.name}")
        return self._cut(text, span, mention, direction, OUTERMOST_SHARE if most else SIDE_SHARE)

    def _cut(
        self, text: str, span: tuple[int, int], mention: Mention, direction: str, share: float
    ) -> Mention | None:
        if mention.geometry is None:
            return None
        part = self._regions.part(mention.geometry, direction, share=share)
        if part is None:
            return None
        return self._shaped(text, span, mention, part, f"{direction} of {mention.name}")

    def _between(
        self, name: str, text: str, start: int, mention: Mention, following: Mention | None
    ) -> Mention | None:
        """Return the strip between two places, or along the border between two countries."""
        if following is None or following.lon is None or following.lat is None:
            return None
        if not _AND.match(text[mention.end : following.start]):
            return None
        span = (start, following.end)
        if name == "border":
            if not (mention.country and following.country):
                return None
            strip = self._regions.border_strip(
                mention.country, (following.country,), width_km=BORDER_WIDTH_KM
            )
            if strip is None:
                return None
            named = f"border of {mention.name} and {following.name}"
            return self._shaped(text, span, mention, strip, named, kind="border", shape="strip")
        if "area" in {mention.shape, following.shape}:
            return None
        line = shapely.LineString([(mention.lon, mention.lat), (following.lon, following.lat)])
        strip = buffer_km(line, BETWEEN_WIDTH_KM)
        named = f"between {mention.name} and {following.name}"
        return self._shaped(text, span, mention, strip, named, shape="strip")

    def _border(
        self,
        text: str,
        span: tuple[int, int],
        mention: Mention,
        mentions: list[Mention],
        *,
        inside: tuple[str, ...],
        at_km: float | None = None,
    ) -> Mention | None:
        """Return the strip along a country's border, on the side of its neighbours if asked."""
        country = mention.country
        if country is None or mention.kind not in {"country", "macro_region", "admin1"}:
            return None
        others = self._neighbours_named(country, mentions)
        width_km = BORDER_WIDTH_KM if at_km is None else at_km * (1 + DISTANCE_SPREAD)
        strip = self._regions.border_strip(
            country,
            others,
            width_km=width_km,
            inside=others if inside else (),
            from_km=0.0 if at_km is None else at_km * (1 - DISTANCE_SPREAD),
        )
        if strip is None:
            return None
        told = f" with {', '.join(others)}" if len(others) <= 2 else ""
        named = f"border of {mention.name}{told}"
        return self._shaped(
            text, span, mention, strip, named, kind="border", shape="strip",
            country=others[0] if inside and len(others) == 1 else None,
        )  # fmt: skip

    def _neighbours_named(self, country: str, mentions: list[Mention]) -> tuple[str, ...]:
        """Return the neighbours of a country that the text names, all of them if it names none."""
        neighbours = self._regions.neighbours(country)
        named = Counter(m.country for m in mentions if m.country in neighbours).most_common(2)
        if not named:
            return neighbours
        most = named[0][1]
        return tuple(str(other) for other, count in named if 3 * count >= most)

    def _bare_borders(
        self, text: str, mentions: list[Mention], language: Language
    ) -> Iterator[Mention]:
        """Yield the borders that are named without a country, where the text tells which."""
        if not language.border_words.search(text):
            return
        taken = [(m.start, m.end) for m in mentions]
        found = list(language.bare_border.finditer(text))
        if language.pair_border is not None:
            found += language.pair_border.finditer(text)
        for border in found:
            start, end = border.span()
            if any(a < end and start < b for a, b in taken):
                continue
            taken.append((start, end))
            pair = _pair_of_adjectives(border) or self._pair(mentions)
            yield self._placed_border(text, (start, end), pair)

    def _placed_border(
        self, text: str, span: tuple[int, int], pair: tuple[str, ...]
    ) -> Mention:
        words = text[slice(*span)]
        blank = Mention(
            start=span[0], end=span[1], text=words, name=words, kind="border",
            reason="the text does not tell whose border",
        )  # fmt: skip
        if not pair:
            return blank
        strip = self._regions.border_strip(pair[0], pair[1:], width_km=BORDER_WIDTH_KM)
        if strip is None:
            return blank
        named = "border of " + " and ".join(pair)
        told = replace(blank, score=0.6, reason="the countries that the text names most")
        return self._shaped(text, span, told, strip, named, kind="border", shape="strip")

    def _pair(self, mentions: list[Mention]) -> tuple[str, ...]:
        """Return the two neighbours that the text names most, a border's country first."""
        named = Counter(m.country for m in mentions if m.country)
        ranked = [c for c, _ in named.most_common(5)]
        for i, one in enumerate(ranked):
            for other in ranked[:i]:
                if other in self._regions.neighbours(one):
                    return (one, other)
        return ()

    def _shaped(
        self,
        text: str,
        span: tuple[int, int],
        mention: Mention,
        geometry: BaseGeometry,
        name: str,
        *,
        kind: str | None = None,
        shape: str = "area",
        country: str | None = None,
    ) -> Mention:
        """Return a mention whose point and radius come from a geometry."""
        key = shapely.to_wkb(geometry)
        if key not in self._radii:
            lon, lat = label_point(geometry)
            self._radii[key] = (lon, lat, round(covering_radius_km(geometry, lon, lat), 1))
        lon, lat, radius_km = self._radii[key]
        return replace(
            mention, start=span[0], end=span[1], text=text[slice(*span)], name=name, lon=lon,
            lat=lat, radius_km=radius_km, shape=shape, geometry=geometry,
            kind=kind or mention.kind, country=country or (None if kind else mention.country),
            admin1=None if kind else mention.admin1, geonameid=None, metonym=False,
            reason=mention.reason if kind == "border" and mention.name == mention.text else name,
        )  # fmt: skip


def _widened(
    text: str,
    span: tuple[int, int],
    mention: Mention,
    geometry: BaseGeometry,
    radius_km: float,
    shape: str,
    reason: str,
) -> Mention:
    return replace(
        mention, start=span[0], end=span[1], text=text[slice(*span)], radius_km=radius_km,
        shape=shape, geometry=geometry, reason=reason,
    )  # fmt: skip


def _kilometres(given: dict[str, str | None]) -> float:
    words = (given["number"] or "").lower()
    number = WORD_NUMBERS.get(words)
    if number is None:
        whole, _, rest = words.partition(",")
        number = float(whole + rest) if len(rest) == 3 else float(words.replace(",", "."))
    return number * (KM_PER_MILE if (given["unit"] or "").lower().startswith("mi") else 1.0)


def _pair_of_adjectives(found: re.Match[str]) -> tuple[str, ...]:
    given = found.groupdict()
    codes = []
    for part in ("two", "one"):
        stem = (given.get(part) or "").lower()
        best = max((s for s in ADJECTIVE_STEMS if stem.startswith(s)), key=len, default="")
        if best:
            codes.append(ADJECTIVE_STEMS[best])
    return tuple(codes)
