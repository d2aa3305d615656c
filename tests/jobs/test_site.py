"""The site is whole, the same for the same input, and tells nothing that must not be told."""

import base64
import gzip
import json
import re
import zlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
import time_machine
from typer.testing import CliRunner

from jobs.briefings.brief import Order, brief
from jobs.cli import app
from jobs.demo import LAST_DAY
from jobs.settings import read_settings
from jobs.site import LIST, put, write_site
from tracker.api import open_workspace
from tracker.publication import Marking, Policy
from tracker.site import File
from tracker.spreadsheet import as_csv

ATOM = "{http://www.w3.org/2005/Atom}"
AXE = Path(__file__).parents[2] / "geo/page/frontend/node_modules/axe-core/axe.min.js"
PAGES = (
    "index.html",
    "days/2022-01-13.html",
    "formations/index.html",
    "formations/41st-combined-arms-army.html",
    "sources.html",
    "method.html",
    "data/index.html",
)


@pytest.fixture(scope="module")
def site(demo):
    """Return the folder of the demo's site."""
    return demo / "site"


def again(folder, **options):
    """Write the site of a workspace once more."""
    with open_workspace(folder) as tracker:
        settings = read_settings(tracker.workspace.settings)
        given = {"page": settings.page, "publication": settings.publication, "as_of": LAST_DAY}
        return write_site(tracker, **given | options)


def test_the_site_has_every_kind_of_page(site):
    """Index, maps, days, formations, sources, method, data and feeds are there."""
    for path in (*PAGES, "theatre.html", "areas/belarus.html", "feeds/area-belarus.atom"):
        assert (site / path).is_file(), path
    assert len(list((site / "days").glob("*.html"))) > 60
    assert len(list((site / "areas").glob("*.html"))) == 8
    assert json.loads((site / LIST).read_text("utf-8")) == sorted(
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and path.name != LIST and path.parent.name != "briefings"
    )


def test_every_relative_link_leads_somewhere(site):
    """Each link of each page without script names a file of the site, each anchor an element."""
    for path in [*site.glob("*.html"), *site.glob("*/*.html")]:
        text = path.read_text("utf-8")
        if "<script" in text:
            continue
        for link in re.findall(r'href="([^"]+)"', text):
            parts = urlsplit(link)
            if parts.scheme or not (parts.path or parts.fragment):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), (path.name, link)
            if parts.fragment and "=" not in parts.fragment:
                assert f'id="{parts.fragment}"' in target.read_text("utf-8"), (path.name, link)


def test_the_same_input_gives_the_same_bytes_and_touches_nothing(own_demo):
    """A second writing leaves every file as it is, its time of change included."""
    site = own_demo / "site"
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}

    done = again(own_demo)

    assert (done.written, done.removed) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()} == before


def test_what_is_no_longer_told_is_removed_and_other_files_stay(own_demo):
    """A day that is not known yet loses its page; a file of the user's keeps its place."""
    site = own_demo / "site"
    (site / "days" / "mine.html").write_text("mine")

    done = again(own_demo, as_of=date(2022, 2, 1))

    assert done.removed > 0
    assert not (site / "days" / "2022-02-18.html").exists()
    assert (site / "days" / "2022-01-13.html").is_file()
    assert (site / "days" / "mine.html").read_text() == "mine"


def test_a_writing_that_breaks_off_leaves_whole_files(tmp_path):
    """What was there stays, nothing is half written, and the next writing cleans up."""
    put(tmp_path, [File(path="a.html", data=b"old"), File(path="b.html", data=b"old")])

    def breaking():
        yield File(path="c.html", data=b"new")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        put(tmp_path, breaking())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b.html", "c.html", LIST]
    assert (tmp_path / "a.html").read_bytes() == b"old"

    done = put(tmp_path, [File(path="a.html", data=b"old")])
    assert (done.kept, done.removed) == (1, 2)


def test_a_list_that_was_tampered_with_removes_nothing_outside(tmp_path):
    """Names that lead out of the folder are no pages of the site."""
    site, other = tmp_path / "site", tmp_path / "other.txt"
    site.mkdir()
    other.write_text("kept")
    (site / LIST).write_text(json.dumps(["../other.txt", str(other), "..\\other.txt", 3]))

    assert put(site, [File(path="a.html", data=b"a")]).removed == 0
    assert other.read_text() == "kept"


