"""Speakers named in a sentence of their own behind what they said: "Об этом сообщил X"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from tracker.claimants import seed_claimants
from tracker.claims.claim import Claim
from tracker.extraction.attribution import attributions
from tracker.extraction.languages import language_within
from tracker.extraction.lexicon import lexicon
from tracker.extraction.tagged import Tagged
from tracker.extraction.tokens import Sentence

_OPENERS = frozenset(
    {("об", "этом"), ("про", "це"), ("это", "следует"), ("this", "was"), ("this", "is")}
    | {("that", "is"), ("this", "according"), ("that", "according")}
)
"""First two words of a sentence that only says who said what went before."""
_FARTHEST = 4
"""Sentences before it for which such a sentence speaks."""


def with_afterwords(
    text: str, lang: str, cut: Sequence[Sentence], claims: Sequence[Claim]
) -> list[Claim]:
    """Give claims that name no speaker the one that a sentence behind them names.

    Parameters
    ----------
    text : str
        The whole text.
    lang : str
        Its language.
    cut : sequence of Sentence
        Its sentences, in order.
    claims : sequence of Claim
        Its claims, in the order of their words.

    Returns
    -------
    list of Claim
        The same claims in the same order.
    """
    told: list[tuple[int, int, str]] = []
    for number, sentence in enumerate(cut):
        if tuple(token.norm for token in sentence.tokens[:2]) not in _OPENERS:
            continue
        name = _speaker(text, sentence, lang)
        if name is not None:
            since = cut[max(0, number - _FARTHEST)].start
            told.append((max(since, told[-1][1] if told else 0), sentence.start, name))
    return [_told(claim, told) for claim in claims]


def _speaker(text: str, sentence: Sentence, lang: str) -> str | None:
    # Read who is named as the speaker of what went before.
    lang = language_within(text[sentence.start : sentence.end], lang)
    view = Tagged(sentence, lang, lexicon(lang))
    found = [reading for reading in attributions(view, ()) if not reading.pronoun]
    if not found:
        return None
    start, end = view.span(*found[0].speaker)
    return text[start:end]


def _told(claim: Claim, told: Sequence[tuple[int, int, str]]) -> Claim:
    # Name the speaker of a claim that has none: the next one named behind it, where that is near.
    if claim.claimant is not None:
        return claim
    number = bisect_left(told, claim.quote.end, key=lambda words: words[1])
    if number == len(told) or claim.quote.start < told[number][0]:
        return claim
    name = told[number][2]
    registry = seed_claimants()
    known = registry.find_within(name)
    reliability = registry.get(known).reliability if known else None
    return replace(claim, claimant=name, claimant_id=known, reliability=reliability)
