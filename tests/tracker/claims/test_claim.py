"""A claim is quoted, dated and whole; its id names what was said, not who read it."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.claims import Measure, Quote
from tracker.errors import InvalidValueError
from tracker.timespan import parse_date
from tracker.vocabulary import ClaimKind, Flow, Qualifier, Status, Unit


def tanks(number, text=None):
    return Measure(qualifier=Qualifier.EXACT, unit=Unit.TANK, best=number, text=text)


def test_a_better_extractor_gives_the_same_id(make_claim):
    """A judgement made on an old reading still finds the claim."""
    old, new = make_claim(extractor="rules 1"), make_claim(extractor="rules 2", confidence=0.9)

    assert old.id == new.id


def test_two_claims_of_one_quote_have_two_ids(make_claim):
    """The words "20 tanks and 10 IFVs" say two things."""
    assert make_claim(measure=tanks(20)).id != make_claim(measure=tanks(10)).id


@pytest.mark.parametrize(
    "other",
    [
        {"report_id": "r-2"},
        {"kind": ClaimKind.SIGHTING},
        {"quote": Quote(start=40, end=58, text="about 900 soldiers")},
        {"measure": tanks(20, text="20 tanks")},
    ],
)
def test_what_an_id_depends_on(make_claim, other):
    """Report, span, kind and measure: a change of any one names another claim."""
    assert make_claim(measure=tanks(20)).id != make_claim(**{"measure": tanks(20)} | other).id


def test_a_flow_belongs_to_a_movement(make_claim):
    """Something that stands still does not arrive."""
    moving = make_claim(kind=ClaimKind.MOVEMENT, flow=Flow.IN)
    assert moving.flow is Flow.IN

    with pytest.raises(InvalidValueError, match=r"a presence has no flow; only a movement has\."):
        make_claim(flow=Flow.IN)


def test_an_actual_thing_is_not_observed_after_it_was_published(make_claim):
    """A date typed wrongly is caught here."""
    with pytest.raises(InvalidValueError, match="actual cannot be observed after it was published"):
        make_claim(observed=parse_date("2022-03-01"))


def test_a_plan_may_speak_of_the_future(make_claim):
    """`observed` of a plan is when it is to happen."""
    plan = make_claim(status=Status.PLANNED, observed=parse_date("2022-03-01"))

    assert plan.observed.start > plan.known_at


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"actor": " "}, r"a claim needs an actor; write 'unknown' where it is open\."),
        ({"confidence": 1.2}, r"confidence 1\.2 is no probability\."),
        ({"confidence": float("nan")}, r"confidence nan is no probability\."),
        (
            {"known_at": datetime(2022, 1, 10)},  # noqa: DTZ001 - naive on purpose
            "known_at 2022-01-10 00:00:00 is not a UTC instant",
        ),
    ],
)
def test_an_unusable_field_is_refused_in_one_sentence(make_claim, fields, message):
    """The message names the field and what to write."""
    with pytest.raises(InvalidValueError, match=message):
        make_claim(**fields)


def test_times_below_a_millisecond_are_dropped(make_claim):
    """What the database cannot keep does not enter a value."""
    noon = datetime(2022, 1, 10, 12, tzinfo=UTC)

    assert make_claim(known_at=noon + timedelta(microseconds=7)).known_at == noon


@pytest.mark.parametrize(("start", "end", "text"), [(0, 0, ""), (0, 3, "four"), (-1, 3, "four")])
def test_a_quote_takes_up_exactly_its_words(start, end, text):
    """A span that does not fit its words cannot be shown to a reader."""
    with pytest.raises(InvalidValueError, match="a quote needs words and the span"):
        Quote(start=start, end=end, text=text)


def test_a_whole_quote_counts_code_points():
    """Cyrillic letters and symbols outside the basic plane count as one each."""
    assert Quote.whole("Ельня 🚂").end == 7
