"""What an ingest of texts brought in, in counts and sentences."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class TextsIngested:
    """What came in.

    Parameters
    ----------
    reports, wordings, captures, claims : int
        New rows of each; a new report brings its first wording.
    edits : int
        New wordings of reports that were known.
    repeats : int
        Documents whose wording was known.
    rejected : tuple of str
        One sentence per file, address or entry that was refused.
    notes : tuple of str
        What was read and is worth knowing.
    """

    reports: int = 0
    wordings: int = 0
    captures: int = 0
    claims: int = 0
    edits: int = 0
    repeats: int = 0
    rejected: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __add__(self, other: TextsIngested) -> TextsIngested:
        return TextsIngested(
            reports=self.reports + other.reports,
            wordings=self.wordings + other.wordings,
            captures=self.captures + other.captures,
            claims=self.claims + other.claims,
            edits=self.edits + other.edits,
            repeats=self.repeats + other.repeats,
            rejected=self.rejected + other.rejected,
            notes=self.notes + other.notes,
        )
