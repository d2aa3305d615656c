"""A new wording says nothing twice, and a changed number corrects the one before."""

import dataclasses
from datetime import UTC, datetime

import pytest

from jobs.ingest_texts.revision import revise
from tracker.claims import Claim, Measure, Quote
from tracker.vocabulary import ClaimKind, Qualifier, Status, Unit


@pytest.fixture
def claim_of():
    """Return a maker of a claim out of a sentence and a count."""

    def make(sentence, count, start=0, unit=Unit.TRAIN):
        return Claim(
            report_id="r-1",
            version_id="v-1",
            quote=Quote(start=start, end=start + len(sentence), text=sentence),
            kind=ClaimKind.SIGHTING,
            status=Status.ACTUAL,
            actor="RU",
            known_at=datetime(2022, 1, 13, tzinfo=UTC),
            extractor="test 1",
            measure=Measure(qualifier=Qualifier.EXACT, unit=unit, best=count, text=str(count)),
        )

    return make


def test_a_sentence_that_moved_is_not_said_again(claim_of):
    """A paragraph put before it shifts the quote, not the claim."""
    old = claim_of("12 trains passed Omsk.", 12)
    moved = claim_of("12 trains\npassed Omsk.", 12, start=80)

    assert revise([moved], [old]) == []


def test_a_changed_number_corrects_its_claim(claim_of):
    """The new claim names the old one; an untouched neighbour is left alone."""
    old = claim_of("On Thursday 12 trains passed Omsk.", 12)
    neighbour = claim_of("2 trains stood at Tomsk all day.", 2, start=40)
    new = claim_of("On Thursday 14 trains passed Omsk.", 14)

    assert revise([new, neighbour], [old, neighbour]) == [
        dataclasses.replace(new, corrects=(old.id,))
    ]


def test_a_new_statement_corrects_nothing(claim_of):
    """Another unit or another sentence is news."""
    old = claim_of("On Thursday 12 trains passed Omsk.", 12)
    tanks = claim_of("On Thursday 12 tanks passed Omsk.", 12, unit=Unit.TANK)
    other = claim_of("Watchers in Chita counted 3 more.", 3)

    assert revise([tanks, other], [old]) == [tanks, other]


def test_what_was_corrected_before_is_not_corrected_again(claim_of):
    """The third wording corrects the second, not the first."""
    first = claim_of("On Thursday 12 trains passed Omsk.", 12)
    second = dataclasses.replace(
        claim_of("On Thursday 14 trains passed Omsk.", 14), corrects=(first.id,)
    )
    third = claim_of("On Thursday 15 trains passed Omsk.", 15)

    (revised,) = revise([third], [first, second])

    assert revised.corrects == (second.id,)
