"""A map page speaks its language, bears map symbols, and carries the layers of other packages."""

from __future__ import annotations

import sys
from datetime import date

import pytest
import shapely

from geo.layers import Movements, Sightings
from geo.page.symbols import pictures
from tracker.areas import Area
from tracker.drawing import Look, draw_map
from tracker.errors import InvalidValueError
from tracker.extraction.symbols import symbol_of
from tracker.placing import PlacedClaim
from tracker.publication.publish import Published
from tracker.vocabulary import PlaceRole, Status, Unit

AREA = Area(id="north", name="Crimea", geometry=shapely.box(33, 44, 36, 46))
PACKAGE = """
from geo.layers import Sightings
from tracker.features import sightings_frame


def layer(shown):
    return {made}
"""


@pytest.fixture
def shown(make_claim):
    """One sighting that may be shown."""
    claim = make_claim()
    place = PlacedClaim(
        claim_id=claim.id,
        role=PlaceRole.AT,
        text="there",
        geometry=shapely.Point(34, 45),
        radius_km=5,
    )
    return Published(claims=[claim], placed=[place], marking="TLP:CLEAR")


def drawn(shown, **look):
    """Draw the page as known on the last day of January."""
    return draw_map(
        title="A title", as_of=date(2022, 1, 31), actor="RU", areas=[AREA], shown=shown,
        look=Look(**look),
    )  # fmt: skip


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Install a package that brings a layer, as pip would leave it on the path."""

    def installed(made: str) -> None:
        (tmp_path / "camps.py").write_text(PACKAGE.format(made=made), "utf-8")
        info = tmp_path / "camps-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: camps\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text("[tracker.layers]\ncamps = camps:layer\n")
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.delitem(sys.modules, "camps", raising=False)

    return installed


def test_a_page_speaks_russian_and_leaves_the_title(shown):
    """Layers, areas and countries have Russian names; the title stays as the desk wrote it."""
    page = drawn(shown, lang="ru")
    names = [layer.layer_name for layer in page.layers()]
    assert "Наблюдения" in names
    assert page.page()["title"] == "A title"
    assert "31.01.2022" in page.page()["subtitle"]
    estimates = next(layer for layer in page.layers() if layer.mark == "areas")
    assert estimates.options()["areas"][0]["name"] == "Крым"


def test_a_window_ends_with_its_last_minute(shown):
    """The last day of the window is in it as a whole."""
    first, last = drawn(shown, window=(date(1970, 1, 2), date(1970, 1, 2))).page()["window"]
    assert (first, last) == (1440, 2879)


def test_railways_lie_in_the_base_map(shown):
    """The corridors between the stations of the record are part of the ground."""
    base = drawn(shown).layers()[0]
    assert len(base.railways) > 150


def test_frames_follow_who_reads(shown):
    """The same troops are hostile to one desk and unknown to another."""
    codes = [
        next(
            layer.frame["symbol"].iloc[0]
            for layer in drawn(shown, affiliations=known).layers()
            if isinstance(layer, Sightings)
        )
        for known in ({"RU": "hostile"}, {})
    ]
    assert [code[3] for code in codes] == ["6", "1"]


@pytest.mark.parametrize("status", [Status.ACTUAL, Status.PLANNED])
@pytest.mark.parametrize("unit", list(Unit))
def test_every_unit_has_its_picture(unit, status):
    """The build rendered the symbol of everything that claims count, whoever's it is."""
    codes = {symbol_of(unit, status=status, identity=identity) for identity in "1346"}
    assert pictures(codes).keys() == codes


def test_a_package_brings_a_layer(shown, install):
    """A layer named in the entry points of another package is on the page, with its data."""
    install('Sightings(sightings_frame(shown.claims, shown.placed, {}), name="Camps", key="camps")')
    (camps,) = [layer for layer in drawn(shown).layers() if layer.layer_name == "Camps"]
    assert len(camps.frame) == 1


def test_a_package_may_have_nothing_to_show(shown, install):
    """None is no layer, and no error."""
    install("None")
    assert [layer for layer in drawn(shown).layers() if isinstance(layer, Movements)]


def test_what_is_no_layer_is_named(shown, install):
    """The sentence says which package made what."""
    install("42")
    with pytest.raises(InvalidValueError, match=r"layer 'camps' \(camps:layer\) made 'int'"):
        drawn(shown)
