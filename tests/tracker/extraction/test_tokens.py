"""Text is cut without losing an offset."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction.tokens import LONGEST_SENTENCE_CHARS, sentences, tokenize


@given(text=st.text(max_size=400))
def test_tokens_are_spans_of_the_text(text):
    """Whatever the letters, each token is the text's own span, in order, none overlapping."""
    tokens = tokenize(text)

    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))


@given(text=st.text(max_size=400))
def test_sentences_lose_no_token(text):
    """The sentences together hold every token that is not cut by the limit on their length."""
    together = [token for sentence in sentences(text) for token in sentence.tokens]

    assert "".join(t.text for t in together) == "".join("".join(text.split()).split())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Gen. Smith left. Mr. Brown stayed.", 2),
        ("The U.S. sent 20 tanks. They left.", 2),
        ("Прибыло 5 тыс. солдат. Ещё 300 ждут.", 2),
        ("First line\n\nSecond line", 2),
        ("It cost 3.5 million in total", 1),
    ],
)
def test_abbreviations_end_no_sentence(text, count):
    """A full stop behind a title, an initial or a short word ends nothing."""
    assert len(sentences(text)) == count


@pytest.mark.parametrize(
    ("text", "sorts"),
    [
        ("143,500 soldiers", ["number", "word"]),
        ("the 41st Army", ["word", "mixed", "word"]),
        ("T-72B3", ["word"]),
        ("10–11 тисяч", ["number", "mark", "number", "word"]),
        ("300km", ["mixed"]),
    ],
)
def test_numbers_and_designations_are_told_apart(text, sorts):
    """A number with its separators is one token; so is a type of equipment."""
    assert [token.sort for token in tokenize(text)] == sorts


def test_a_sentence_without_end_is_cut():
    """No sentence is longer than the limit, so that comparing within one stays bounded."""
    text = "troops " * LONGEST_SENTENCE_CHARS

    assert all(s.end - s.start <= LONGEST_SENTENCE_CHARS for s in sentences(text))
