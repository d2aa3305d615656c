"""Only what happened is actual."""

import pytest

from tests.tracker.extraction.reading import claims_of, only_claim
from tracker.vocabulary import Status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Two brigades have arrived in Kursk.", "actual"),
        ("Two brigades have not been pulled back from Kursk.", "denied"),
        ("The ministry denied that two brigades had moved to Kursk.", "denied"),
        ("Two brigades will move to Kursk.", "planned"),
        ("Two brigades are expected to move to Kursk.", "expected"),
        ("The minister threatened to send two brigades to Kursk.", "threatened"),
        ("They would need 40,000 troops to hold Kursk.", "required"),
        ("Two brigades are on their way to Kursk.", "in_transit"),
        ("Two brigades are heading to Kursk and are expected to arrive in May.", "in_transit"),
        ("Two brigades stand at the formerly empty Seshcha airfield.", "actual"),
        ("Российских войск в Курске больше нет.", "denied"),
        ("Російських військ у Курську немає.", "denied"),
        ("Переброска спецназа в Курск — фейк.", "denied"),
        ("Контингент в Курске составит две бригады.", "planned"),
        ("Контингент у Курську становитиме дві бригади.", "planned"),
        ("There were 40,000 troops near Kursk in April 2021.", "background"),
        ("Moscow has not ruled out sending two brigades to Kursk.", "hypothetical"),
        ("Moscow ruled out sending two brigades to Kursk.", "denied"),
        ("Москва не исключает отправки двух бригад в Курск.", "hypothetical"),
        ("Москва исключила отправку двух бригад в Курск.", "denied"),
        ("Москва не виключає відправлення двох бригад до Курська.", "hypothetical"),
        ("Japan to deploy two brigades on the island", "planned"),
        ("Две бригады прибыли в Курск.", "actual"),
        ("Две бригады не выводили из Курска.", "denied"),
        ("Две бригады перебросят в Курск.", "planned"),
        ("В Курск могут прибыть две бригады.", "expected"),
        ("Для этого нужно 40 тысяч солдат.", "required"),
        ("Не исключено, что две бригады войдут в Курск.", "hypothetical"),
        ("Две бригады прибудут в Курск.", "planned"),
        ("Две бригады покинут Курск.", "planned"),
        ("Росія виведе дві бригади з Курська.", "planned"),
        ("Дві бригади увійдуть до Курська.", "planned"),
        ("Дві бригади рухаються до Курська.", "actual"),
        ("До Курська можуть прибути дві бригади.", "expected"),
    ],
)
def test_status_follows_the_words(text, status):
    """Negation, modals, verbs of expectation and tense decide how real it is."""
    assert only_claim(text).status.value == status


def test_a_modal_bears_on_its_own_verb():
    """What is planned for one force says nothing of the other."""
    text = "Some 300 soldiers will move to Kursk, while 900 soldiers are stationed in Orel."

    assert [claim.status.value for claim in claims_of(text)] == ["planned", "actual"]


def test_an_actual_claim_is_never_seen_after_publication():
    """A date without a year that would lie ahead is last year's."""
    claim = only_claim("On 20 January two brigades arrived in Kursk.")

    assert claim.observed is None or claim.observed.end <= claim.known_at


@pytest.mark.parametrize(
    "text",
    [
        "Twenty soldiers were killed and 12 tanks destroyed near Kursk.",
        "The ministry ordered 120 tanks worth 300 million dollars.",
        "More than 20,000 refugees crossed the border.",
        "In 1943 some 900,000 soldiers fought near Kursk.",
        "The team beat its rivals 3-1 before 40,000 fans.",
        "A passenger train with 300 people left Kursk.",
        "Погибли 12 военных, подбито 3 танка.",
        "Пожежний потяг прибув до Курська.",
        "The ruble fell 0.8% to 75.32 per dollar, and yields rose 15 basis points.",
    ],
)
def test_what_is_no_force_gives_no_claim(text):
    """Losses, purchases, refugees, history, sport, prices and civil trains stay out."""
    assert claims_of(text) == []


def test_what_is_called_false_is_denied():
    """The denial may stand after the number."""
    claim = only_claim("Reports of 140,000 Russian troops in Belarus are false, the ministry said.")

    assert claim.status is Status.DENIED
