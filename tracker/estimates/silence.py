"""How much of what is unknown of a total is the same silence in which its parts are unknown.

While nobody speaks, the uncertainty of an area grows. Where a total and its parts were silent
together, that growth is one error seen twice: the parts' sum tells the total nothing about it.
"""

from __future__ import annotations

import numpy as np

from tracker.estimates.grid import Floats
from tracker.estimates.twin import Ints

_LARGEST_CORRELATION = 0.999


def grown_in_silence(variance: Floats, claim_days: Ints) -> Floats:
    """Measure by how much an area's variance exceeds that of the nearest days with a claim.

    Parameters
    ----------
    variance : ndarray of shape (days,)
        Variance of the log size.
    claim_days : ndarray of shape (n,)
        Days of which a claim speaks.

    Returns
    -------
    ndarray of shape (days,)
        Never negative; infinite throughout where there is no claim.
    """
    if len(claim_days) == 0:
        return np.full(len(variance), np.inf)
    spoken = np.unique(claim_days)
    days = np.arange(len(variance))
    after = spoken[np.minimum(np.searchsorted(spoken, days), len(spoken) - 1)]
    before = spoken[np.maximum(np.searchsorted(spoken, days, side="right") - 1, 0)]
    return np.asarray(np.maximum(variance - np.minimum(variance[before], variance[after]), 0))


def coupling(total_variance: Floats, total_grown: Floats, grown: Floats, sizes: Floats) -> Floats:
    """Say how far a total and its parts inform each other.

    Two estimates of one quantity with variances a and b and covariance c are combined best (Bates
    & Granger 1969, Operational Research Quarterly 20:451) in a logarithmic pool in which the
    second has the power b (a - c) / (a b - c^2). Here c is what grew in a silence that total and
    parts share, and b exceeds a by the share of parts of which nobody ever spoke: without any, the
    power lies between 1/2 (all is one silence) and 1 (none is); with such parts alone it is 0.

    Parameters
    ----------
    total_variance, total_grown : ndarray of shape (days,)
        Variance of the total's log size from its own claims, and what of it grew in silence.
    grown : ndarray of shape (parts, days)
        What grew in silence of each part's variance; infinite where nobody ever spoke.
    sizes : ndarray of shape (parts, days)
        Typical size of each part, by which its silence counts.

    Returns
    -------
    ndarray of shape (days,)
        Powers from 0 to 1; 1 for a total of which nobody spoke: it has no silence to share.
    """
    if not np.isfinite(total_grown).all():
        return np.ones(len(total_variance))
    shares = sizes / sizes.sum(axis=0)
    common = (shares * np.minimum(grown, total_grown)).sum(axis=0)
    correlation = np.minimum(common / total_variance, _LARGEST_CORRELATION)
    spoken_of = (shares * np.isfinite(grown)).sum(axis=0)
    return np.asarray((1 - correlation) / (1 - spoken_of * correlation**2))
