"""Rules of this codebase that no linter knows, read off the source."""

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PACKAGES = ("tracker", "geo", "jobs")
OURS = {*PACKAGES, "tests"}

UNITS = {
    *("m", "km", "deg", "m2", "km2", "px", "mb"),
    *("s", "ms", "minute", "minutes", "h", "hours", "day", "days", "kmh"),
    *("sd", "share", "percent", "factor", "scale", "odds", "probability"),
}
"""Last word of a quantity's name: a unit, or a ratio that has none."""
DEGREES = {"lon", "lat", "west", "south", "east", "north"}
"""First word of a coordinate's name: EPSG:4326 everywhere."""
UNITLESS = {
    *("low", "high", "best", "number", "value", "median", "small_force"),  # sizes
    *("p05", "p25", "p50", "p75", "p95"),  # sizes in the unit that stands beside them
    *("p_zero", "building_up", "drawing_down", "confidence", "score", "weight"),  # probabilities
    "probability",
    *("diffusion", "drift", "overshoot"),  # log units, by definition
    *("median_change", "width_change", "gross_error", "prior"),  # ratios and probabilities
    "timeout",  # seconds; httpcore calls its backends with this name
}
"""Floats without a unit of their own, or whose unit stands beside them."""

OF_THE_WHOLE = ["incidents", "robustness"]
"""Folders of tests that belong to no package: what happened elsewhere, what fails at once."""
MODULE_LINES = 400
FUNCTION_LINES = 60
RECORDS = ROOT / "tracker/store/migrations/versions"
"""Migrations are records of what was, however long; nobody edits them."""

UNFINISHED = re.compile(r"\b(?:T[O]DO|F[I]XME|X[X]X|N[o]tImplementedError)\b")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:w[o]rk|r[o]ot|h[o]me)/\w")
REGISTRY = re.compile(
    r"""index[-_]u[r]l|"resol[v]ed":|registry\s*=\s*"?h[t]tp|https?://\S+\.(?:whl|tgz)\b"""
    r"""|//(?:pypi|files\.pythonhosted|registry\.npmjs)\b"""
)


