"""Short ways to read a sentence in tests."""

from datetime import UTC, date, datetime

from tracker.extraction.extraction import extract
from tracker.extraction.languages import language_of
from tracker.extraction.lexicon import lexicon
from tracker.extraction.tagged import Tagged
from tracker.extraction.tokens import sentences

PUBLISHED = datetime(2022, 1, 13, tzinfo=UTC)
PUBLISHED_DAY = date(2022, 1, 13)


def view_of(text, lang=None):
    """Tag the first sentence of a text."""
    lang = lang or language_of(text)
    return Tagged(sentences(text)[0], lang, lexicon(lang))


def words(view, span):
    """Read tokens back as words."""
    return view.sentence_text(*span)


def claims_of(text, **options):
    """Extract the claims of a text published on 13 January 2022."""
    given = {"report_id": "r-test", "version_id": "v-test", "published": PUBLISHED}
    return extract(text, **{**given, **options})[0]


def only_claim(text, **options):
    """Extract the one claim that a text makes."""
    claims = claims_of(text, **options)
    assert len(claims) == 1, [claim.measure for claim in claims]
    return claims[0]


def places_of(claim):
    """List a claim's places as pairs of role and words."""
    return {(place.role.value, place.text) for place in claim.places}
