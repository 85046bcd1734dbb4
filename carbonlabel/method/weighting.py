"""I am the mean grid intensity of a run: each moment counts as much as the energy used in it."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from carbonlabel.model.series import Point


class Stretch(NamedTuple):
    """A part of a run, with what it weighs."""

    begin: datetime
    """Aware."""
    end: datetime
    """Aware, not before the begin; a stretch of no length is a moment."""
    weight: float
    """Energy in kWh; or time in s, for all stretches alike, where energy over time is not known."""


class Mean(NamedTuple):
    """A weighted mean, and how much of the run it rests on."""

    intensity_gco2e_per_kwh: float
    covered_s: float
    """How much of the stretches the points cover."""
    needed_s: float
    """How long the stretches are."""
    covered_ratio: float
    """Share of the weight that the points cover, 0 to 1."""


def weighted_mean(stretches: Sequence[Stretch], points: Sequence[Point]) -> Mean | None:
    """Σ weight × intensity ÷ Σ weight in gCO2e/kWh, over what the points cover; None for nothing.

    A stretch is spread evenly over its time. `points` are sorted and do not overlap.

    >>> from datetime import UTC
    >>> nine, ten, eleven = (datetime(2026, 11, 3, hour, tzinfo=UTC) for hour in (9, 10, 11))
    >>> found = weighted_mean(
    ...     [Stretch(nine, ten, 1.0), Stretch(ten, eleven, 3.0)],
    ...     [Point(nine, 3600.0, 100.0), Point(ten, 3600.0, 300.0)])
    >>> found.intensity_gco2e_per_kwh
    250.0
    """
    begins = [point.begin for point in points]
    parts = [part for each in stretches for part in _parts(each, points, begins)]
    weight = math.fsum(part.weight for part in parts)
    if weight <= 0:
        return None
    return Mean(
        intensity_gco2e_per_kwh=math.fsum(
            part.weight / weight * part.intensity_gco2e_per_kwh for part in parts
        ),
        covered_s=math.fsum(part.length_s for part in parts),
        needed_s=math.fsum((each.end - each.begin).total_seconds() for each in stretches),
        covered_ratio=min(1.0, weight / math.fsum(each.weight for each in stretches)),
    )


class _Part(NamedTuple):
    weight: float
    length_s: float
    intensity_gco2e_per_kwh: float


def _parts(
    stretch: Stretch, points: Sequence[Point], begins: Sequence[datetime]
) -> Iterator[_Part]:
    whole_s = (stretch.end - stretch.begin).total_seconds()
    first = max(bisect_right(begins, stretch.begin) - 1, 0)
    for place in range(first, bisect_right(begins, stretch.end)):
        point = points[place]
        end = point.begin + timedelta(seconds=point.length_s)
        common_s = (min(end, stretch.end) - max(point.begin, stretch.begin)).total_seconds()
        if common_s > 0:
            share_ratio = common_s / whole_s
            yield _Part(stretch.weight * share_ratio, common_s, point.intensity_gco2e_per_kwh)
        elif not whole_s and point.begin <= stretch.begin < end:
            yield _Part(stretch.weight, 0.0, point.intensity_gco2e_per_kwh)
