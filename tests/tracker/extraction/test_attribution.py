"""Who says it, and who only passes it on."""

import pytest

from tests.tracker.extraction.reading import (
    PUBLISHED_DAY,
    claims_of,
    only_claim,
    view_of,
    words,
)
from tracker.extraction.attribution import attributions
from tracker.extraction.time_expressions import time_mentions


def first_speaker(text):
    """Read the first speaker of a text and its relays."""
    view = view_of(text)
    found = attributions(view, time_mentions(view, PUBLISHED_DAY))[0]
    return words(view, found.speaker), [words(view, via) for via in found.via]


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("Twelve tanks left, the defence ministry said on Friday.", "the defence ministry", []),
        ("Two officials told Reuters that 300 men had come.", "Two officials", ["Reuters"]),
        ("Anna Holm, head of the monitoring group, said 20 tanks left.", "Anna Holm", []),
        ("According to local residents, 20 tanks left.", "local residents", []),
        (
            "The paper, citing a ministry report, wrote that 20 left.",
            "a ministry report",
            ["The paper"],
        ),
        (
            "Villagers report 20 tanks, said the monitoring group.",
            "Villagers",
            ["the monitoring group"],
        ),
        ("Ушли 20 танков, сообщил представитель штаба в пятницу.", "представитель штаба", []),
        ("По словам очевидцев, ушли 20 танков.", "очевидцев", []),
        ("Секретарь совета заявил, что ушли 20 танков.", "Секретарь совета", []),
        ("Речник прикордонників розповів, що пішли 20 танків.", "Речник прикордонників", []),
    ],
)
def test_speaker_and_relays_are_told_apart(text, speaker, via):
    """Whoever asserts is the claimant; outlets that pass it on are relays."""
    assert first_speaker(text) == (speaker, via)


def test_a_pronoun_goes_back_to_the_last_speaker():
    """'He said' means whoever spoke before, also across sentences without a claim."""
    text = "The admiral spoke to sailors. Peace is near, said Admiral Brown. He said 20 tanks left."

    assert [claim.claimant for claim in claims_of(text)] == ["Admiral Brown"]


def test_each_speaker_keeps_its_own_words():
    """Two speakers of one sentence are two claimants."""
    text = (
        "Two battalions left for Kursk, the ministry said, and residents reported that "
        "30 tanks had arrived in Belgorod."
    )

    assert [claim.claimant for claim in claims_of(text)] == ["the ministry", "residents"]


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("Some 300 soldiers are in Luninets, Belarus, said the Red Team.", "the Red Team"),
        ("У Бресті бачили 300 військових.", None),
        ("Anna Holm, the old politician, said Lukashenko had sent 300 soldiers to Brest.", None),
    ],
)
def test_neither_a_place_nor_who_acts_is_a_speaker(text, claimant):
    """Who stands where a speaker might is none if the words speak of it otherwise."""
    assert [claim.claimant for claim in claims_of(text)] == [claimant]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Two trains were seen by Belarusian Hajun at Brest on Tuesday.", "Belarusian Hajun"),
        ("У Криму стоять три бригади, — Шмигаль.", "Шмигаль"),
        ("Кочетков: «В Крыму стоят три бригады».", "Кочетков"),
        ("No tank has left the United States, Kirby stressed.", "Kirby"),
    ],
)
def test_a_name_is_not_longer_than_it_is(text, speaker):
    """Neither where something was seen nor part of a country belongs to a speaker."""
    view = view_of(text)

    assert [words(view, found.speaker) for found in attributions(view, ())] == [speaker]


def test_who_was_told_ends_before_a_number():
    """An outlet that was told of five tanks is not called after them."""
    claim = only_claim("Witnesses told Reuters five tanks were seen near Donetsk.")

    assert (claim.claimant, claim.via) == ("Witnesses", ("Reuters",))


def test_the_day_of_a_picture_is_the_day_of_the_sighting():
    """A date beside who took the picture says when, not when somebody spoke."""
    claim = only_claim("Спутник Maxar 11 января зафиксировал под Ельней 40 танков.")

    assert claim.observed is not None


def test_somebody_without_a_title_may_speak():
    """Whoever wrote it is the claimant, though no table knows what he does."""
    claim = only_claim("Two tank battalions left Kursk, a railway enthusiast wrote on VK.")

    assert claim.claimant == "a railway enthusiast"
