"""What `tracker.toml` says about publishing: whose positions, how sharply, how soon, how marked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tracker.publication import DEFAULT_POLICY, Marking, Policy, Rule
from tracker.publication.policy import MOST_DELAY_HOURS, MOST_GRID_KM
from tracker.vocabulary import ClaimKind

ActorId = Annotated[str, StringConstraints(pattern=r"^\w{1,40}$")]
Handle = Annotated[str, StringConstraints(pattern=r"^@?\w[\w.]{0,63}$")]
DelayHours = Annotated[float, Field(ge=0, le=MOST_DELAY_HOURS)]
GridKm = Annotated[float, Field(ge=0, le=MOST_GRID_KM)]

OPEN_ACTORS = DEFAULT_POLICY.rules[0].actors
PROTECTED = DEFAULT_POLICY.otherwise


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RuleSettings(_Section):
    """One `[[publication.rule]]`: what holds for some troops before anything else does."""

    actors: tuple[ActorId, ...] = Field((), description="Whose troops; everyone's where empty.")
    kinds: tuple[ClaimKind, ...] = Field((), description="What is claimed; all where empty.")
    delay_hours: DelayHours = Field(0, description="Hours for which a claim is held back.")
    grid_km: GridKm = Field(0, description="Cells to which positions are snapped, km; 0: none.")


class PublicationSettings(_Section):
    """What pages, briefings, feeds and files of data may show."""

    tlp: Literal["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"] = Field(
        "CLEAR", description="Traffic Light Protocol 2.0 marking of everything that is written."
    )
    open_actors: tuple[ActorId, ...] = Field(
        OPEN_ACTORS, description="Whose positions are shown as reported, at once."
    )
    delay_hours: DelayHours = Field(
        PROTECTED.delay_hours, description="Hours for which everyone else's claims are held back."
    )
    grid_km: GridKm = Field(
        PROTECTED.grid_km, description="Cells to which everyone else's positions are snapped, km."
    )
    public_handles: tuple[Handle, ...] = Field(
        (), description="Handles that stay in quoted words, because they are sources."
    )
    rule: tuple[RuleSettings, ...] = Field(
        (), description="Exceptions by actor and kind; the first that fits holds."
    )
    licence: str = Field(
        "not stated", max_length=200, description="Licence of your own pages and data, in words."
    )
    cite_as: str = Field("", max_length=500, description="How others should name this site.")
    address: str = Field(
        "",
        max_length=300,
        pattern=r"^(https?://[^\s<>\"]+/)?$",
        description="Where the site will stand, with a final slash, for the links of feeds.",
    )

    @property
    def policy(self) -> Policy:
        """The policy that these keys describe."""
        rules = [Rule(**one.model_dump()) for one in self.rule]
        if self.open_actors:
            rules.append(Rule(actors=self.open_actors))
        return Policy(
            marking=Marking(f"TLP:{self.tlp}"),
            rules=tuple(rules),
            otherwise=Rule(delay_hours=self.delay_hours, grid_km=self.grid_km),
            public_handles=frozenset(one.lstrip("@").casefold() for one in self.public_handles),
        )
