"""I look for the times in which a grid series is lowest: windows in one piece, and the best hours.

A series is constant between its points, so that the mean over a window is piecewise linear in its
begin: its least and its greatest lie where the window begins or ends with a point.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from carbonlabel.model.series import Point


@dataclass(frozen=True, slots=True)
class Window:
    """A time without gap, with its mean."""

    begin: datetime
    """Aware, in UTC."""
    length_s: float
    intensity_gco2e_per_kwh: float
    """Mean over the time."""

    @property
    def end(self) -> datetime:
        """When it is over."""
        return self.begin + timedelta(seconds=self.length_s)


def between(
    points: Sequence[Point], earliest: datetime | None, latest: datetime | None
) -> tuple[Point, ...]:
    """The points in a time, those at its ends cut to it."""
    clipped = (_clipped(each, earliest, latest) for each in points)
    return tuple(each for each in clipped if each.length_s > 0)


def mean(points: Sequence[Point]) -> float:
    """The mean over all that the points cover, in gCO2e/kWh: each weighs as long as it holds.

    >>> from datetime import UTC
    >>> nine = datetime(2026, 11, 3, 9, tzinfo=UTC)
    >>> mean([Point(nine, 3600.0, 100.0), Point(nine + timedelta(hours=1), 1800.0, 400.0)])
    200.0
    """
    whole_s = math.fsum(each.length_s for each in points)
    return math.fsum(each.length_s * each.intensity_gco2e_per_kwh for each in points) / whole_s


def windows(points: Sequence[Point], length_s: float) -> tuple[Window, ...]:
    """Every window of a length that may be the least or the greatest, in order of its begin.

    None goes over a gap. The first of all is the earliest that there is.

    >>> from datetime import UTC
    >>> nine = datetime(2026, 11, 3, 9, tzinfo=UTC)
    >>> hours = [Point(nine + timedelta(hours=n), 3600.0, g) for n, g in enumerate((300.0, 100.0))]
    >>> [(each.begin.hour, each.intensity_gco2e_per_kwh) for each in windows(hours, 3600.0)]
    [(9, 300.0), (10, 100.0)]
    """
    return tuple(window for run in runs(points) for window in _in_run(run, length_s))


def runs(points: Sequence[Point]) -> Iterator[tuple[Point, ...]]:
    """The points in groups without gap."""
    group: list[Point] = []
    for each in points:
        if group and _end(group[-1]) != each.begin:
            yield tuple(group)
            group = []
        group.append(each)
    if group:
        yield tuple(group)


def lowest(found: Iterable[Window], most_count: int) -> tuple[Window, ...]:
    """The lowest windows, none overlapping a lower one; of equals the earlier."""
    kept: list[Window] = []
    for each in sorted(found, key=lambda window: (window.intensity_gco2e_per_kwh, window.begin)):
        if len(kept) == most_count:
            break
        if all(each.end <= other.begin or other.end <= each.begin for other in kept):
            kept.append(each)
    return tuple(kept)


def highest(found: Iterable[Window]) -> Window:
    """The highest window, of equals the earlier."""
    return min(found, key=lambda window: (-window.intensity_gco2e_per_kwh, window.begin))


def best_pieces(points: Sequence[Point], length_s: float) -> tuple[Point, ...]:
    """The lowest points that last so long together, in order of time, the dearest of them cut.

    Fewer where the points do not last so long.

    >>> from datetime import UTC
    >>> nine = datetime(2026, 11, 3, 9, tzinfo=UTC)
    >>> grams = enumerate((100.0, 300.0, 200.0))
    >>> hours = [Point(nine + timedelta(hours=n), 3600.0, g) for n, g in grams]
    >>> [(each.begin.hour, each.length_s) for each in best_pieces(hours, 5400.0)]
    [(9, 3600.0), (11, 1800.0)]
    """
    kept, rest_s = [], length_s
    for each in sorted(points, key=lambda point: (point.intensity_gco2e_per_kwh, point.begin)):
        if rest_s <= 0:
            break
        kept.append(each._replace(length_s=min(each.length_s, rest_s)))
        rest_s -= each.length_s
    return tuple(sorted(kept))


def joined(points: Sequence[Point]) -> tuple[Window, ...]:
    """The times that the points fill, those that touch as one."""
    return tuple(
        Window(group[0].begin, math.fsum(each.length_s for each in group), mean(group))
        for group in runs(points)
    )


def _in_run(points: Sequence[Point], length_s: float) -> Iterator[Window]:
    lengths = [each.length_s for each in points]
    edges = list(accumulate(lengths, initial=0.0))
    amounts = (each.length_s * each.intensity_gco2e_per_kwh for each in points)
    sums = list(accumulate(amounts, initial=0.0))
    room_s = edges[-1] - length_s
    starts = {edge for edge in edges if edge <= room_s}
    starts |= {edge - length_s for edge in edges if edge >= length_s}
    for start_s in sorted(starts):
        first, last = (_until(points, edges, sums, at_s) for at_s in (start_s, start_s + length_s))
        begin = points[0].begin + timedelta(seconds=start_s)
        yield Window(begin, length_s, max(0.0, (last - first) / length_s))


def _until(
    points: Sequence[Point], edges: Sequence[float], sums: Sequence[float], at_s: float
) -> float:
    """The integral of the series from its begin up to a time, in s × gCO2e/kWh."""
    place = min(bisect_right(edges, at_s) - 1, len(points) - 1)
    return sums[place] + (at_s - edges[place]) * points[place].intensity_gco2e_per_kwh


def _clipped(point: Point, earliest: datetime | None, latest: datetime | None) -> Point:
    begin = max(point.begin, earliest) if earliest else point.begin
    end = min(_end(point), latest) if latest else _end(point)
    return point._replace(begin=begin, length_s=(end - begin).total_seconds())


def _end(point: Point) -> datetime:
    return point.begin + timedelta(seconds=point.length_s)
