"""What claims have in common: how a claimant, a unit or a scope leans, and how widely it scatters.

House effects as in pooled election polls (Jackman 2005, Australian Journal of Political Science
40:499), by exact Gaussian inference on the twin: sizes are integrated out area by area, so that a
leaning which the claims cannot tell from the level keeps its full uncertainty. Bounds and gross
errors enter through normal stand-ins (`sites.py`), and the reporting errors follow by
expectation-maximisation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tracker.estimates.grid import Floats
from tracker.estimates.readings import INTERVAL
from tracker.estimates.sites import LEAST_PRECISION, sites
from tracker.estimates.threads import one_thread
from tracker.estimates.twin import FIRST_SD, AreaTwin, Ints

HOUSE_SD = 0.15
HOUSE_IN_AREA_SD = 0.10
"""Spread of the leanings of claimants, and of theirs in one area, log units."""
HOUSE_DEGREES = 4.0
"""Degrees of freedom of the leanings of claimants: one may deceive by far more than is usual."""
REPORTING_SD: Mapping[str, float] = {
    "government": 0.12,
    "military": 0.12,
    "intelligence": 0.12,
    "international": 0.15,
    "osint_group": 0.19,
    "imagery": 0.19,
    "think_tank": 0.27,
    "news_agency": 0.33,
    "press": 0.33,
    "state_media": 0.33,
    "aggregator": 0.33,
    "eyewitness": 0.33,
}
"""Reporting error by type of claimant, log units, before its own claims are looked at."""
UNKNOWN_SD = 0.25
COMMON_SD = 0.03
"""Error that all claims share and that no amount of claims averages out, log units. Polls have one
(Shirani-Mehr, Rothschild, Goel & Gelman 2018, JASA 113:607); its size is set where intervals of
simulated worlds cover what they promise (`docs/method/estimates.md`)."""
PSEUDO_CLAIMS = 16
"""Weight of the prior reporting error, in claims."""
LEAST_SD, MOST_SD = 0.05, 0.6
ROUNDS = 3


def prior_reporting_sd(claimant_type: str | None) -> float:
    """Look up how widely a type of claimant scatters.

    Parameters
    ----------
    claimant_type : str or None
        A key of `REPORTING_SD`, or anything else.

    Returns
    -------
    float
        Standard deviation, log units, before the claimant's own claims are looked at.
    """
    return REPORTING_SD.get(claimant_type or "", UNKNOWN_SD)


@dataclass(frozen=True, kw_only=True, slots=True)
class Measurements:
    """Claims as normal measurements of log sizes.

    Parameters
    ----------
    area, day : ndarray of shape (n,)
        Where and when each measures, counted from 0.
    words : ndarray of shape (n, fields)
        Rows of `Reading`, log units of the estimate.
    date_variance : ndarray of shape (n,)
        From what the date leaves open.
    weight : ndarray of shape (n,)
        How much each counts.
    source : ndarray of shape (n,)
        Claimant of each, counted from 0.
    factors : ndarray of shape (n, 2)
        Unit and scope factor that each depends on, counted from 0; -1 for none.
    source_prior_sd : ndarray of shape (sources,)
        Reporting error of each claimant before any claim, log units.
    factor_prior_sd : ndarray of shape (factors,)
        Spread of each factor, log units.
    """

    area: Ints
    day: Ints
    words: Floats
    date_variance: Floats
    weight: Floats
    source: Ints
    factors: Ints
    source_prior_sd: Floats
    factor_prior_sd: Floats

    @property
    def middle(self) -> Floats:
        """Centre of each interval, or the bound, shape (n,)."""
        return np.asarray((self.words[:, 1] + self.words[:, 2]) / 2)

    def reporting_sd(self, source_sd: Floats) -> Floats:
        """Return the reporting error of each claim.

        Parameters
        ----------
        source_sd : ndarray of shape (sources,)
            Reporting error of each claimant.

        Returns
        -------
        ndarray of shape (n,)
            Log units.
        """
        factor, least_sd = self.words[:, 7], self.words[:, 8]
        return np.maximum(source_sd[self.source] * factor, least_sd)

    def noise_sd(self, source_sd: Floats) -> Floats:
        """Combine the reporting error with what the date leaves open.

        Parameters
        ----------
        source_sd : ndarray of shape (sources,)
            Reporting error of each claimant.

        Returns
        -------
        ndarray of shape (n,)
            Log units.
        """
        return np.hypot(self.reporting_sd(source_sd), np.sqrt(self.date_variance))


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaLeanings:
    """Leanings as they act in one area.

    Parameters
    ----------
    sources, factors : ndarray
        Claimants and factors that occur there.
    mean : ndarray of shape (sources + factors,)
        Leaning of each claimant in this area, then error of each factor, log units.
    covariance : ndarray of shape (sources + factors, sources + factors)
        Of the same.
    carry : ndarray of shape (sources + factors, sources + factors)
        `[here, in general]`: how they follow the claimants' general leanings and the factors.
    """

    sources: Ints
    factors: Ints
    mean: Floats
    covariance: Floats
    carry: Floats


@dataclass(frozen=True, kw_only=True, slots=True)
class Leanings:
    """What was learnt.

    Parameters
    ----------
    offset : ndarray of shape (n,)
        Leanings of each claim added up, log units.
    source_sd : ndarray of shape (sources,)
        Reporting error of each claimant, log units.
    source_mean, source_variance : ndarray of shape (sources,)
        Leaning of each claimant over all areas.
    covariance : ndarray of shape (sources + factors, sources + factors)
        Of the general leanings and the factors.
    areas : Mapping of int to AreaLeanings
        The leanings where they act, by index of the area.
    """

    offset: Floats
    source_sd: Floats
    source_mean: Floats
    source_variance: Floats
    covariance: Floats
    areas: Mapping[int, AreaLeanings]


def learn(data: Measurements) -> Leanings:
    """Estimate leanings and reporting errors.

    Parameters
    ----------
    data : Measurements
        The claims.

    Returns
    -------
    Leanings
        Posterior means and variances.
    """
    with one_thread():
        return _learn(data)


def _learn(data: Measurements) -> Leanings:
    source_sd, centre = data.source_prior_sd.copy(), _centres(data)
    mean_beside, variance_beside = centre, np.full(len(centre), FIRST_SD**2)
    count = len(source_sd)
    house_sd = np.full(count, HOUSE_SD)
    rows_of = {int(area): np.flatnonzero(data.area == area) for area in np.unique(data.area)}
    for turn in range(ROUNDS):
        noise_sd = data.noise_sd(source_sd)
        found = sites(data.words, noise_sd, mean_beside, variance_beside)
        precision = data.weight * found.precision
        twins = {
            area: AreaTwin(
                day=data.day[rows],
                values=found.values[rows] - centre[rows],
                precision=precision[rows],
                source=data.source[rows],
                factors=data.factors[rows],
            )
            for area, rows in rows_of.items()
        }
        mean, covariance = _shared(data, list(twins.values()), house_sd)
        offset, level, level_variance = np.zeros((3, len(centre)))
        here = {}
        for area, rows in rows_of.items():
            here[area] = twins[area].mean_leanings(HOUSE_IN_AREA_SD, mean[twins[area].among(count)])
            offset[rows] = twins[area].offsets(here[area])
            level[rows], level_variance[rows] = twins[area].levels(offset[rows])
        if turn < ROUNDS - 1:
            expected = centre + level + offset
            # What the other claims say: the claim's own stand-in is taken out.
            beside = np.maximum(1 / level_variance - precision, LEAST_PRECISION)
            mean_beside = (expected / level_variance - precision * found.values) / beside
            variance_beside = 1 / beside
            source_sd = _source_sd(data, expected, level_variance, found.sound)
            house_sd = _house_sd(mean[:count], np.diag(covariance)[:count])
    variance = np.diag(covariance)
    return Leanings(
        offset=offset,
        source_sd=source_sd,
        source_mean=mean[:count],
        source_variance=variance[:count],
        covariance=covariance,
        areas={
            area: AreaLeanings(
                sources=twin.sources,
                factors=twin.used_factors,
                mean=here[area],
                covariance=twin.leaning_covariance(
                    HOUSE_IN_AREA_SD, covariance[np.ix_(twin.among(count), twin.among(count))]
                ),
                carry=twin.carry(HOUSE_IN_AREA_SD),
            )
            for area, twin in twins.items()
        },
    )


def _shared(
    data: Measurements, twins: Sequence[AreaTwin], house_sd: Floats
) -> tuple[Floats, Floats]:
    # Posterior of the leanings of all claimants and of the factors, over all areas.
    sources = len(data.source_prior_sd)
    spread = np.concatenate([house_sd, data.factor_prior_sd])
    precision, pull = np.diag(1 / spread**2), np.zeros(len(spread))
    for twin in twins:
        rows = twin.among(sources)
        own_precision, own_pull = twin.about_shared(HOUSE_IN_AREA_SD)
        precision[np.ix_(rows, rows)] += own_precision
        pull[rows] += own_pull
    covariance = np.asarray(np.linalg.inv(precision), dtype=np.float64)
    return covariance @ pull, covariance


def _centres(data: Measurements) -> Floats:
    # Typical size of each claim's area: the middle one of its numbers, or of its bounds.
    middle, stated = data.middle, data.words[:, 0] == INTERVAL
    result = np.zeros(len(middle))
    for area in np.unique(data.area):
        here = data.area == area
        counted = here & (data.weight > 0)
        some = next(rows for rows in (counted & stated, counted, here) if rows.any())
        result[here] = np.median(middle[some])
    return result


def _house_sd(mean: Floats, variance: Floats) -> Floats:
    # Leanings follow Student's t: one that is far from usual may well be further still.
    square = (HOUSE_DEGREES * HOUSE_SD**2 + mean**2 + variance) / (HOUSE_DEGREES + 1)
    return np.asarray(np.sqrt(np.maximum(square, HOUSE_SD**2)))


def _source_sd(
    data: Measurements, expected: Floats, level_variance: Floats, sound: Floats
) -> Floats:
    # Bounds and errors that are no errors of counting teach nothing here.
    width = data.words[:, 2] - data.words[:, 1]
    excess = (data.middle - expected) ** 2 - level_variance - width**2 / 12
    weight = np.where(data.words[:, 0] == INTERVAL, data.weight * sound, 0.0)
    prior_sd = data.source_prior_sd
    squares = np.bincount(data.source, weight * np.maximum(excess, 0), len(prior_sd))
    counts = np.bincount(data.source, weight, len(prior_sd))
    learnt = (PSEUDO_CLAIMS * prior_sd**2 + squares) / (PSEUDO_CLAIMS + counts)
    return np.clip(np.sqrt(learnt), LEAST_SD, MOST_SD)