def test_data_files_agree_and_are_described(site):
    """CSV and GeoJSON hold the same rows; the description says what, whose and under what terms."""
    for name in ("sightings", "regions", "movements", "areas"):
        about = json.loads((site / f"data/{name}.metadata.json").read_text("utf-8"))
        collection = json.loads((site / f"data/{name}.geojson").read_text("utf-8"))
        rows = pd.read_csv(site / f"data/{name}.csv")
        ids = [feature["properties"]["id"] for feature in collection["features"]]
        assert ids == rows["id"].tolist()
        assert len(ids) == about["rows"] > 0
        assert [field["name"] for field in about["fields"] if not field["meaning"]] == []
        assert about["as_of"] == "2022-02-23"
        assert about["attribution"]
        assert about["marking"] == "TLP:CLEAR"


def test_feeds_are_atom_with_times_of_the_claims(site):
    """Every feed parses, its ids are unique, its newest time is that of its newest entry."""
    for path in (site / "feeds").glob("*.atom"):
        root = ET.parse(path).getroot()
        entries = root.findall(f"{ATOM}entry")
        ids = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(set(ids)) == len(ids)
        assert root.findtext(f"{ATOM}updated") <= "2022-02-24"
        if entries:
            times = [entry.findtext(f"{ATOM}updated") for entry in entries]
            assert root.findtext(f"{ATOM}updated") == times[0] == max(times)


def test_every_page_says_when_how_marked_and_how_to_cite(site):
    """Day of knowledge, marking, licence and citation stand on each page without script."""
    for path in PAGES:
        text = (site / path).read_text("utf-8")
        for words in ("23 February 2022", "TLP:CLEAR", "Licence:", "Cite as:", "Withheld"):
            assert words in text, (path, words)
        assert "default-src 'none'" in text.replace("&#39;", "'")
        assert " style=" not in text


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_work_offline_and_axe_finds_nothing(browser, site, scheme):
    """With the network off nothing is asked for, no policy is broken, and axe-core is content."""
    if not AXE.is_file():
        pytest.skip("needs axe-core: run 'npm ci' in geo/page/frontend")
    context = browser.new_context(offline=True, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in PAGES:
        page.goto((site / path).as_uri())
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("axe.run().then(result => result.violations)")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], path
    assert [url for url in asked if not url.startswith("file:")] == []
    assert said == []
    context.close()


@pytest.mark.browser
def test_the_policy_of_the_pages_lets_their_style_in(browser, site):
    """Under the pages' own policy the style sheet holds and nothing is refused."""
    page = browser.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((site / "days/2022-01-13.html").as_uri())

    width = page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth")

    assert (width, said) == ("1056px", [])
    page.close()


NOW = datetime(2022, 1, 20, 12, tzinfo=UTC)
SECRETS = {
    "submitter": "Zakhar Zhmykh",
    "handle": "zhmykh_secret",
    "phone": "0671234599",
    "mail": "zhmykh@mail.example",
    "plate": "АВ7713СЕ",
    "profile": "zhmykhprofile",
    "young place": "Novoozerne",
    "coarse place": "Perevalne",
}
POST = f"""Submitted by {SECRETS["submitter"]}, call {SECRETS["phone"]}, {SECRETS["mail"]}.
{SECRETS["submitter"]} saw 20 Russian tanks near Belgorod, video at @{SECRETS["handle"]}, plate \
{SECRETS["plate"]}, https://t.me/{SECRETS["profile"]}/77.
"""
PLAIN = {"status": "actual", "kind": "sighting", "qualifier": "exact", "unit": "tank"}
CLAIMS = [
    {
        "id": name,
        "actor": "UA",
        "area": place,
        "observed_from": day,
        "observed_to": day,
        "published": day,
        "claimant": "A resident",
        "best": number,
        "quote": f"{number} Ukrainian tanks in {place}",
        "citation": f"a post on {place}, {day}, https://posts.example/{name}",
        **PLAIN,
    }
    for name, place, day, number in (
        ("first", SECRETS["young place"], "2022-01-20", 11),
        ("second", SECRETS["coarse place"], "2022-01-10", 12),
    )
]


