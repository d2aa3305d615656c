"""Personal details are blanked, sizes and dates are not, and a text keeps its length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.publication import Redactor
from tracker.publication.redaction import MASK, submitters

DIGITS = st.text("0123456789", min_size=7, max_size=7)
HANDLES = st.from_regex(r"[a-z][a-z0-9_]{4,15}", fullmatch=True)
LETTER = st.sampled_from("АВЕКМНОРСТУХ")
AROUND = st.sampled_from(
    ["Колонна у станции. ", "Ешелон їде, ", "Trains pass Omsk: ", "пишите ", "(", "тел. "]
)
DETAILS = st.one_of(
    HANDLES.map("@{}".format),
    HANDLES.map("https://t.me/{}/12".format),
    HANDLES.map("vk.com/{}".format),
    HANDLES.map("{}@mail.example.ru".format),
    DIGITS.map(lambda d: f"+7 (913) {d[:3]}-{d[3:5]}-{d[5:]}"),
    DIGITS.map(lambda d: f"8 913 {d[:3]} {d[3:]}"),
    DIGITS.map(lambda d: f"+38067{d}"),
    DIGITS.map(lambda d: f"067 {d[:3]} {d[3:5]} {d[5:]}"),
    st.tuples(LETTER, LETTER, LETTER, DIGITS).map(lambda p: f"{p[0]}{p[3][:3]}{p[1]}{p[2]} 77"),
    st.tuples(LETTER, LETTER, DIGITS).map(lambda p: f"{p[0]}{p[1]}{p[2][:4]}{p[0]}{p[1]}"),
    st.tuples(LETTER, LETTER, DIGITS).map(lambda p: f"{p[2][:4]} {p[0]}{p[1]} 76".lower().upper()),
)


@given(AROUND, DETAILS, st.sampled_from(["", ".", ", 20 танков", " and 10,000 troops", ")"]))
def test_details_are_blanked_wherever_they_stand(before, detail, after):
    """Nothing of a handle, phone, address of mail or plate can be read."""
    text = f"{before}{detail}{after}"
    told = detail.rpartition("/")[2] if "t.me" not in detail else detail.split("/")[3]

    shown = Redactor()(text)

    words = {"НА", "НЕ", "ОТ", "ОН", "СО", "ВО", "ТО", "КО", "ТУ"}
    if not (detail.endswith(" 76") and detail[5:7] in words):
        assert told.casefold() not in shown.casefold()
    assert len(shown) == len(text)
    assert after in shown


@given(st.text(max_size=200))
def test_blanking_twice_is_blanking_once(text):
    """Any text keeps its length, and nothing is found in what is left."""
    shown = Redactor()(text)

    assert len(shown) == len(text)
    assert Redactor()(shown) == shown


@given(st.integers(0, 999_999), st.dates().map(str), st.sampled_from(["{:,}", "{}", "{:_}"]))
def test_sizes_and_dates_stay(size, day, form):
    """A number of troops with its separators, and a date, are no personal details."""
    number = form.format(size).replace("_", " ")
    text = f"С {number} до 190 000 военных, {day} to {day}; about {number} troops in 33 trains"

    assert Redactor()(text) == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Submitted by Ivan Petrov, Omsk", "Ivan Petrov"),
        ("a video from our subscriber Olga K. shows 20 tanks", "Olga K."),
        ("прислал подписчик Иван Петров", "Иван Петров"),
        ("Фото: Сергей Иванов", "Сергей Иванов"),
        ("надіслала Оксана Коваль", "Оксана Коваль"),
        ("повідомив підписник Тарас", "Тарас"),
        ("местный житель Сергей видел эшелон", "Сергей"),
    ],
)
def test_submitters_are_found_and_blanked(text, name):
    """Their names are known by the words before them, in three languages."""
    assert submitters(text) == {name}
    assert name not in Redactor()(text)
    assert MASK in Redactor()(text)


def test_a_name_that_is_known_is_blanked_elsewhere_too():
    """Who sent it in is not named in another sentence either, in any form of the name."""
    redact = Redactor(names=frozenset({"Иван Петров"}))

    assert (
        redact("По словам ИВАН ПЕТРОВа, там 20 танков") == f"По словам {MASK * 12}, там 20 танков"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Photo: Reuters",
        "12 эшелонов с 41-й армией, 90-я дивизия",
        "С 100 на 150 тысяч за неделю",
        "Трижды на 2022 не хватило",
        "up to 175,000 personnel by early 2022",
    ],
)
def test_what_only_looks_like_a_detail_stays(text):
    """Agencies, designations and numbers in sentences are no personal details."""
    assert Redactor()(text) == text


def test_a_public_handle_stays():
    """A handle that the policy lists is a source, not a private person."""
    redact = Redactor(public_handles=frozenset({"rail_watch"}))

    assert redact("@Rail_Watch and @ivan_90, t.me/rail_watch/7") == (
        f"@Rail_Watch and {MASK * 8}, t.me/rail_watch/7"
    )


def test_addresses_of_a_citation_stay():
    """The way to the source is kept; what stands beside it is blanked."""
    cited = Redactor().outside_addresses("by +79131234567, https://t.me/rail_watch/12345678901")

    assert cited == f"by {MASK * 12}, https://t.me/rail_watch/12345678901"


def test_a_long_hostile_text_is_read_in_time():
    """No pattern takes more than its share of time over text made to delay it."""
    for text in ("a." * 50_000, "+7" * 50_000, "(0" * 50_000, "А1" * 50_000, "фото " * 20_000):
        assert len(Redactor()(text)) == len(text)
