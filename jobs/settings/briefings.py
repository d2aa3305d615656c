"""What `tracker.toml` says about series of briefings."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from jobs.settings.sources import SourceName

SeriesName = SourceName
"""A series' name becomes a folder, as a source's becomes an id."""
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class BriefingSettings(BaseModel):
    """One `[briefings.NAME]`; what it leaves out is that of `[page]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Words | None = Field(None, description="Heading.")
    area: Words | None = Field(None, description="Area that it speaks of, by id or name.")
    actor: Words | None = Field(None, description="Whose troops.")
    formation: Words | None = Field(None, description="Formation that it follows, by a name.")
    lang: Literal["en", "ru", "uk"] | None = Field(None, description="Language: en, ru or uk.")
    cadence: Literal["daily", "weekly"] = Field(
        "daily", description="How often one is written; a week ends on Sunday."
    )
    formats: tuple[Literal["md", "html", "eml", "atom", "pdf"], ...] = Field(
        ("md", "html", "eml", "atom"), description="What is written beside the record."
    )


BRIEFINGS_TEMPLATE = """
# Further series of briefings, each in site/briefings/NAME, beside the daily one of [page].
# [briefings.crimea]
# area = "crimea"
# cadence = "weekly"
# lang = "uk"
"""
