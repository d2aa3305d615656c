"""The verb that governs a force is the one that says what it does, not what lies nearest."""

import pytest

from tests.tracker.extraction.reading import claims_of, only_claim, places_of
from tracker.vocabulary import ClaimKind, Status


@pytest.mark.parametrize(
    "text",
    [
        "Three tank battalions were pulled up to Bryansk.",
        "Forty howitzers were unloaded at Bryansk.",
        "Around 600 soldiers slipped into Bryansk.",
        "Сорок гаубиц выгрузили в Брянске.",
        "Три батальона перебазировали в Брянск.",
        "До Брянська прибудуть три батальйони.",
        "Сорок гаубиць розвантажили у Брянську.",
    ],
)
def test_verbs_of_motion_move_forces(text):
    """Whatever verb moves forces, the claim is a movement to the place named."""
    claim = only_claim(text)

    assert claim.kind is ClaimKind.MOVEMENT
    assert [place.role.value for place in claim.places] == ["to"]


@pytest.mark.parametrize(
    "text",
    [
        "Some 2,000 soldiers are training at Mozyr.",
        "У Мозирі лишається близько двох тисяч солдатів.",
        "В Мозыре расквартированы две тысячи солдат.",
    ],
)
def test_verbs_of_standing_keep_forces_in_place(text):
    """Whatever verb keeps forces somewhere, the claim is a presence."""
    assert only_claim(text).kind is ClaimKind.PRESENCE


def test_a_laden_train_that_was_seen_does_not_travel():
    """What a train carries is its load, not where it goes."""
    claims = claims_of("Photos show a train carrying twelve T-80 tanks at Bryansk.")

    assert {claim.kind for claim in claims} == {ClaimKind.SIGHTING}


def test_a_laden_train_that_does_nothing_else_travels():
    """Where no other verb stands, carrying moves the load."""
    claims = claims_of("A train carrying twelve T-80 tanks to Bryansk.")

    assert {claim.kind for claim in claims} == {ClaimKind.MOVEMENT}


def test_a_number_that_another_speaker_gives_takes_no_verb_across_a_semicolon():
    """Who puts a number at something does not assert the verb of the speaker before."""
    text = "Minsk said the Russian contingent would stay; NATO puts it at up to 20,000."
    claim = claims_of(text)[-1]

    assert (claim.status, claim.claimant) == (Status.ACTUAL, "NATO")


@pytest.mark.parametrize(
    "text", ["Their losses exceeded 9,000 soldiers.", "Втрати загону перевищили 900 солдатів."]
)
def test_losses_that_amount_to_a_number_are_no_force(text):
    """A toll stays a toll, whatever verb counts it."""
    assert claims_of(text) == []


def test_a_place_named_by_its_distance_is_where_forces_go():
    """Forces pulled up to within a distance of a town go there."""
    text = "Three battalions were pulled up to within 40 km of Kharkiv."

    assert places_of(only_claim(text)) == {("to", "within 40 km of Kharkiv")}


def test_where_something_was_posted_is_no_place():
    """A network on which a video stands is not where the tanks are."""
    text = "A video posted to TikTok shows nine tanks near Bryansk."

    assert places_of(only_claim(text)) == {("at", "Bryansk")}


def test_formations_in_a_row_are_claims_each():
    """A part of an army beside a brigade that moves with it is not lost."""
    text = "The 155th Brigade and units of the 5th Combined Arms Army have moved to Gomel."

    assert [claim.formation for claim in claims_of(text)] == [
        "155th Brigade",
        "5th Combined Arms Army",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Військові вивезли автобусами із Сум 1,2 тисячі людей.",
        "Военные эвакуировали из Курска две тысячи человек.",
        "Эшелоны с зерном ждут у военного порта по 10 дней.",
    ],
)
def test_civilians_and_grain_are_no_force(text):
    """Who is brought to safety, and what waits with grain, is not counted as a force."""
    assert claims_of(text) == []
