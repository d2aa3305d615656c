"""GDELT gives leads: articles that are fetched and read; its own coding is not taken over."""

import hashlib
import io
import json
import zipfile

import pytest

from jobs.connectors.gdelt import COLUMNS
from jobs.errors import SourceError
from tests.jobs.connectors.conftest import make_source


@pytest.fixture
def article(site, make_page):
    """Serve an article and give its address."""

    def serve(name):
        address = f"{site.address}/{name}"
        site.serve(f"/{name}", make_page(link=address, title=f"Trains {name}"))
        return address

    site.serve("/robots.txt", "", content_type="text/plain")
    return serve


def make_record(address, themes="ARMEDCONFLICT;TAX", when="20220113200000", kind="1"):
    cells = [""] * COLUMNS
    cells[0], cells[1], cells[2], cells[4], cells[7] = "1-1", when, kind, address, themes
    return "\t".join(cells)


def serve_graph(site, *records, name="a", digest=None):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.csv", "\n".join(records))
    data = buffer.getvalue()
    address = site.serve(f"/{name}.gkg.csv.zip", data)
    digest = digest or hashlib.md5(data, usedforsecurity=False).hexdigest()
    return site.serve("/last", f"9 0 http://x/a.export.CSV.zip\n{len(data)} {digest} {address}\n")


def test_records_of_the_graph_lead_to_articles(look, site, article):
    """Themes choose; other records, broken ones and dead links cost nothing but themselves."""
    records = [
        make_record(article("one")),
        make_record(f"{site.address}/other", themes="SPORT"),
        make_record(f"{site.address}/dead"),
        "broken\trecord",
    ]
    options = {"list": "gkg", "themes": ["ARMEDCONFLICT"]}
    source = make_source("gdelt", address=serve_graph(site, *records), options=options)

    found = look(source)
    again = look(source, found.cursor)

    assert [document.title for document in found.documents] == ["Trains one"]
    assert any("record 4 has 2 columns, not 27" in reason for reason in found.rejected)
    assert any("answered 404" in reason for reason in found.rejected)
    assert (again.documents, again.rejected) == ([], [])


def test_a_file_that_is_not_what_the_list_says(look, site):
    """The digest in the list decides."""
    address = serve_graph(site, make_record("https://news.example/1"), digest="0" * 32)

    with pytest.raises(SourceError, match="is not what the list says"):
        look(make_source("gdelt", address=address, options={"list": "gkg"}))


def test_a_search_leads_to_articles_once(look, site, article):
    """The next reading follows only what the last list did not have; edits are the page's own."""
    path = "/doc?query=trains&mode=artlist&format=json&maxrecords=250&timespan=1d"
    leads = [{"url": article(name), "seendate": "20220113T200000Z", "x": 1} for name in ("a", "b")]
    site.serve(path, json.dumps({"articles": leads[:1]}))
    source = make_source("gdelt", address=f"{site.address}/doc", options={"query": "trains"})
    first = look(source)
    site.serve(path, json.dumps({"articles": [*leads, {"title": "no address"}]}))

    second = look(source, first.cursor)

    assert [len(found.documents) for found in (first, second)] == [1, 1]
    assert second.rejected == ["lead 3 has no address or time."]


def test_words_in_place_of_a_list_are_told(look, site):
    """GDELT answers a bad search in plain words."""
    path = "/doc?query=a&mode=artlist&format=json&maxrecords=250&timespan=1d"
    site.serve(path, "The specified phrase is too short.")

    with pytest.raises(SourceError, match="The specified phrase is too short"):
        look(make_source("gdelt", address=f"{site.address}/doc", options={"query": "a"}))
