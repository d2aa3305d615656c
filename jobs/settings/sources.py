"""What `tracker.toml` says about a source: who publishes it, where it is, how it is read."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

SourceName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,59}$")]
"""A source's name becomes an id and part of file names: no dots, no slashes, no spaces."""
Proxy = Annotated[
    str,
    StringConstraints(
        max_length=500,
        pattern=r"^(?i:https?|socks5h?)://([^\s/@]*@)?([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])"
        r"(:[1-9][0-9]{0,3}|:[1-5][0-9]{4}|:6[0-4][0-9]{3}|:65[0-4][0-9]{2}|:655[0-2][0-9]|:6553[0-5])?/?$",
    ),
]
"""Host and port of a proxy: what no client can read must not be found out in mid-run."""
Line = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FetchSettings(_Section):
    """How the network is used, for every source that says nothing else."""

    contact: str | None = Field(
        None, max_length=200, description="How servers reach you: an address of the web or mail."
    )
    requests_per_minute: float = Field(
        30, gt=0, le=6_000, description="Most requests to one host in a minute."
    )
    robots: bool = Field(True, description="Whether a site's robots.txt is obeyed.")
    proxy: Proxy | None = Field(
        None, description="Proxy for everything, for example socks5h://127.0.0.1:9050 for Tor."
    )


class Credential(_Section):
    """Where a password or a key lies; the settings themselves never hold it."""

    env: str | None = Field(None, pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,99}$")
    file: str | None = Field(None, max_length=500)

    @model_validator(mode="after")
    def _one_place(self) -> Credential:
        if (self.env is None) == (self.file is None):
            raise ValueError('name either env = "VARIABLE" or file = "path"')
        return self


class Manifest(_Section):
    """Facts about a source: none of them is guessed, a missing one is not stated."""

    publisher: Line = Field(description="Who publishes it.")
    licence: Line = Field("not stated", description="Licence or conditions, in words.")
    terms: Line | None = Field(None, description="Address of its terms of use.")
    language: str | None = Field(None, pattern=r"^[a-z]{2}$", description="ISO 639-1 code.")
    reliability: Literal["A", "B", "C", "D", "E", "F"] | None = Field(
        None, description="Grade of the publisher, A (reliable) to F (cannot be judged)."
    )
    every_minutes: float | None = Field(
        None, gt=0, le=366 * 24 * 60, description="Pause between two readings, minutes."
    )
    silent_after_h: float | None = Field(
        None, gt=0, description="Hours without anything new from which it counts as silent."
    )
    least_items: int = Field(0, ge=0, description="Fewest items of a reading that is believed.")
    most_items: int = Field(
        200_000, ge=1, description="Most items of a reading; what comes after them is left out."
    )


class SourceSettings(Manifest):
    """One `[sources.NAME]`."""

    connector: str = Field(description="Kind of source: a connector's name.", max_length=60)
    enabled: bool = Field(False, description="Whether it is read when no source is named.")
    address: Line | None = Field(None, description="Address of http or https.")
    path: Line | None = Field(None, description="File or folder, relative to the workspace.")
    options: dict[str, Any] = Field(
        default_factory=dict, description="What its connector asks for besides."
    )
    credentials: dict[str, Credential] = Field(
        default_factory=dict,
        description="Passwords and keys, by the name of an environment "
        "variable or of a file that only its owner reads.",
    )
    allow_hosts: tuple[str, ...] = Field(
        (), description="Hosts that may lie inside a private network."
    )
    proxy: Proxy | None = Field(
        None, description="Proxy of this source, for example socks5h://127.0.0.1:9050 for Tor."
    )

    @property
    def manifest(self) -> Manifest:
        """The facts about the source alone."""
        return Manifest(**{name: getattr(self, name) for name in Manifest.model_fields})


FETCH_TEMPLATE = """
[fetch]
# How servers reach you: an address of the web or of mail. Give one.
# contact = "https://desk.example/bot"
requests_per_minute = 30
robots = true
# proxy = "socks5h://127.0.0.1:9050"
"""
