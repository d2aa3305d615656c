"""A briefing says what is known, what changed and what does not fit, each with its references."""

import dataclasses
from datetime import UTC, date, datetime

import pytest

from tracker.briefing import write_briefing
from tracker.claims import PlaceMention
from tracker.errors import InvalidValueError
from tracker.vocabulary import ClaimKind, Direction, Mode, PlaceRole, Status

BEFORE = datetime(2022, 1, 3, tzinfo=UTC)


def headings(briefing):
    return [section.heading for section in briefing.sections]


def sentences(briefing, heading):
    found = [section for section in briefing.sections if section.heading == heading]
    return [statement.text for section in found for statement in section.statements]


def test_the_headline_states_what_is_new_the_level_the_change(edition, make_evidence, troops):
    """A reader of three sentences knows what matters, what is new first."""
    briefing = write_briefing(edition, make_evidence(troops()))

    news, level, change = (statement.text for statement in briefing.headline)
    assert news == "New since 7 January 2022: 1 statement on strength."
    assert level == (
        "Russia, Around Ukraine: about 100,000 personnel of all services present on 14 January "
        "2022; the odds are even that it is 90,000 to 110,000, and nine in ten that it is 80,000 "
        "to 125,000."
    )
    assert change == (
        "That is 5,000 more than estimated for 7 January 2022 at the time (95,000): a difference "
        "that lies within the uncertainty. No trend stands out (probability of a build-up 40 %, "
        "of a withdrawal 20 %)."
    )


def test_the_headline_says_which_way_most_go(edition, make_evidence, troops):
    """Three trains westwards are more than a count."""
    places = [
        PlaceMention(role=PlaceRole.FROM, text=name) for name in ("Chita", "Ulan-Ude", "Omsk")
    ]
    moves = [
        troops(
            quote=f"a train from {place.text}",
            kind=ClaimKind.MOVEMENT,
            measure=None,
            direction=Direction.W,
            mode=Mode.RAIL,
            places=(place,),
        )
        for place in places
    ]

    news = write_briefing(edition, make_evidence(*moves)).headline[0]

    assert (
        "3 reports of movements and sightings, most of them moving westwards by rail" in news.text
    )
    assert all(place.text in news.text for place in places)
    assert len(news.references) == 3


def test_what_one_speaker_says_of_several_formations_is_one_statement(
    edition, make_evidence, troops
):
    """Four armies on the move are not four lines of the same words."""
    moves = [
        troops(
            quote=name,
            kind=ClaimKind.MOVEMENT,
            measure=None,
            formation=name,
            places=(PlaceMention(role=PlaceRole.FROM, text=place),),
        )
        for name, place in (("5th Army", "Ussuriysk"), ("36th Army", "Ulan-Ude"))
    ]

    briefing = write_briefing(edition, make_evidence(*moves))

    (text,) = sentences(briefing, "New: movements and sightings")
    assert text.startswith("Western officials: moving:")
    assert "5th Army from Ussuriysk" in text
    assert "36th Army from Ulan-Ude" in text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"building_up": 0.9, "drawing_down": 0.02}, "a build-up (probability 90 %)"),
        ({"building_up": 0.001, "drawing_down": 0.999}, "a withdrawal (probability 99 %)"),
    ],
)
def test_a_direction_is_stated_where_it_is_clear(
    edition, make_evidence, make_estimate, fields, words
):
    """And never as certain."""
    briefing = write_briefing(edition, make_evidence(estimates=[make_estimate(**fields)]))

    assert words in briefing.headline[2].text


def test_a_large_change_is_called_clear(edition, make_evidence, make_estimate):
    """Beyond the half-width of the earlier 50 % interval."""
    evidence = make_evidence(previous=[make_estimate(60_000.0, day=date(2022, 1, 7))])

    trend = write_briefing(edition, evidence).headline[2].text

    assert trend.startswith("That is 40,000 more than estimated for 7 January 2022")
    assert "a clear change." in trend


