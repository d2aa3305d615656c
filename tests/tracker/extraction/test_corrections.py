"""Claims that a text takes back, and the claims that replace them."""

import pytest

from tests.tracker.extraction.reading import claims_of, places_of
from tracker.vocabulary import Status

REPLACED = [
    ("The group said 8 tanks, not 10 as earlier reported, had reached Kursk.", 10, 8),
    ("Сначала сообщалось о пяти эшелонах, но на самом деле в Ельню пришли только три.", 5, 3),
    ("Спершу повідомлялося про 12 танків, насправді в Бєлгород прибули 9 танків.", 12, 9),
]


@pytest.mark.parametrize(("text", "old", "new"), REPLACED)
def test_a_corrected_number_is_retracted_and_named(text, old, new):
    """The number taken back is retracted; the one that stands names it."""
    by_size = {claim.measure.best: claim for claim in claims_of(text)}

    assert by_size[old].status is Status.RETRACTED
    assert by_size[new].corrects == (by_size[old].id,)


def test_a_corrected_place_is_retracted():
    """Where a column was first thought to go is not where it went."""
    text = (
        "Analysts first assumed the column was bound for Voronezh; "
        "in fact its 30 tanks went to Belgorod."
    )

    wrong, right = claims_of(text)

    assert (wrong.status, places_of(right)) == (Status.RETRACTED, {("to", "Belgorod")})
    assert right.corrects == (wrong.id,)


def test_a_correction_replaces_a_claim_of_an_earlier_sentence():
    """A sentence that opens as a correction names the last claim that counts the same."""
    old, new = claims_of(
        "Some 10,000 Russian soldiers are near Kursk. Correction: 8,000 soldiers are near Kursk."
    )

    assert new.corrects == (old.id,)


def test_a_beginning_without_contrast_takes_nothing_back():
    """'Initially' alone only orders what happened."""
    claims = claims_of("The convoy initially moved to Kursk and 20 tanks are now in Belgorod.")

    assert [claim for claim in claims if claim.corrects or claim.status is Status.RETRACTED] == []