def everything_in(folder):
    """Yield name and text of every file, and of what is packed or escaped inside it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            text = path.read_bytes().decode("utf-8", "replace")
            yield str(path), text
            yield (
                str(path),
                re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text),
            )
            for packed in re.findall(r"[A-Za-z0-9+/]{40,}={0,2}", text):
                for raw in unpacked(packed):
                    yield f"{path} (packed)", raw.decode("utf-8", "replace")


def unpacked(packed):
    """Undo base64 and gzip where it is that."""
    try:
        raw = base64.b64decode(packed, validate=True)
        yield gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    except (ValueError, OSError, EOFError, zlib.error):
        return


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """Make a workspace full of secrets, with every output written on 20 January 2022."""
    top = tmp_path_factory.mktemp("planted")
    folder, out = top / "held", top / "out"
    pd.DataFrame(CLAIMS).to_csv(top / "claims.csv", index=False)
    (top / "post.txt").write_text(POST, "utf-8")
    read = ("--file", top / "claims.csv", "--file", top / "post.txt", "--published", "2022-01-12")
    with time_machine.travel(NOW, tick=False):
        for words in (
            ("init", folder),
            ("ingest", "-w", folder, *read),
            ("site", "-w", folder, "--out", out / "site"),
            ("map", "-w", folder, "--out", out / "map.html"),
            ("brief", "-w", folder, "--out", out / "brief"),
            ("brief", "-w", folder, "--actor", "UA", "--out", out / "brief-own"),
        ):
            result = CliRunner().invoke(app, [str(word) for word in words])
            assert result.exit_code == 0, (words, result.output)
    return folder, out


def held_positions(folder):
    """Return a pattern of longitude and latitude, in either order, of each protected place."""
    with open_workspace(folder) as tracker:
        points = [
            place.geometry.representative_point()
            for place in tracker.repository.placed()
            if place.text in {SECRETS["young place"], SECRETS["coarse place"]}
        ]
    assert len(points) == 2
    pairs = [(f"{point.x:g}", f"{point.y:g}") for point in points]
    return [
        re.compile(rf"{re.escape(one)}\D{{1,20}}{re.escape(two)}")
        for x, y in pairs
        for one, two in ((x, y), (y, x))
    ]


@pytest.mark.parametrize("secret", SECRETS)
def test_no_output_tells_a_secret(planted, secret):
    """Names, handles, phones, mail, plates and protected places stand in no file of any output."""
    told = [
        name
        for name, text in everything_in(planted[1])
        if SECRETS[secret].casefold() in text.casefold()
    ]

    assert told == []


def test_no_output_tells_a_protected_position(planted):
    """Neither the young nor the coarse position stands in any file, and the coarse one is there."""
    secret = held_positions(planted[0])
    texts = everything_in(planted[1])
    assert any(one.search("34.32, 44.85") for one in secret)

    assert [name for name, text in texts if any(one.search(text) for one in secret)] == []
    rows = pd.read_csv(planted[1] / "site/data/sightings.csv")
    assert rows["place"].str.contains("25 km cell around 44").sum() == 1
    assert "11 tanks" not in "".join(rows["title"])


def test_every_output_says_what_was_withheld(planted):
    """Pages, feeds, descriptions and briefings say that something waited, was coarse or blanked."""
    site = planted[1] / "site"
    for path in (
        site / "index.html",
        site / "days/2022-01-10.html",
        site / "feeds/area-around-ukraine.atom",
        site / "data/sightings.metadata.json",
        next((planted[1] / "brief").glob("*.md")),
    ):
        text = path.read_text("utf-8")
        assert "not shown yet" in text, path
        assert "25 km cell" in text, path
        assert "Blanked in" in text, path


def test_the_secrets_were_there_to_be_told(planted):
    """The workspace holds what the outputs must not tell, so that the tests above can fail."""
    with open_workspace(planted[0]) as tracker:
        words = " ".join(claim.quote.text for claim in tracker.repository.claims())
        texts = " ".join(tracker.reports()["text"])

    assert SECRETS["young place"] in words
    assert SECRETS["handle"] in words
    assert SECRETS["phone"] in texts


def test_a_briefing_carries_the_marking_of_its_policy(own_demo):
    """Page, mail, entry and record say how far they may travel."""
    week_before = LAST_DAY - timedelta(days=7)
    order = Order(
        title="Marked",
        area="around-ukraine",
        actor="RU",
        as_of=LAST_DAY,
        since=week_before,
        policy=Policy(marking=Marking.AMBER),
    )
    with open_workspace(own_demo) as tracker:
        written = brief(tracker, order, own_demo / "briefings")

    texts = [path for path in written if path.suffix != ".png"]
    assert len(texts) == 5
    assert all("TLP:AMBER" in path.read_text("utf-8") for path in texts)


def test_a_formula_is_inert_and_a_number_stays_one(tmp_path):
    """What a spreadsheet would run is told as text; -33.5 comes back as a number."""
    words = ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", " =2", "＝3", "-1+1"]
    path = tmp_path / "made.csv"
    path.write_text(as_csv(pd.DataFrame({"words": words, "size": -33.5, "said": "-33.5"})), "utf-8")

    back = pd.read_csv(path)

    assert all(cell.startswith("'") for cell in back["words"])
    assert set(back["size"]) == set(back["said"]) == {-33.5}
