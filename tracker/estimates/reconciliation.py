"""Totals that agree with their parts, by conditioning the sectors on their sum.

The sectors know what the claims on sectors say, the theatre what the claims on the theatre say.
Both are joined day by day: the theatre's likelihood is applied to the sum of its sectors
(reconciliation by conditioning: Corani, Azzimonti, Augusto & Zaffalon 2021, ECML PKDD). Where
they contradict each other, that is a finding and is reported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tracker.estimates.grid import Floats, SizeGrid, moments
from tracker.estimates.sums import Sums

CONFLICT_SD = 2.5
"""Distance, in standard deviations, from which parts and total contradict each other."""
_LEAST = 1e-12


@dataclass(frozen=True, kw_only=True, slots=True)
class Joined:
    """A theatre and its sectors after they were joined.

    Parameters
    ----------
    sectors : ndarray of shape (sectors, days, cells + 1)
        Distributions given the total.
    total : ndarray of shape (days, cells + 1)
        Distribution of the total given the sectors.
    conflict_sd : ndarray of shape (days,)
        Log of the sectors' sum over the total by its own claims, in standard deviations of
        their difference: above `CONFLICT_SD` the parts exceed the whole, below its negative they
        fall short.
    """

    sectors: Floats
    total: Floats
    conflict_sd: Floats


def join(grid: SizeGrid, sectors: Floats, silent: Floats, total: Floats, power: Floats) -> Joined:
    """Join sectors and total.

    Parameters
    ----------
    grid : SizeGrid
        The grid.
    sectors : ndarray of shape (sectors, days, cells + 1)
        Distributions from the claims on each sector alone.
    silent : ndarray of shape (sectors, days, cells + 1)
        What they would be without any claim. Their sum is divided out: many sectors of which
        nothing is known must not add up to a belief that the total is large.
    total : ndarray of shape (days, cells + 1)
        Distribution from the claims on the theatre alone.
    power : ndarray of shape (days,)
        How far sectors and total inform each other, 0 to 1.

    Returns
    -------
    Joined
        Both, given each other.
    """
    sums = Sums(grid)
    expected = silent[0]
    for sector in silent[1:]:
        expected = sums.add(expected, sector)
    likelihood = _tempered(total, expected, power)
    forward = [sectors[0]]
    for sector in sectors[1:]:
        forward.append(sums.add(forward[-1], sector))
    joined = np.empty_like(sectors)
    behind = likelihood
    for number in range(len(sectors) - 1, 0, -1):
        joined[number] = sectors[number] * sums.trace(forward[number - 1], behind)
        behind = sums.trace(sectors[number], behind)
        behind /= np.maximum(behind.max(axis=1, keepdims=True), _LEAST)
    joined[0] = sectors[0] * behind
    return Joined(
        sectors=_normal(joined),
        total=_normal(total * _tempered(forward[-1], expected, power)),
        conflict_sd=_conflict(grid, forward[-1], total),
    )


def _tempered(mass: Floats, expected: Floats, power: Floats) -> Floats:
    # What is known beyond what would be expected in silence, to a power; 1 at its largest.
    likelihood = mass / np.maximum(expected, _LEAST)
    likelihood /= np.maximum(likelihood.max(axis=1, keepdims=True), _LEAST)
    return np.asarray(likelihood ** power[:, None])


def _normal(mass: Floats) -> Floats:
    mass = mass + 1e-30
    return np.asarray(mass / mass.sum(axis=-1, keepdims=True))


def _conflict(grid: SizeGrid, by_sectors: Floats, by_total: Floats) -> Floats:
    (sum_mean, sum_variance), (mean, variance) = moments(grid, by_sectors), moments(grid, by_total)
    return np.asarray((sum_mean - mean) / np.sqrt(sum_variance + variance))


def within(mass: Floats, holder: Floats) -> Floats:
    """Hold an area's size below that of an area that holds it.

    First the size is conditioned on being the smaller of the two, as if they were independent;
    then no quantile is left above that of the holder.

    Parameters
    ----------
    mass, holder : ndarray of shape (days, cells + 1)
        Distributions of the area and of the one that holds it.

    Returns
    -------
    ndarray of shape (days, cells + 1)
        Distribution of the area.
    """
    holder = _normal(holder)
    reached = np.cumsum(holder[:, ::-1], axis=1)[:, ::-1]
    return bounded(_normal(mass * reached), holder)


def bounded(mass: Floats, holder: Floats) -> Floats:
    """Leave no quantile of a distribution above that of another.

    Parameters
    ----------
    mass, holder : ndarray of shape (days, cells + 1)
        Distributions that sum to 1.

    Returns
    -------
    ndarray of shape (days, cells + 1)
        The lesser of the two, quantile by quantile.
    """
    highest = np.maximum(np.cumsum(mass, axis=1), np.cumsum(holder, axis=1))
    return np.asarray(np.diff(highest, axis=1, prepend=0.0))


def added(grid: SizeGrid, parts: Sequence[Floats]) -> Joined:
    """Make up a total of which nobody spoke from its parts, which it tells nothing.

    Parameters
    ----------
    grid : SizeGrid
        The grid.
    parts : sequence of ndarray of shape (days, cells + 1)
        Distributions of all that it holds.

    Returns
    -------
    Joined
        The parts as they are, and their sum; without conflict.
    """
    sums, total = Sums(grid), parts[0]
    for part in parts[1:]:
        total = sums.add(total, part)
    nowhere = np.zeros(len(total))
    return Joined(sectors=np.stack(parts), total=_normal(total), conflict_sd=nowhere)


def blurred(grid: SizeGrid, mass: Floats, log_sd: Floats) -> Floats:
    """Add an independent normal error to the log size.

    Parameters
    ----------
    grid : SizeGrid
        The grid.
    mass : ndarray of shape (days, cells + 1)
        Distributions.
    log_sd : ndarray of shape (days,)
        Standard deviation of the error.

    Returns
    -------
    ndarray of shape (days, cells + 1)
        Distributions; the atom at zero stays.
    """
    cells = grid.cells
    frequency = 2 * np.pi * np.fft.rfftfreq(2 * cells)
    kernel = np.exp(-0.5 * (log_sd[:, None] / grid.step * frequency) ** 2)
    spectrum = np.fft.rfft(mass[:, 1:], 2 * cells, axis=1) * kernel
    spread = np.maximum(np.fft.irfft(spectrum, 2 * cells, axis=1)[:, :cells], 0)
    spread *= mass[:, 1:].sum(axis=1, keepdims=True) / np.maximum(
        spread.sum(axis=1, keepdims=True), 1e-30
    )
    return np.concatenate([mass[:, :1], spread], axis=1)


def families(parents: Mapping[str, str | None]) -> dict[str, tuple[str, ...]]:
    """Group areas under the area that they are the parts of.

    Parameters
    ----------
    parents : Mapping of str to str or None
        Parent of each area.

    Returns
    -------
    dict of str to tuple of str
        Parts of each area that has any, in order.
    """
    result: dict[str, tuple[str, ...]] = {}
    for area, parent in parents.items():
        if parent is not None:
            result[parent] = (*result.get(parent, ()), area)
    return result
