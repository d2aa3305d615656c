"""Markup on which a parser would hang is refused before one sees it."""

import contextlib
import time

import pytest

from jobs.documents.markup import fragment_text, require_tame_markup, root_name
from tracker.errors import UnreadableInputError

FLOODS = {
    "nested": "<div>" * 100_000,
    "attributes": "<div " + " ".join(f'a{n}="x>"' for n in range(60_000)) + ">",
    "attributes without space": "<div " + "".join(f'a{n}="x>"' for n in range(60_000)) + ">",
    "open tags": "<a " * 300_000,
    "open quotes": '<a ="' * 300_000,
    "paragraphs": "<p>" * 300_000,
    "formatting": "<b>x" * 300_000,
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_is_refused_at_once(flood):
    """The look itself takes time that grows with the length alone."""
    started = time.process_time()

    with pytest.raises(UnreadableInputError, match=r"tags|attributes|deep"):
        require_tame_markup(FLOODS[flood])

    assert time.process_time() - started < 2


@pytest.mark.parametrize("open_end", ["<!--", "<script>", "<style ", "<!", "<?", "<", "&"])
def test_what_never_ends_is_looked_at_in_linear_time(open_end):
    """Unclosed comments and scripts do not make the look start over again and again."""
    started = time.process_time()

    with contextlib.suppress(UnreadableInputError):
        require_tame_markup(open_end * 100_000)

    assert time.process_time() - started < 2


def test_an_ordinary_page_passes(make_page):
    """Lists, tables, icons and long class names of real pages are no flood."""
    icons = "<svg>" + "<path d='M0 0'/>" * 800 + "</svg>"
    listing = "<ul>" + "<li class='" + "row " * 300 + "'>x" * 600 + "</ul>"

    assert require_tame_markup(make_page(head=icons) + listing) is None


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("<!DOCTYPE html><html>", "html"),
        ("\ufeff <?xml version='1.0'?>\n<!-- made by hand --><rss version='2.0'>"[1:], "rss"),
        ("<rdf:RDF xmlns='x'>", "rdf:rdf"),
        ("<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", "rss"),
        ("A train <b>passed</b>", ""),
        ("<!-- never closed", ""),
        ("< 20 trains", ""),
        ("", ""),
    ],
)
def test_the_first_tag_names_what_a_text_is(text, root):
    """Comments and declarations before it do not hide it."""
    assert root_name(text) == root


def test_a_fragment_is_read_block_by_block():
    """A feed's summary keeps its paragraphs and loses its scripts and comments."""
    fragment = "<p>Ten&nbsp;tanks</p><script>alert(1)</script><!-- no -->at<br>Yelnya &amp; Klintsy"

    assert fragment_text(fragment) == "Ten tanks\nat\nYelnya & Klintsy"
