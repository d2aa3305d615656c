"""Write names on the picture without collisions: estimates first, then countries, then towns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

NAME_ROOM = 6
"""Pixels of air left and right of a name, so that two do not run together."""

DPI = 160
PX_PER_PT = DPI / 72
HALO = [withStroke(linewidth=2.2, foreground="#faf9f6")]
"""A pale rim, so that a name can be read on lines and shades."""


class Lettering:
    """What is written so far, and where no more room is.

    Parameters
    ----------
    axes
        Axes of the map.
    """

    def __init__(self, axes: Axes) -> None:
        self._axes = axes
        self._frame = axes.get_window_extent()
        self._taken: list[Bbox] = []

    def keep_free(self, at_km: tuple[float, float], reach_px: float) -> None:
        """Let no name cover a mark.

        Parameters
        ----------
        at_km
            Middle of the mark, km from that of the picture.
        reach_px
            Half of its side, pixels.
        """
        px, py = self._axes.transData.transform(at_km)
        self._taken.append(
            Bbox.from_extents(px - reach_px, py - reach_px, px + reach_px, py + reach_px)
        )

    def write(
        self,
        words: str,
        at_km: tuple[float, float],
        *,
        offsets: Sequence[tuple[float, float]],
        **look: Any,
    ) -> bool:
        """Write a name at the first place beside its mark that is free.

        Parameters
        ----------
        words
            The name; taken as it is, never as a formula.
        at_km
            The mark, km from the middle of the picture.
        offsets
            Places to try, points right of and above the mark; beside it the name runs away from it.
        look
            Options of matplotlib's text.

        Returns
        -------
        bool
            False where no place was free, and nothing is written.
        """
        for dx, dy in offsets:
            text = self._axes.annotate(
                words,
                at_km,
                (dx, dy),
                textcoords="offset points",
                ha="center" if dx == 0 else "left" if dx > 0 else "right",
                va="center",
                path_effects=HALO,
                parse_math=False,
                zorder=9,
                **look,
            )
            box = text.get_window_extent()
            inside = self._frame.x0 <= box.x0 and box.x1 <= self._frame.x1
            inside = inside and self._frame.y0 <= box.y0 and box.y1 <= self._frame.y1
            if inside and not any(box.overlaps(other) for other in self._taken):
                self._taken.append(box.padded(NAME_ROOM, 1))
                return True
            text.remove()
        return False
