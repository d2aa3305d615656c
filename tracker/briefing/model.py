"""What a briefing says, before it is drawn: statements with numbered references."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import date, datetime

from tracker.briefing.language import language
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
    language : str
        `en`, `ru` or `uk`.
    formation : str or None
        Where the briefing follows one formation, its designation.
    series : str
        Name of the series of briefings that it belongs to; empty for the workspace's own.
    number : int
        1 for the first edition of the day, more for corrections of it.

    Raises
    ------
    InvalidValueError
        Where `since` is not before `as_of`, `as_recorded` is not aware UTC, or there are no words
        for the language.
    """

    title: str
    area: str
    actor: str
    actor_name: str
    as_of: date
    since: date
    as_recorded: datetime
    marking: str = ""
    language: str = "en"
    formation: str | None = None
    series: str = ""
    number: int = 1

    def __post_init__(self) -> None:
        language(self.language)
        require_utc(self.as_recorded, "as_recorded")
        if self.since >= self.as_of:
            raise InvalidValueError(
                f"a briefing as of {self.as_of} cannot tell what changed since {self.since}; "
                "name an earlier day."
            )

    @property
    def question(self) -> str:
        """What to ask `tracker why` for every claim behind the headline's number."""
        return f"{self.area}@{self.as_of}~{self.as_of} --actor {shlex.quote(self.actor)}"


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
class Picture:
    """A picture that goes with a briefing, in a file of its own.

    Parameters
    ----------
    name : str
        Name of the PNG file beside the briefing.
    sha256 : str
        Hash of its bytes, 64 hex digits.
    alternative : str
        What it shows, for those who do not see it.
    """

    name: str
    sha256: str
    alternative: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Briefing:
    """A whole briefing.

    Parameters
    ----------
    edition : Edition
        Which one.
    headline : tuple of Statement
        What matters, in a few sentences.
    news : tuple of Section
        What is new.
    figures : tuple of Figure
        Numbers with intervals, the headline's area first; those that say too little are left out.
    notes : tuple of str
        What to know when reading the numbers.
    assessment : tuple of Section
        What to make of it: why the number changed, what contradicts what, what to check.
    methods : tuple of str
        Names and versions of what made the numbers.
    limits : tuple of str
        What this does not tell.
    withheld : tuple of str
        What was held back or made coarser, and why.
    references : tuple of Reference
        In the order of their numbers.
    evidence : tuple of str
        Ids of all claims that were known and could be shown, in order.
    pictures : tuple of Picture
        Pictures.
    corrected : Section or None
        For a later edition, what changed against the one before.
    """

    edition: Edition
    headline: tuple[Statement, ...]
    news: tuple[Section, ...]
    figures: tuple[Figure, ...]
    notes: tuple[str, ...]
    assessment: tuple[Section, ...]
    methods: tuple[str, ...]
    limits: tuple[str, ...]
    withheld: tuple[str, ...]
    references: tuple[Reference, ...]
    evidence: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    corrected: Section | None = None

    @property
    def sections(self) -> tuple[Section, ...]:
        """Every section: corrections, what is new, what to make of it."""
        first = () if self.corrected is None else (self.corrected,)
        return (*first, *self.news, *self.assessment)

    @property
    def archive(self) -> dict[str, str]:
        """Label of each archived file that a reference names, by its hash."""
        hashes = dict.fromkeys(one.sha256 for one in self.references if one.sha256)
        return {sha256: f"A{number}" for number, sha256 in enumerate(hashes, start=1)}

    @property
    def units(self) -> tuple[Unit, ...]:
        """Units of the figures, each once."""
        return tuple(dict.fromkeys(figure.estimate.unit for figure in self.figures))
