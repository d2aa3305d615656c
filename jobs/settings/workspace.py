"""Settings of a workspace, read once from `tracker.toml` and passed down."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from jobs.errors import SettingsError
from jobs.settings.briefings import BRIEFINGS_TEMPLATE, BriefingSettings, SeriesName
from jobs.settings.faults import faults_of
from jobs.settings.jobs import (
    JOBS_TEMPLATE,
    AlertSettings,
    BoundsSettings,
    HealthSettings,
    HousekeepingSettings,
    JobName,
    JobSettings,
    TargetSettings,
)
from jobs.settings.publication import PublicationSettings
from jobs.settings.sources import FETCH_TEMPLATE, FetchSettings, SourceName, SourceSettings
from tracker.item_labels import AFFILIATIONS
from tracker.page_words import Language

CountryOrRegion = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}(\.[A-Z0-9]{1,8})?$")]
LogOdds = Annotated[float, Field(ge=-10, le=10)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StoreSettings(_Section):
    """Where everything is kept."""

    database: str | None = Field(
        None,
        pattern=r"^postgres(ql)?://\S+$",
        description="PostGIS database instead of the file tracker.gpkg; no password in it.",
    )


class WatchSettings(_Section):
    """The folder that the scheduled job reads."""

    folder: str = Field("incoming", description="Folder of claim files, relative to the workspace.")
    every_minutes: float = Field(
        15, gt=0, le=7 * 24 * 60, description="Pause between two readings, minutes."
    )


class PageSettings(_Section):
    """What the map page shows first."""

    title: str = Field("Reported troop movements", max_length=200)
    area: str = Field("around-ukraine", description="Area whose estimate the chart opens with.")
    actor: str = Field("RU", description="Whose strength is estimated.")
    lang: Language = Field("en", description="Language of the map page: en, ru or uk.")
    affiliations: dict[str, Literal["friend", "neutral", "hostile", "unknown"]] = Field(
        default_factory=lambda: dict(AFFILIATIONS),
        description="Whose friend an actor is, for the frames of map symbols.",
    )


class PlacesSettings(_Section):
    """How the places of reports are found."""

    gazetteer: str = Field(
        "gazetteer", description="Folder of an own gazetteer, relative to the workspace."
    )
    prior: dict[CountryOrRegion, LogOdds] = Field(
        default_factory=dict, description="Log-odds by country (UA) or region (UA.07)."
    )


class Settings(_Section):
    """Everything that `tracker.toml` may say."""

    store: StoreSettings = StoreSettings()
    watch: WatchSettings = WatchSettings()
    page: PageSettings = PageSettings()
    publication: PublicationSettings = PublicationSettings()
    places: PlacesSettings = PlacesSettings()
    fetch: FetchSettings = FetchSettings()
    sources: dict[SourceName, SourceSettings] = Field(
        default_factory=dict, description="Sources by name."
    )
    briefings: dict[SeriesName, BriefingSettings] = Field(
        default_factory=dict, description="Series of briefings by name."
    )
    jobs: dict[JobName, JobSettings] = Field(default_factory=dict, description="Jobs by name.")
    bounds: BoundsSettings = BoundsSettings()
    alerts: AlertSettings = AlertSettings()
    publish: dict[JobName, TargetSettings] = Field(
        default_factory=dict, description="Targets by name."
    )
    housekeeping: HousekeepingSettings = HousekeepingSettings()
    health: HealthSettings = HealthSettings()


TEMPLATE = (
    """\
# Settings of this workspace. Every key may be left out; what stands here is the default.

[store]
# A PostGIS database of the team instead of the file tracker.gpkg; leave the password to ~/.pgpass.
# database = "postgresql://tracker@db.example/tracker"

[watch]
# Folder whose files `tracker jobs run` reads again and again, relative to this one.
folder = "incoming"
every_minutes = 15

[page]
title = "Reported troop movements"
# Area whose estimate the chart opens with, and whose troops are counted.
area = "around-ukraine"
actor = "RU"
# Language of the map page: en, ru or uk.
lang = "en"
# Whose friend an actor is, for the frames of map symbols: friend, neutral, hostile; others unknown.
affiliations = { RU = "hostile", separatist = "hostile", UA = "friend" }

[publication]
# Marking of every page, briefing, feed and file: CLEAR, GREEN, AMBER, AMBER+STRICT or RED.
tlp = "CLEAR"
# Whose positions are shown as reported, and at once. Everyone else's, your own side's and neutral
# states' among them, wait and are snapped to a grid.
open_actors = ["RU", "separatist"]
delay_hours = 24
grid_km = 25
# licence = "CC BY 4.0"
# cite_as = "Our desk, Reported troop movements"
# address = "https://desk.example/movements/"

[places]
# Where `tracker gazetteer build` puts an own gazetteer; without one the package's own is read.
gazetteer = "gazetteer"

[places.prior]
# The theatre that reports are about, as log-odds that speak for the places of a country or, as
# GeoNames numbers them, a region. Without any, world news is read as well as the theatre's.
# RU = 1.5
# "UA.07" = 1.0
"""
    + BRIEFINGS_TEMPLATE
    + FETCH_TEMPLATE
    + JOBS_TEMPLATE
)


def template(*, database: str | None = None) -> str:
    """Write the settings that a new workspace begins with.

    Parameters
    ----------
    database : str, optional
        Address of its PostGIS database.

    Returns
    -------
    str
        TOML with a comment for every key.
    """
    if database is None:
        return TEMPLATE
    example = next(line for line in TEMPLATE.splitlines() if line.startswith("# database = "))
    return TEMPLATE.replace(example, f"database = {json.dumps(database)}")


def read_settings(path: Path) -> Settings:
    """Read the settings of a workspace.

    Parameters
    ----------
    path : Path
        `tracker.toml`; where it does not exist the defaults hold.

    Returns
    -------
    Settings
        Validated settings.

    Raises
    ------
    SettingsError
        Where the file is no TOML or a key is unknown or out of its bounds; all faults at once.
    """
    if not path.is_file():
        return Settings()
    text, said = read_text(path)
    try:
        return Settings.model_validate(said)
    except ValidationError as error:
        raise SettingsError(
            str(path), [str(one) for one in faults_of(error, Settings, text)]
        ) from None


def read_text(path: Path) -> tuple[str, dict[str, Any]]:
    """Read a file of settings as text and as TOML.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    str
        Its text.
    dict
        What it says.

    Raises
    ------
    SettingsError
        Where it is no TOML.
    """
    try:
        text = path.read_text("utf-8-sig")
        return text, tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(str(path), [f"it is no TOML ({error})"]) from None
    except RecursionError:
        raise SettingsError(str(path), ["it is no TOML (nested beyond reason)"]) from None
