"""The words of a text tell a repeat from an edit."""

from hypothesis import given
from hypothesis import strategies as st

from jobs.documents.words import fingerprint, overlap_share

ARTICLE = "Trains with tanks passed Omsk on Monday. Watchers counted four of them, heading west."


def test_layout_case_and_punctuation_do_not_count():
    """The same words wrapped, spaced and quoted in another way have one fingerprint."""
    other = (
        "trains with  tanks\npassed Omsk on Monday: watchers counted “four” of them, heading west"
    )

    assert fingerprint(other) == fingerprint(ARTICLE)


def test_a_changed_number_counts():
    """An edit of one figure is an edit."""
    assert fingerprint(ARTICLE.replace("four", "five")) != fingerprint(ARTICLE)


def test_an_excerpt_overlaps_wholly():
    """A beginning of an article stands in it from end to end."""
    assert overlap_share("Trains with tanks passed Omsk", ARTICLE) == 1.0
    assert overlap_share("Frigates left the port of Baltiysk", ARTICLE) == 0.0


@given(st.text(max_size=80), st.text(max_size=80))
def test_overlap_is_a_share_and_symmetric(text, other):
    """It lies between 0 and 1 and does not depend on the order."""
    share = overlap_share(text, other)

    assert 0 <= share <= 1
    assert share == overlap_share(other, text)
