"""Sources are checked by their connectors; every fault is told at once, with the nearest word."""

from pathlib import Path

import pytest

from jobs.errors import SettingsError
from jobs.init import SOURCES
from jobs.settings import read_settings
from jobs.sources import connector_names, load_connector, read_catalogue
from tracker.errors import NotFoundError
from tracker.seeds import seed_file

ROOT = Path(__file__).parents[3]


def read(text, folder):
    path = folder / "tracker.toml"
    path.write_text(text)
    return read_catalogue(read_settings(path))


def test_the_sources_of_a_new_workspace_can_be_read_and_are_off():
    """Each has a publisher, a licence and terms, and is sound."""
    settings = read_settings(seed_file(SOURCES))

    catalogue = read_catalogue(settings)

    assert catalogue.faults == {}
    assert len(catalogue.sources) == 13
    assert not any(source.settings.enabled for source in catalogue.sources)
    assert all(source.settings.terms for source in catalogue.sources)
    assert "not stated" not in {source.settings.licence for source in catalogue.sources}


def test_every_fault_is_told_with_the_nearest_word(tmp_path):
    """An unknown connector, a misspelt option, a missing address; the sound source stays."""
    catalogue = read(
        """
        [sources.a]
        connector = "rsss"
        publisher = "A"
        [sources.b]
        connector = "rss"
        publisher = "B"
        options = { article = true, most_articles = 0 }
        [sources.c]
        connector = "rss"
        publisher = "C"
        address = "https://news.example/feed"
        """,
        tmp_path,
    )

    told = " ".join(fault for faults in catalogue.faults.values() for fault in faults)
    assert "sources.a.connector: no connector is named 'rsss' (is it 'rss'?)" in told
    assert "sources.b.options.article: unknown key (is it 'articles'?)" in told
    assert "sources.b.options.most_articles: Input should be greater" in told
    assert "sources.b: it needs 'address'" in told
    assert [source.name for source in catalogue.sources] == ["c"]


@pytest.mark.parametrize("name", ["..", "a/b", "a b", "A", "x" * 61, "con.txt", "a\\nb", ""])
def test_a_name_that_could_be_a_path_is_refused(tmp_path, name):
    """changedetection.io GHSA-mh42: no name of a source leads anywhere."""
    with pytest.raises(SettingsError, match="sources"):
        read(f'[sources."{name}"]\nconnector = "rss"\npublisher = "A"\n', tmp_path)


@pytest.mark.parametrize("name", ["os", "jobs.connectors.rss", "__import__", "../rss"])
def test_a_name_from_outside_loads_nothing_else(name):
    """Scrapy GHSA-cwxj: only announced connectors are loaded."""
    with pytest.raises(NotFoundError, match="no connector is named"):
        load_connector(name)


def test_a_password_does_not_stand_in_the_settings(tmp_path):
    """It is named by its variable or its file."""
    with pytest.raises(SettingsError, match="credentials"):
        read(
            '[sources.a]\nconnector = "acled"\npublisher = "A"\ncredentials = { password = "x" }\n',
            tmp_path,
        )


def test_what_is_asked_for_by_a_wrong_name(tmp_path):
    """The near one is offered; one that needs mending says what."""
    catalogue = read(
        '[sources.cit]\nconnector = "rss"\npublisher = "A"\naddress = "https://a.example/"\n'
        '[sources.bad]\nconnector = "rss"\npublisher = "A"\n',
        tmp_path,
    )

    with pytest.raises(NotFoundError, match=r"no source is named 'cti' \(is it 'cit'"):
        catalogue.pick(["cti"])
    with pytest.raises(SettingsError, match=r"sources\.bad: it needs 'address'"):
        catalogue.pick(["bad"])


@pytest.mark.parametrize("name", connector_names())
def test_every_connector_stands_in_the_reference_and_says_its_options(name):
    """One file, one row; each option has words."""
    reference = (ROOT / "docs/reference/sources.md").read_text("utf-8")

    options = load_connector(name).Options.model_fields

    assert f"| `{name}` |" in reference
    assert [option for option in options if f"`{option}`" not in reference] == []
    assert [option for option, field in options.items() if not field.description] == []
