"""In a notebook values show what they are, and nothing from outside becomes markup."""

from lxml import html

import tracker
from tracker.claims import Quote
from tracker.display import card, paragraphs
from tracker.why import Why

HOSTILE = "<script>alert(1)</script>&\"'"


def test_a_claim_shows_its_words_as_text(make_claim):
    """Markup in a quote or a name is shown, not obeyed."""
    claim = make_claim(quote=Quote.whole(HOSTILE), claimant=HOSTILE)

    shown = html.fromstring(claim._repr_html_())

    assert not list(shown.iter("script"))
    assert HOSTILE in shown.text_content()


def test_an_answer_shows_its_lines():
    """The question above, the lines below, as they are."""
    answer = Why(question=HOSTILE, lines=(HOSTILE,), record={})

    shown = html.fromstring(f"<div>{answer._repr_html_()}</div>")

    assert not list(shown.iter("script"))
    assert shown.text_content().count(HOSTILE) == 2


def test_what_is_not_stated_is_left_out():
    """An empty row would say that nothing was there."""
    shown = card("x", {"a": None, "b": "", "c": 0})

    assert "<th>c</th><td>0</td>" in shown
    assert "<th>a</th>" not in shown
    assert "<th>b</th>" not in shown
    assert "x" in paragraphs("x", [])


def test_estimates_and_maps_show_themselves(demo):
    """An estimate shows median and intervals; a map is the page in a frame of its own."""
    with tracker.open(demo) as t:
        (row,) = t.estimate_values(
            area="around-ukraine", actor="RU", first="2022-02-18", as_of="2022-02-18"
        )
        page = t.map(as_of="2022-02-18", estimates=[row])

    assert f"{row.p50:,.0f} personnel" in row._repr_html_()
    assert "iframe" in page._repr_html_()
