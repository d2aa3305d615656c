"""What a person decided about a claim; a row with a time, never an edit."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as column
from datetime import datetime

from tracker.clock import whole_milliseconds
from tracker.errors import InvalidValueError
from tracker.identifiers import content_id
from tracker.reports.report import require_utc
from tracker.vocabulary import Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """One decision about one field of what was read at one span.

    Parameters
    ----------
    report_id : str
        Report that was judged.
    start, end : int
        Span of the quote in code points; it survives a new extractor.
    field : str
        Field judged, `claim` for the claim as a whole.
    outcome : Outcome
        What was decided.
    value : str or None
        The right value, for a correction; empty where nothing is stated.
    reason : str
        Why, in words.
    judged_by : str
        Who decided.
    judged_at : datetime
        When, aware UTC.
    claim_id : str or None
        The one claim that is meant, of several that quote these words; None for all of them.
    kept_id : str
        Id from before its reason was erased; empty where it was not.

    Raises
    ------
    InvalidValueError
        Where a correction has no value, or a name or reason is missing.
    """

    report_id: str
    start: int
    end: int
    field: str
    outcome: Outcome
    reason: str
    judged_by: str
    judged_at: datetime
    value: str | None = None
    claim_id: str | None = None
    kept_id: str = column(default="", repr=False, compare=False)

    def __post_init__(self) -> None:
        require_utc(self.judged_at, "judged_at")
        object.__setattr__(self, "judged_at", whole_milliseconds(self.judged_at))
        if self.outcome is Outcome.CORRECTED and self.value is None:
            raise InvalidValueError("a correction needs the right value.")
        if not self.reason.strip() or not self.judged_by.strip():
            raise InvalidValueError("a judgement needs a reason and a name.")

    @property
    def id(self) -> str:
        """Id, a hash of all that was decided."""
        return self.kept_id or content_id(
            "j",
            self.report_id,
            self.start,
            self.end,
            self.field,
            str(self.outcome),
            self.value,
            self.reason,
            self.judged_by,
            self.judged_at,
            self.claim_id,
        )
