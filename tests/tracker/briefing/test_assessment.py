"""What to make of the news: what moved the number, what is expected, what to check."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest
import shapely

from tracker.areas import Area
from tracker.briefing import write_briefing
from tracker.claims import Measure, PlaceMention
from tracker.estimates.news import EARLIER_NEW, OLDER, News, Step
from tracker.movements.leg import Leg
from tracker.movements.lines import Way
from tracker.movements.movement import Certainty, Movement, Part
from tracker.timespan import Timespan
from tracker.vocabulary import (
    ClaimKind,
    Flow,
    Mode,
    PlaceRole,
    Precision,
    Qualifier,
    Status,
    Unit,
)

SEEN = Timespan(
    start=datetime(2022, 1, 12, tzinfo=UTC),
    end=datetime(2022, 1, 12, 23, tzinfo=UTC),
    precision=Precision.DAY,
)
BEFORE = datetime(2022, 1, 3, tzinfo=UTC)


def sentences(briefing, heading):
    """List the sentences under a heading."""
    found = [section for section in briefing.sections if section.heading == heading]
    return [statement.text for section in found for statement in section.statements]


@pytest.fixture
def train(troops):
    """Return a claim of a train on its way from Chita."""
    return troops(
        quote="a train left Chita",
        kind=ClaimKind.MOVEMENT,
        measure=Measure(qualifier=Qualifier.EXACT, unit=Unit.TRAIN, best=1.0),
        observed=SEEN,
        places=(PlaceMention(role=PlaceRole.FROM, text="Chita"),),
    )


def movement_of(*claims, flow=None):
    """Put claims together to one movement from Chita to Yelsk along 6,000 km of rail."""
    ids = tuple(claim.id for claim in claims)
    leg = Leg(
        movement_id="m-1",
        actor="RU",
        origin="Chita",
        destination="Yelsk",
        geometry=shapely.LineString([(113, 52), (29, 51)]),
        status=Status.ACTUAL,
        claims=ids,
        window=SEEN,
        mode=Mode.RAIL,
        inferred=True,
    )
    part = Part(leg=leg, certainty=Certainty.INFERRED, way=Way.RAILWAY, length_km=6_000.0)
    return Movement(
        actor="RU", parts=(part,), claims=ids, origin="Chita", destination="Yelsk", flow=flow
    )


def test_the_change_is_told_claim_by_claim(edition, make_evidence, make_estimate, troops):
    """The largest effect first, then what is no single claim; bounds are called so."""
    low = troops(quote="up to 90,000")
    low = dataclasses.replace(
        low, measure=dataclasses.replace(low.measure, qualifier=Qualifier.UP_TO)
    )
    high = troops(120_000.0, "120,000")
    steps = (
        Step(claim=None, area=None, words=OLDER, median_change=0.02),
        Step(claim=None, area=None, words=EARLIER_NEW, median_change=0.01),
        Step(claim=high, area="around", words="", median_change=0.03),
        Step(claim=low, area="around", words="", median_change=-0.09),
    )
    news = News(before=make_estimate(98_000.0), after=make_estimate(), steps=steps)

    briefing = write_briefing(edition, make_evidence(low, high, news=news))

    intro, first, second, older, earlier = sentences(briefing, "Why the number changed")
    assert "98,000 was to be expected" in intro
    assert first.endswith("It is an upper bound. This alone: −9 %.")
    assert second.endswith("This alone: +3 %.")
    assert older.endswith("+2 %.")
    assert earlier.startswith("Earlier new claims")


def test_a_claim_that_waits_is_not_named_where_it_moved_the_number(
    edition, make_evidence, make_estimate, troops
):
    """Its effect is told, its words are not."""
    hidden = troops(quote="secret place")
    step = Step(claim=hidden, area="around", words="", median_change=0.1)
    news = News(before=make_estimate(90_000.0), after=make_estimate(), steps=(step,))

    briefing = write_briefing(edition, make_evidence(news=news))

    assert sentences(briefing, "Why the number changed")[1] == (
        "A claim that is not shown yet: +10 %."
    )
    assert "secret" not in str(briefing)


def test_a_train_on_its_way_is_expected_within_a_window(edition, make_evidence, train):
    """With 90 %, never on a day; how many people, as an interval."""
    briefing = write_briefing(edition, make_evidence(train, movements=[movement_of(train)]))

    (text,) = sentences(briefing, "Expected arrivals")
    assert text.startswith("1 train, about ")
    assert "from Chita: at Yelsk between " in text
    assert "(90 %)" in text


@pytest.mark.parametrize(
    ("flow", "words"),
    [(None, "reported again"), (Flow.IN, "reported as arrived"), (Flow.OUT, "reported as leaving")],
)
def test_a_movement_that_goes_on_or_ends_is_told(edition, make_evidence, train, flow, words):
    """Where an older claim and a new one are of the same movement."""
    days = {"start": SEEN.start - timedelta(days=11), "end": SEEN.end - timedelta(days=11)}
    seen = dataclasses.replace(SEEN, **days)
    old = dataclasses.replace(train, report_id="r-old", known_at=BEFORE, observed=seen)
    movement = movement_of(old, train, flow=flow)

    briefing = write_briefing(edition, make_evidence(old, train, movements=[movement]))

    (text,) = sentences(briefing, "Movements that go on or ended")
    assert text.startswith("a formation not named, Chita to Yelsk")
    assert words in text


def test_a_train_that_nobody_saw_arrive_is_named(edition, make_evidence, train):
    """Once, in the briefing in whose time its window closed."""
    early = dataclasses.replace(
        train,
        known_at=datetime(2021, 12, 20, tzinfo=UTC),
        observed=dataclasses.replace(
            SEEN, start=SEEN.start - timedelta(days=24), end=SEEN.end - timedelta(days=24)
        ),
    )
    told = []
    for week in range(4):
        later = dataclasses.replace(
            edition,
            as_of=edition.as_of + timedelta(weeks=week - 1),
            since=edition.since + timedelta(weeks=week - 1),
        )
        evidence = make_evidence(early, movements=[movement_of(early)])
        told += sentences(write_briefing(later, evidence), "Movements that go on or ended")

    assert len(told) == 1
    assert "nobody has reported it there" in told[0]


def test_a_person_is_told_what_to_check(edition, make_evidence, make_estimate, troops):
    """What moves the number most first, then what was read unsurely; judged claims are done."""
    sure, unsure = troops(quote="moves"), troops(quote="unsure", confidence=0.4)
    step = Step(claim=sure, area="around", words="", median_change=0.2)
    news = News(before=make_estimate(80_000.0), after=make_estimate(), steps=(step,))

    briefing = write_briefing(edition, make_evidence(sure, unsure, news=news))

    first, second = sentences(briefing, "What a person should check first")
    assert first.endswith("moves the median by +20 %.")
    assert second.endswith("was read with confidence 40 %.")


def test_who_fell_silent_is_named(edition, make_evidence, troops):
    """Three times in eight weeks and then nothing for more than two."""
    told = [
        troops(
            quote=f"n {day}", known_at=datetime(2021, 12, day, tzinfo=UTC), claimant="The watchers"
        )
        for day in (1, 8, 15)
    ]

    briefing = write_briefing(edition, make_evidence(*told, troops()))

    counts, silent = sentences(briefing, "Who spoke and who fell silent")
    assert counts.startswith("1 new claim by 1 speaker in these 7 days;")
    assert silent.endswith("in the eight weeks before: The watchers (last 15 December 2021).")


def test_a_part_of_a_theatre_has_its_own_news(edition, make_evidence, troops):
    """What does not touch it is another briefing's."""
    inside = troops(quote="inside")
    outside = troops(quote="outside", places=())
    part = Area(id="part", name="Part", geometry=shapely.box(35, 49, 37, 51), parent="around")
    whole = Area(id="around", name="Around", geometry=shapely.box(30, 45, 40, 52))
    evidence = make_evidence(inside, outside, areas=[whole, part])

    briefing = write_briefing(dataclasses.replace(edition, area="part"), evidence)

    quotes = {one.quote for one in briefing.references}
    assert "inside" in quotes
    assert sentences(briefing, "Who spoke and who fell silent")[0].startswith("1 new claim")


def test_a_formation_has_its_own_news(edition, make_evidence, make_estimate, troops):
    """Claims that name it, no number of an area, and no reason why one changed."""
    own, other = troops(quote="own", formation="36th Army"), troops(quote="other")
    step = Step(claim=other, area="around", words="", median_change=0.2)
    news = News(before=make_estimate(80_000.0), after=make_estimate(), steps=(step,))

    briefing = write_briefing(
        dataclasses.replace(edition, formation="36th Army"),
        make_evidence(own, other, news=news),
    )

    assert briefing.figures == ()
    assert [one.quote for one in briefing.references] == ["own"]
    assert briefing.edition.as_of == date(2022, 1, 14)