def test_references_are_numbered_as_they_are_mentioned(edition, make_evidence, troops):
    """Each claim has one number, and every number in the text is in the list."""
    first, second = troops(), troops(110_000.0, "110,000 troops")
    moving = troops(kind=ClaimKind.MOVEMENT, status=Status.IN_TRANSIT, quote="on their way")

    briefing = write_briefing(edition, make_evidence(first, second, moving))

    listed = [reference.number for reference in briefing.references]
    mentioned = {
        number
        for part in (*briefing.headline, *(s for x in briefing.sections for s in x.statements))
        for number in (*part.references, *part.repeated)
    }
    assert listed == [1, 2, 3]
    assert mentioned <= set(listed)
    assert {reference.claim_id for reference in briefing.references} == {
        first.id,
        second.id,
        moving.id,
    }


def test_a_reference_walks_back_to_the_bytes(edition, make_evidence, troops):
    """Words, claimant, relays, publication, link and the hash of the archived bytes."""
    claim = troops(via=("Reuters",))

    (reference,) = write_briefing(edition, make_evidence(claim)).references

    assert reference.quote == claim.quote.text
    assert (reference.claimant, reference.via) == ("Western officials", ("Reuters",))
    assert reference.publication == "Trains heading west, news.example, 2022-01-13"
    assert reference.address == "https://news.example/1"
    assert reference.sha256 == "ab" * 32
    assert not reference.is_coded


def test_a_coded_record_is_no_quotation(edition, make_evidence, troops):
    """The coder's words stand for those of the citation, whose address is the link."""
    claim = troops(citation="Reuters, 2022-01-13, https://wire.example/x")

    evidence = make_evidence(claim, publications={})
    (reference,) = write_briefing(edition, evidence).references

    assert reference.is_coded
    assert reference.publication == "Reuters, 2022-01-13"
    assert reference.address == "https://wire.example/x"
    assert reference.sha256 is None


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "http://[::1"])
def test_only_addresses_of_the_web_become_links(edition, make_evidence, troops, address):
    """A report cannot smuggle in another scheme."""
    evidence = make_evidence(troops())
    publication = dataclasses.replace(evidence.publications["v-1"], address=address)

    briefing = write_briefing(
        edition, dataclasses.replace(evidence, publications={"v-1": publication})
    )

    assert briefing.references[0].address is None


def test_changes_are_what_became_known_since(edition, make_evidence, troops):
    """Older claims, background and other actors are not news; kinds stand apart."""
    claims = [
        troops(quote="new"),
        troops(quote="old", known_at=BEFORE),
        troops(quote="past", status=Status.BACKGROUND),
        troops(quote="ours", actor="UA"),
        troops(quote="train", kind=ClaimKind.SIGHTING),
        troops(quote="plan", status=Status.PLANNED),
        troops(quote="no", status=Status.DENIED),
    ]

    briefing = write_briefing(edition, make_evidence(*claims))

    assert [section.heading for section in briefing.news] == [
        "New: movements and sightings",
        "New: statements on strength",
        "New: plans, warnings and threats",
        "New: denied or taken back",
    ]
    assert all(len(section.statements) == 1 for section in briefing.news)
    assert "4 new claims by 1 speaker" in sentences(briefing, "Who spoke and who fell silent")[0]


def test_an_echo_stands_with_what_it_repeats(edition, make_evidence, troops):
    """Five outlets that carry one post are one line."""
    claim = troops()
    echoes = [troops(quote=f"echo {n}", relays=(claim.id,)) for n in range(4)]

    briefing = write_briefing(edition, make_evidence(claim, *echoes, estimates=[]))

    (statement,) = briefing.sections[0].statements
    assert statement.references == (1,)
    assert statement.repeated == (2, 3, 4, 5)
    assert "1 statement on strength; 4 more claims only repeat others" in briefing.headline[0].text


