"""The package as people install it: built from the sdist, alone in an environment, run anywhere."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SEEDS = "tracker/_seeds/"


def run(*words, cwd, path=os.environ["PATH"]):
    """Run a command to its end; a failure shows what it printed."""
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env={"PATH": path, "HOME": str(cwd), "LANG": "C.UTF-8", "NO_COLOR": "1"},
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel from an unpacked sdist where there is neither npm nor node."""
    folder = tmp_path_factory.mktemp("dist")
    build = (sys.executable, "-m", "hatchling", "build", "-d", folder)
    run(*build, "-t", "sdist", cwd=ROOT)
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    run(*build, "-t", "wheel", cwd=folder / sdist.name.removesuffix(".tar.gz"), path="")
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel):
    """List the files of the wheel."""
    return zipfile.ZipFile(wheel).namelist()


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """Install the wheel alone; its dependencies are those of the running environment."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder.parent)
    python = folder / "bin/python"
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(run(python, "-c", where, cwd=folder).strip())
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--isolated", "--python", python)
    run(*pip, "install", "--no-deps", "--no-index", "-q", wheel, cwd=folder)
    return folder


@pytest.fixture
def hostile_folder(tmp_path):
    """Make a working directory with folders of the packages' names that fail when imported."""
    for name in ("geo", "jobs", "tracker"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('imported by mistake')")
    return tmp_path


def test_the_wheel_is_pure_and_holds_three_packages(wheel, names):
    """One wheel for every system, whose top-level names are tracker, geo and jobs alone."""
    top = {name.split("/")[0] for name in names if ".dist-info/" not in name}

    assert top == {"tracker", "geo", "jobs"}
    assert wheel.name.endswith("-py3-none-any.whl")


def test_the_wheel_says_that_it_is_typed(names):
    """Type checkers of those who install it read its annotations (PEP 561)."""
    assert {"tracker/py.typed", "geo/py.typed", "jobs/py.typed"} <= set(names)


def test_every_seed_travels_unchanged(wheel, names):
    """Each data file of seeds/ is in tracker/_seeds, byte for byte, without its scripts."""
    seeds = {
        path.relative_to(ROOT / "seeds").as_posix(): path.read_bytes()
        for path in (ROOT / "seeds").rglob("*")
        if path.is_file() and "scripts" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        carried = {
            name.removeprefix(SEEDS): archive.read(name) for name in names if name.startswith(SEEDS)
        }

    assert "areas.geojson" in carried
    assert carried == seeds


def test_the_page_travels_ready_made(names):
    """Script, style sheet and their licences are carried; the sources are not."""
    page = {name.rsplit("/", 1)[-1] for name in names if name.startswith("geo/page/static/")}

    assert {"page.js", "page.css", "THIRD_PARTY.txt"} <= page
    assert [name for name in names if "frontend" in name or "node_modules" in name] == []


def test_the_gazetteer_travels_compiled(names):
    """Whoever installs needs neither the sources of the names nor the time to compile them."""
    compiled = {name for name in names if name.startswith("geo/gazetteer/compiled/")}

    assert {"geo/gazetteer/compiled/manifest.json", "geo/gazetteer/compiled/names.trie"} <= compiled


def test_nothing_but_the_program_travels(names):
    """Tests, bench, caches and databases stay at home."""
    odd = (".pyc", ".gpkg", ".map", "~", ".ipynb")

    assert [name for name in names if name.endswith(odd) or "/tests/" in name] == []


@pytest.mark.parametrize("command", ["tracker", "troop-tracker"])
def test_both_commands_start_beside_hostile_folders(environment, hostile_folder, command):
    """A folder named geo/ or jobs/ where the user works does no harm."""
    said = run(environment / "bin" / command, "--help", cwd=hostile_folder)

    assert "demo" in said


def test_the_demo_runs_from_an_installed_wheel(environment, hostile_folder):
    """Database and page are made from what the wheel carries, with no checkout in sight."""
    run(environment / "bin/tracker", "demo", "made", cwd=hostile_folder)

    assert (hostile_folder / "made/tracker.gpkg").stat().st_size > 0
    page = (hostile_folder / "made/site/theatre.html").read_text(encoding="utf-8")
    assert "<html" in page


def test_the_installed_packages_are_those_of_the_wheel(environment, tmp_path):
    """The environment of these tests does not borrow the checkout."""
    ask = "import tracker, geo, jobs; print(tracker.__file__, geo.__file__, jobs.__file__)"

    said = run(environment / "bin/python", "-c", ask, cwd=tmp_path).split()

    assert [str(environment) in path for path in said] == [True, True, True]
