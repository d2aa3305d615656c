"""Claims out of a report's text: every sentence read, every reading made a quoted claim."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from geo.geocoding import Mention
from tracker.claims.assembly import Source, admitted, claim_of, kind_of, placed_of, places_by_role
from tracker.claims.attribution import Attribution
from tracker.claims.claim import Claim, Quote
from tracker.claims.drafts import Context, Draft, Reading, read
from tracker.claims.lexicon import Lexicon, lexicon
from tracker.claims.tagged import Tagged
from tracker.claims.tokens import Sentence, sentences
from tracker.errors import InvalidValueError
from tracker.placing import PlacedClaim
from tracker.reports.report import require_utc
from tracker.vocabulary import FORWARD_LOOKING, Status

EXTRACTOR = "rules-1"
"""Name and version of this reading, kept with every claim."""

LONGEST_TEXT_CHARS = 2_000_000
"""What lies beyond is not read: a report is words that people wrote."""

Geocode = Callable[..., list[Mention]]
Extraction = tuple[list[Claim], list[PlacedClaim]]
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_RUSSIAN = re.compile(r"[ыэъёЫЭЪЁ]")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_LATIN = re.compile(r"[A-Za-z]")
_SAMPLE_CHARS = 4_000


def language_of(text: str) -> str:
    """Tell the language of a text by its letters.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        `en`, `ru` or `uk`; Latin letters are taken for English.
    """
    sample = text[:_SAMPLE_CHARS]
    if len(_CYRILLIC.findall(sample)) <= len(_LATIN.findall(sample)):
        return "en"
    return "uk" if len(_UKRAINIAN.findall(sample)) > len(_RUSSIAN.findall(sample)) else "ru"


@dataclass(slots=True)
class _Speakers:
    """Who spoke last, for the pronouns."""

    last: str | None = None

    def of(
        self,
        source: Source,
        view: Tagged,
        found: Attribution | None,
        all_found: Sequence[Attribution],
    ) -> tuple[str | None, tuple[str, ...]]:
        """Name the speaker and the relays; a pronoun goes back to the last one named."""
        if found is None:
            return None, ()
        via = tuple(_span_words(source, view, span) for span in found.via)
        if not found.pronoun:
            return _span_words(source, view, found.speaker), via
        earlier = [r for r in all_found if not r.pronoun and r.first < found.first]
        return (_span_words(source, view, earlier[-1].speaker) if earlier else self.last), via

    def note(self, source: Source, view: Tagged, found: Sequence[Attribution]) -> None:
        """Remember who spoke last."""
        named = [reading for reading in found if not reading.pronoun]
        if named:
            self.last = _span_words(source, view, named[-1].speaker)


def _span_words(source: Source, view: Tagged, span: tuple[int, int]) -> str:
    start, end = view.span(*span)
    return source.text[start:end]


def _is_military(view: Tagged) -> bool:
    """Whether a sentence names something that only armed forces have."""
    return any(
        tag.entry.get("sort") in {"", "generic", "echelon", "fleet"} for tag in view.of("unit")
    ) or bool(view.of("cue"))


def _views(text: str, lang: str) -> Iterator[Tagged]:
    words: Lexicon = lexicon(lang)
    for sentence in sentences(text[:LONGEST_TEXT_CHARS]):
        yield Tagged(sentence, lang, words)


def _counts(view: Tagged) -> bool:
    """Whether a sentence names forces or people who may be forces."""
    people = any(tag.entry.get("sort") == "people" for tag in view.of("actor"))
    return people or bool(view.of("unit"))


def _is_worth_reading(view: Tagged, context: Context) -> bool:
    if _counts(view):
        return True
    return context.unit is not None and any(token.sort == "number" for token in view.tokens)


def _readings(views: Sequence[Tagged], mentions: Sequence[Mention], source: Source) -> Iterator[Reading]:
    context = Context(
        published=source.published_at.date(), military=any(_is_military(view) for view in views)
    )
    ahead = 0
    for view in views:
        start, end = view.sentence.start, view.sentence.end
        while ahead < len(mentions) and mentions[ahead].end <= start:
            ahead += 1
        here = []
        for mention in mentions[ahead:]:
            if mention.start >= end:
                break
            here.append(mention)
        reading = read(view, here, context)
        context = replace(context, unit=reading.unit, anchor=reading.anchor)
        yield reading


def _quote(source: Source, sentence: Sentence) -> Quote:
    words = source.text[sentence.start : sentence.end]
    return Quote(start=sentence.start, end=sentence.end, text=words)


def _narrow_quote(source: Source, view: Tagged, draft: Draft) -> Quote:
    """Quote only from the force to the end of what is said of it, for a second claim."""
    last = max([draft.force.last, *(place.last for place in draft.places)])
    if draft.act is not None:
        last = max(last, draft.act.last)
    first = min(draft.force.first, draft.act.first if draft.act else draft.force.first)
    start, end = view.span(first, last)
    return Quote(start=start, end=end, text=source.text[start:end])


def _may_borrow(draft: Draft) -> bool:
    if draft.force.numeral is not None:
        return True
    moves = draft.act is not None and draft.act.sort == "movement"
    return moves and draft.status is not Status.DENIED


def _with_borrowed(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Let a number without a place of its own stand where the one before it stands."""
    previous: Draft | None = None
    for draft in drafts:
        if not draft.places and previous is not None and _may_borrow(draft):
            time = draft.time
            if time is None and draft.status not in FORWARD_LOOKING:
                time = previous.time
            draft = replace(draft, places=previous.places, borrowed=True, time=time)
        if draft.places or draft.time is not None:
            previous = draft
        yield draft


