"""What one reading of a source brought in, in counts and sentences."""

from __future__ import annotations

from dataclasses import dataclass, field

from jobs.ingest import Ingested
from jobs.ingest_texts import TextsIngested

MOST_LINES = 1_000
"""Sentences kept of one reading: a file in which every row is bad says so once too often."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceReading:
    """What a reading of one source brought in.

    Parameters
    ----------
    source : str
        Name of the source.
    items : int
        Documents and rows that it held.
    coded : Ingested
        From coded rows.
    texts : TextsIngested
        From documents.
    gone : int
        Reports that the source no longer has, noticed now.
    titles : tuple of str
        The first of the documents and rows, for a look at what would come in.
    failure : str or None
        One sentence where the reading broke off; what came before stays.
    is_dry : bool
        Whether nothing was to be stored, so that nobody knows what of it is new.
    """

    source: str
    items: int = 0
    coded: Ingested = field(default_factory=Ingested)
    texts: TextsIngested = field(default_factory=TextsIngested)
    gone: int = 0
    titles: tuple[str, ...] = ()
    failure: str | None = None
    is_dry: bool = False

    def __add__(self, other: SourceReading) -> SourceReading:
        return SourceReading(
            source=self.source,
            items=self.items + other.items,
            coded=self.coded + other.coded,
            texts=self.texts + other.texts,
            gone=self.gone + other.gone,
            titles=self.titles + other.titles,
            failure=other.failure or self.failure,
            is_dry=self.is_dry or other.is_dry,
        )

    @property
    def rejected(self) -> tuple[str, ...]:
        """One sentence per record, entry or file that was refused."""
        return (self.texts.rejected + self.coded.rejected)[:MOST_LINES]

    @property
    def notes(self) -> tuple[str, ...]:
        """What was read and is worth knowing."""
        return tuple(dict.fromkeys(self.texts.notes + self.coded.notes))[:MOST_LINES]

    @property
    def new(self) -> int:
        """Claims that the workspace did not have."""
        return self.coded.new + self.texts.claims

    @property
    def is_clean(self) -> bool:
        """Whether everything was read."""
        return self.failure is None and not self.texts.rejected and not self.coded.rejected

    def in_words(self) -> str:
        """Say the counts in one line.

        Returns
        -------
        str
            Name of the source, then what is new.
        """
        refused = len(self.texts.rejected) + len(self.coded.rejected)
        parts = [
            f"{self.new} new claims",
            f"{self.texts.reports} new reports",
            f"{self.texts.edits} edited",
            f"{self.gone} deleted",
            f"{refused} rejected",
        ]
        told = (
            f", {', '.join(parts)}" if not self.is_dry else f", {refused} rejected; none is stored"
        )
        line = f"{self.source}: {self.items} items{told}."
        return f"{line} It broke off: {self.failure}" if self.failure else line
