"""What a fitted model shows: the areas that somebody spoke of, joined with their totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from shapely.geometry.base import BaseGeometry

from tracker.areas import Area
from tracker.estimates.grid import Floats, moments
from tracker.estimates.house import COMMON_SD
from tracker.estimates.model import Fit
from tracker.estimates.reconciliation import (
    Joined,
    added,
    blurred,
    bounded,
    families,
    join,
    within,
)
from tracker.estimates.setting import Setting
from tracker.estimates.silence import coupling, grown_in_silence

COVERED_SHARE = 0.98
"""Share of a total's ground that its parts cover where nothing lies between them, and share of
an area's ground that lies in another one that holds it."""


class Shown:
    """Distributions of a fitted model, made coherent day by day as they are asked for.

    Parameters
    ----------
    fitted : Fit
        The fitted model.
    setting : Setting
        What it was fitted with.
    """

    def __init__(self, fitted: Fit, setting: Setting) -> None:
        self._fitted = fitted
        self._areas = {area.id: area for area in setting.areas}
        self._parts = families({area.id: area.parent for area in setting.areas})
        self._observed = {observation.area for observation in fitted.observations}
        self._joined: dict[range, dict[str, Joined]] = {}
        self._powers: dict[str, Floats] = {}
        self._held_by: dict[str, tuple[str, ...]] = {}
        self._own_sd = fitted.shared.own_sd
        self._common_sd = np.hypot(fitted.shared.everywhere_sd, COMMON_SD)

    @property
    def area_ids(self) -> tuple[str, ...]:
        """Areas that are shown: those observed, and totals of which a part is."""
        return tuple(area_id for area_id in self._fitted.area_ids if self.speaking(area_id))

    def _residual(self, area_id: str) -> bool:
        return self._areas[area_id].kind == "residual"

    def speaking(self, area_id: str) -> tuple[str, ...]:
        """List the areas whose claims stand behind an area.

        Parameters
        ----------
        area_id : str
            One of the areas shown.

        Returns
        -------
        tuple of str
            The area itself; where nobody spoke of it as a whole, its parts; where nobody spoke of
            a part as a whole, the parts of that.
        """
        if area_id in self._observed:
            return (area_id,)
        parts = self._parts.get(area_id, ())
        return tuple(below for part in parts for below in self.speaking(part))

    def day_numbers(self, area_id: str, days: tuple[date, date] | None) -> range:
        """List the days on which an area is shown.

        Parameters
        ----------
        area_id : str
            The area.
        days : tuple of date or None
            First and last day asked for; None for all up to the day of knowledge.

        Returns
        -------
        range
            Days since the first day of the model: none before anybody spoke of the area or of
            its parts, none outside the time for which it is modelled.
        """
        fitted, area = self._fitted, self._areas[area_id]
        speaking = self.speaking(area_id)
        first = min(o.day for o in fitted.observations if o.area in speaking)
        last = fitted.target.as_of
        if days is not None:
            first, last = max(first, days[0]), days[1]
        first = max(first, area.valid_from or first)
        last = min(last, area.valid_until or last)
        stop = min((last - fitted.first_day).days + 1, len(fitted.path.sizes))
        return range((first - fitted.first_day).days, stop)

    def distributions(self, area_id: str, day_numbers: range) -> tuple[Floats, Floats]:
        """Return the distributions of an area.

        Parameters
        ----------
        area_id : str
            The area.
        day_numbers : range
            Days since the first day of the model.

        Returns
        -------
        mass : ndarray of shape (days, cells + 1)
            Over the grid.
        log_sd : ndarray of shape (days,)
            Error to be added, which all claims have in common.
        """
        if not self._family(area_id):
            return self._alone(area_id, day_numbers, None)
        known = self._joined.setdefault(day_numbers, {})
        mass = self._agreed(area_id, day_numbers, {}, known)
        return mass, self._common_sd[day_numbers]

    def _agreed(
        self,
        area_id: str,
        days: Sequence[int],
        otherwise: Mapping[str, Floats],
        known: dict[str, Joined],
    ) -> Floats:
        # An area of the tree after it was joined with what lies above it and below; `known`
        # keeps the joins of these days.
        total = self._total_above(area_id)
        if total is None:
            return self._joined_of(area_id, days, otherwise, known).total
        joined = self._joined_of(total, days, otherwise, known)
        own = joined.sectors[self._parts[total].index(area_id)]
        return bounded(own, self._agreed(total, days, otherwise, known))

    def _alone(
        self, area_id: str, days: Sequence[int], otherwise: Floats | None
    ) -> tuple[Floats, Floats]:
        # An area outside the tree: no larger than any that holds it.
        number, common_sd = self._fitted.area_ids.index(area_id), self._common_sd[days]
        holders = self._holders(area_id)
        if not holders:
            own = self._row(number, days) if otherwise is None else otherwise
            return own, np.hypot(common_sd, self._own_sd[days, number])
        mass = self._mass(area_id, days, otherwise)
        for holder in holders:
            mass = within(mass, self._day_by_day(holder, days))
        return mass, common_sd

    def _day_by_day(self, area_id: str, days: Sequence[int]) -> Floats:
        # Runs of one day share that day's distribution.
        if isinstance(days, range):
            return self.distributions(area_id, days)[0]
        one = range(days[0], days[0] + 1)
        return np.repeat(self.distributions(area_id, one)[0], len(days), axis=0)

    def _holders(self, area_id: str) -> tuple[str, ...]:
        if area_id not in self._held_by:
            shape = self._areas[area_id].geometry
            self._held_by[area_id] = tuple(
                other
                for other in self.area_ids
                if self._areas[other].geometry.area > shape.area
                and not self._residual(other)
                and _share_inside(shape, self._areas[other].geometry) >= COVERED_SHARE
            )
        return self._held_by[area_id]

    def conflict_sd(self, area_id: str, day_numbers: range) -> Floats | None:
        """Measure how far an area's parts and its own claims are apart.

        Parameters
        ----------
        area_id : str
            A total.
        day_numbers : range
            Days since the first day of the model.

        Returns
        -------
        ndarray of shape (days,) or None
            Standard deviations, positive where the parts exceed the total; None where the area
            has no parts or either side is silent.
        """
        if area_id not in self._observed or not self._heard_parts(area_id):
            return None
        known = self._joined.setdefault(day_numbers, {})
        return self._joined_of(area_id, day_numbers, {}, known).conflict_sd

    def _heard_parts(self, area_id: str) -> bool:
        return any(self.speaking(part) for part in self._parts.get(area_id, ()))

    def _total_above(self, area_id: str) -> str | None:
        total = self._areas[area_id].parent
        heard = total in self._fitted.area_ids and self._heard_parts(total or "")
        return total if heard else None

    def _family(self, area_id: str) -> tuple[str, ...]:
        # List the areas that are joined with an area, itself included; none where it is alone.
        total = self._total_above(area_id)
        if total is not None:
            return self._family(total)
        return self._below(area_id) if self._heard_parts(area_id) else ()

    def _below(self, area_id: str) -> tuple[str, ...]:
        parts = self._parts.get(area_id, ()) if self._heard_parts(area_id) else ()
        return (area_id, *(below for part in parts for below in self._below(part)))

    def rejoined(
        self, area_id: str, day_number: int, runs: Mapping[str, Floats]
    ) -> tuple[Floats, Floats]:
        """Return the distributions of an area on one day as if its family were distributed so.

        Parameters
        ----------
        area_id : str
            The area.
        day_number : int
            Days since the first day of the model.
        runs : Mapping of str to ndarray of shape (runs, cells + 1)
            Distributions from the claims on each area alone, one row per run; areas of the
            family that are not named keep what the fitted model says.

        Returns
        -------
        mass : ndarray of shape (runs, cells + 1)
            Over the grid.
        log_sd : ndarray of shape (runs,)
            Error to be added, which all claims have in common.
        """
        count = len(next(iter(runs.values())))
        days = [day_number] * count
        if not self._family(area_id):
            return self._alone(area_id, days, runs[area_id])
        return self._agreed(area_id, days, runs, {}), self._common_sd[days]

    def relatives(self, area_id: str) -> tuple[str, ...]:
        """List the areas whose claims bear on an area: the totals above and all their parts.

        Parameters
        ----------
        area_id : str
            The area.

        Returns
        -------
        tuple of str
            The area alone where it is joined with none.
        """
        return self._family(area_id) or (area_id,)

    def _joined_of(
        self,
        total: str,
        days: Sequence[int],
        otherwise: Mapping[str, Floats],
        known: dict[str, Joined],
    ) -> Joined:
        if total not in known:
            parts = self._parts[total]
            rows = [self._from_below(part, days, otherwise, known) for part in parts]
            if total in self._observed:
                known[total] = self._reconciled(total, days, rows, otherwise)
            else:
                known[total] = self._made_up(total, days, rows)
        return known[total]

    def _reconciled(
        self,
        total: str,
        days: Sequence[int],
        rows: Sequence[Floats],
        otherwise: Mapping[str, Floats],
    ) -> Joined:
        silent = [self._row(self._fitted.shadows[part], days) for part in self._parts[total]]
        rest = [self._row(self._fitted.shadows[total], days)] if self._leaves_room(total) else []
        return join(
            self._fitted.grid,
            np.stack([*rows, *rest]),
            np.stack([*silent, *rest]),
            self._mass(total, days, otherwise.get(total)),
            self._power(total)[days],
        )

    def _made_up(self, total: str, days: Sequence[int], rows: Sequence[Floats]) -> Joined:
        # The parts of which somebody spoke, and for all the others together what a total of which
        # nothing is known may hold. Parts without a word stand for nothing by themselves.
        heard = [bool(self.speaking(part)) for part in self._parts[total]]
        rest = self._row(self._fitted.shadows[total], days)
        closed = all(heard) and not self._leaves_room(total)
        spoken = [row for row, one in zip(rows, heard, strict=True) if one]
        whole = added(self._fitted.grid, spoken if closed else [*spoken, rest])
        return replace(whole, sectors=np.stack(rows))

    def _from_below(
        self,
        area_id: str,
        days: Sequence[int],
        otherwise: Mapping[str, Floats],
        known: dict[str, Joined],
    ) -> Floats:
        # What an area's own claims and those on its parts say, without what lies above.
        if self._heard_parts(area_id):
            return self._joined_of(area_id, days, otherwise, known).total
        return self._mass(area_id, days, otherwise.get(area_id))

    def _power(self, total: str) -> Floats:
        if total not in self._powers:
            parts = [self._growth(part) for part in self._parts[total]]
            _, variance, grown = self._growth(total)
            number = self._fitted.area_ids.index(total)
            shared = self._own_sd[:, number] ** 2
            self._powers[total] = coupling(
                variance + shared,
                grown,
                np.stack([part_grown for _, _, part_grown in parts]),
                np.exp(np.stack([mean for mean, _, _ in parts])),
            )
        return self._powers[total]

    def _growth(self, area_id: str) -> tuple[Floats, Floats, Floats]:
        # Mean and variance of an area's log size, and how much of the variance grew in silence.
        encoded, number = self._fitted.encoded, self._fitted.area_ids.index(area_id)
        mean, variance = moments(self._fitted.grid, self._fitted.path.sizes[:, number])
        spoken = encoded.data.day[(encoded.data.area == number) & (encoded.weight > 0)]
        return mean, variance, grown_in_silence(variance, spoken)

    def _mass(self, area_id: str, days: Sequence[int], otherwise: Floats | None = None) -> Floats:
        number = self._fitted.area_ids.index(area_id)
        own = self._row(number, days) if otherwise is None else otherwise
        return blurred(self._fitted.grid, own, self._own_sd[days, number])

    def _row(self, number: int, days: Sequence[int]) -> Floats:
        return self._fitted.path.sizes[days, number].astype(np.float64)

    def _leaves_room(self, total: str) -> bool:
        parts = [self._areas[part] for part in self._parts[total]]
        if any(self._residual(part.id) for part in parts):
            return False
        return _ground(parts) < COVERED_SHARE * self._areas[total].geometry.area


def _share_inside(shape: BaseGeometry, other: BaseGeometry) -> float:
    if not other.intersects(shape.representative_point()):
        return 0.0
    return float(shape.intersection(other).area / shape.area)


def _ground(areas: list[Area]) -> float:
    return float(sum(area.geometry.area for area in areas))
