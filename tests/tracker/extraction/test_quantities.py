"""Numbers keep their bounds, whatever their spelling."""

import pytest

from tests.tracker.extraction.reading import claims_of, only_claim, view_of
from tracker.extraction.quantities import numerals
from tracker.vocabulary import Qualifier, Status


def bounds(text):
    """Read the first number of a text as qualifier, low, high, best."""
    first = numerals(view_of(text), frozenset())[0]
    return first.qualifier.value, first.low, first.high, first.best


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("as many as 90,000 troops", ("as_many_as", None, 90_000, None)),
        ("more than 12,000 troops", ("more_than", 12_000, None, None)),
        ("between 3,000 and 4,000 soldiers", ("range", 3_000, 4_000, None)),
        ("130-140 tanks", ("range", 130, 140, None)),
        ("some 2.5 thousand men", ("about", None, None, 2_500)),
        ("twenty-five tanks", ("exact", None, None, 25)),
        ("two hundred and fifty men", ("exact", None, None, 250)),
        ("a dozen fighters", ("exact", None, None, 12)),
        ("tens of thousands of troops", ("tens_of_thousands", None, None, None)),
        ("a couple of brigades", ("a_couple", None, None, None)),
        ("nearly 1 million men", ("nearly", None, 1_000_000, None)),
        ("700 or so soldiers", ("about", None, None, 700)),
        ("40 percent of the force", ("ratio", None, None, 0.4)),
        ("three times the force", ("ratio", None, None, 3)),
        ("до 10 тысяч солдат", ("up_to", None, 10_000, None)),
        ("от 8 до 15 тысяч военных", ("range", 8_000, 15_000, None)),
        ("143,5 тысячи военных", ("exact", None, None, 143_500)),
        ("двадцать пять танков", ("exact", None, None, 25)),
        ("несколько сотен бойцов", ("hundreds", None, None, None)),
        ("понад 1 200 бійців", ("more_than", 1_200, None, None)),
        ("щонайменше п'ять ешелонів", ("at_least", 5, None, None)),
        ("до 170 тис. військових", ("up_to", None, 170_000, None)),
        ("100 тыс. солдат", ("exact", None, None, 100_000)),
        ("from about 5,000 to some 8,000 men", ("range", 5_000, 8_000, None)),
        ("20-odd tanks", ("about", None, None, 20)),
        ("slightly over 300 men", ("more_than", 300, None, None)),
        ("пять-шесть тысяч солдат", ("range", 5_000, 6_000, None)),
        ("сорок с лишним танков", ("more_than", 40, None, None)),
        ("двадцатью танками", ("exact", None, None, 20)),
        ("вісім-десять танків", ("range", 8, 10, None)),
        ("трохи більше сотні танків", ("more_than", 100, None, None)),
        ("кільканадцять танків", ("dozens", None, None, None)),
        ("кілька десятків танків і військових", ("dozens", None, None, None)),
    ],
)
def test_number_is_read_with_its_bounds(text, expected):
    """Digits, words, scales and hedges of three languages come out as an interval."""
    assert bounds(text) == pytest.approx(expected)


def test_two_hedges_leave_the_stronger_and_a_mark():
    """'Up to about 300' is bounded above and hedged."""
    number = numerals(view_of("up to about 300 men"), frozenset())[0]

    assert (number.qualifier.value, number.high, number.approx) == ("up_to", 300, True)


def test_a_number_beyond_any_force_is_dropped():
    """What no army has is not a size."""
    assert numerals(view_of("900,000,000 men"), frozenset()) == []


def test_ordinary_digits_of_any_length_are_safe():
    """A number of a million digits is no size and no error."""
    assert numerals(view_of("1" * 1_000_000), frozenset()) == []


@pytest.mark.parametrize(
    "text",
    [
        "The number of Russian troops in Belarus rose from 5,000 to 30,000.",
        "Russian troops in Belarus have grown by 25,000 to 30,000.",
        "Численность российских войск в Белоруссии выросла с 5 тысяч до 30 тысяч.",
        "Кількість російських військ у Білорусі зросла з 5 тисяч до 30 тисяч.",
    ],
)
def test_a_change_counts_what_is_there_now(text):
    """Neither the old number nor the difference is the strength, and the two are no range."""
    (claim,) = [claim for claim in claims_of(text) if claim.measure]

    assert (claim.measure.qualifier, claim.measure.best) == (Qualifier.EXACT, 30_000)


@pytest.mark.parametrize(
    "text",
    [
        "Some of the 190,000 Russian troops are in Belarus, officials said.",
        "Частина з 30 тисяч російських військових перебуває в Білорусі.",
    ],
)
def test_a_part_is_not_the_whole_number(text):
    """The number names the whole; how many the part has is not said."""
    assert [claim for claim in claims_of(text) if claim.measure] == []


