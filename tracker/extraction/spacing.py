"""How far two stretches of a sentence are apart."""

from __future__ import annotations

from tracker.extraction.tagged import Tagged

_COST_HARD = 14

_COST_COMMA = 3


def gap(view: Tagged, first: tuple[int, int], second: tuple[int, int]) -> int:
    """Measure how far two stretches are apart, in tokens and marks.

    Parameters
    ----------
    view : Tagged
        The sentence.
    first, second : (int, int)
        Stretches of tokens, ends exclusive.

    Returns
    -------
    int
        Tokens between, with what each mark costs.
    """
    if first[0] > second[0]:
        first, second = second, first
    between = max(0, second[0] - first[1])
    hard, commas = view.breaks(first[1], second[0])
    return between + _COST_HARD * hard + _COST_COMMA * commas
