"""A throw-away PostGIS cluster for the tests, and a fresh database in it for each of them."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

SERVERS = Path("/usr/lib/postgresql")
QUICK = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=''"),
    *("shared_buffers=64MB", "max_connections=50"),
)
_numbers = itertools.count()


def server_programs() -> Path | None:
    """Find the folder of a PostgreSQL that has PostGIS."""
    found = sorted(SERVERS.glob("*/bin/initdb"), reverse=True)
    for program in found:
        version = program.parts[-3]
        if Path(f"/usr/share/postgresql/{version}/extension/postgis.control").is_file():
            return program.parent
    return None


def address_of(server: Path, database: str) -> str:
    """Write the address of a database of the cluster, which listens in its folder only."""
    return f"postgresql://postgres@/{database}?host={server}"


@contextmanager
def cluster() -> Iterator[Path]:
    """Run a cluster while a test run lasts; yields the folder in which it listens."""
    programs = server_programs()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    settings = (*QUICK, f"unix_socket_directories={folder}")
    options = " ".join(f"-c {setting}" for setting in settings)

    def run(program: str, *arguments: str) -> None:
        command = [*as_user, str(programs / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)

    try:
        run("initdb", *("-U", "postgres", "-A", "trust"), *("-E", "UTF8", "--locale=C.UTF-8"))
        run("pg_ctl", *("-w", "-l", str(folder / "log")), *("-o", options, "start"))
        with psycopg.connect(address_of(folder, "template1"), autocommit=True) as connection:
            connection.execute("CREATE EXTENSION postgis")
        try:
            yield folder
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server: Path) -> Iterator[str]:
    """Make an empty database; yields its address."""
    name = f"t{next(_numbers)}"
    with psycopg.connect(address_of(server, "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield address_of(server, name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
