"""The map as a file: same bytes, no host, clear refusals."""

from __future__ import annotations

import base64
import hashlib
import re

import folium
import pytest
from branca.element import Element
from folium.plugins import MarkerCluster

from geo.errors import PageNeedsNetworkError
from geo.page import TroopMap


def rendered(troop_map: TroopMap) -> str:
    """Render a map to the text of its page."""
    return troop_map.get_root().render()


def test_equal_maps_give_equal_bytes(made):
    """Two maps of the same data are the same file, with a user's elements in them."""
    pages = []
    for _ in range(2):
        troop_map = made.full_map()
        folium.Marker([50, 30], popup="here", tooltip="there").add_to(troop_map)
        pages.append(rendered(troop_map))
    assert pages[0] == pages[1]


def test_rendering_twice_changes_nothing(made):
    """A map can be shown and then saved; both are the same page."""
    troop_map = made.full_map()
    assert rendered(troop_map) == rendered(troop_map)


def test_policy_names_every_script_and_forbids_connections(made):
    """The hash of each script that would run stands in the policy, and nothing may be loaded."""
    troop_map = made.full_map()
    troop_map.get_root().html.add_child(Element("<script>window.mine = 1</script>"))
    page = rendered(troop_map)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 4
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    assert "img-src data: blob:;" in policy
    assert "http" not in policy


def test_page_names_no_host_outside_its_links(made):
    """Neither links to scripts nor to style sheets nor to images stand in the page."""
    page = rendered(made.full_map())
    assert re.findall(r"<(?:script|img|iframe)[^>]+src=|<link|@import", page) == []


def test_element_that_loads_a_script_is_refused(made):
    """A plugin that links to a content network is named, with what to do."""
    troop_map = made.full_map()
    MarkerCluster().add_to(troop_map)
    with pytest.raises(PageNeedsNetworkError, match="this page calls no host: remove it"):
        rendered(troop_map)


def test_markup_that_loads_a_script_is_refused(made):
    """A script with an address in a user's own markup is refused too."""
    troop_map = made.full_map()
    troop_map.get_root().header.add_child(
        Element('<script src="https://example.org/x.js"></script>')
    )
    with pytest.raises(PageNeedsNetworkError, match=r"https://example\.org/x\.js"):
        rendered(troop_map)


def test_online_tiles_open_one_host_for_images_alone():
    """An address of tiles adds its host to the images, and nothing else."""
    page = rendered(
        TroopMap(title="T", online_tiles="https://{s}.tile.example.org/{z}/{x}/{y}.png")
    )
    assert "img-src data: blob: https://*.tile.example.org;" in page
    assert "connect-src 'none'" in page


@pytest.mark.parametrize("address", ["http://tile.example.org/{z}", "https://a b/{z}", "file:///x"])
def test_online_tiles_of_another_kind_are_refused(address):
    """Only https addresses with a plain host are taken."""
    with pytest.raises(PageNeedsNetworkError, match="online_tiles"):
        rendered(TroopMap(title="T", online_tiles=address))


def test_notebook_shows_the_same_page(made):
    """A notebook gets the page in a frame, not folium's document with links."""
    shown = made.full_map()._repr_html_()
    assert "Content-Security-Policy" in shown
    assert "cdn.jsdelivr" not in shown


def test_two_layers_with_one_key_stay_apart(made):
    """A second layer of the same key gets a number, so that permalinks tell them apart."""
    from geo.layers import Sightings

    troop_map = made.bare_map(made.sightings_frame())
    Sightings(made.sightings_frame()).add_to(troop_map)
    assert 'id="tm-sightings-2-data"' in rendered(troop_map)
