"""What a briefing says, before it is drawn: statements with numbered references."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tracker.errors import InvalidValueError
from tracker.estimates.estimate import Estimate
from tracker.reports.report import require_utc
from tracker.vocabulary import Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """Which briefing it is.

    Parameters
    ----------
    title : str
        Heading.
    area : str
        Id of the area that the headline speaks of.
    actor, actor_name : str
        Whose troops: the id, and the name in English.
    as_of : date
        Only what was public by the end of this UTC day is used.
    since : date
        Day of knowledge of the briefing before, or the day from which changes are told.
    as_recorded : datetime
        State of the workspace that is used, aware UTC.
    marking : str
        How far it may travel, such as `TLP:CLEAR`.

    Raises
    ------
    InvalidValueError
        Where `since` is not before `as_of`, or `as_recorded` is not aware UTC.
    """

    title: str
    area: str
    actor: str
    actor_name: str
    as_of: date
    since: date
    as_recorded: datetime
    marking: str = ""

    def __post_init__(self) -> None:
        require_utc(self.as_recorded, "as_recorded")
        if self.since >= self.as_of:
            raise InvalidValueError(
                f"a briefing as of {self.as_of} cannot tell what changed since {self.since}; "
                "name an earlier day."
            )

    @property
    def question(self) -> str:
        """What to ask `tracker why` for every claim behind the headline's number."""
        return f"{self.area}@{self.as_of}~{self.as_of}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """The words that a statement rests on, and where they are kept.

    Parameters
    ----------
    number : int
        Number in the text, from 1.
    claim_id : str
        The claim.
    quote : str
        Its words.
    is_coded : bool
        Whether the words are a coder's own and no quotation.
    claimant : str or None
        Who asserts it.
    via : tuple of str
        Who relays it, in order.
    publication : str
        Title, source and day, or the citation of a coded record.
    address : str or None
        Where a reader finds it: http or https.
    grade : str
        The two Admiralty grades, or "not graded".
    sha256 : str or None
        Hash of the archived bytes, 64 hex digits.
    """

    number: int
    claim_id: str
    quote: str
    is_coded: bool
    claimant: str | None
    via: tuple[str, ...]
    publication: str
    address: str | None
    grade: str
    sha256: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One sentence of a briefing.

    Parameters
    ----------
    text : str
        Plain text.
    references : tuple of int
        Numbers of the references that it rests on.
    repeated : tuple of int
        Numbers of those that only repeat them.
    """

    text: str
    references: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """The estimate of one area, with the one before it.

    Parameters
    ----------
    area_name : str
        Display name.
    estimate : Estimate
        The estimate as of the briefing's day.
    previous : Estimate or None
        The one that the briefing before gave.
    is_sharp : bool
        False where so little is known that the median says nothing.
    references : tuple of int
        Numbers of the claims that carry it, the weightiest first.
    newest : date or None
        UTC day on which the newest claim that carries it became known; None where there is none.
    others : int
        Claims that carry it and are not listed.
    """

    area_name: str
    estimate: Estimate
    previous: Estimate | None
    is_sharp: bool
    references: tuple[int, ...]
    newest: date | None
    others: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """Statements under a heading.

    Parameters
    ----------
    heading : str
        The heading.
    statements : tuple of Statement
        The statements, the newest first.
    note : str or None
        What was left out of the list.
    """

    heading: str
    statements: tuple[Statement, ...]
    note: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Briefing:
    """A whole briefing.

    Parameters
    ----------
    edition : Edition
        Which one.
    headline : tuple of Statement
        What matters, in a few sentences.
    figures : tuple of Figure
        Numbers with intervals, the headline's area first.
    sections : tuple of Section
        What changed.
    methods : tuple of str
        Names and versions of what made the numbers.
    limits : tuple of str
        What this does not tell.
    withheld : tuple of str
        What was held back or made coarser, and why.
    references : tuple of Reference
        In the order of their numbers.
    """

    edition: Edition
    headline: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    methods: tuple[str, ...]
    limits: tuple[str, ...]
    withheld: tuple[str, ...]
    references: tuple[Reference, ...]

    @property
    def units(self) -> tuple[Unit, ...]:
        """Units of the figures, each once."""
        return tuple(dict.fromkeys(figure.estimate.unit for figure in self.figures))