def _claims_of(reading: Reading, source: Source, speakers: _Speakers, seen: set[str]) -> Iterator[tuple[Claim, list[PlacedClaim]]]:
    view = reading.view
    for draft in _with_borrowed(reading.drafts):
        if not admitted(view, draft, source):
            continue
        speaker = speakers.of(source, view, draft.attribution, reading.attributions)
        for quote in (_quote(source, view.sentence), _narrow_quote(source, view, draft)):
            try:
                claim = claim_of(source, reading, draft, quote, speaker)
            except InvalidValueError:
                break
            if claim.id in seen:
                continue
            seen.add(claim.id)
            yield claim, placed_of(claim, places_by_role(source, view, draft, kind_of(view, draft)))
            break
    speakers.note(source, view, reading.attributions)


@cache
def _default_geocode() -> Geocode:
    from geo.geocoding import geocode

    return geocode


def extract(
    text: str,
    *,
    report_id: str,
    version_id: str,
    published: datetime,
    lang: str | None = None,
    known_at: datetime | None = None,
    geocode: Geocode | None = None,
) -> Extraction:
    """Read the claims of a text.

    Parameters
    ----------
    text : str
        Any text, as published; every quote is its own span.
    report_id, version_id : str
        Where it comes from.
    published : datetime
        When it was published, aware UTC; relative times count from its day.
    lang : str, optional
        `en`, `ru` or `uk`; by default told by the letters.
    known_at : datetime, optional
        From when the public could know it; by default the publication.
    geocode : callable, optional
        Finds places: `geocode(text, lang=..., published=...)`; by default `geo.geocoding.geocode`.

    Returns
    -------
    (list of Claim, list of PlacedClaim)
        Claims in the order of their words, and one placed claim per claim and place.

    Raises
    ------
    InvalidValueError
        Where an instant is not aware UTC.
    """
    require_utc(published, "published")
    lang = lang if lang in {"en", "ru", "uk"} else language_of(text)
    source = Source(
        text=text,
        report_id=report_id,
        version_id=version_id,
        published_at=published,
        known_at=known_at or published,
        extractor=EXTRACTOR,
    )
    views = list(_views(text, lang))
    if not any(_counts(view) for view in views):
        return [], []
    locate = geocode or _default_geocode()
    mentions = locate(text[:LONGEST_TEXT_CHARS], lang=lang, published=published)
    claims: list[Claim] = []
    placed: list[PlacedClaim] = []
    speakers = _Speakers()
    seen: set[str] = set()
    for reading in _readings(views, sorted(mentions, key=lambda m: m.start), source):
        for claim, places in _claims_of(reading, source, speakers, seen):
            claims.append(claim)
            placed.extend(places)
    return claims, placed
