"""One article is one report, in whatever form and order it comes; two publications stay two."""

from itertools import permutations

import pytest

ARTICLE = [
    "On Thursday 12 trains with tanks and rocket launchers passed Omsk on their way to the west.",
    "Watchers at three stations in Siberia sent pictures of flatcars under covers to a channel.",
    "An official in the capital said that the movements were part of an inspection of the forces.",
]
ORDERS = list(permutations(["a.txt", "a.html", "a.xml"]))
LINK = "https://news.example/2022/trains"


@pytest.fixture
def forms(make_page, make_feed):
    """Write the article as a text without a word about itself, as a page and as a feed."""
    text = "Trains heading west\n\nAdvertisement\n\n" + "\n\n".join(ARTICLE)
    return {
        "a.txt": f"Published: 2022-01-13\n\n{text}",
        "a.html": make_page(ARTICLE, link=LINK),
        "a.xml": make_feed(("Trains heading west", f"{LINK}?utm_source=rss", ARTICLE[0])),
    }


@pytest.mark.parametrize("order", ORDERS)
def test_text_page_and_entry_are_one_report(desk, forms, order):
    """Three captures, one claim, and the address is known in the end."""
    for name in order:
        assert desk.read(desk.write(name, forms[name])).rejected == ()

    (filed,) = desk.reports()
    assert len(filed.captures) == 3
    assert filed.report.address == LINK
    assert len(desk.claims()) == 1


@pytest.mark.parametrize("order", ORDERS)
def test_reading_all_forms_again_changes_nothing(desk, forms, order):
    """No form passes for an edit of another."""
    for name in order:
        desk.write(name, forms[name])
    desk.read(*(desk.files / name for name in order))
    before = desk.reports(), desk.claims()

    again = desk.read(*(desk.files / name for name in reversed(order)))

    assert again.repeats == 3
    assert (desk.reports(), desk.claims()) == before


def test_a_summary_is_no_edit_of_its_page(desk, forms):
    """What a feed says in other words adds a capture, and the page stays the wording."""
    desk.read(desk.write("a.html", forms["a.html"]))
    summary = forms["a.xml"].replace("12 trains", "A dozen trains")

    done = desk.read(desk.write("a.xml", summary))

    (filed,) = desk.reports()
    assert (done.wordings, done.captures) == (0, 1)
    assert len(filed.versions) == 1


def test_a_page_after_its_summary_is_a_fuller_wording(desk, forms):
    """It was public all the time: it is known since its publication, and its claim is the same."""
    desk.read(desk.write("a.xml", forms["a.xml"]))

    done = desk.read(desk.write("a.html", forms["a.html"]))

    (filed,) = desk.reports()
    assert (done.wordings, done.edits, done.claims) == (1, 0, 0)
    assert filed.versions[1].known_at == filed.versions[1].published_at


def test_one_wire_story_at_two_addresses_is_two_reports(desk, make_page):
    """Echoes are weighed later; here each publication is kept."""
    desk.read(
        desk.write("a.html", make_page(ARTICLE, link="https://one.example/a")),
        desk.write("b.html", make_page(ARTICLE, link="https://two.example/b")),
    )

    assert len(desk.reports()) == 2


def test_a_text_found_at_two_addresses_joins_one_of_them(desk, forms, make_page):
    """The second publication does not take over the report that has an address by now."""
    desk.read(desk.write("a.txt", forms["a.txt"]))
    desk.read(desk.write("a.html", make_page(ARTICLE, link="https://one.example/a")))
    desk.read(desk.write("b.html", make_page(ARTICLE, link="https://two.example/b")))

    addresses = sorted(filed.report.address for filed in desk.reports())
    assert addresses == ["https://one.example/a", "https://two.example/b"]


def test_the_same_line_on_another_day_is_another_report(desk):
    """A daily statement that does not change is published anew each day."""
    words = "The ministry has no change to report from the border today, its spokesman says."
    text = f"Published: 2022-01-{{:02}}\n\n{words}"

    desk.read(*(desk.write(f"{day}.txt", text.format(day)) for day in (10, 14)))

    assert len(desk.reports()) == 2


def test_a_named_source_and_its_page_are_one_report(desk, forms, make_page):
    """The address decides, whatever the file calls its source."""
    head = f"Source: my desk\nAddress: {LINK}\n"
    desk.read(desk.write("a.txt", head + forms["a.txt"]), desk.write("a.html", make_page(ARTICLE)))

    (filed,) = desk.reports()
    assert filed.report.source == "my desk"
    assert len(filed.captures) == 2


SENTENCE = (
    "About {number} trains with tanks and other vehicles of the eastern district have passed the "
    "bridge at Omsk on their way to the west since the beginning of this month, the paper wrote."
)


def test_two_papers_with_other_numbers_are_two_reports(desk):
    """A later count in almost the same words is no edit of somebody else's."""
    for source, number, day in (("paper-a", 8, 13), ("paper-b", 9, 14)):
        head = f"Source: {source}\nPublished: 2022-01-{day}\n\n"
        desk.read(desk.write(f"{source}.txt", head + SENTENCE.format(number=number)))

    assert len(desk.reports()) == 2
    assert {claim.measure.best for claim in desk.claims()} == {8, 9}


def test_the_same_words_of_two_named_sources_are_two_reports(desk):
    """An echo is a publication of its own; it is counted once elsewhere, not joined here."""
    for source in ("paper-a", "paper-b"):
        head = f"Source: {source}\nPublished: 2022-01-13\n\n"
        desk.read(desk.write(f"{source}.txt", head + SENTENCE.format(number=8)))

    assert len(desk.reports()) == 2


def test_another_number_in_another_form_is_an_edit(desk, make_page):
    """A text that says 18 where the page of the same address said 8 replaces the claim."""
    desk.read(desk.write("page.html", make_page([SENTENCE.format(number=8)], link=LINK)))
    head = f"Published: 2022-01-13\nAddress: {LINK}\n\n"

    done = desk.read(desk.write("later.txt", head + SENTENCE.format(number=18)))

    assert done.edits == 1
    assert [claim.measure.best for claim in desk.claims()] == [18]
