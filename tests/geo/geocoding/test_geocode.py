"""Names in texts of three languages, resolved by what the text says around them."""

import pytest

from geo.geocoding import geocode


def found(text, **given):
    """Return the mentions of a text by their words."""
    return {mention.text: mention for mention in geocode(text, **given)}


@pytest.mark.parametrize(
    ("text", "words", "name", "country"),
    [
        ("Tanks reached Yelnya, Smolensk region.", "Yelnya", "Yel’nya", "RU"),
        ("Колонна пришла в Ельню Смоленской области.", "Ельню", "Yel’nya", "RU"),
        ("Ешелон прибув до Ніжина вночі.", "Ніжина", "Nizhyn", "UA"),
        ("Эшелон вышел из Улан-Удэ в понедельник.", "Улан-Удэ", "Ulan-Ude", "RU"),
        ("The train left from Jelnja at night.", "Jelnja", "Yel’nya", "RU"),
        ("На Харківщині тихо.", "Харківщині", "Kharkiv Oblast", "UA"),
        ("Ракети влучили у Бердянський аеродром вночі.", "Бердянський", "Berdyansk", "UA"),
        ("The U.S. sent ships to the Black Sea.", "U.S.", "United States", "US"),
        ("Talks with Kyiv continued in Geneva, Switzerland.", "Geneva", "Geneva", "CH"),
    ],
)
def test_names_are_found_in_their_case_and_spelling(text, words, name, country):
    """A name in another case, language or transliteration is the same place."""
    mention = found(text)[words]
    assert (mention.name, mention.country) == (name, country)


@pytest.mark.parametrize(
    ("container", "admin1"),
    [("Texas", "US.TX"), ("Tenn.", "US.TN"), ("Kentucky", "US.KY")],
)
def test_a_container_decides(container, admin1):
    """The region after a comma decides which of many towns is meant."""
    paris = found(f"A fire broke out in Paris, {container} on Monday.")["Paris"]
    assert paris.admin1 == admin1
    assert "inside" in paris.reason


def test_one_sense_in_one_text():
    """A name that one sentence explains means the same in the others."""
    text = "Paris is quiet today. The school in Paris, Texas, was closed. Paris waits."
    assert {m.admin1 for m in geocode(text) if m.text == "Paris"} == {"US.TX"}


def test_alternatives_that_lost_are_kept():
    """A resolved name keeps its other readings with their scores, likeliest first."""
    mention = found("They met in Springfield yesterday.")["Springfield"]
    scores = [a.score for a in mention.alternatives]
    assert scores == sorted(scores, reverse=True)
    assert mention.score >= scores[0]
    assert mention.score + sum(scores) <= 1.0


def test_an_unsure_name_has_a_wide_radius():
    """Where the text does not tell which place is meant, the radius reaches the others."""
    unsure = found("They met in Springfield yesterday.")["Springfield"]
    sure = found("They met in Springfield, Illinois yesterday.")["Springfield"]
    assert unsure.radius_km > 300
    assert sure.radius_km < 20


def test_the_users_theatre_decides_between_equals():
    """A prior for a country moves an ambiguous name there; without it world news hold."""
    text = "Shelling was heard in Lyman on Friday."
    assert found(text, prior={"US": 6.0})["Lyman"].country == "US"
    assert found(text, prior={"UA": 6.0})["Lyman"].country == "UA"


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Houston told reporters that he was tired.",
        "Charlotte Smith said she had seen nothing.",
        "On Monday the Reading was quiet and nice.",
        "Владимир Иванов заявил журналистам об этом.",
    ],
)
def test_people_and_words_are_no_places(text):
    """Names of people and common words are not taken for towns."""
    assert not [m for m in geocode(text) if m.kind == "settlement"]


def test_a_place_that_speaks_is_a_metonym():
    """A capital that says something stands for its government, as a demonym for a people."""
    mentions = found("Moscow said it would answer. Ukrainian units moved.")
    assert mentions["Moscow"].metonym
    assert mentions["Ukrainian"].metonym
    assert not found("Snow fell in Moscow on Friday.")["Moscow"].metonym


def test_crimea_is_ukraines():
    """Places of the peninsula are in Ukraine, whatever other maps say."""
    text = "Ships left Sevastopol. В Крыму и в Джанкое тихо."
    assert {m.country for m in geocode(text, lang="ru")} == {"UA"}
    assert {m.country for m in geocode("Ships left Sevastopol in Crimea.")} == {"UA"}


def test_what_is_not_on_earth_has_no_position():
    """The Moon is named, and stays without a position and with a reason."""
    moon = found("Станция села на Луну и вернулась.")["Луну"]
    assert (moon.lon, moon.lat, moon.shape, moon.reason) == (None, None, "none", "not on Earth")


