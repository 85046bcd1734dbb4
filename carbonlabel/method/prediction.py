"""I say where one more run would lie, from a few that were alike."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import Final

LEAST_COUNT: Final = 3
"""So many runs at least, or the range says nothing."""
# Student's t for 95 %, two-sided, by degrees of freedom: NIST/SEMATECH e-Handbook of Statistical
# Methods, table 1.3.6.7.2, column 0.975; beyond 30 the value for 30, which is on the safe side.
_STUDENT: Final = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
    *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086),
    *(2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
)


def prediction(values: Sequence[float]) -> tuple[float, float]:
    """The 95 % prediction interval of the next value, in the unit of the values; never below zero.

    mean ± t · s · √(1 + 1/n) for n values with standard deviation s, taken as normal.

    >>> prediction([10.0, 10.0, 10.0])
    (10.0, 10.0)
    """
    count = len(values)
    mean = statistics.fmean(values)
    student = _STUDENT[min(count - 1, len(_STUDENT)) - 1]
    half = student * statistics.stdev(values) * math.sqrt(1 + 1 / count)
    return max(mean - half, 0.0), mean + half