def test_a_correction_names_what_it_replaces(edition, make_evidence, troops):
    """The old number is told with the new one, and not as news of its own."""
    old = troops(150_000.0, "150,000 troops")
    new = troops(130_000.0, "130,000 troops", corrects=(old.id,))

    briefing = write_briefing(edition, make_evidence(old, new))

    (text,) = sentences(briefing, "New: statements on strength")
    assert text.startswith("Western officials: about 130,000 personnel at the border.")
    assert "It replaces, since 13 January 2022: Western officials: about 150,000" in text


def test_a_total_outside_the_interval_is_named(edition, make_evidence, troops):
    """The briefing says what its number does not agree with."""
    briefing = write_briefing(edition, make_evidence(troops(60_000.0), troops(102_000.0, "102")))

    (text,) = sentences(briefing, "What does not fit the number")
    assert "about 60,000 personnel" in text
    assert "It lies below the 90 % interval for “Around Ukraine” (80,000 to 125,000)" in text


@pytest.mark.parametrize(("others", "named"), [((), True), (("c-other",), False)])
def test_a_claim_that_carries_a_number_alone_is_named_when_outside(
    edition, make_evidence, make_estimate, troops, others, named
):
    """An old claim of 122,000 that alone stands behind 68,000 to 106,000 is set beside it."""
    old = troops(122_000.0, known_at=datetime(2021, 12, 22, tzinfo=UTC))
    other = [troops(90_000.0, name, known_at=old.known_at) for name in others]
    weights = [(claim.id, 1.0) for claim in (old, *other)]
    estimate = make_estimate(85_000.0, claims=weights)

    briefing = write_briefing(edition, make_evidence(old, *other, estimates=[estimate]))

    assert ("What does not fit the number" in [s.heading for s in briefing.sections]) is named


def test_a_total_of_a_town_fits_the_area_around_it(edition, make_evidence, troops):
    """300 in a town are no contradiction to 100,000 in the area that holds it."""
    places = (PlaceMention(role=PlaceRole.AT, text="Yelnya"),)

    briefing = write_briefing(edition, make_evidence(troops(300.0, "300", places=places)))

    assert "What does not fit the number" not in [one.heading for one in briefing.sections]


def test_what_is_vague_gets_no_number(edition, make_evidence, make_estimate):
    """An interval over a factor of eight and a figure of one claim are called what they are."""
    vague = make_estimate(p05=1_000.0, p95=900_000.0)

    briefing = write_briefing(edition, make_evidence(estimates=[vague]))

    assert briefing.figures == ()
    (note,) = briefing.notes
    assert note.startswith("Too little is known for a number")
    assert note.endswith(": Around Ukraine (1,000–900,000).")
    assert "too little is known for a number" in briefing.headline[1].text


def test_after_the_model_ends_there_is_no_number(edition, make_evidence, troops):
    """Beyond the area's last day the reader is told why."""
    late = dataclasses.replace(edition, as_of=date(2022, 3, 1), since=date(2022, 2, 25))

    briefing = write_briefing(late, make_evidence(troops(), estimates=[], previous=[]))

    assert "ends on 23 February 2022" in briefing.headline[1].text
    assert briefing.figures == ()


def test_what_could_not_be_placed_or_sized_is_counted(edition, make_evidence, troops):
    """Nothing is made up, and the reader learns how much is missing."""
    briefing = write_briefing(edition, make_evidence(troops(), troops(measure=None), placed=[]))

    assert any(
        "Of 2 new claims, 2 could not be placed on the map and 1 state no number" in line
        for line in briefing.limits
    )


def test_changes_cannot_be_told_from_the_day_itself(edition):
    """The day before it must be earlier."""
    with pytest.raises(InvalidValueError, match="cannot tell what changed since 2022-01-14"):
        dataclasses.replace(edition, since=edition.as_of)