def test_json_has_every_key():
    """The JSON of any mention has the same keys, geometry as GeoJSON or null."""
    rows = [m.as_json() for m in geocode("Troops near Kyiv, in Ukraine and on the border.")]
    assert len({tuple(row) for row in rows}) == 1
    assert {type(row["geometry"]) for row in rows} <= {dict, type(None)}
    assert "Polygon" in {row["geometry"]["type"] for row in rows if row["geometry"]}


TALKS = (
    "The U.S. and Russia will hold talks in Geneva in January, the White House said. U.S. "
    "officials said the U.S. would consult its allies in Vienna and Brussels."
)
ENVOYS = "American envoys in Vienna said that the United States would leave Athens."
FERRY = "The ferry from Geneva, New York, left Ohio on Monday; the U.S. mail waited."


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [(TALKS, "Geneva", "CH"), (ENVOYS, "Athens", "GR"), (FERRY, "Geneva", "US")],
)
def test_nations_that_act_do_not_move_a_world_city(text: str, words: str, country: str) -> None:
    """A nation named as one that acts does not put a city abroad at its namesake there."""
    (mention,) = [m for m in geocode(text) if m.text == words]
    assert mention.country == country


@pytest.mark.parametrize(
    ("text", "words", "region"),
    [
        ("Тривоги в Київській, Сумській та Донецькій областях.", "Сумській", "UA.21"),
        ("Тревоги в Сумской, Курской и Донецкой областях.", "Донецкой", "UA.05"),
        ("Глава Львовской области рассказал о ремонте.", "Львовской области", "UA.15"),
        ("Поезд пришёл в Сумскую обл. утром.", "Сумскую обл", "UA.21"),
        ("Trains left Sumy, Kursk and Belgorod regions.", "Sumy", "UA.21"),
        ("Trains left Kursk and Belgorod oblasts.", "Belgorod", "RU.09"),
    ],
)
def test_regions_by_their_adjective(text, words, region):
    """Regions that share one noun, have a head or an abbreviated noun, are regions."""
    mention = found(text)[words]
    assert (mention.kind, mention.admin1) == ("admin1", region)


def test_a_district_is_wider_than_its_town():
    """The district named after a town is an area around it, the town itself a point."""
    district = found("Колонна прошла через Купянский район ночью.")["Купянский"]
    assert (district.name, district.kind, district.shape) == ("Kupyansk", "admin2", "area")
    assert district.radius_km >= 40
    assert "district" in district.reason


def test_a_town_that_the_gazetteer_lacks_stays_in_its_region():
    """A homonym elsewhere is not taken where the text names the region."""
    mention = found("Склад стоял в Пятихатках (Белгородская область).")["Пятихатках"]
    assert (mention.admin1, mention.shape) == ("RU.09", "area")
    assert "the gazetteer has none" in mention.reason


def test_a_town_beside_another_is_the_one_nearby():
    """Of many towns of a name the one by the town that the text names is meant."""
    mention = found("Эшелон стоит в Калиновке под Винницей.")["Калиновке"]
    assert mention.admin1 == "UA.23"


def test_a_language_speaks_for_its_country():
    """A Ukrainian text means the Ukrainian one of two towns, a Russian one need not."""
    assert found("Вранці у Токмаку було тихо.")["Токмаку"].country == "UA"


@pytest.mark.parametrize("text", ["ВС РФ ведут учения.", "Збройних Сил України побільшало."])
def test_armed_forces_are_no_place(text):
    """The country in the name of its armed forces is who, not where."""
    assert geocode(text) == []


def test_an_adjective_without_a_site_is_no_town():
    """An adjective that could be of a town, or a town itself, is read by the noun beside it."""
    town = found("Бої у Новотроїцькому тривають.")["Новотроїцькому"]
    assert (town.name, town.country) == ("Novotroyitske", "UA")


def test_a_list_of_a_city_and_a_region_is_no_container():
    """A large town before another region's name after a comma stays where it is."""
    city = found("Тревога: Харьков, Сумская область, Полтава.")["Харьков"]
    assert (city.name, city.admin1) == ("Kharkiv", "UA.07")


@pytest.mark.parametrize(
    "text",
    [
        "The cruiser Moskva and the Kursk submarine sailed.",
        "Вышли крейсер «Москва», подлодка Курск и БДК «Минск».",
        "Фрегат «Севастополь» вийшов у море.",
    ],
)
def test_a_ship_is_not_the_town_that_it_is_called_after(text):
    """A ship's name says nothing of where it is."""
    assert geocode(text) == []


@pytest.mark.parametrize(
    ("text", "country"), [("North-eastern Syria is quiet.", "SY"), ("South-West Ukraine.", "UA")]
)
def test_a_side_of_a_country_is_no_region_of_another(text, country):
    """A side is read with the place behind it, whatever regions are called so elsewhere."""
    (mention,) = geocode(text)

    assert (mention.country, mention.start) == (country, 0)


