"""One assertion in a report version: what, by whom, where, when, and the exact words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from tracker.claims.measure import Measure
from tracker.clock import whole_milliseconds
from tracker.display import card
from tracker.errors import InvalidValueError
from tracker.identifiers import content_id
from tracker.reports.report import require_utc
from tracker.timespan import Timespan
from tracker.vocabulary import (
    FORWARD_LOOKING,
    ClaimKind,
    Credibility,
    Direction,
    Extent,
    Flow,
    Mode,
    PlaceRole,
    Presence,
    Reliability,
    Scope,
    Status,
    Unit,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """The exact span of a report's text that a claim rests on.

    Parameters
    ----------
    start, end : int
        Offsets into the version's text in Unicode code points, end exclusive.
    text : str
        The words themselves; `end - start` equals their length.

    Raises
    ------
    InvalidValueError
        Where the span is empty or does not fit the words.
    """

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if self.start < 0 or not self.text or self.end - self.start != len(self.text):
            raise InvalidValueError("a quote needs words and the span that they take up.")

    @classmethod
    def whole(cls, text: str) -> Self:
        """Quote a text from end to end.

        Parameters
        ----------
        text : str
            The text, not empty.

        Returns
        -------
        Quote
            Its whole span.
        """
        return cls(start=0, end=len(text), text=text)


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceMention:
    """A place as the words name it, before it is put on the map.

    Parameters
    ----------
    role : PlaceRole
        What the place is to the claim.
    text : str
        The words.
    start : int or None
        Offset of the words in the version's text, code points.
    """

    role: PlaceRole
    text: str
    start: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Equipment:
    """A class of equipment with the type as written.

    Parameters
    ----------
    unit : Unit
        Class out of the closed list.
    text : str
        The words, for example "Iskander-M".
    """

    unit: Unit
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One assertion, quoted.

    Parameters
    ----------
    report_id, version_id : str
        Where it was said.
    quote : Quote
        The exact words.
    kind, status, flow : ClaimKind, Status, Flow or None
        What is asserted, how real it is, and the sense of a movement.
    actor : str
        Id of whose troops (registry of actors); `unknown` where the words leave it open.
    known_at : datetime
        From when the public could know it, aware UTC.
    claimant, claimant_id : str or None
        Who asserts: the words, and the id in the registry where known.
    via : tuple of str
        Who relays it, in order.
    measure : Measure or None
        The size; None where no number is stated.
    extent, scope, presence : Extent, Scope, Presence or None
        How much of the area's forces, which services, in which capacity.
    equipment : tuple of Equipment
        Classes named beside the measure.
    formation : str or None
        The formation as written.
    formation_id : str or None
        Its designation in the order of battle, where matched.
    places : tuple of PlaceMention
        Places by role.
    direction, mode : Direction, Mode or None
        Compass sense and way of travel.
    observed : Timespan or None
        When it happened, or for a forward-looking status when it is to happen.
    citation : str or None
        Publication and address that the claim was taken from.
    relays : tuple of str
        Ids of claims that this one repeats or rests on.
    relay_type : str or None
        How: repeat, rounded, sum, derived, part_of, and so on.
    corrects : tuple of str
        Ids of claims that this one replaces or takes back.
    reliability : Reliability or None
        Admiralty grade of the claimant.
    credibility : Credibility or None
        Admiralty grade of the claim; a separate axis.
    confidence : float or None
        Probability in [0, 1] that the reading of the words is right.
    inferred : bool
        Whether a place or formation is not in the words but follows from them.
    extractor : str
        What read the claim out of the report, with its version.
    kept_id : str
        Id under which a database holds it, also when its words are erased; empty where it is new.

    Raises
    ------
    InvalidValueError
        Where a flow is given to something that does not move, an actual thing is observed only
        after it was known, or a confidence is no probability.

    Notes
    -----
    The id hashes report, quote span, kind and measure text (or, in a coded record, the stated
    numbers), so a better extractor that reads the same words gives the same id.
    """

    report_id: str
    version_id: str
    quote: Quote
    kind: ClaimKind
    status: Status
    actor: str
    known_at: datetime
    extractor: str
    flow: Flow | None = None
    claimant: str | None = None
    claimant_id: str | None = None
    via: tuple[str, ...] = ()
    measure: Measure | None = None
    extent: Extent | None = None
    scope: Scope | None = None
    presence: Presence | None = None
    equipment: tuple[Equipment, ...] = ()
    formation: str | None = None
    formation_id: str | None = None
    places: tuple[PlaceMention, ...] = ()
    direction: Direction | None = None
    mode: Mode | None = None
    observed: Timespan | None = None
    citation: str | None = None
    relays: tuple[str, ...] = ()
    relay_type: str | None = None
    corrects: tuple[str, ...] = ()
    reliability: Reliability | None = None
    credibility: Credibility | None = None
    confidence: float | None = None
    inferred: bool = False
    kept_id: str = field(default="", repr=False, compare=False)
    _id: str = field(default="", init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        require_utc(self.known_at, "known_at")
        object.__setattr__(self, "known_at", whole_milliseconds(self.known_at))
        if not self.actor.strip():
            raise InvalidValueError("a claim needs an actor; write 'unknown' where it is open.")
        if self.flow is not None and self.kind is not ClaimKind.MOVEMENT:
            raise InvalidValueError(f"a {self.kind} has no flow; only a movement has.")
        if self.confidence is not None and not 0 <= self.confidence <= 1:
            raise InvalidValueError(f"confidence {self.confidence} is no probability.")
        starts_later = self.observed is not None and self.observed.start > self.known_at
        if starts_later and self.status not in FORWARD_LOOKING:
            raise InvalidValueError(
                f"something {self.status} cannot be observed after it was published."
            )

    def _repr_html_(self) -> str:
        return card(
            f"{self.kind}: {self.id}",
            {
                "words": self.quote.text,
                "who says so": self.claimant,
                "relayed by": ", ".join(self.via),
                "whose troops": self.actor,
                "status": self.status,
                "size": None if self.measure is None else self.measure.text,
                "when": None if self.observed is None else f"{self.observed.middle:%Y-%m-%d}",
                "formation": self.formation,
                "places": ", ".join(f"{place.role} {place.text}" for place in self.places),
                "known": f"{self.known_at:%Y-%m-%d %H:%M} UTC",
                "published in": self.citation,
            },
        )

    @property
    def id(self) -> str:
        """Id, a hash of report, quote span, kind and measure."""
        if self.kept_id:
            return self.kept_id
        if not self._id:  # hashed once: evidence asks for it again and again
            measure = self.measure
            size = None if measure is None else measure.identity
            quote = self.quote
            named = content_id("c", self.report_id, quote.start, quote.end, str(self.kind), size)
            object.__setattr__(self, "_id", named)
        return self._id


def cited_address(citation: str | None) -> str | None:
    """Find the address in a citation.

    Parameters
    ----------
    citation : str or None
        Words on where something was published.

    Returns
    -------
    str or None
        The first http or https address; None where there is none.
    """
    words = (citation or "").replace(",", " ").split()
    return next((word for word in words if word.startswith(("https://", "http://"))), None)
