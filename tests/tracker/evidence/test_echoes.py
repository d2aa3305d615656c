"""Reposts and translations of a story are found; news in the same words is not one of them."""

import csv
import time
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import InvalidValueError
from tracker.evidence.echoes import echoes
from tracker.evidence.spoken_numbers import spoken_numbers
from tracker.evidence.telling import Telling

START = datetime(2022, 1, 10, tzinfo=UTC)
TRAIN = "A train with 24 tanks left Omsk for Belgorod on Monday, railway watchers said."


def telling(text, report_id="r-1", days=0):
    """Tell something some days after the start."""
    return Telling(id=report_id, text=text, published_at=START + timedelta(days=days))


SETS = ("echo_reports.csv", "echo_reports_elsewhere.csv")
"""Sixty reports of one war on which the method was built, and as many of others written apart."""


def read_told(name):
    """Read reports in four languages of twelve events: (event, language, telling)."""
    path = Path(__file__).with_name(name)
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (row["event"], row["lang"], telling(row["text"], f"r-{i:02}", int(row["day"]) - 10))
            for i, row in enumerate(csv.DictReader(file))
        ]


def pairs(groups):
    """List the pairs within groups."""
    return {tuple(sorted(pair)) for group in groups for pair in combinations(group, 2)}


@pytest.mark.parametrize("name", SETS)
def test_echoes_of_twelve_events_are_found(name):
    """Pairs of one event: precision over .95, recall over .85, on translations over .70."""
    told = read_told(name)
    true, translated = set(), set()
    for (event, lang, one), (other_event, other_lang, other) in combinations(told, 2):
        if event == other_event:
            pair = tuple(sorted((one.id, other.id)))
            true.add(pair)
            translated |= {pair} if lang != other_lang else set()

    found = pairs(echoes(one for _, _, one in told))

    assert (len(told) >= 60, len({lang for _, lang, _ in told})) == (True, 4)
    assert len(found & true) > 0.95 * len(found)
    assert len(found & true) > 0.85 * len(true)
    assert len(found & translated) > 0.70 * len(translated)


def test_the_order_of_reports_does_not_matter():
    """Groups depend on what was published, not on the order of the rows."""
    tellings = [one for _, _, one in read_told(SETS[0])]

    assert echoes(tellings) == echoes(reversed(tellings))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (TRAIN.replace("24", "36"), 1),
        (TRAIN, 30),
        (TRAIN.replace("Omsk", "Chita").replace("Belgorod", "Brest").replace("left", "passed"), 1),
        ("The ministry in Omsk spoke of 24 tanks.", 1),
        ("", 0),
    ],
)
def test_news_is_no_echo(text, days):
    """Another figure, another month, other places, or one town in common are another story."""
    assert echoes([telling(TRAIN), telling(text, "r-2", days)]) == []


def test_reposts_without_names_and_numbers_are_found_by_their_words():
    """A line added at the end does not make it another story."""
    words = "long columns of lorries are moving along the road towards the border tonight"

    groups = echoes([telling(words + " read more here", "r-2", 1), telling(words)])

    assert groups == [("r-1", "r-2")]


def test_a_time_without_a_zone_is_refused():
    """Days apart cannot be told without it."""
    with pytest.raises(InvalidValueError):
        Telling(id="r-1", text=TRAIN, published_at=datetime(2022, 1, 1))  # noqa: DTZ001 - the fault


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("11 thousand men, 11,000 men, 11 тысяч, 11 тис.", {11_000}),
        ("63 Su-34 and a T-72 in 2022", {63}),
        ("forty lorries, сорок грузовиков, два танка", {40, 2}),
        ("1 200 and 94.300", {1_200, 94_300}),
    ],
)
def test_numbers_are_told_apart_from_designations_and_years(text, numbers):
    """Digits, words and thousands give one number in four languages."""
    assert spoken_numbers(text) == numbers


def test_what_comes_later_makes_no_earlier_report_an_echo():
    """A report that bridges two others joins the first; the second stays what it was."""
    first = telling("alpha beta gamma delta epsilon zeta eta theta")
    second = telling("iota kappa lambda mu nu xi omicron pi", "r-2", 1)
    bridge = telling(f"{first.text} {second.text}", "r-3", 2)

    assert echoes([first, second, bridge]) == [("r-1", "r-3")]


@given(st.lists(st.text(max_size=60), max_size=8))
def test_no_text_breaks_it(texts):
    """Any text is compared, and each report is in one group at most."""
    groups = echoes(telling(text, f"r-{i}") for i, text in enumerate(texts))

    members = [report_id for group in groups for report_id in group]
    assert len(members) == len(set(members))


def test_lists_of_names_and_numbers_stay_linear():
    """A thousand alike reports, and one of 20,000 names and numbers, take seconds at most."""
    many = [telling(TRAIN, f"r-{i}") for i in range(1000)]
    long = telling(" ".join(f"Town{chr(97 + i % 26)} {i}" for i in range(20_000)), "r-long")
    begun = time.process_time()

    (group,) = echoes([*many, long])

    assert len(group) == 1000
    assert time.process_time() - begun < 20
