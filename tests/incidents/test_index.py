"""Where each incident that concerns this program is tested; a renamed test is missed here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
INCIDENTS = {
    "SSRF through links in content": "incidents/test_addresses.py::test_miniflux_ghsa_xwh2",
    "redirect to a private host": "jobs/fetch/test_fetcher.py::test_a_redirect_into_the_private",
    "redirect out of the web": "incidents/test_addresses.py::test_scrapy_ghsa_23j4",
    "DNS rebinding": "incidents/test_addresses.py::test_miniflux_fe2bfb27",
    "parser differential": "incidents/test_addresses.py::test_changedetection_08017d66",
    "exotic ranges": "incidents/test_addresses.py::test_changedetection_ghsa_gwph",
    "private proxy refused": "jobs/fetch/test_manners.py::test_a_proxy_on_loopback_works",
    "credentials on a redirect": "jobs/fetch/test_manners.py::test_a_key_does_not_follow",
    "bomb in an answer": "jobs/fetch/test_manners.py::test_a_bomb_is_held_only",
    "bomb in the body of a redirect": "jobs/fetch/test_fetcher.py::test_the_body_of_a_redirect",
    "bomb in a file": "incidents/test_files.py::test_scrapy_ghsa_7j7m",
    "ReDoS": "incidents/test_files.py::test_scrapy_ghsa_cc65",
    "path from a field": "jobs/ingest_texts/test_ingest.py::test_no_name_leads_out",
    "zip slip": "incidents/test_files.py::test_cve_2026_29065",
    "XXE": "robustness/test_malformed.py::test_no_malformed_input_harms",
    "file scheme": "incidents/test_addresses.py::test_changedetection_cve_2024_51483",
    "template injection": "tracker/briefing/test_templating.py::test_what_a_users_template",
    "stored XSS": "geo/page/test_page_edge_cases.py::test_hostile_words_in_every_field",
    "allow-list by host": "incidents/test_addresses.py::test_miniflux_3b5a7ee4",
    "formula injection": "jobs/test_site.py::test_a_formula_is_inert_and_a_number_stays_one",
    "markup and bidi in the terminal": "jobs/test_console.py::test_control_characters_and_markup",
    "lone surrogates": "jobs/connectors/test_rss.py::test_a_lone_surrogate_becomes_a_mark",
    "lost row after a bad one": "incidents/test_files.py::test_simstudio_4081",
    "work lost or stuck after a kill": "robustness/test_stops.py::test_killed_at_random_moments",
    "pickled stores": "incidents/test_files.py::test_gdeltpyr",
    "a map file runs a driver": "incidents/test_files.py::test_gdal_12645",
}


@pytest.mark.parametrize("incident", INCIDENTS)
def test_every_incident_has_its_test(incident):
    """The test that answers an incident is there under its name."""
    path, _, name = INCIDENTS[incident].partition("::")
    written = (ROOT / "tests" / path).read_text("utf-8")
    assert re.search(rf"^def {name}\w*\(", written, re.MULTILINE), f"{path} has no {name}..."
