"""I choose the year that answers for another."""

from __future__ import annotations

from collections.abc import Iterable

MOST_EARLIER_COUNT = 5
"""How many years older than the run a figure may be."""

MOST_LATER_COUNT = 2
"""How many years younger than the run a figure may be, where there is no older one."""


def nearest(known: Iterable[int], wanted: int) -> int | None:
    """The year itself, else the nearest earlier one (≤ 5 years), else a later one (≤ 2), else None.

    >>> nearest([2019, 2023, 2025], 2026)
    2025
    >>> nearest([2023], 2021)
    2023
    """
    near = [
        year for year in known if wanted - MOST_EARLIER_COUNT <= year <= wanted + MOST_LATER_COUNT
    ]
    earlier = [year for year in near if year <= wanted]
    return max(earlier) if earlier else min(near, default=None)
