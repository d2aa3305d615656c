"""Users put templates of their own in place of the package's; what they print stays text."""

import pytest

from tracker.briefing import render_html, render_markdown, render_pdf, write_briefing
from tracker.errors import InvalidValueError


@pytest.fixture
def briefing(edition, make_evidence, troops):
    """Write a briefing."""
    return write_briefing(edition, make_evidence(troops()))


@pytest.fixture
def own(tmp_path):
    """Return a maker of a folder with one template."""

    def make(name, text):
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path

    return make


def test_a_users_template_goes_first(briefing, own):
    """The others stay the package's."""
    folder = own("briefing.md.jinja", "Report: {{ edition.title }}, {{ day(edition.as_of) }}")

    assert render_markdown(briefing, folder) == "Report: Forces around Ukraine, 14 January 2022\n"
    assert render_html(briefing, folder=folder) == render_html(briefing)


def test_what_a_users_template_prints_is_escaped(edition, make_evidence, hostile, own):
    """Nobody has to think of it."""
    briefing = write_briefing(edition, make_evidence(hostile))
    folder = own("briefing.html.jinja", "{{ briefing.references[0].quote }}")

    text = render_html(briefing, folder=folder)

    assert text.startswith("&lt;script&gt;alert(1)&lt;/script&gt;")
    assert "\u202e" not in text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("one\n{% for x %}", "briefing.md.jinja, line 2: "),
        ("{{ nobody }}", "'nobody' is undefined"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{% include '../../etc/passwd' %}", "cannot be filled"),
        ("{{ edition.language.upper.__globals__ }}", "cannot be filled"),
        ("{{ say('no.thing') }}", "cannot be filled"),
    ],
)
def test_a_wrong_template_is_one_sentence(briefing, own, text, reason):
    """With its name and the fault; nothing outside the sandbox is reached."""
    folder = own("briefing.md.jinja", text)

    with pytest.raises(InvalidValueError, match="the template") as raised:
        render_markdown(briefing, folder)

    assert reason in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_wrong_template_of_the_pdf_is_one_sentence(briefing, own):
    """What Typst says is passed on."""
    folder = own("briefing.typ.jinja", "#nothing()")

    with pytest.raises(InvalidValueError, match=r"briefing\.typ\.jinja"):
        render_pdf(briefing, folder=folder)
