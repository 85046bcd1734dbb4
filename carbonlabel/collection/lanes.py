"""I lay runs that overlap in time into lanes: the runs of a lane follow one another."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from carbonlabel.model.provenance import Period
from carbonlabel.rules.dates import wall

_CLOCK_STEP: Final = timedelta(seconds=0.5)
_NOISE_RATIO: Final = 0.005


@dataclass(frozen=True, slots=True)
class Unit:
    """Runs that belong together: one, or several that each saw a share of the same time."""

    members: tuple[int, ...]
    """Places of the runs."""
    began: datetime
    ended: datetime
    start: datetime
    """Begin and end as `span` draws them in."""
    end: datetime
    energy_kwh: float

    @property
    def order(self) -> int:
        """What breaks a tie: the place of the first run."""
        return self.members[0]


def span(period: Period) -> tuple[datetime, datetime]:
    """Begin and end by the clock on the wall, drawn in by what clocks are inexact.

    Half a second at each end, or half a percent of the run: runs that follow one another may
    touch, and what is then counted twice is less than any meter shows.
    """
    start, end = wall(period.start), wall(period.end)
    inexact = max(_CLOCK_STEP, _NOISE_RATIO * (end - start))
    return start + inexact, end - inexact


def heaviest(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The units that hold the most energy without overlapping: no time in them counts twice.

    Weighted interval scheduling (Kleinberg and Tardos, Algorithm Design, 6.1): exact, in
    O(n log n). Of equal energies, more units win, then those that end first.
    """
    ordered = sorted(units, key=lambda unit: (unit.end, unit.order))
    ends = [unit.end for unit in ordered]
    best: list[tuple[float, int]] = [(0.0, 0)]
    before: list[int | None] = []
    for place, unit in enumerate(ordered):
        free = bisect_right(ends, unit.start, hi=place)
        energy_kwh, count = best[free]
        taken = (energy_kwh + unit.energy_kwh, count + 1)
        is_better = taken > best[place]
        best.append(taken if is_better else best[place])
        before.append(free if is_better else None)
    return tuple(_traced(ordered, before))


def first(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The unit that starts first, the first to start after its end, and so on."""
    lane: list[Unit] = []
    for unit in sorted(units, key=lambda unit: (unit.start, unit.order)):
        if not lane or unit.start >= lane[-1].end:
            lane.append(unit)
    return tuple(lane)


def depth(spans: Sequence[tuple[datetime, datetime]]) -> int:
    """How many of some spans hold one moment, at most; a span without length counts as one."""
    marks = sorted(
        mark
        for start, end in spans
        if start < end
        # An end comes before a start at the same moment.
        for mark in ((start, 1), (end, -1))
    )
    deepest = running = 0
    for _, step in marks:
        running += step
        deepest = max(deepest, running)
    return max(deepest, 1)


def _traced(ordered: Sequence[Unit], before: Sequence[int | None]) -> Iterator[Unit]:
    place = len(ordered)
    while place:
        free = before[place - 1]
        if free is None:
            place -= 1
        else:
            yield ordered[place - 1]
            place = free
