"""An edit that goes back, or that takes a sentence out, is noticed and dated."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine

LONG = "The wagons were loaded with tents and kitchens, and went on to the west by night."


@pytest.fixture
def publish(desk, site, make_page):
    """Return a function that publishes a page on a day of January 2022 and fetches it."""

    def publish(day, *sentences):
        address = site.serve("/trains", make_page([*sentences, LONG]))
        with time_machine.travel(datetime(2022, 1, day, 8, tzinfo=UTC), tick=False):
            return desk.fetch(address)

    return publish


def counts(desk, day=None):
    """List the sizes of the claims that hold, as of a day."""
    as_of = None if day is None else date(2022, 1, day)
    return sorted(claim.measure.best for claim in desk.claims(as_of=as_of))


def test_an_edit_that_is_taken_back_lets_the_first_claim_hold_again(desk, publish):
    """12 trains, then 18, then 12 again: each holds as of its own days."""
    publish(14, "On Thursday 12 trains passed Omsk.")
    publish(15, "On Thursday 18 trains passed Omsk.")
    done = publish(16, "On Thursday 12 trains passed Omsk.")
    assert (done.edits, done.wordings, done.captures) == (1, 0, 1)
    assert [counts(desk, day) for day in (14, 15, 16)] == [[12], [18], [12]]
    publish(17, "On Thursday 18 trains passed Omsk.")
    assert [counts(desk, day) for day in (14, 15, 16, 17)] == [[12], [18], [12], [18]]


def test_a_sentence_that_is_taken_out_takes_its_claim_with_it(desk, publish):
    """It holds until the page was seen without it, and again once it is back."""
    both = ("On Thursday 12 trains passed Omsk.", "3 trains stood at Tomsk.")
    publish(14, *both)
    publish(15, both[0])
    publish(16, *both)
    assert [counts(desk, day) for day in (14, 15, 16)] == [[3, 12], [12], [3, 12]]


def test_a_page_of_which_most_is_missing_takes_nothing_out(desk, site, publish, make_page):
    """A wall in front of the text is no edit of it."""
    publish(14, "On Thursday 12 trains passed Omsk.", *[LONG] * 3)
    wall = ["Subscribe to read on, it is quick and cheap for all."]
    address = site.serve("/trains", make_page(wall))
    with time_machine.travel(datetime(2022, 1, 15, 8, tzinfo=UTC), tick=False):
        done = desk.fetch(address)
    assert (done.edits, counts(desk)) == (1, [12])


def test_a_claim_that_was_corrected_twice_ago_stays_corrected(desk, publish):
    """12, then 18, then 20 trains: only the last holds, and each says what it replaced."""
    for day, count in ((14, 12), (15, 18), (16, 20)):
        publish(day, f"On Thursday {count} trains passed Omsk.")
    assert counts(desk) == [20]
    assert sorted(claim.measure.best for claim in desk.claims(corrected=True)) == [12, 18, 20]


def test_what_was_recorded_before_the_edit_stays_to_be_seen(desk, publish):
    """As recorded before the sentence was taken out, its claim is there."""
    publish(14, "On Thursday 12 trains passed Omsk.", "3 trains stood at Tomsk.")
    before = datetime(2022, 1, 14, 9, tzinfo=UTC)
    publish(15, "On Thursday 12 trains passed Omsk.")
    recorded = desk.claims(as_recorded=before)
    assert sorted(claim.measure.best for claim in recorded) == [3, 12]
    assert counts(desk) == [12]


def test_a_file_that_went_back_is_read_again(desk):
    """The same bytes under the same name count once more where others lay there in between."""
    head = "Published: 2022-01-13\nAddress: https://news.example/trains\n\n"
    for count in (12, 18, 12):
        desk.read(desk.write("a.txt", f"{head}On Thursday {count} trains passed Omsk. {LONG}"))
    assert counts(desk) == [12]
    again = desk.read(desk.files / "a.txt")
    assert (again.captures, again.repeats) == (0, 1)
