"""From words to quoted claims: what a reader would take out of a report, and nothing else."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.extraction.reading import claims_of, only_claim, places_of
from tracker.errors import InvalidValueError
from tracker.extraction.extraction import extract
from tracker.vocabulary import Extent, Scope

ARTICLE = Path(__file__).parents[4] / "shared/data/seed_article.txt"
WORDS = st.sampled_from(
    (
        *("troops", "tanks", "20", "5,000", "T-72", ",", ";", ":", "said", "that", "moved", "to"),
        *("from", "Kursk", "not", "will", "in", "the", "border", "about", "of", "Monday", "(", "«"),
        *("он", "сообщил", "танков", "прибыли", "в", "Минск", "10", "тысяч", "военных", "»", "“"),
    )
)


def size(claim):
    """Read a claim's measure as qualifier, headline number and unit."""
    measure = claim.measure
    if measure is None:
        return None
    number = next((n for n in (measure.best, measure.low, measure.high) if n is not None), None)
    return measure.qualifier.value, number, measure.unit and measure.unit.value


@pytest.mark.shared
def test_seed_article_gives_its_table():
    """The article of January 2022 gives its seven claims, and no number out of roubles or rates."""
    claims = claims_of(ARTICLE.read_text(encoding="utf-8"))

    table = {(c.kind.value, c.status.value, c.claimant, size(c)) for c in claims}
    assert {
        ("presence", "actual", "Western officials", ("as_many_as", 100_000, "personnel")),
        ("movement", "in_transit", "Konrad Muzyka", ("more_than", 10_000, "personnel")),
        ("movement", "actual", "the Moscow-based Conflict Intelligence Team", None),
        ("movement", "actual", "Eyewitnesses", ("several", None, "train")),
        ("presence", "actual", "Muzyka", ("ratio", 4, None)),
        ("presence", "background", None, ("tens_of_thousands", None, "personnel")),
        ("movement", "threatened", "Ryabkov", None),
    } <= table
    assert sum(claim.measure is not None for claim in claims) == 5


@pytest.mark.shared
def test_seed_article_gives_the_rest_of_its_table():
    """Equipment, mode, direction, rate and times of the article come out beside the sizes."""
    claims = claims_of(ARTICLE.read_text(encoding="utf-8"))
    trucks = next(c for c in claims if len(c.equipment) == 4)
    trains = next(c for c in claims if size(c) == ("several", None, "train"))

    assert {item.unit.value for item in trucks.equipment} == {"vehicle", "tank", "IFV", "MLRS"}
    assert (trucks.mode, trucks.direction) == ("rail", "W")
    assert trucks.observed.start.date().isoformat() == "2022-01-06"
    assert (trains.measure.per, trains.measure.approx, trains.via) == ("day", True, ("CIT",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Two tank battalions and a brigade left Kursk for Orel by rail.",
            [("exact", 2, "battalion"), ("exact", 1, "brigade")],
        ),
        (
            "Serbia has about 900 soldiers near Raska, with dozens more on the way.",
            [("about", 900, "personnel"), ("dozens", None, "personnel")],
        ),
        ("A train with 12 T-80 tanks arrived.", [("exact", 1, "train"), ("exact", 12, "tank")]),
        ("Half of the force has left Kursk.", [("ratio", 0.5, None)]),
        (
            "Колонна из 30 грузовиков и 5 БМП движется к Орлу.",
            [("exact", 30, "vehicle"), ("exact", 5, "IFV")],
        ),
        (
            "Біля Гомеля 3 тисячі військових, з них 800 десантників.",
            [("exact", 3_000, "personnel"), ("exact", 800, "personnel")],
        ),
    ],
)
def test_each_size_is_a_claim(text, expected):
    """Every counted force of a sentence is a claim of its own, with its own unit."""
    assert [size(claim) for claim in claims_of(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two battalions moved from Kursk to Orel.", {("from", "Kursk"), ("to", "Orel")}),
        ("Two battalions are stationed near Kursk.", {("at", "Kursk")}),
        ("Two battalions reached Kursk via Orel.", {("to", "Kursk"), ("via_place", "Orel")}),
        ("Two battalions have left Kursk.", {("from", "Kursk")}),
        ("Два батальона прибыли в Курск из Орла.", {("to", "Курск"), ("from", "Орла")}),
        ("Два батальона стоят в Курске.", {("at", "Курске")}),
        ("Два батальйони рухаються з Орла до Курська.", {("from", "Орла"), ("to", "Курська")}),
    ],
)
def test_places_have_their_role(text, expected):
    """Preposition, case and verb say what a place is to the move."""
    assert places_of(only_claim(text)) == expected