@cache
def files():
    """List the tracked files and those that will be: everything that git does not ignore."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = (name for name in listing.stdout.decode().split("\0") if name)
    return [path for name in sorted(set(names)) if (path := ROOT / name).is_file()]


def python_files(*folders):
    """List the modules below some folders of the project, all by default."""
    roots = [ROOT / folder for folder in folders]
    return [
        path
        for path in files()
        if path.suffix == ".py" and (not roots or any(path.is_relative_to(root) for root in roots))
    ]


@cache
def tree(path):
    """Parse a module once."""
    return ast.parse(path.read_text(encoding="utf-8"))


def where(path, node):
    """Name a place in the source."""
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def found(kind, *folders):
    """Walk over all nodes of a kind with the module that they stand in."""
    for path in python_files(*folders):
        for node in ast.walk(tree(path)):
            if isinstance(node, kind):
                yield path, node


def says_its_unit(name):
    """Tell whether a name carries a unit or belongs to one by convention."""
    words = name.split("_")
    by_convention = words[0] in {*DEGREES, "log"} or name in UNITLESS
    return by_convention or words[-1] in UNITS


def is_float(annotation):
    """Tell whether an annotation is float or float | None."""
    words = ast.unparse(annotation).replace("|", " ").split() if annotation else []
    return "float" in words and set(words) <= {"float", "int", "None"}


def public_floats():
    """Find every float that a public function takes or a public class holds."""
    for path, node in found((ast.FunctionDef, ast.ClassDef), *PACKAGES):
        if node.name.startswith("_"):
            continue
        if isinstance(node, ast.FunctionDef):
            named = [(a.arg, a.annotation) for a in (*node.args.args, *node.args.kwonlyargs)]
        else:
            fields = [
                item
                for item in node.body
                if isinstance(item, ast.AnnAssign) and not ast.unparse(item.target).startswith("_")
            ]
            named = [(ast.unparse(item.target), item.annotation) for item in fields]
        yield from ((path, node, name) for name, annotation in named if is_float(annotation))


def test_a_float_says_its_unit():
    """A quantity carries its unit in its name, or stands in the list of those that need none."""
    bare = [
        f"{where(path, node)} {name}"
        for path, node, name in public_floats()
        if not says_its_unit(name)
    ]

    assert not bare


def test_no_name_is_listed_as_unitless_in_vain():
    """The list does not outlive what it excuses."""
    used = {name for _, _, name in public_floats()}

    assert sorted(UNITLESS - used) == []


def test_modules_are_short():
    """One module, one job: none is longer than 400 lines, tests and scripts included."""
    sources = [path for path in files() if path.suffix in {".py", ".js", ".mjs", ".css"}]
    lines = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in sources
        if path.parent != RECORDS
    }

    assert lines
    assert not {path.relative_to(ROOT): n for path, n in lines.items() if n > MODULE_LINES}


def test_functions_are_short():
    """What does not fit on a screen does more than one thing; docstrings do not count."""
    long = []
    for path, node in found((ast.FunctionDef, ast.AsyncFunctionDef)):
        body = node.body[1:] if ast.get_docstring(node) else node.body
        lines = node.end_lineno - body[0].lineno + 1 if body else 0
        if lines > FUNCTION_LINES and path.parent != RECORDS:
            long.append(f"{where(path, node)} {node.name}: {lines} lines")

    assert not long


def test_values_are_frozen_and_made_by_keyword():
    """A value of the domain cannot be changed, and its fields cannot be mixed up."""
    loose = []
    for path, node in found(ast.ClassDef, *PACKAGES):
        decorators = " ".join(map(ast.unparse, node.decorator_list))
        strict = "frozen=True" in decorators and "kw_only=True" in decorators
        if "dataclass" in decorators and not strict and not node.name.startswith("_"):
            loose.append(f"{where(path, node)} {node.name}")

    assert not loose


def parameters(node):
    """Name what a function takes, or a dataclass is made of."""
    if isinstance(node, ast.ClassDef):
        fields = [
            item
            for item in node.body
            if isinstance(item, ast.AnnAssign) and not ast.unparse(item.target).startswith("_")
        ]
        return [ast.unparse(item.target) for item in fields]
    listed = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    rest = [arg for arg in (node.args.vararg, node.args.kwarg) if arg]
    return [arg.arg for arg in (*listed, *rest) if arg.arg not in {"self", "cls"}]


def described(node):
    """Name what the section Parameters of a docstring describes; None where there is none."""
    text = ast.get_docstring(node) or ""
    section = re.search(r"^Parameters\n-+\n((?:(?!^\w+\n-+$).*\n?)*)", text, re.MULTILINE)
    if section is None:
        return None
    heads = re.findall(r"^(\S[^:\n]*)", section.group(1), re.MULTILINE)
    return [name.strip(" *") for head in heads for name in head.split(",")]


def test_docstrings_describe_the_parameters_that_there_are():
    """A renamed or new parameter cannot leave the section Parameters behind."""
    stale = []
    for path, node in found((ast.FunctionDef, ast.ClassDef), *PACKAGES):
        values = "dataclass" in " ".join(map(ast.unparse, node.decorator_list))
        if node.name.startswith("_") or (isinstance(node, ast.ClassDef) and not values):
            continue
        names = described(node)
        if names is not None and sorted(names) != sorted(parameters(node)):
            stale.append(f"{where(path, node)} {node.name}: {names}")

    assert stale == []


PROVIDERS = importlib.metadata.packages_distributions()
BUILD_TIME = {"geo/gazetteer/build.py", "geo/gazetteer/entries.py"}
"""Run when the wheel is built, with what the build hook asks for, and by tests."""
IN_AN_EXTRA = {"tracker/briefing/pdf.py": "pdf", "tracker/exports/parquet.py": "parquet"}
"""Modules that ask for an extra, and say so in a sentence where it is missing."""
INSTALLED_BESIDE = {"gdal-utils"}
"""Brought by `make test`: its own dependencies cannot be installed everywhere, nor are needed."""


def imported(path):
    """Name the distributions that a module imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module]
        else:
            continue
        for top in {name.split(".")[0] for name in names} - sys.stdlib_module_names - OURS:
            yield {canonicalize_name(name) for name in PROVIDERS.get(top, [f"what has {top}"])}


