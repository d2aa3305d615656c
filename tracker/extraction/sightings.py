"""How a sighting is known: eyewitness, photo, video or satellite; who placed it; its media."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tracker.extraction.languages import language_of
from tracker.extraction.lexicon import lexicon
from tracker.extraction.speaker_names import long_name_behind, name_before
from tracker.extraction.tagged import Tagged
from tracker.extraction.time_expressions import time_mentions
from tracker.extraction.time_words import TimeMention
from tracker.extraction.tokens import sentences

_MEDIA = {
    "satellite": ("satellite", "спутник", "супутник", "maxar", "planet labs", "sentinel"),
    "video": ("video", "footage", "filmed", "clip", "видео", "ролик", "відео", "кадр"),
    "photo": ("photo", "picture", "image", "фото", "снимок", "снимк", "знімок", "знімк"),
    "eyewitness": (
        *("eyewitness", "witness", "resident", "villager", "local saw", "passer-by"),
        *("очевид", "местны", "жител", "свідк", "місцев", "мешкан", "очевидц"),
    ),
}
_GEOLOCATED = ("geolocat", "геолоц", "геолок")
_FILMED = ("filmed", "shot", "taken", "recorded", "dated", "снят", "заснят", "знят", "зафільм")
_POSTED = (
    *("posted", "published", "uploaded", "shared", "appeared", "circulated"),
    *("опубликов", "выложен", "появил", "опубліков", "викладен", "з'явил", "поширен"),
)
_REACH = 3
_SHA256 = re.compile(r"\b[0-9a-fA-F]{64}\b")
_DISTANCE = re.compile(
    r"(?P<number>\d{1,4}(?:[.,]\d)?)[\s-]?(?P<unit>km|kilomet\w+|miles?|км|километр\w*|кілометр\w*)"
    r"(?:\s\w+){0,2}?\s(?:from|of|off|to|от|до|від|з)\s(?:[\w'’-]+\s){0,4}?"
    r"(?:border|frontier|boundary|границ|рубеж|кордон|рубеж)",
    re.IGNORECASE,
)
_KM_PER_MILE = 1.609344
_MOST_KEPT = 2_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Sighting:
    """How what a claim says is known, as its words tell.

    Parameters
    ----------
    known_by : tuple of str
        `eyewitness`, `photo`, `satellite`, `video`, sorted.
    geolocated_by : str or None
        Who found the place of a picture.
    filmed, posted : TimeMention or None
        When it was taken, and when it was put online.
    media_sha256 : str or None
        Hash of the media, lower case, where the words give one.
    border_distance_km : float or None
        Distance from a border, kilometres, where the words give one.
    """

    known_by: tuple[str, ...] = ()
    geolocated_by: str | None = None
    filmed: TimeMention | None = None
    posted: TimeMention | None = None
    media_sha256: str | None = None
    border_distance_km: float | None = None


@lru_cache(maxsize=_MOST_KEPT)
def sighting_of(words: str, published: date) -> Sighting:
    """Read how a claim is known off its quote.

    Parameters
    ----------
    words : str
        The quote.
    published : date
        Day of publication, UTC, from which relative times count.

    Returns
    -------
    Sighting
        What the words say; empty where they say nothing of it.
    """
    plain = words.lower()
    known_by = tuple(sorted(m for m, roots in _MEDIA.items() if any(r in plain for r in roots)))
    digest = _SHA256.search(words)
    media = digest.group().lower() if digest else None
    distance = _border_distance_km(words)
    if not any(root in plain for root in (*_GEOLOCATED, *_FILMED, *_POSTED)):
        return Sighting(known_by=known_by, media_sha256=media, border_distance_km=distance)
    geolocated = filmed = posted = None
    lang = language_of(words)
    for sentence in sentences(words):
        view = Tagged(sentence, lang, lexicon(lang))
        times = time_mentions(view, published, None)
        geolocated = geolocated or _geolocated_by(view, times)
        filmed = filmed or _timed(view, times, _FILMED)
        posted = posted or _timed(view, times, _POSTED)
    return Sighting(
        known_by=known_by,
        geolocated_by=geolocated,
        filmed=filmed,
        posted=posted,
        media_sha256=media,
        border_distance_km=distance,
    )


def _border_distance_km(words: str) -> float | None:
    match = _DISTANCE.search(words)
    if match is None:
        return None
    number = float(match["number"].replace(",", "."))
    miles = match["unit"].lower().startswith("mile")
    return round(number * _KM_PER_MILE, 1) if miles else number


def _geolocated_by(view: Tagged, times: Iterable[TimeMention]) -> str | None:
    # Read "geolocated by X", "X geolocated it", "геолоцировала группа X".
    given = list(times)
    for at, token in enumerate(view.tokens):
        if not token.norm.startswith(_GEOLOCATED):
            continue
        passive = view.norm(at + 1) in {"by", "to"}
        span = long_name_behind(view, at + 2, given) if view.norm(at + 1) == "by" else None
        if span is None and not passive:
            behind = long_name_behind(view, at + 1, given) if view.lang != "en" else None
            span = name_before(view, at, given) or behind
        if span is not None and any(view.tokens[here].is_name for here in range(*span)):
            return view.sentence_text(*span)
    return None


def _timed(
    view: Tagged, times: Iterable[TimeMention], verbs: tuple[str, ...]
) -> TimeMention | None:
    # Find the time that stands next behind one of some verbs, no other of them between.
    for time in times:
        for at in range(time.first - 1, max(-1, time.first - 1 - _REACH), -1):
            norm = view.norm(at)
            if norm.startswith(verbs):
                return time
            if norm.startswith((*_FILMED, *_POSTED)):
                break
    return None
