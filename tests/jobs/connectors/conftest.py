"""Sources made in a line, read into a real workspace, their network a real server on loopback."""

from dataclasses import dataclass, field

import pytest

from jobs.connector import Reach, Source
from jobs.fetch import Fetcher
from jobs.settings.sources import SourceSettings
from jobs.sources import load_connector, read_sources
from jobs.sources.rows import read_rows
from tracker.claimants import seed_claimants
from tracker.store import Repository
from tracker.workspace import Workspace

HERE = ("127.0.0.1",)


def make_source(connector, name="desk", options=None, **settings):
    """Make a source that may reach loopback."""
    settings = {"publisher": "A desk", "allow_hosts": HERE} | settings
    checked = load_connector(connector).Options.model_validate(options or {})
    said = SourceSettings(connector=connector, options=options or {}, **settings)
    return Source(name=name, settings=said, options=checked)


@dataclass
class Delivered:
    """What one reading delivered, all deliveries together."""

    documents: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    gone: list = field(default_factory=list)
    rejected: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    cursor: dict = field(default_factory=dict)

    @property
    def texts(self):
        """Words of the documents."""
        return [document.text for document in self.documents]

    @property
    def cells(self):
        """Cells of the rows by their id, each of which the claims CSV accepts."""
        assert read_rows(self.rows, "desk", seed_claimants()).rejected == ()
        return {row.cells["id"]: row.cells for row in self.rows}


@pytest.fixture
def look(tmp_path):
    """Read a source without storing anything: `look(source, cursor)`."""

    def read(source, cursor=None, **reach):
        found = Delivered(cursor=cursor or {})
        with Fetcher(allowed_hosts=HERE, tries=1) as fetcher:
            reach = Reach(fetcher=fetcher, folder=tmp_path, **reach)
            connector = load_connector(source.settings.connector)
            for delivery in connector.read(source, reach, found.cursor):
                for name in ("documents", "rows", "gone", "rejected", "notes"):
                    getattr(found, name).extend(getattr(delivery, name))
                if delivery.cursor is not None:
                    found.cursor = delivery.cursor
        return found

    return read


@dataclass
class Desk:
    """A workspace that sources are read into."""

    workspace: Workspace
    repository: Repository

    def read(self, source, **options):
        """Read a source once."""
        return read_sources(self.workspace, self.repository, [source], **options)[0]

    def texts(self, source=None):
        """Words of every report's last version."""
        return [filed.versions[-1].text for filed in self.repository.reports(source=source)]


@pytest.fixture
def desk(tmp_path):
    """Open an empty workspace."""
    with Repository.open(tmp_path / "tracker.gpkg", create=True) as repository:
        yield Desk(Workspace(folder=tmp_path), repository)
