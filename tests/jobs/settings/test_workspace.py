"""Settings are read once, strictly, and all faults are told at once."""

import pytest

from jobs.errors import SettingsError
from jobs.settings import TEMPLATE, Settings, read_settings


def test_a_missing_file_means_the_defaults(tmp_path):
    """A workspace without tracker.toml works."""
    assert read_settings(tmp_path / "tracker.toml") == Settings()


def test_the_written_template_states_the_defaults(tmp_path):
    """What `tracker init` writes changes nothing."""
    path = tmp_path / "tracker.toml"
    path.write_text(TEMPLATE)

    assert read_settings(path) == Settings()


def test_all_faults_are_named_at_once(tmp_path):
    """An unknown key and a bad number come in one message."""
    path = tmp_path / "tracker.toml"
    path.write_text("[watch]\nevery_minutes = -1\nfoldr = 'x'\n")

    with pytest.raises(SettingsError) as caught:
        read_settings(path)

    assert "watch.every_minutes" in str(caught.value)
    assert "watch.foldr" in str(caught.value)


@pytest.mark.parametrize("content", [b"[watch", b"\xff\xfe\x00"])
def test_a_file_that_is_no_toml_is_one_sentence(tmp_path, content):
    """Broken or binary settings say so."""
    path = tmp_path / "tracker.toml"
    path.write_bytes(content)

    with pytest.raises(SettingsError, match="it is no TOML"):
        read_settings(path)