def test_each_size_takes_its_own_place():
    """Where places alternate with sizes, none is shared."""
    claims = claims_of("There are 20 tanks at Kursk, 30 tanks at Orel and 40 tanks at Tula.")

    assert [places_of(c) for c in claims] == [{("at", p)} for p in ("Kursk", "Orel", "Tula")]


def test_no_number_is_made_up():
    """What is not counted has no measure."""
    claim = only_claim("Tanks and howitzers were moved to Kursk by rail last week.")

    assert claim.measure is None
    assert {item.unit.value for item in claim.equipment} == {"tank", "artillery"}
    assert (claim.mode, claim.kind) == ("rail", "movement")


def test_designation_is_matched_to_the_order_of_battle():
    """An army by its number is one army, and found among the known ones."""
    claim = only_claim("The 41st Combined Arms Army has moved to Yelnya.")

    assert claim.formation == "41st Combined Arms Army"
    assert (claim.formation_id, claim.extent) == ("41st Combined Arms Army", "unit")


def test_one_report_names_each_claim_once():
    """Ids differ, so that no claim hides another."""
    claims = claims_of("Tanks moved to Kursk. Tanks moved to Orel, and guns moved to Tula.")

    assert len({claim.id for claim in claims}) == len(claims) == 3


@given(text=st.text(max_size=300) | st.lists(WORDS, max_size=60).map(" ".join))
def test_any_text_is_read_without_an_error(text):
    """Whatever comes in: no exception, each quote and number the text's own words."""
    for claim in claims_of(text):
        quote = claim.quote
        assert text[quote.start : quote.end] == quote.text
        assert claim.measure is None or (claim.measure.text or "") in quote.text
        assert all(place.text in text for place in claim.places)


def fastest_s(text):
    """Time the extraction of a text three times and keep the best."""
    spent_s = []
    for _ in range(3):
        start = time.process_time()
        claims_of(text, geocode=lambda _text, **_options: [])
        spent_s.append(time.process_time() - start)
    return min(spent_s)


