"""Pairs of sightings that can be one train and share something, the likeliest of all pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tracker.movements.likeness import MOST_WAGONS, RELAYED, Likeness
from tracker.movements.links import Traffic, link_ratio
from tracker.movements.looks import Looks

LONGEST_DAYS = 30.0
"""Between two sightings of one train; the slowest published one took 12 days for 3,900 km."""
LEAST, KEPT = -1.0, -4.0
"""Ratio, by way and load, below which a pair is not looked at again, and not kept at all."""
SAME_FORMATION = 3.0
"""Bonus of a shared formation or mark, with which a pair enters; it is weighed before a join."""
BLOCK = 256


@dataclass(frozen=True, kw_only=True, eq=False)
class Candidates:
    """Pairs of sightings that are worth a look.

    Parameters
    ----------
    one, other : ndarray of int
        Sightings, `one` before `other` in the order of times.
    link : ndarray of float
        How well the way between them fits one train (`link_ratio`).
    ratio : ndarray of float
        The link, the load, and a bonus for numbers, marks, events and formations that they share.
    impossible : ndarray of int, shape (n, 2)
        Pairs that share numbers, marks or events and that no train can have made.
    """

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    link: NDArray[np.float64]
    ratio: NDArray[np.float64]
    impossible: NDArray[np.int64]


def candidates_of(looks: Looks, traffic: Traffic, likeness: Likeness) -> Candidates:
    """Compare every sighting with the later ones that can be the same train.

    Parameters
    ----------
    looks : Looks
        Sightings in the order of the middles of their spans.
    traffic : Traffic
        How long trains take, and how many pass.
    likeness : Likeness
        Weighs loads.

    Returns
    -------
    Candidates
        Pairs of one actor that share something and are no worse than `KEPT`.
    """
    last = np.searchsorted(looks.middle, looks.middle + LONGEST_DAYS, side="right")
    blocks = [
        _block(looks, traffic, likeness, range(first, stop), int(last[stop - 1]))
        for first in range(0, len(looks), BLOCK)
        for stop in (min(first + BLOCK, len(looks)),)
    ]
    return Candidates(
        one=np.concatenate([block.one for block in blocks]),
        other=np.concatenate([block.other for block in blocks]),
        link=np.concatenate([block.link for block in blocks]),
        ratio=np.concatenate([block.ratio for block in blocks]),
        impossible=np.concatenate([block.impossible for block in blocks]),
    )


def _block(
    looks: Looks, traffic: Traffic, likeness: Likeness, block: range, last: int
) -> Candidates:
    rows, columns = np.arange(block.start, block.stop), np.arange(block.start, last)
    one, other = np.meshgrid(rows, columns, indexing="ij")
    mine = looks.formation[rows][:, None]
    bonus = _identified(looks, rows, columns)
    named = np.where((mine >= 0) & (mine == looks.formation[columns]), SAME_FORMATION, 0.0)
    traits = likeness.pair_loads(rows, columns) + bonus + named
    alike = (looks.kinds[rows] @ looks.kinds[columns].T).toarray() > 0
    ordered = (other > one) & (looks.actor[one] == looks.actor[other])
    # No way speaks for a pair by more than two: most pairs are done with before it is weighed.
    told = ordered & (alike | (bonus + named > 0)) & (traits > LEAST)
    far = np.argwhere(ordered & (bonus > 0) & ~looks.can_be_one(one, other))
    link = link_ratio(looks, traffic, one[told], other[told])
    ratio = link + traits[told]
    kept = ratio > KEPT
    return Candidates(
        one=one[told][kept],
        other=other[told][kept],
        link=link[kept],
        ratio=ratio[kept],
        impossible=np.column_stack([rows[far[:, 0]], columns[far[:, 1]]]),
    )


def _identified(
    looks: Looks, rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> NDArray[np.float64]:
    shared = {
        name: (table[rows] @ table[columns].T).toarray() > 0
        for name, table in (
            ("wagons", looks.wagons),
            ("marks", looks.marks),
            ("relays", looks.relays),
        )
    }
    known = np.where(shared["wagons"], MOST_WAGONS, 0.0) + np.where(shared["relays"], RELAYED, 0.0)
    return known + np.where(shared["marks"], SAME_FORMATION, 0.0)
