"""`tracker map` writes a page, a picture, or both, and names what cannot be."""

from __future__ import annotations

import pytest


def test_a_picture_needs_no_page_and_is_the_same_twice(demo, run, tmp_path):
    """--png writes a PNG alone; the second is byte for byte the first."""
    files = [tmp_path / "one.png", tmp_path / "two.png"]
    for file in files:
        result = run("map", "-w", demo, "--png", file, "--as-of", "2022-02-20")
        assert result.exit_code == 0, result.stderr
    assert files[0].read_bytes().startswith(b"\x89PNG")
    assert files[0].read_bytes() == files[1].read_bytes()
    assert {file.name for file in tmp_path.iterdir()} == {"one.png", "two.png"}


def test_a_page_in_ukrainian_of_a_window(demo, run, tmp_path):
    """Language and window of the command are those of the page."""
    file = tmp_path / "map.html"
    window = ("--from", "2022-01-01", "--to", "2022-01-31")
    result = run("map", "-w", demo, "-o", file, "--lang", "uk", *window)
    assert result.exit_code == 0, result.stderr
    text = file.read_text("utf-8")
    assert '<html lang="uk"' in text
    assert '"window":[27349920,27394559]' in text


def test_online_tiles_open_one_host(demo, run, tmp_path):
    """Only who asks for tiles gets a page that may ask their host."""
    file = tmp_path / "map.html"
    tiles = "https://tile.example.org/{z}/{x}/{y}.png"
    assert run("map", "-w", demo, "-o", file, "--tiles", tiles).exit_code == 0
    assert "https://tile.example.org" in file.read_text("utf-8").split("</head>")[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--lang", "xx"), "'xx' is none of en, ru, uk"),
        (("--from", "2022-01-01"), "name a window together"),
        (("--from", "2022-02-01", "--to", "2022-01-01"), "its first day first"),
        (("--tiles", "http://plain.example/{z}"), "would make the page load"),
    ],
)
def test_what_cannot_be_is_named(demo, run, tmp_path, words, said):
    """A wrong option is one sentence, and nothing is written."""
    result = run("map", "-w", demo, "-o", tmp_path / "map.html", *words)
    assert result.exit_code == 1
    assert said in " ".join(result.stderr.split())
    assert not list(tmp_path.iterdir())