@pytest.mark.parametrize(
    "piece", ["1", "tanks, ", "in Kursk ", '"«', "5 tanks ", "он сообщил, что 5 танков ", "said "]
)
def test_time_grows_with_the_text_alone(piece):
    """Four times the text takes about four times as long, not sixteen times."""
    short, long = (piece * (length // len(piece)) for length in (20_000, 80_000))

    assert fastest_s(long) < 0.4 + 8 * fastest_s(short)


def test_placed_claims_go_with_their_claims():
    """Each place of a claim is one placed claim, on the map or with the reason why not."""
    published = datetime(2022, 1, 13, tzinfo=UTC)

    claims, placed = extract(
        "Two battalions moved to Kursk from Zzyzyxgorod.",
        report_id="r",
        version_id="v",
        published=published,
    )

    assert {place.claim_id for place in placed} == {claims[0].id}
    assert [(p.text, p.geometry is None) for p in placed] == [
        ("Kursk", False),
        ("Zzyzyxgorod", True),
    ]


def test_publication_needs_a_zone():
    """A naive instant is refused in one sentence."""
    with pytest.raises(InvalidValueError, match="UTC"):
        claims_of("20 tanks", published=datetime(2022, 1, 13))  # noqa: DTZ001 - the case


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Some 126,000 soldiers of the ground forces are near Kursk.", Scope.LAND_ONLY),
        ("About 21,000 troops in the air and naval parts are near Kursk.", Scope.AIR_AND_NAVAL),
        ("Около 9000 военных сухопутных войск стоят у Курска.", Scope.LAND_ONLY),
        ("Some 9,000 soldiers landed at the airport of Kursk.", None),
    ],
)
def test_the_services_that_a_size_includes_are_read(text, scope):
    """Ground, air and naval parts are told apart; an airport is no service."""
    assert only_claim(text).scope is scope


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Three battalions (some 2,400 men) of the 76th Guards Air Assault Division left Pskov.",
            [("battalion", 3), ("personnel", 2_400)],
        ),
        (
            "В Курск прибыл 1-й гв. танковый полк 2-й гвардейской дивизии.",
            [("regiment", 1)],
        ),
        (
            "The 1st Tank Regiment of the 2nd Guards Division arrived in Kursk.",
            [("regiment", 1)],
        ),
        (
            "В Курск прибыли 1-й танковый полк и 2-я гвардейская дивизия.",
            [("regiment", 1), ("division", 1)],
        ),
    ],
)
def test_a_formation_that_only_owns_others_is_not_counted(text, expected):
    """Battalions of a division are battalions, not a division more."""
    assert [(c.measure.unit.value, c.measure.best) for c in claims_of(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Elements of the 41st Combined Arms Army have arrived at Yelnya.",
        "Headquarters of the 41st Combined Arms Army moved to Yelnya.",
        "Подразделения 41-й общевойсковой армии прибыли в Ельню.",
        "Підрозділи 41-ї загальновійськової армії прибули до Єльні.",
    ],
)
def test_some_of_a_formation_is_not_all_of_it(text):
    """Elements of an army name it, and say nothing of how many they are."""
    claim = only_claim(text)

    assert (claim.measure, claim.extent) == (None, Extent.PART)
    assert "41" in claim.formation


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine destroyed 40 tanks and 60 APCs moving towards Kharkiv.",
        "They guarded 40 tanks; 2,700 soldiers have since been wounded.",
    ],
)
def test_what_was_lost_goes_nowhere(text):
    """A loss of a whole list is no movement of its last part, nor a presence."""
    assert not {claim.measure.best for claim in claims_of(text)} & {60, 2_700}


@pytest.mark.parametrize(
    "text", ["Japan deployed a 1,000-strong regiment on the island.", "A 1,000-strong force left."]
)
def test_a_strength_counts_people(text):
    """A regiment of a thousand is a thousand people, not a thousand regiments."""
    assert [(c.measure.unit.value, c.measure.best) for c in claims_of(text)] == [
        ("personnel", 1_000)
    ]


def test_the_whole_that_a_part_left_does_not_move():
    """A share moves; what it is a share of is only named."""
    share, whole = claims_of("A third of the 60 ships of the Black Sea Fleet have left Sevastopol.")

    assert (share.kind.value, share.measure.best) == ("movement", pytest.approx(1 / 3, abs=1e-4))
    assert (whole.kind.value, whole.status.value, whole.measure.best) == (
        "presence",
        "background",
        60,
    )


@pytest.mark.parametrize(
    "text",
    [
        "В Чернигов вошла колонна из 20 танков, а в Сумы — 15 БМП.",
        "To Chernihiv went 20 tanks, and to Sumy 15 IFVs.",
    ],
)
def test_a_place_that_opens_the_next_force_is_not_the_last_one_s(text):
    """Each force goes where its own words say."""
    tanks, carriers = claims_of(text)

    assert not places_of(tanks) & places_of(carriers)


def test_a_division_that_owns_a_brigade_is_not_counted():
    """The brigade of a division is one brigade."""
    text = "The 4th Armored Division's 2nd Brigade arrived in Poland."

    assert [c.measure.unit.value for c in claims_of(text)] == ["brigade"]


@pytest.mark.parametrize(
    "text",
    ["Some 2,500 troops crossed; 1.5 million fled.", "Минобороны исключило из состава 2 корабля."],
)
def test_refugees_and_what_is_struck_off_are_no_force(text):
    """Millions who fled are no soldiers, and ships struck off are nowhere."""
    assert not {claim.measure.best for claim in claims_of(text)} & {1_500_000, 2}