def test_congo_alone_is_the_larger_one():
    """Two states are called so; the neighbourhood or their size tells which."""
    assert found("Rwanda has soldiers in Congo, near Goma.")["Congo"].country == "CD"
    assert found("Troops in Brazzaville, Congo.")["Brazzaville"].country == "CG"


@pytest.mark.parametrize(
    ("text", "words", "name", "admin1"),
    [
        ("Пожежа на нафтобазі у Дубно на Рівненщині.", "Дубно", "Dubno", "UA.19"),
        ("Взрыв в селе Майское (Крым) вчера.", "в селе Майское", "Mayskoye", "UA.11"),
        ("Пологи (Запорожская область) без света.", "Пологи", "Polohy", "UA.26"),
    ],
)
def test_a_region_after_a_preposition_or_in_brackets_contains(text, words, name, admin1):
    """A region behind a town holds it, whatever joins the two."""
    mention = next(m for m in geocode(text) if m.text in words)
    assert (mention.name, mention.admin1) == (name, admin1)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Окупанти Сумщину обстріляли.", "Сумщину", "Sumy Oblast"),
        ("Вночі Феодосію атакували дрони.", "Феодосію", "Feodosiya"),
    ],
)
def test_the_first_word_of_a_sentence_is_no_name(text, words, name):
    """A capital at the beginning of a sentence does not make a person of what follows."""
    assert found(text)[words].name == name


def test_a_region_stands_before_a_village_called_alike():
    """Crimea is meant, not the village of that name by Rostov, even beside Rostov."""
    mention = found("Дрони долетіли до Криму та Ростова.")["Криму"]
    assert (mention.name, mention.country) == ("Crimea", "UA")


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Бої точаться у Покровську.", "Покровську", "Pokrovsk"),
        ("Удари по Бердянську та Луганську.", "Луганську", "Luhansk"),
        ("Fighting continues in Pokrovsk.", "Pokrovsk", "Pokrovsk"),
    ],
)
def test_a_town_is_neither_its_namesake_village_nor_one_called_so_before(text, words, name):
    """A city's case form is not that of a village's adjective, and Engels is Pokrovsk no more."""
    mention = found(text)[words]
    assert (mention.name, mention.country) == (name, "UA")


def test_gaza_alone_is_the_strip():
    """Gaza without any context is that of the Mediterranean, with no radius over an ocean."""
    mention = found("Troops gathered in Gaza.")["Gaza"]
    assert (mention.country, mention.radius_km < 50) == ("PS", True)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Houthi fighters moved from Marib to Hodeidah.", {"Ma'rib", "Al Ḩudaydah"}),
        ("Хуситы стягивают силы к Марибу и Ходейде.", {"Ma'rib", "Al Ḩudaydah"}),
        ("Хусити обстріляли Маріб і Таїз.", {"Ma'rib", "Taiz"}),
        ("Боевики вошли в Алеппо и Саракиб.", {"Aleppo", "Saraqib"}),
        ("Tigray fighters hold Mekelle and Shire.", {"Tigray", "Mek'ele", "Inda Silasē"}),
        ("Troops stay near Pangong Tso.", {"Pangong Tso"}),
        ("Війська зайняли Джабалію та Бейт-Лахію.", {"Jabālyā", "Bayt Lāhyā"}),
    ],
)
def test_wars_elsewhere_are_read_in_three_languages(text, names):
    """Towns of other wars are found under the spelling of the press."""
    assert {m.name for m in geocode(text)} == names


def test_whose_airfield_it_is_names_no_place():
    """An abbreviation in capitals after a noun of sites is its owner."""
    assert {m.text for m in geocode("Удар по аэродрому ВСУ под Одессой.")} == {"под Одессой"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Бої йдуть у с. Роботине.", "Роботине"),
        ("Колонна стоит в н.п. Клещеевка.", "Клещеевка"),
        ("За добу обстріляно Вовчанськ, Стрілечу та Огірцеве.", "Огірцеве"),
        ("Clashes went on near Klishchiivka and Kurdiumivka.", "near Klishchiivka"),
    ],
)
def test_villages_after_short_nouns_and_in_lists(text, words):
    """The abbreviated noun of a settlement and a list of towns speak for a village."""
    assert found(text)[words].country == "UA"


def test_a_village_on_the_direction_of_a_town_lies_by_it():
    """Of many villages of a name the one in the direction that the text names is meant."""
    mention = found("Дрон ударил по складу в Новоивановке на Гуляйпольском направлении.")
    assert mention["Новоивановке"].admin1 == "UA.26"
    assert mention["Гуляйпольском"].name == "Hulyaypole"
