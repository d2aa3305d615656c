"""Reads places along a line: a road between towns, a coast, a river, a border inside a region."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.place import STRIP_KINDS
from geo.geocoding.mention import Mention
from geo.geodesy import buffer_km, disc, great_circle_km
from geo.regions import Regions, label_point
from geo.uncertainty import covering_radius_km

HEAD_CHARS = 60
COAST_WIDTH_KM = 15.0
MOST_COASTS = 2000
ROAD_WIDTH_KM = 15.0
# Roads of Europe are 1.2 to 1.3 times as long as the straight line (Ballou, Rahardja & Sakai 2002,
# Transportation Research A 36, 843-848): a bow of that length swings out by a fifth of it at most.
ROAD_SWING = 0.2
LONGEST_ROAD_KM = 1500.0
LONGEST_JOINT = 6
COASTAL_KINDS = frozenset(("country", "admin1", "macro_region"))

# Letters that a window beside a name must hold for a pattern to be worth trying.
_COAST_HINTS = ("coast", "shore", "бере")
_BORDER = "border"
_ROAD = re.compile(
    r"(?<!\w)(?:(?:along|on|of|вдоль|по|на|вздовж|уздовж|біля|у|возле)\s+)?(?:the\s+)?(?:[A-ZМРН]-?\d+\s+)?"
    r"(?:road|highway|railway|rail\s+line|motorway|route|автодорог\w*|автомагистрал\w*|магистрал\w*|"
    r"трас\w*|(?:железн\w+\s+)?дорог\w*|шоссе|шосе|автошлях\w*|залізниц\w*|(?:жд\s+)?лини[ияюе]\w*|"
    r"ліні[яїює]\w*)\s+"
    r"(?:[A-ZМРН]-?\d+\s+)?(?:(?:from|between|connecting|linking|от|из|между|від|з|між)\s+)?"
    r"[\"\u00ab\u201c]?$",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"^(?:\s*[-\u2010-\u2015]\s*|\s+(?:and|to|и|до|в|на|та|і|й)\s+)$", re.IGNORECASE
)
_COAST_BEFORE = re.compile(
    r"(?<!\w)(?:(?:along|on|off|near|to|at|вдоль|на|у|к|вздовж|уздовж|біля|до)\s+)?(?:the\s+)?"
    r"(?:(?:coast|coastline|seashore|shores?)\s+of\s+(?:the\s+)?|побереж\w+\s+|узбереж\w+\s+)$",
    re.IGNORECASE,
)
_COAST_AFTER = re.compile(
    r"^(?:['\u2019]s)?\s+(?:coast|coastline|seashore|shores?)(?!\w)", re.IGNORECASE
)
_WITHIN = re.compile(
    r"^,?\s+(?:in|inside|within|в|во|у|на\s+территории|на\s+території)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ALONG = re.compile(
    r"(?<!\w)(?:(?:along|on|вдоль|на|вздовж|уздовж|по)\s+)?(?:the\s+)?"
    r"(?:(?:left|right|north|south|east|west|northern|southern|eastern|western|лев\w+|прав\w+|"
    r"лів\w+|северн\w+|южн\w+|північн\w+|південн\w+)\s+)?"
    r"(?:along|banks?\s+of|берег\w*|березі|вдоль|вздовж|уздовж)\s+(?:the\s+)?(?:river\s+|реки\s+|річки\s+)?$",
    re.IGNORECASE,
)

Reader = Callable[[str, Mention, int], "Mention | None"]


class LineReader:
    """Reads what a text says to lie along a line.

    Parameters
    ----------
    regions
        Outlines whose coasts are asked for.
    """

    def __init__(self, regions: Regions) -> None:
        self._regions = regions
        self._coasts: dict[tuple[str | None, ...], Mention | None] = {}

    def read(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """Return the mentions with those that stand in a phrase about a line shaped to it.

        Parameters
        ----------
        text
            The text.
        mentions
            Its names with their spatial phrases, in order.

        Returns
        -------
        list of Mention
            In order. Two towns that a road joins become one mention of the strip between them.
        """
        inside = _borders_inside(text, mentions)
        out: list[Mention] = []
        taken = 0
        for number, mention in enumerate(inside):
            if mention.start < taken:
                continue
            following = inside[number + 1] if number + 1 < len(inside) else None
            read = None
            if mention.lon is not None:
                read = _road(text, mention, following, taken) or self._line(text, mention, taken)
            out.append(read or mention)
            taken = out[-1].end
        return out

    def _line(self, text: str, mention: Mention, taken: int) -> Mention | None:
        if mention.kind in STRIP_KINDS:
            return _river(text, mention, taken)
        if mention.kind in COASTAL_KINDS and mention.geometry is not None and mention.country:
            return self._coast(text, mention, taken)
        return None

    def _coast(self, text: str, mention: Mention, taken: int) -> Mention | None:
        window = text[max(taken, mention.start - HEAD_CHARS) : mention.end + HEAD_CHARS].lower()
        if not any(hint in window for hint in _COAST_HINTS):
            return None
        before = _before(_COAST_BEFORE, text, mention, taken)
        after = _COAST_AFTER.match(text[mention.end : mention.end + HEAD_CHARS])
        if before is None and after is None:
            return None
        coast = self._coast_of(mention)
        if coast is None:
            return None
        start = mention.start if before is None else before
        end = mention.end + (after.end() if after else 0)
        return replace(coast, start=start, end=end, text=text[start:end], score=mention.score)

    def _coast_of(self, mention: Mention) -> Mention | None:
        # The coast of an area, made once: its words and score are those of the first text.
        key = (mention.name, mention.kind, mention.country, mention.admin1)
        if key not in self._coasts:
            if len(self._coasts) >= MOST_COASTS:
                self._coasts.clear()
            outline, country = mention.geometry, mention.country or ""
            strip = outline and self._regions.coast(outline, country, width_km=COAST_WIDTH_KM)
            self._coasts[key] = (
                _shaped(mention, strip, f"coast of {mention.name}")
                if strip is not None and not strip.is_empty
                else None
            )
        return self._coasts[key]


def _before(pattern: re.Pattern[str], text: str, mention: Mention, taken: int) -> int | None:
    # Where the words before a name begin that match a pattern, None where they do not.
    at = max(taken, mention.start - HEAD_CHARS)
    found = pattern.search(text[at : mention.start])
    return None if found is None else at + found.start()


def _shaped(mention: Mention, geometry: BaseGeometry, name: str) -> Mention:
    # A mention with outline, point and radius of a geometry.
    lon, lat = label_point(geometry)
    return replace(
        mention,
        name=name,
        lon=lon,
        lat=lat,
        radius_km=round(covering_radius_km(geometry, lon, lat), 1),
        shape="strip",
        geometry=geometry,
        geonameid=None,
        metonym=False,
        reason=name,
    )


def _road(text: str, mention: Mention, following: Mention | None, taken: int) -> Mention | None:
    # The strip between two towns that a road or a railway joins.
    if following is None or following.lon is None or following.lat is None:
        return None
    if "point" not in (mention.shape, following.shape) or mention.shape != following.shape:
        return None
    joint = text[mention.end : following.start]
    if len(joint) > LONGEST_JOINT or not _JOINT.match(joint):
        return None
    start = _before(_ROAD, text, mention, taken)
    if start is None:
        return None
    ends = [(mention.lon or 0.0, mention.lat or 0.0), (following.lon, following.lat)]
    length_km = great_circle_km(*ends[0], *ends[1])
    if not 0 < length_km <= LONGEST_ROAD_KM:
        return None
    strip = buffer_km(shapely.LineString(ends), max(ROAD_WIDTH_KM, ROAD_SWING * length_km))
    name = f"road between {mention.name} and {following.name}"
    return replace(
        _shaped(mention, strip, name),
        start=start,
        end=following.end,
        text=text[start : following.end],
        kind="road",
        score=round(mention.score * following.score, 4),
    )


def _river(text: str, mention: Mention, taken: int) -> Mention | None:
    # A river along which something is: no course is held, so all of its reach.
    start = _before(_ALONG, text, mention, taken)
    if start is None or mention.lon is None or mention.lat is None or mention.radius_km is None:
        return None
    return replace(
        mention,
        start=start,
        text=text[start : mention.end],
        geometry=disc(mention.lon, mention.lat, mention.radius_km),
        reason=f"along the {mention.name}, whose course the gazetteer does not hold: all its reach",
    )


def _borders_inside(text: str, mentions: list[Mention]) -> list[Mention]:
    # The mentions, with borders cut to the region that the text names after them.
    if all(mention.kind != _BORDER for mention in mentions):
        return mentions
    out = list(mentions)
    for number, (border, region) in enumerate(pairwise(mentions)):
        if border.kind != _BORDER or region.kind not in {"admin1", "macro_region"}:
            continue
        if border.geometry is None or region.geometry is None:
            continue
        if _WITHIN.match(text[border.end : region.start]):
            cut = shapely.intersection(border.geometry, region.geometry)
            if not cut.is_empty:
                name = f"{border.name} inside {region.name}"
                kept = _shaped(border, cut, name)
                out[number] = replace(kept, country=region.country, admin1=region.admin1)
    return out
