"""One naming of a speaker in a sentence: whose words, who relays, and on which side they stand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribution:
    """One naming of a speaker.

    Parameters
    ----------
    first, last : int
        Tokens of the whole phrase, `last` exclusive.
    speaker : (int, int)
        Tokens of the name.
    via : tuple of (int, int)
        Tokens of those who relay, in order.
    forward : bool
        Whether what is said follows ("X said that ...") or stands before (", X said").
    pronoun : bool
        Whether the name is a pronoun that goes back to an earlier speaker.
    within : bool
        Whether the whole phrase only names the source, as "according to a report seen by X".
    shown : bool
        Whether it names who took a picture, so that a time beside it is that of the picture.
    """

    first: int
    last: int
    speaker: tuple[int, int]
    via: tuple[tuple[int, int], ...] = ()
    forward: bool = True
    pronoun: bool = False
    within: bool = False
    shown: bool = False
