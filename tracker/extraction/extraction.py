"""Claims out of a report's text: every sentence read, every reading made a quoted claim."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

import geo.geocoding
from geo.geocoding.mention import Mention
from tracker.actors import UNKNOWN
from tracker.claims.claim import Claim, Quote
from tracker.errors import InvalidValueError
from tracker.extraction.admission import admitted
from tracker.extraction.afterwords import with_afterwords
from tracker.extraction.assembly import claim_of, placed_of
from tracker.extraction.attribution import attributions
from tracker.extraction.continuation import goes_on
from tracker.extraction.corrections import corrected_ids, mistaken, retracted
from tracker.extraction.drafts import Context, Draft, Reading, read
from tracker.extraction.kinds import kind_of
from tracker.extraction.languages import language_of, language_within
from tracker.extraction.lexicon import lexicon
from tracker.extraction.owners import owners_named
from tracker.extraction.roles import places_by_role
from tracker.extraction.saying import Attribution
from tracker.extraction.source import Source
from tracker.extraction.tagged import Tagged
from tracker.extraction.theme import is_armed
from tracker.extraction.tokens import Sentence, sentences
from tracker.placing import PlacedClaim
from tracker.reports.report import require_utc
from tracker.vocabulary import FORWARD_LOOKING, Extent, PlaceRole, Status

EXTRACTOR = "rules-5"
"""Name and version of this reading, kept with every claim."""

LONGEST_TEXT_CHARS = 2_000_000
"""What lies beyond is not read: a report is words that people wrote."""

PART_OF = "part_of"
"""Relation of a part to the total of its sentence: the two are never added."""

Geocode = Callable[..., list[Mention]]
Extraction = tuple[list[Claim], list[PlacedClaim]]
_ARMED_BEFORE, _ARMED_BEHIND = 3, 1
"""Sentences around one of which some must name what only armed forces have: else a train is a
train."""
_MOST_LOOKED_BACK = 20


class _Speakers:
    """Who spoke last, for the pronouns; sentences without forces are read only when asked."""

    def __init__(self, source: Source, lang: str) -> None:
        self._source = source
        self._lang = lang
        self._last: str | None = None
        self._unread: list[Sentence] = []

    def skip(self, sentence: Sentence) -> None:
        """Keep a sentence that has no claim but may name a speaker."""
        self._unread.append(sentence)

    def note(self, view: Tagged, found: Sequence[Attribution]) -> bool:
        # Remember who spoke last, and tell whether anybody is named.
        named = [reading for reading in found if not reading.pronoun]
        if named:
            self._last = _span_words(self._source, view, named[-1].speaker)
            self._unread.clear()
        return bool(named)

    def of(
        self, view: Tagged, found: Attribution | None, everyone: Sequence[Attribution]
    ) -> tuple[str | None, tuple[str, ...]]:
        # Name the speaker and the relays; a pronoun goes back to the last one named.
        if found is None:
            return None, ()
        via = tuple(_span_words(self._source, view, span) for span in found.via)
        if not found.pronoun:
            return _span_words(self._source, view, found.speaker), via
        earlier = [r for r in everyone if not r.pronoun and r.first < found.first]
        if earlier:
            return _span_words(self._source, view, earlier[-1].speaker), via
        for sentence in reversed(self._unread[-_MOST_LOOKED_BACK:]):
            words = self._source.text[sentence.start : sentence.end]
            lang = language_within(words, self._lang)
            before = Tagged(sentence, lang, lexicon(lang))
            if self.note(before, attributions(before, ())):
                break
        self._unread.clear()
        return self._last, via


def _span_words(source: Source, view: Tagged, span: tuple[int, int]) -> str:
    start, end = view.span(*span)
    return source.text[start:end]


def _readings(
    source: Source,
    cut: Sequence[tuple[Sentence, Tagged | None]],
    mentions: Sequence[Mention],
    speakers: _Speakers,
) -> Iterator[Reading]:
    # Read the sentences that may name forces.
    context = Context(published=source.published_at.date())
    armed = [view is not None and is_armed(view) for _, view in cut]
    ahead = 0
    before: Reading | None = None
    for number, (sentence, view) in enumerate(cut):
        while ahead < len(mentions) and mentions[ahead].end <= sentence.start:
            ahead += 1
        near = armed[max(0, number - _ARMED_BEFORE) : number + _ARMED_BEHIND + 1]
        names = view is not None and view.names_forces
        if not names:
            view = _going_on(source.text, sentence, before)  # noqa: PLW2901 read after all
        before = None
        if view is None or not any(near):
            speakers.skip(sentence)
            continue
        behind = ahead
        while behind < len(mentions) and mentions[behind].start < sentence.end:
            behind += 1
        reading = read(view, mentions[ahead:behind], replace(context, goes_on=not names))
        context = replace(context, unit=reading.unit, anchor=reading.anchor)
        before = reading if reading.drafts else None
        yield reading


def _going_on(text: str, sentence: Sentence, before: Reading | None) -> Tagged | None:
    # Tag a sentence without a force that goes on with the one before; None where it does not.
    if before is None:
        return None
    lang = language_within(text[sentence.start : sentence.end], before.view.lang)
    view = Tagged(sentence, lang, lexicon(lang))
    return view if goes_on(view, told=bool(before.attributions)) else None


def _quote(source: Source, sentence: Sentence) -> Quote:
    words = source.text[sentence.start : sentence.end]
    return Quote(start=sentence.start, end=sentence.end, text=words)


def _narrow_quote(source: Source, view: Tagged, draft: Draft) -> Quote:
    # Quote only from the force to the end of what is said of it, for a second claim.
    last = max([draft.force.last, *(place.last for place in draft.places)])
    if draft.act is not None:
        last = max(last, draft.act.last)
    first = min(draft.force.first, draft.act.first if draft.act else draft.force.first)
    start, end = view.span(first, last)
    return Quote(start=start, end=end, text=source.text[start:end])


def _may_borrow(draft: Draft, lender: Draft) -> bool:
    if draft.force.base and any(place.role is PlaceRole.FROM for place in lender.places):
        return False  # a part left: it does not say where the whole is
    if draft.force.numeral is not None:
        return True
    moves = draft.act is not None and draft.act.sort == "movement"
    return moves and draft.status is not Status.DENIED


def _with_borrowed(drafts: Sequence[Draft]) -> Iterator[Draft]:
    # Let a number without a place of its own stand where the one before it stands.
    previous: Draft | None = None
    for draft in drafts:
        whole = draft
        if not draft.places and previous is not None and _may_borrow(draft, previous):
            ahead = draft.status in FORWARD_LOOKING
            time = draft.time or (None if ahead else previous.time)
            whole = replace(draft, places=previous.places, borrowed=True, time=time)
        if whole.places or whole.time is not None:
            previous = whole
        yield whole


def _claims_of(
    reading: Reading,
    source: Source,
    speakers: _Speakers,
    seen: set[str],
    earlier: Sequence[Claim],
) -> Iterator[tuple[Claim, list[PlacedClaim]]]:
    view = reading.view
    wrong = mistaken(view, reading.drafts)
    kept: list[tuple[bool, Claim, list[PlacedClaim]]] = []
    total: str | None = None
    owner: str | None = None
    for bare in _with_borrowed(retracted(reading.drafts, wrong)):
        draft = bare if owner is None else replace(bare, owner=owner)
        if not admitted(view, draft, source):
            continue
        speaker = speakers.of(view, draft.attribution, reading.attributions)
        claim = _claim(reading, source, draft, speaker, seen)
        if claim is None:
            continue
        claim_id = claim.id
        owner = claim.actor if claim.actor != UNKNOWN else None
        if draft.force.part and total is not None:
            claim = replace(claim, relays=(total,), relay_type=PART_OF, extent=Extent.PART)
        elif claim.measure is not None:
            total = claim_id
        places = placed_of(claim_id, places_by_role(source, view, draft, kind_of(view, draft)))
        kept.append((draft.force.first in wrong, claim, places))
    speakers.note(view, reading.attributions)
    undone = [claim.id for is_wrong, claim, _ in kept if is_wrong]
    for is_wrong, claim, places in kept:
        corrects = () if is_wrong else corrected_ids(view, claim, undone, earlier)
        yield (replace(claim, corrects=corrects) if corrects else claim), places


def _claim(
    reading: Reading,
    source: Source,
    draft: Draft,
    speaker: tuple[str | None, tuple[str, ...]],
    seen: set[str],
) -> Claim | None:
    # Quote the sentence, or only what is said of the force where the sentence has that id already.
    view = reading.view
    for quote in (_quote(source, view.sentence), _narrow_quote(source, view, draft)):
        try:
            claim = claim_of(source, reading, draft, quote, speaker)
        except InvalidValueError:
            return None
        claim_id = claim.id
        if claim_id not in seen:
            seen.add(claim_id)
            return claim
    return None


def _view(text: str, sentence: Sentence, lang: str) -> Tagged | None:
    # Tag a sentence in its own language; None where no word in it may name a force.
    lang = language_within(text[sentence.start : sentence.end], lang)
    words = lexicon(lang)
    return Tagged(sentence, lang, words) if words.is_about_forces(sentence) else None


def _mentions(
    text: str,
    cut: Sequence[tuple[Sentence, Tagged | None]],
    published: datetime,
    geocode: Geocode,
) -> list[Mention]:
    # Find the places of each sentence in the language that it is written in.
    views = [view for _, view in cut if view is not None]
    langs = dict.fromkeys(view.lang for view in views)
    found = []
    for lang in langs:
        mine = geocode(text, lang=lang, published=published)
        if len(langs) > 1:
            own = [view.sentence for view in views if view.lang == lang]
            starts = [sentence.start for sentence in own]
            mine = [m for m in mine if _is_within(own, starts, m.start)]
        found.extend(mine)
    return sorted(found, key=lambda mention: mention.start)


def _is_within(own: Sequence[Sentence], starts: Sequence[int], at: int) -> bool:
    # Whether an offset lies in one of some sentences, which are in order.
    number = bisect_right(starts, at) - 1
    return number >= 0 and at < own[number].end


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
    cut = [
        (sentence, _view(text, sentence, lang)) for sentence in sentences(text[:LONGEST_TEXT_CHARS])
    ]
    if not any(view is not None and view.names_forces for _, view in cut):
        return [], []
    source = Source(
        text=text,
        report_id=report_id,
        version_id=version_id,
        published_at=published,
        known_at=known_at or published,
        extractor=EXTRACTOR,
    )
    mentions = _mentions(
        text[:LONGEST_TEXT_CHARS], cut, published, geocode or geo.geocoding.geocode
    )
    claims: list[Claim] = []
    placed: list[PlacedClaim] = []
    speakers = _Speakers(source, lang)
    seen: set[str] = set()
    owners: set[str] = set()
    for reading in _readings(source, cut, mentions, speakers):
        owners |= owners_named(reading.view)
        told = replace(source, owner=next(iter(owners)) if len(owners) == 1 else None)
        fresh = list(_claims_of(reading, told, speakers, seen, claims))
        for claim, places in fresh:
            claims.append(claim)
            placed.extend(places)
        owners.update(claim.actor for claim in claims[-1:] if claim.actor != UNKNOWN)
    return with_afterwords(text, lang, [sentence for sentence, _ in cut], claims), placed
