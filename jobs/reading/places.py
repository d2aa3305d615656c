"""Finds places for a workspace: with its own gazetteer, where it has one, and its theatre."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from geo.gazetteer import Gazetteer
from geo.geocoding import Geocoder, Mention
from jobs.settings.workspace import PlacesSettings, read_settings
from tracker.workspace import Workspace

MANIFEST = "manifest.json"
REMEMBERED_READERS = 2


class PlaceReader:
    """Finds the places of texts as the settings of a workspace say.

    Nothing is opened before the first text.

    Parameters
    ----------
    folder : Path or None
        Where an own gazetteer lies; the package's own where None.
    prior : tuple of (str, float)
        Log-odds by country or region.
    """

    def __init__(self, folder: Path | None, prior: tuple[tuple[str, float], ...]) -> None:
        self.folder = folder
        self.prior = prior

    def geocode(
        self, text: str, *, lang: str | None = None, published: datetime | None = None
    ) -> list[Mention]:
        """Return the places that a text names.

        Parameters
        ----------
        text : str
            The text.
        lang : str or None
            `en`, `ru` or `uk`; told by the letters where None.
        published : datetime or None
            When it was published.

        Returns
        -------
        list of Mention
            As `geo.geocoding.geocode`.

        Raises
        ------
        GazetteerNotBuiltError
            Where the settings name a folder that holds no gazetteer.
        """
        # A gazetteer built anew has another time, and is opened anew.
        manifest = None if self.folder is None else self.folder / MANIFEST
        built_ns = manifest.stat().st_mtime_ns if manifest and manifest.is_file() else 0
        reader = _geocoder(self.folder, self.prior, built_ns)
        return reader.geocode(text, lang=lang, published=published)


@lru_cache(maxsize=REMEMBERED_READERS)
def _geocoder(folder: Path | None, prior: tuple[tuple[str, float], ...], built_ns: int) -> Geocoder:
    del built_ns  # a part of the key alone
    return Geocoder(Gazetteer.open(folder), dict(prior))


def place_reader(workspace: Workspace) -> PlaceReader:
    """Return what finds places for a workspace.

    Parameters
    ----------
    workspace : Workspace
        Its `tracker.toml` says which gazetteer and which theatre.

    Returns
    -------
    PlaceReader
        Reads with the folder that the settings name; where they name none and the usual folder
        does not exist, with the package's own gazetteer.

    Raises
    ------
    SettingsError
        Where `tracker.toml` says something that cannot be.
    """
    settings = read_settings(workspace.settings).places
    folder = workspace.folder / settings.gazetteer
    usual = settings.gazetteer == PlacesSettings().gazetteer
    own = folder if folder.is_dir() or not usual else None
    return PlaceReader(own, tuple(sorted(settings.prior.items())))
