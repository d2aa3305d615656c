"""A workspace on the disk, and a plain reader of claims."""

import re

import pytest
import shapely

from jobs.fetch import Fetcher
from jobs.ingest_texts import ingest_addresses, ingest_files
from tracker.claims import Claim, Measure, PlaceMention, Quote
from tracker.placing import PlacedClaim
from tracker.store import Repository
from tracker.vocabulary import ClaimKind, PlaceRole, Qualifier, Status, Unit
from tracker.workspace import Workspace

_COUNT = re.compile(r"[^.]*?(?P<size>(?P<count>\d+) (?:trains|эшелонов))[^.]*\.")


def read_trains(text, *, report_id, version_id, published, known_at, lang):
    """Read each sentence that counts trains as a claim at Omsk."""
    del published
    assert lang == ("ru" if "эшелонов" in text else "en")
    claims = []
    for match in _COUNT.finditer(text):
        size, start = match[0].lstrip(), match.end() - len(match[0].lstrip())
        count = float(match["count"])
        claims.append(
            Claim(
                report_id=report_id,
                version_id=version_id,
                quote=Quote(start=start, end=match.end(), text=size),
                kind=ClaimKind.SIGHTING,
                status=Status.ACTUAL,
                actor="RU",
                known_at=known_at,
                extractor="trains 1",
                measure=Measure(
                    qualifier=Qualifier.EXACT, unit=Unit.TRAIN, best=count, text=match["size"]
                ),
                places=(PlaceMention(role=PlaceRole.AT, text="Omsk"),),
            )
        )
    placed = [
        PlacedClaim(
            claim_id=claim.id,
            role=PlaceRole.AT,
            text="Omsk",
            name="Omsk",
            geometry=shapely.Point(73.4, 55.0),
            radius_km=10.0,
        )
        for claim in claims
    ]
    return claims, placed


class Desk:
    """A workspace with the few calls that the tests make."""

    def __init__(self, folder, repository):
        self.workspace = Workspace(folder=folder)
        self.repository = repository
        self.files = folder / "files"
        self.files.mkdir()

    def write(self, name, text, encoding="utf-8"):
        """Lay down a file to be read."""
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    def read(self, *paths, published=None):
        """Ingest files or folders."""
        return ingest_files(
            self.workspace, self.repository, paths, extract=read_trains, published=published
        )

    def fetch(self, *addresses):
        """Ingest addresses of the loopback server."""
        with Fetcher(allowed_hosts={"127.0.0.1"}) as fetcher:
            return ingest_addresses(
                self.workspace,
                self.repository,
                addresses,
                extract=read_trains,
                fetcher=fetcher,
            )

    def reports(self):
        """Read everything that is filed."""
        return self.repository.reports()

    def claims(self, **criteria):
        """Read the claims that hold."""
        return self.repository.claims(**criteria)


@pytest.fixture
def desk(tmp_path):
    """Open an empty workspace."""
    with Repository.open(tmp_path / "tracker.gpkg", create=True) as repository:
        yield Desk(tmp_path, repository)