def declared(*extras):
    """Name the distributions that the project asks for by itself."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"]]
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    return {canonicalize_name(Requirement(line).name) for line in lines}


def test_what_is_imported_is_asked_for():
    """No module leans on a package that is there only because another package wants it."""
    runtime, everything = declared(), declared("test") | INSTALLED_BESIDE
    missing = []
    for path in python_files(*PACKAGES, "tests"):
        name = str(path.relative_to(ROOT))
        known = everything if name in BUILD_TIME or name.startswith("tests/") else runtime
        known = known | declared(IN_AN_EXTRA[name]) if name in IN_AN_EXTRA else known
        missing += [f"{name}: {sorted(wanted)}" for wanted in imported(path) if not wanted & known]

    assert missing == []


def packages():
    """Name every package of the project."""
    inits = [path for path in python_files(*PACKAGES) if path.name == "__init__.py"]
    return [".".join(path.parent.relative_to(ROOT).parts) for path in inits]


@pytest.mark.parametrize("name", packages())
def test_all_names_what_a_package_offers(name):
    """`__all__` is the public surface: nothing hidden, nothing promised that is not there."""
    package = importlib.import_module(name)
    offered = set()
    for node in tree(Path(package.__file__)).body:
        if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] in PACKAGES:
            offered |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            offered.add(node.name)
    declared = getattr(package, "__all__", [])

    assert offered <= set(declared)
    assert [public for public in declared if not hasattr(package, public)] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_errors_stand_in_one_module_below_their_tree(package):
    """Every error of a package is in its `errors.py`, and the tree on top of it names them all."""
    home = ROOT / package / "errors.py"
    errors = [
        (path, node.name)
        for path, node in found(ast.ClassDef, package)
        if node.name.endswith("Error")
    ]
    drawn = ast.get_docstring(tree(home))

    assert [error for error in errors if error[0] != home] == []
    assert [name for _, name in errors if not re.search(rf"\b{name}\b", drawn)] == []


def asserts(test):
    """Tell whether a test can fail: an assert, an expected error, or a checker that it calls."""
    for node in ast.walk(test):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).split(".")[-1]
            if called in {"raises", "warns", "fail"} or called.startswith(("assert_", "check_")):
                return True
    return False


def test_every_test_promises_something_and_checks_it():
    """A test has a docstring that says what it promises, and something in it that can fail."""
    tests = [
        (path, node)
        for path, node in found(ast.FunctionDef, "tests")
        if path.name.startswith("test_") and node.name.startswith("test_")
    ]

    assert tests
    assert [where(path, node) for path, node in tests if not ast.get_docstring(node)] == []
    assert [where(path, node) for path, node in tests if not asserts(node)] == []


def test_tests_mirror_the_tree():
    """The tests of a package stand in its folder, those of the whole in two of their own."""
    homes = {path.parent.relative_to(ROOT / "tests") for path in python_files("tests")}

    assert [str(home) for home in sorted(homes) if not (ROOT / home).is_dir()] == OF_THE_WHOLE


@pytest.mark.parametrize(
    "pattern",
    [UNFINISHED, MACHINE_PATH, REGISTRY],
    ids=["unfinished", "machine path", "registry"],
)
def test_no_file_holds_what_belongs_elsewhere(pattern):
    """No unfinished place, no path of somebody's machine, no address of a package registry."""
    hits = []
    for path in files():
        content = path.read_bytes()
        if b"\0" in content[:8000]:
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), start=1):
            if pattern.search(line):
                hits.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")

    assert hits == []


def test_no_file_is_large_without_a_reason():
    """A tracked file over 1 MB is named in seeds/README.md, where its reason stands."""
    reasons = (ROOT / "seeds/README.md").read_text(encoding="utf-8")
    large = [path for path in files() if path.stat().st_size > 1_048_576]

    assert [str(path.relative_to(ROOT)) for path in large if path.name not in reasons] == []
