"""A text goes on over the ends of its sentences, and never further than its words allow."""

import pytest

from tests.tracker.extraction.reading import claims_of, only_claim, places_of
from tracker.vocabulary import Change, ClaimKind, Extent, Status


def test_a_further_number_counts_what_was_counted_before():
    """Another fourteen behind 83 groups are fourteen more groups."""
    last = claims_of("There are 83 BTGs near Kursk. Another 14 are on their way.")[-1]

    assert (last.measure.best, last.measure.unit.value) == (14, "BTG")
    assert (last.measure.change, last.status) == (Change.INCREMENT, Status.IN_TRANSIT)


@pytest.mark.parametrize(
    "text",
    [
        "Some 40 tanks stand in Kursk. Another 14 were destroyed.",
        "Some 40 tanks stand in Kursk. Another 14 schools closed.",
        "Some 40 soldiers stand in Kursk. They are hungry.",
        "Officials said 40 tanks stand in Kursk. They will travel to Brest.",
    ],
)
def test_what_goes_on_with_something_else_is_no_claim(text):
    """A loss, another noun, or a pronoun that may stand for a speaker adds nothing."""
    assert len(claims_of(text)) == 1


def test_they_go_on_without_a_number():
    """A pronoun carries where the force goes, not how many it was."""
    first, second = claims_of("Six military trains passed Chita. They are bound for Belgorod.")

    assert first.measure.best == 6
    assert (second.kind, second.measure) == (ClaimKind.MOVEMENT, None)
    assert places_of(second) == {("to", "Belgorod")}


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("Восемь танков прибыли в Брест. Об этом сообщает «Гаюн».", "Гаюн"),
        ("Вісім танків прибули до Бреста. Про це пише «Флагшток».", "Флагшток"),
        ("Eight tanks arrived in Brest. This was reported by Hajun.", "Hajun"),
    ],
)
def test_a_speaker_may_be_named_afterwards(text, claimant):
    """Who reported it may stand in a sentence of its own."""
    assert only_claim(text).claimant == claimant


def test_afterwords_leave_named_speakers_alone():
    """A speaker named in the sentence itself stays."""
    text = "Генштаб сообщил, что восемь танков прибыли в Брест. Об этом пишет «Гаюн»."

    assert only_claim(text).claimant == "Генштаб"


def test_lines_of_a_list_keep_their_places():
    """The place that heads or ends a line is where its number stands."""
    claims = claims_of("🔹 Ельня — 700 ед. техники\n🔹 35 гаубиц — Клинцы")

    assert [places_of(claim) for claim in claims] == [{("at", "Ельня")}, {("at", "Клинцы")}]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("У м. Лиман прибуло 500 військових РФ.", "Лиман"),
        ("У с. Мілове помітили 20 танків РФ.", "Мілове"),
        ("На ст. Ельня выгрузили 30 российских танков.", "Ельня"),
    ],
)
def test_a_shortened_noun_ends_no_sentence_and_keeps_its_place(text, place):
    """The words "м.", "с." and "ст." stand between a preposition and its place."""
    assert place in {words for _, words in places_of(only_claim(text))}


@pytest.mark.parametrize(
    "text",
    [
        "У границ страны 140 тысяч российских военных, в том числе 18 тысяч — моряки.",
        "Біля кордону 140 тисяч російських військових, у тому числі 18 тисяч на півдні.",
    ],
)
def test_a_number_included_in_another_is_its_part(text):
    """The words "в том числе" and "у тому числі" make no second total."""
    whole, part = claims_of(text)

    assert (whole.measure.best, part.measure.best) == (140_000, 18_000)
    assert (whole.extent, part.extent) == (Extent.WHOLE, Extent.PART)
