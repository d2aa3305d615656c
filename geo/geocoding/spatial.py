"""Turns spatial language around a name into a geometry: near, N km from, the border with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from geo.geocoding.lookup import Lookup
from geo.geocoding.mention import Mention
from geo.geocoding.phrase import Phrase
from geo.geocoding.phrases import (
    LANGUAGES,
    Language,
    direction_of,
    kilometres,
    pair_of_adjectives,
)
from geo.geocoding.tokens import word_before
from geo.geodesy import buffer_km, destination, disc, ring
from geo.regions import DIRECTION_DEG, Regions, label_point
from geo.uncertainty import covering_radius_km

HEAD_CHARS = 90
NEAR_KM = {"settlement": 15.0, "capital": 30.0}
NEAR_OTHER_KM = 20.0
NEAR_AREA_KM = 50.0
WIDEST_NEAR_KM = 300.0  # near something wider is no more than the thing itself
# How far "north of" a town reaches: a village's surroundings, and more around a city.
WIND_REACH_KM = 25.0
WIND_REACH_BY_RADIUS = 2.0
WIDEST_WIND_REACH_KM = 60.0
DISTANCE_SPREAD = 0.2
BORDER_WIDTH_KM = 50.0
REGION_BORDER_WIDTH_KM = 25.0
BETWEEN_WIDTH_KM = 15.0
LONGEST_DISTANCE_KM = 2000.0
WIDEST_DISC_KM = 60.0
BARE_BORDER_SCORE = 0.6  # a guess from the text's other names
BORDERED_KINDS = frozenset(("country", "macro_region", "admin1"))
REMEMBERED_SHAPES = 2000
SIDE_SHARE = 1 / 3
OUTERMOST_SHARE = 1 / 5
# Regions that are always meant by a country's side, whatever its extent says.
CONVENTIONAL_SIDES = {("RU", "E"): "far east", ("RU", "W"): "western russia"}
_MOST = re.compile(r"(?<!\w)(?:(?:на|в|у)\s+)?(?:крайн\w+|сам\w+)\s+$", re.IGNORECASE)
_WITH = re.compile(r"(?:\bс|\bсо|\bз|\bзі|\bіз|\bwith)\s+(?:the\s+)?$", re.IGNORECASE)
_AND = re.compile(
    r"^(?:,?\s+(?:and|to|и|та|і|й|до)\s+(?:the\s+)?|\s*[-\u2013\u2014]\s*)$", re.IGNORECASE
)


class _Beside:
    """What stands beside a name and can make a phrase of it; beside most names nothing does.

    Attributes
    ----------
    before
        Whether the word before it is one after which phrases are tried.
    after
        A border after a name of a country or of a part of one.
    """

    __slots__ = ("after", "before")

    def __init__(self, text: str, mention: Mention, language: Language) -> None:
        self.before = False
        self.after: re.Match[str] | None = None
        if mention.lon is not None:
            self.before = word_before(text, mention.start)[1].lower() in language.gates
            if mention.country:
                self.after = language.after_border.match(text, mention.end)


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
        self._readers = {
            "distance_border": self._border_at_distance,
            "distance": self._distance,
            "border": self._border_with,
            "part": self._side,
            "side": self._side,
            "wind": self._wind,
            "between": self._between,
            "near": self._near,
        }

    def read(self, text: str, mentions: list[Mention], lang: str) -> list[Mention]:
        """Return the mentions with those that stand in a spatial phrase widened to it.

        Parameters
        ----------
        text
            The text.
        mentions
            Its names, in order.
        lang
            `en`, `ru` or `uk`; others are read as English.

        Returns
        -------
        list of Mention
            In order; a phrase takes the place of the name inside it.
        """
        language = LANGUAGES.get(lang, LANGUAGES["en"])
        everything = tuple(mentions)
        out: list[Mention] = []
        taken = 0
        for number, mention in enumerate(mentions):
            if mention.start < taken:
                continue
            beside = _Beside(text, mention, language)
            if beside.before or beside.after:
                around = Phrase(
                    text=text,
                    start=mention.start,
                    end=mention.end,
                    mention=mention,
                    following=mentions[number + 1] if number + 1 < len(mentions) else None,
                    mentions=everything,
                )
                out.append(self._read_one(around, language, beside, taken))
            else:
                out.append(mention)
            taken = out[-1].end
        borders = list(self._bare_borders(text, out, language))
        return sorted([*out, *borders], key=lambda m: (m.start, m.end)) if borders else out

    def _read_one(self, around: Phrase, language: Language, beside: _Beside, taken: int) -> Mention:
        mention = around.mention
        if beside.after:
            return self._border(replace(around, end=beside.after.end())) or mention
        head = around.text[max(0, mention.start - HEAD_CHARS, taken) : mention.start]
        lowered = head.lower()
        for name, hints, pattern in language.before:
            for hint in hints:
                if hint in lowered:
                    found = pattern.search(head)
                    break
            else:
                continue
            if found:
                start = mention.start - len(head) + found.start()
                phrase = replace(around, start=start, given=found.groupdict())
                read = self._apply(name, phrase)
                if read is not None:
                    return read
        return mention

    def _apply(self, name: str, phrase: Phrase) -> Mention | None:
        # The widened mention of one phrase, None where it does not fit the place.
        if phrase.given.get("between"):
            return self._border_between(phrase) if name == "border" else self._between(phrase)
        reader = self._readers.get(name)
        return None if reader is None else reader(phrase)

    def _near(self, phrase: Phrase) -> Mention:
        mention = phrase.mention
        lon, lat, radius_km = phrase.at
        if mention.shape != "area" or mention.geometry is None:
            radius_km += NEAR_KM.get(mention.kind or "", NEAR_OTHER_KM)
            shape = disc(lon, lat, round(min(radius_km, WIDEST_DISC_KM), 1))
        elif radius_km > WIDEST_NEAR_KM:
            return mention
        else:
            radius_km += NEAR_AREA_KM
            shape = self._regions.around(mention.geometry, NEAR_AREA_KM)
        return phrase.widened("area", shape, radius_km, f"near {mention.name}")

    def _distance(self, phrase: Phrase) -> Mention | None:
        lon, lat, radius_km = phrase.at
        length_km = kilometres(phrase.given)
        if not 0 < length_km <= LONGEST_DISTANCE_KM:
            return None
        direction = direction_of(phrase.given.get("wind") or "")
        inner = length_km * (1 - DISTANCE_SPREAD)
        outer = length_km * (1 + DISTANCE_SPREAD) + min(radius_km, 10.0)
        reason = f"{length_km:g} km from {phrase.mention.name}"
        if not direction:
            return phrase.widened("ring", ring(lon, lat, inner, outer), outer, reason)
        axis = DIRECTION_DEG[direction]
        sector = ring(lon, lat, inner, outer, towards_deg=axis)
        there = _moved(phrase, axis, length_km)
        return there.widened("sector", sector, max(0.45 * length_km + radius_km, 3.0), reason)

    def _wind(self, phrase: Phrase) -> Mention | None:
        direction = direction_of(phrase.given["wind"] or "")
        if not direction:
            return None
        if phrase.mention.shape != "point":
            most = _MOST.search(phrase.text[: phrase.start][-HEAD_CHARS:])
            if most:
                start = phrase.start - len(most[0])
                return self._cut(replace(phrase, start=start), direction, OUTERMOST_SHARE)
            return self._cut(phrase, direction, SIDE_SHARE)
        lon, lat, radius_km = phrase.at
        axis = DIRECTION_DEG[direction]
        reach_km = min(WIDEST_WIND_REACH_KM, WIND_REACH_KM + WIND_REACH_BY_RADIUS * radius_km)
        sector = ring(lon, lat, 0.0, reach_km, towards_deg=axis)
        there = _moved(phrase, axis, 0.4 * reach_km)
        reason = f"{direction} of {phrase.mention.name}"
        return there.widened("sector", sector, 0.7 * reach_km, reason)

    def _side(self, phrase: Phrase) -> Mention | None:
        mention, words = phrase.mention, (phrase.given["side"] or "").lower()
        direction = direction_of(words)
        if not direction or mention.geometry is None or mention.kind in {"sea", "ocean"}:
            return None
        outline = self._conventional(mention, direction)
        if outline is not None:
            return self._shaped(phrase, outline, f"{direction} of {mention.name}")
        most = "most" in words or words.startswith(("far", "extreme"))
        most = most or bool(phrase.given.get("most"))
        return self._cut(phrase, direction, OUTERMOST_SHARE if most else SIDE_SHARE)

    def _conventional(self, mention: Mention, direction: str) -> BaseGeometry | None:
        # The region that a country's side always means, whatever its extent says.
        key = CONVENTIONAL_SIDES.get((mention.country or "", direction))
        name = self._lookup.names[key] if key and mention.kind == "country" else None
        return None if name is None else self._regions.outline(name.place)

    def _cut(self, phrase: Phrase, direction: str, share: float) -> Mention | None:
        outline = phrase.mention.geometry
        part = None if outline is None else self._regions.part(outline, direction, share=share)
        if part is None:
            return None
        return self._shaped(phrase, part, f"{direction} of {phrase.mention.name}")

    def _between(self, phrase: Phrase) -> Mention | None:
        # The strip between two places.
        mention, other = phrase.mention, _second(phrase)
        if other is None or "area" in {mention.shape, other.shape}:
            return None
        line = shapely.LineString([phrase.at[:2], (other.lon or 0.0, other.lat or 0.0)])
        strip = buffer_km(line, BETWEEN_WIDTH_KM)
        name = f"between {mention.name} and {other.name}"
        return replace(self._shaped(replace(phrase, end=other.end), strip, name), shape="strip")

    def _border_between(self, phrase: Phrase) -> Mention | None:
        # The strip along the border of two countries that are both named.
        one, other = phrase.mention, _second(phrase)
        if other is None or not (one.country and other.country) or one.kind != other.kind:
            return None
        if one.kind == "country":
            strip = self._regions.border_strip(
                one.country, (other.country,), width_km=BORDER_WIDTH_KM
            )
        elif one.geometry is None or other.geometry is None:
            return None
        else:
            strip = self._regions.strip_between(
                one.geometry, other.geometry, width_km=REGION_BORDER_WIDTH_KM
            )
        if strip is None:
            return None
        name = f"border of {phrase.mention.name} and {other.name}"
        return _as_border(self._shaped(replace(phrase, end=other.end), strip, name))

    def _border_with(self, phrase: Phrase) -> Mention | None:
        with_it = _WITH.search(phrase.text[phrase.start : phrase.mention.start])
        both = None if with_it else self._border_between(phrase)
        return both or self._border(phrase, inside=True)

    def _border_at_distance(self, phrase: Phrase) -> Mention | None:
        with_it = _WITH.search(phrase.text[phrase.start : phrase.mention.start])
        return self._border(phrase, inside=bool(with_it), at_km=kilometres(phrase.given))

    def _border(
        self, phrase: Phrase, *, inside: bool = False, at_km: float | None = None
    ) -> Mention | None:
        # The strip along a country's border, on the side of its neighbours if `inside`.
        country = phrase.mention.country
        if country is None or phrase.mention.kind not in BORDERED_KINDS:
            return None
        if phrase.mention.kind != "country" and phrase.mention.geometry is not None:
            width_km = REGION_BORDER_WIDTH_KM
            line = shapely.simplify(shapely.boundary(phrase.mention.geometry), 0.03)
            outline = self._shaped(
                phrase, buffer_km(line, width_km), f"border of {phrase.mention.name}"
            )
            return _as_border(outline, country)
        others = self._neighbours_named(country, phrase.mentions)
        strip = self._regions.border_strip(
            country,
            others,
            width_km=BORDER_WIDTH_KM if at_km is None else at_km * (1 + DISTANCE_SPREAD),
            inside=others if inside else (),
            from_km=0.0 if at_km is None else at_km * (1 - DISTANCE_SPREAD),
        )
        if strip is None:
            return None
        told = f" with {', '.join(others)}" if len(others) <= 2 else ""
        border = self._shaped(phrase, strip, f"border of {phrase.mention.name}{told}")
        return _as_border(border, others[0] if inside and len(others) == 1 else None)

    def _neighbours_named(self, country: str, mentions: Iterable[Mention]) -> tuple[str, ...]:
        # The neighbours of a country that the text names, all of them if it names none.
        neighbours = self._regions.neighbours(country)
        named = Counter(m.country for m in mentions if m.country in neighbours).most_common(2)
        if not named:
            return neighbours
        most = named[0][1]
        return tuple(str(other) for other, count in named if 3 * count >= most)

    def _bare_borders(
        self, text: str, mentions: list[Mention], language: Language
    ) -> Iterator[Mention]:
        # The borders that are named without a country, where the text tells which.
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
            pair = pair_of_adjectives(border) or self._pair(mentions)
            yield self._placed_border(text, start, end, pair)

    def _placed_border(self, text: str, start: int, end: int, pair: tuple[str, ...]) -> Mention:
        words = text[start:end]
        told = Mention(
            start=start,
            end=end,
            text=words,
            name=words,
            kind="border",
            reason="the text does not tell whose border",
        )
        strip = None
        if pair:
            others = pair[1:] or self._regions.neighbours(pair[0])
            strip = self._regions.border_strip(pair[0], others, width_km=BORDER_WIDTH_KM)
        if strip is None:
            return told
        named = self._shaped(
            Phrase(text=text, start=start, end=end, mention=told),
            strip,
            f"border of {' and '.join(pair)}",
        )
        reason = "the neighbours that the text names most"
        return replace(_as_border(named), score=BARE_BORDER_SCORE, reason=reason)

    def _pair(self, mentions: list[Mention]) -> tuple[str, ...]:
        # The two neighbours that the text names most, the lesser one first.
        ranked = [c for c, _ in Counter(m.country for m in mentions if m.country).most_common(5)]
        for i, one in enumerate(ranked):
            for other in ranked[:i]:
                if one and other and other in self._regions.neighbours(one):
                    return (one, other)
        return ()

    def _shaped(self, phrase: Phrase, geometry: BaseGeometry, name: str) -> Mention:
        # A mention whose point and radius come from a geometry.
        key = shapely.to_wkb(geometry)
        if key not in self._radii:
            if len(self._radii) > REMEMBERED_SHAPES:
                self._radii.clear()
            lon, lat = label_point(geometry)
            self._radii[key] = (lon, lat, round(covering_radius_km(geometry, lon, lat), 1))
        lon, lat, radius_km = self._radii[key]
        widened = phrase.widened("area", geometry, radius_km, name)
        return replace(widened, name=name, lon=lon, lat=lat, geonameid=None, metonym=False)


def _as_border(mention: Mention, country: str | None = None) -> Mention:
    return replace(mention, kind="border", shape="strip", country=country, admin1=None)


def _moved(phrase: Phrase, axis_deg: float, length_km: float) -> Phrase:
    # The phrase with its name's point moved along a bearing.
    lon, lat = destination(*phrase.at[:2], axis_deg, length_km * 1000)
    return replace(phrase, mention=replace(phrase.mention, lon=round(lon, 4), lat=round(lat, 4)))


def _second(phrase: Phrase) -> Mention | None:
    # The name joined to a phrase's own by "and", where it has a position.
    other = phrase.following
    if other is None or other.lon is None:
        return None
    return other if _AND.match(phrase.text[phrase.mention.end : other.start]) else None
