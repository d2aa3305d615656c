"""`tracker export` writes what the settings let out."""

import json
import re

import pandas as pd
import pytest
from typer.testing import CliRunner

from jobs.cli import app


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_a_layer_becomes_a_file(demo, tmp_path):
    """The ending tells the format, options narrow it, the answer counts the rows."""
    file = tmp_path / "claims.csv"
    options = ("--as-of", "2022-02-18", "--kind", "movement", "--from", "2022-01-01", "--json")

    result = run("export", "claims", file, "-w", demo, *options)

    answer = json.loads(result.output)
    back = pd.read_csv(file)
    assert result.exit_code == 0
    assert answer["rows"] == len(back) > 0
    assert set(back["kind"]) == {"movement"}


def test_terms_come_from_the_settings(own_demo, tmp_path):
    """Licence and marking of the workspace stand beside the file."""
    settings = own_demo / "tracker.toml"
    text = settings.read_text("utf-8")
    text = text.replace('tlp = "CLEAR"', 'tlp = "AMBER"')
    text = re.sub("^#? ?licence = .*$", 'licence = "all rights reserved"', text, flags=re.MULTILINE)
    settings.write_text(text, "utf-8")
    file = tmp_path / "areas.kmz"

    result = run("export", "areas", file, "-w", own_demo)

    about = json.loads(file.with_name("areas.kmz.metadata.json").read_text("utf-8"))
    assert result.exit_code == 0, result.output
    assert (about["marking"], about["licence"]) == ("TLP:AMBER", "all rights reserved")


def test_a_file_without_rows_is_no_silent_success(demo, tmp_path):
    """Whoever misspells an actor is told where to look."""
    result = run("export", "claims", tmp_path / "x.csv", "-w", demo, "--actor", "Rusia")

    assert "No row matches. Look at the spelling of the actor" in " ".join(result.output.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("claims", "x.shp"), "does not tell its format"),
        (("tanks", "x.csv"), "there is no layer"),
        (("claims", "x.csv", "--kind", "tanks"), "is no kind"),
        (("claims", "x.csv", "--bbox", "1,2,3"), "west,south,east,north"),
        (("claims", "x.csv", "--bbox", "nan,2,3,4"), "west,south,east,north"),
        (("claims", "x.csv", "--from", "2022-02-02", "--to", "2022-02-01"), "exchange"),
        (("flows", "x.kml"), "no shapes"),
    ],
)
def test_what_cannot_be_is_told(demo, tmp_path, words, said):
    """One sentence and exit code 1, and no file."""
    layer, name, *options = words

    result = run("export", layer, tmp_path / name, "-w", demo, *options)

    assert result.exit_code == 1
    assert said in " ".join(result.output.split())
    assert list(tmp_path.iterdir()) == []
