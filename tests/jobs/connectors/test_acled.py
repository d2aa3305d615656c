"""ACLED's precision codes become radii and spans; its API is paged with the user's own account."""

import json
from datetime import date

import pytest

from jobs.connectors.acled import span_of
from jobs.errors import CredentialError
from tests.jobs.connectors.conftest import make_source


def make_event(number, **more):
    return {
        "event_id_cnty": f"RUS{number}",
        "event_date": "2022-01-13",
        "time_precision": "1",
        "geo_precision": "2",
        "event_type": "Strategic developments",
        "actor1": "Military Forces of Russia (2000-)",
        "actor2": "",
        "location": "Yelnya",
        "admin1": "Smolensk",
        "latitude": "54.57",
        "longitude": "33.17",
        "source": "Rail desk; Another",
        "notes": f"A column of tanks, number {number}.",
        "timestamp": str(1_642_500_000 + number),
    } | more


def write(folder, *events, name="acled.csv"):
    header = list(events[0])
    rows = [",".join(f'"{event[column]}"' for column in header) for event in events]
    (folder / name).write_text("\n".join([",".join(header), *rows]) + "\n")


def test_codes_become_metres_and_days(look, tmp_path):
    """A place near a town has 30 km; the claimant is the source, ACLED passes it on."""
    write(tmp_path, make_event(1), make_event(2, geo_precision="3", time_precision="2"))

    found = look(make_source("acled", path="acled.csv", publisher="ACLED"))

    first, second = found.cells["RUS1"], found.cells["RUS2"]
    assert (first["radius_km"], first["observed_from"]) == ("30", "2022-01-13")
    assert (second["radius_km"], second["observed_from"]) == ("100", "2022-01-10")
    assert (first["actor"], first["claimant"], first["via"]) == ("RU", "Rail desk", "ACLED")
    assert (first["published"], "best" in first) == ("2022-01-18", False)


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [("1", 13, 13), ("2", 10, 16), ("3", 1, 31)],
)
def test_spans_of_time(precision, first, last):
    """The day, three days to either side, the month."""
    span = span_of("2022-01-13", precision)

    assert span == (date(2022, 1, first), date(2022, 1, last))


def test_an_edit_a_bad_event_and_an_unknown_column(desk, tmp_path):
    """A changed note is an edit; a bad code is named; a column of tomorrow does no harm."""
    source = make_source("acled", path=".")
    write(tmp_path, make_event(1, tomorrow="x"), make_event(2, geo_precision="9", tomorrow="x"))
    first = desk.read(source)
    write(tmp_path, make_event(1, notes="A column of tanks and a train.", tomorrow="x"))

    second = desk.read(source)

    assert (first.new, len(first.rejected)) == (1, 1)
    assert "geo_precision '9' is unknown" in first.rejected[0]
    assert (second.new, second.texts.edits) == (1, 1)


@pytest.fixture
def api(site):
    """Serve three events on pages of two, to who shows the token."""
    events = [make_event(number) for number in range(1, 4)]

    def token(handler):
        form = handler.rfile.read(int(handler.headers["content-length"])).decode()
        good = "username=me" in form and "password=secret-word" in form
        answer(handler, {"access_token": "tok-123"} if good else {"error": "no"})

    def page(start):
        def serve(handler):
            assert handler.headers["authorization"] == "Bearer tok-123"
            answer(handler, {"status": 200, "data": events[start : start + 2]})

        return serve

    def answer(handler, value):
        body = json.dumps(value).encode()
        handler.send_response(200)
        handler.send_header("content-length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    query = "?_format=json&country=Russia{since}&limit=2&page={page}"
    site.pages["/token"] = token
    site.pages["/read" + query.format(since="", page=1)] = page(0)
    site.pages["/read" + query.format(since="", page=2)] = page(2)
    since = "&timestamp=1642500003&timestamp_where=%3E%3D"
    site.pages["/read" + query.format(since=since, page=1)] = page(3)
    return make_source(
        "acled",
        address=f"{site.address}/read",
        options={
            "token_address": f"{site.address}/token",
            "query": {"country": "Russia"},
            "page_items": 2,
        },
        credentials={"username": {"env": "ACLED_USER"}, "password": {"env": "ACLED_WORD"}},
    )


def test_the_api_is_paged_and_the_next_reading_goes_on(look, api):
    """The boundary between pages loses none; the second reading asks for what is newer."""
    environment = {"ACLED_USER": "me", "ACLED_WORD": "secret-word"}.get

    first = look(api, environment=environment)
    second = look(api, first.cursor, environment=environment)

    assert len(first.cells) == 3
    assert first.cursor == {"timestamp": 1_642_500_003}
    assert second.rows == []


def test_the_password_stands_nowhere(look, api):
    """A missing one is named by its variable."""
    with pytest.raises(CredentialError, match="set the environment variable ACLED_USER") as caught:
        look(api, environment={"ACLED_WORD": "secret-word"}.get)

    assert "secret-word" not in str(caught.value)