@pytest.mark.parametrize(
    "text",
    [
        "There are no Russian soldiers in Lebanon.",
        "Ни одного российского солдата в Ливане нет.",
        "Жодного російського солдата в Лівані немає.",
    ],
)
def test_nobody_is_denied_and_counted_as_none(text):
    """A denial that there are any says none, never one."""
    claim = only_claim(text)

    assert (claim.status, claim.measure.qualifier) == (Status.DENIED, Qualifier.NONE)
    assert claim.measure.best is None


@pytest.mark.parametrize(
    "text", ["Russia keeps 10-15,000 soldiers in Kursk.", "В Курске стоят 10-15 000 солдат."]
)
def test_a_scale_behind_the_second_number_holds_of_both(text):
    """'10-15,000' is ten to fifteen thousand."""
    measure = only_claim(text).measure

    assert (measure.low, measure.high) == (10_000, 15_000)


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("В Курск прибыли полтора десятка танков.", 15),
        ("До Курська прибули пів сотні танків.", 50),
        ("Half a dozen tanks reached Kursk.", 6),
        ("Россия стянула 20-тысячную группировку к Курску.", 20_000),
        ("Росія вивела з Білорусі двадцятитисячне угруповання.", 20_000),
        ("Рядом с Курском около сотни российских танков.", 100),
    ],
)
def test_compound_numerals_have_their_value(text, best):
    """Halves, dozens and adjectives of size are numbers too."""
    assert only_claim(text).measure.best == best


def test_a_version_is_no_number():
    """Pieces of '3.14.15' count nothing."""
    assert numerals(view_of("Version 3.14.15 of the army map"), frozenset()) == []


def test_a_share_keeps_its_whole_apart():
    """A share is a ratio of the words that follow, and the whole a number of its own."""
    text = "About 70 percent of the 150,000 troops that Moscow would need are already in place."

    share, whole = claims_of(text)

    assert (share.measure.best, share.status) == (0.7, Status.ACTUAL)
    assert "150,000 troops" in share.measure.relative_to
    assert (whole.measure.best, whole.status) == (150_000, Status.REQUIRED)


def test_a_plural_without_a_number_is_not_one():
    """'Системы' are several, nobody knows how many."""
    text = "По железной дороге на запад идут реактивные системы залпового огня."

    assert only_claim(text).measure is None


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("Some 1.200 soldiers arrived in Kursk.", [1_200]),
        ("Some 3.125 thousand soldiers arrived in Kursk.", [3_125]),
        ("В Курск прибыли 5 ООО военных.", [5_000]),
        ("There are 190k Russian troops and 14k soldiers near Kharkiv.", [190_000, 14_000]),
        ("The bill pays for 1,200 soldiers’ homes at the base.", []),
        ("'Some 1,200 soldiers' arrived in Kursk.", [1_200]),
        ("Военнослужащие в/ч 54046 прибыли в Купянск.", [None]),
        ("Soldiers of military unit 54046 arrived in Kupyansk.", [None]),
    ],
)
def test_marks_and_numbers_of_units_make_up_no_size(text, sizes):
    """Neither a stop, nor a misread zero, nor the number of a unit changes how many there are."""
    assert [claim.measure and claim.measure.best for claim in claims_of(text)] == sizes


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Exactly 1,500 special forces landed at Kursk.", 1_500),
        ("В Курск прибыли 3 тысячи войск.", 3_000),
        ("До Курська прибули 3 тисячі військ.", 3_000),
    ],
)
def test_a_large_number_of_forces_counts_people(text, number):
    """Forces by the thousand are people; a few forces are not."""
    measure = only_claim(text).measure

    assert (measure.unit.value, measure.best) == ("personnel", number)


def test_a_type_tells_the_kind_of_its_launchers():
    """Launchers of a rocket system are counted as that system."""
    assert only_claim("Six BM-21 launchers arrived in Kursk.").measure.unit.value == "MLRS"


@pytest.mark.parametrize("text", ["Not one battalion left Kursk.", "Not a single tank left Kursk."])
def test_not_one_is_none(text):
    """What not one of does is a denial without a number."""
    claim = only_claim(text)

    assert (claim.status, claim.measure.qualifier) == (Status.DENIED, Qualifier.NONE)


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("На границе 100 тыс. солдат.", "personnel", 100_000),
        ("В Ельне стоят 40 ед. техники.", "vehicle", 40),
        ("У Криму три тисячі його військових.", "personnel", 3_000),
        ("In Crimea stand 30 battalion groups.", "BTG", 30),
        ("A battalion-sized force stands in Crimea.", "battalion", 1),
        ("В Тирасполе стоят 1500 военных ОГРВ.", "personnel", 1_500),
    ],
)
def test_abbreviations_and_possessives_do_not_part_a_number_from_its_noun(text, unit, number):
    """A full stop that shortens a word, or whose they are, stands between the two for nothing."""
    measure = only_claim(text).measure

    assert (measure.unit.value, measure.best) == (unit, number)


def test_a_small_number_before_a_verb_counts_what_was_counted_before():
    """Four that landed elsewhere are four of the same kind."""
    claims = claims_of("Eight Mi-8 helicopters left Brest, another four landed in Lida.")

    assert [claim.measure.best for claim in claims] == [8, 4]
