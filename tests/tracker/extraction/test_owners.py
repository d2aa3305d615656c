"""Whose troops: by the words, the possessive, or what was said before."""

import pytest

from tests.tracker.extraction.reading import claims_of, only_claim


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Armenia's defence ministry denied that any of its units had left Hadrut.", "AM"),
        ("Russia has massed 100,000 troops near the border, the ministry in Kyiv said.", "RU"),
        ("The defence ministry in Kyiv said 100,000 troops were near the border.", "unknown"),
        ("Киев отрицает, что стягивает к границе 125-тысячную группировку.", "UA"),
        ("Навколо острова перебувають 66 літаків КНР.", "CN"),
        ("До 40 солдат мали прибути в Гомель.", "unknown"),
        ("There are 62 BTGs near the border.", "RU"),
        ("Some 2,000 RSF soldiers entered Nyala.", "RSF"),
        ("Some 2,000 Sudanese soldiers entered Nyala.", "SD"),
        ("Houthi forces moved 20 launchers to Hodeidah.", "Houthis"),
        ("«Хезболла» отвела из Тира 200 солдат.", "Hezbollah"),
    ],
)
def test_the_owner_is_read_from_the_words(text, actor):
    """Who speaks is not the owner unless the words say so; a verb is no country."""
    assert only_claim(text).actor == actor


def test_an_owner_is_never_borrowed_from_a_later_sentence():
    """What a text names first cannot be owned by whom it names later."""
    first, second = claims_of("Some 900 soldiers are near Kursk. Two Russian brigades left Orel.")

    assert (first.actor, second.actor) == ("unknown", "RU")


def test_a_number_without_a_noun_has_the_owner_of_the_one_before():
    """An elliptic number goes on counting the same forces."""
    owners = [
        claim.actor
        for claim in claims_of("China has 5,000 troops in Galwan, against 3,500 two weeks ago.")
    ]

    assert owners == ["CN", "CN"]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Ethiopia denied sending troops to the Eritrean border, of 60,000 soldiers.", "ET"),
        ("Russia and Belarus began drills with 12,000 troops.", "unknown"),
        ("India and China each have 50,000 soldiers in Ladakh.", "unknown"),
        ("Some 4,500 troops are along the border with Kosovo.", "unknown"),
    ],
)
def test_neither_a_neighbour_nor_one_of_two_owns_the_troops(text, actor):
    """A neighbour named with its border is a place; of two who act together neither is meant."""
    assert claims_of(text)[0].actor == actor
