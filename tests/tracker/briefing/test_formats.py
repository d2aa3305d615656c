"""Mail, feed entry and PDF are what their standards ask for, and the same bytes again."""

import dataclasses
import email
import email.policy
import hashlib
import struct
import xml.etree.ElementTree as ET
import zlib

import pytest

from tracker.briefing import (
    Picture,
    correct,
    render_atom,
    render_feed,
    render_html,
    render_mail,
    render_markdown,
    render_pdf,
    says_the_same,
    write_briefing,
)

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def pictures():
    """Return a PNG of one white pixel by its name."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    size = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    parts = (b"IHDR", size), (b"IDAT", zlib.compress(b"\0\xff\xff\xff")), (b"IEND", b"")
    return {"2022-01-14.png": b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)}


@pytest.fixture
def briefing(edition, make_evidence, troops, pictures):
    """Write a briefing with a picture."""
    ((name, data),) = pictures.items()
    picture = Picture(name=name, sha256=hashlib.sha256(data).hexdigest(), alternative="A map")
    plain = write_briefing(edition, make_evidence(troops(), troops(110_000.0, "110,000")))
    return dataclasses.replace(plain, pictures=(picture,))


def test_a_picture_stands_inside_the_page(briefing, pictures):
    """The policy of the page allows it and nothing else."""
    page = render_html(briefing, pictures)

    assert 'src="data:image/png;base64,' in page
    assert 'alt="A map"' in page
    assert "default-src 'none'; img-src data:" in page


def test_a_mail_has_text_html_and_the_picture(briefing, pictures):
    """A reader of either sees the same; the HTML names the picture that comes with it."""
    mail = email.message_from_bytes(render_mail(briefing, pictures), policy=email.policy.default)

    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    (image,) = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert text.get_content().replace("\r\n", "\n") == render_markdown(briefing)
    assert f"cid:{image['Content-ID'][1:-1]}" in html.get_content()
    assert image.get_content() == pictures["2022-01-14.png"]
    assert mail["Subject"] == "Forces around Ukraine, 2022-01-14"
    assert mail["To"] is None


def test_a_title_cannot_add_a_header(edition, make_evidence, troops):
    """Line feeds in it are spaces."""
    hostile = dataclasses.replace(edition, title="Forces\r\nBcc: all@example.org")

    mail = email.message_from_bytes(
        render_mail(write_briefing(hostile, make_evidence(troops()))), policy=email.policy.default
    )

    assert mail["Bcc"] is None


def test_an_entry_keeps_its_id_over_corrections(briefing):
    """A feed reader shows the correction in place of what it corrects."""
    second = correct(briefing, dataclasses.replace(briefing, news=()))

    first, again = (ET.fromstring(render_atom(one, "x.html")) for one in (briefing, second))

    assert first.findtext("a:id", None, ATOM) == again.findtext("a:id", None, ATOM)
    assert first.findtext("a:updated", None, ATOM) == "2026-11-24T18:00:00Z"
    assert first.find("a:link", ATOM).get("href") == "x.html"
    assert "Taken out:" in again.findtext("a:summary", None, ATOM)


def test_a_feed_lists_its_entries(briefing):
    """Each with its page."""
    feed = ET.fromstring(render_feed("Forces", [(briefing, "a.html"), (briefing, "b.html")]))

    links = [entry.find("a:link", ATOM).get("href") for entry in feed.findall("a:entry", ATOM)]
    assert links == ["a.html", "b.html"]


def test_a_pdf_keeps_both_standards(briefing, pictures):
    """For archives and for readers who do not see: marked as such, tagged, with its language."""
    pdf = render_pdf(briefing, pictures)

    assert pdf.startswith(b"%PDF-")
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/StructTreeRoot" in pdf


def test_a_letter_without_a_font_makes_a_plain_pdf(edition, make_evidence, troops):
    """Better than none."""
    strange = troops(quote="\u4e2d\u6587 100")

    pdf = render_pdf(write_briefing(edition, make_evidence(strange)))

    assert pdf.startswith(b"%PDF-")
    assert b"pdfaid:part" not in pdf


@pytest.mark.parametrize(
    "words", ['#read("/etc/passwd")', "= Heading", '"; #panic() "', "\\", "$x"]
)
def test_hostile_words_stay_words_in_pdf(edition, make_evidence, troops, words):
    """No function of Typst is called; both standards hold."""
    pdf = render_pdf(write_briefing(edition, make_evidence(troops(quote=words))))

    assert b"pdfuaid:part" in pdf


@pytest.mark.parametrize("render", [render_html, render_mail, render_pdf])
def test_equal_briefings_give_equal_bytes(briefing, pictures, render):
    """No clock, no chance, no address of memory."""
    assert render(briefing, pictures) == render(briefing, pictures)


def test_a_correction_says_what_changed(briefing):
    """Numbers, what was added, what was taken out; and the number of the edition."""
    figure = briefing.figures[0]
    estimate = dataclasses.replace(figure.estimate, p50=105_000.0)
    after = dataclasses.replace(
        briefing, figures=(dataclasses.replace(figure, estimate=estimate),), news=()
    )

    second = correct(briefing, after)

    assert second.edition.number == 2
    texts = [statement.text for statement in second.corrected.statements]
    assert texts[0] == "Around Ukraine: the median was 100,000 and is 105,000."
    assert all(text.startswith("Taken out: ") for text in texts[1:])
    assert len(texts) == 3


def test_another_state_of_the_workspace_is_no_correction(briefing):
    """Only what a reader is told counts."""
    later = dataclasses.replace(
        briefing.edition, as_recorded=briefing.edition.as_recorded.replace(year=2030)
    )

    assert says_the_same(briefing, dataclasses.replace(briefing, edition=later, pictures=()))
    assert not says_the_same(briefing, dataclasses.replace(briefing, news=()))


def test_weights_that_differ_in_their_last_bit_give_the_same_bytes(
    edition, make_evidence, make_estimate, troops
):
    """Sums of floats differ with the threads that share them out; what a reader sees does not."""
    claims = [troops(), troops(110_000.0, "110,000"), troops(90_000.0, "90,000")]

    def written(noise):
        weights = tuple(
            (claim.id, 0.5 + sign * noise) for claim, sign in zip(claims, (1, -1, 0), strict=True)
        )
        estimates = [make_estimate(claims=weights)]
        return render_html(write_briefing(edition, make_evidence(*claims, estimates=estimates)))

    assert written(1e-14) == written(-1e-14)
