"""I am what one side brings to one topic: some of its activities, or its bare statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from carbonlabel.comparison.side import Side, Stated
from carbonlabel.model.disclosure import Activity, Disclosure, Part
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.hardware import Device, Kind
from carbonlabel.model.workload import Workload
from carbonlabel.rules.rows import known, rows_of
from carbonlabel.telling.recomputing import Recomputation

Placed = tuple[str, Activity]
_SLACK_RATIO: Final = 0.01


@dataclass(frozen=True, slots=True)
class Portion:
    """What one side brings to a topic."""

    side: Side
    activities: tuple[Placed, ...] = ()
    """Each with its JSON pointer; none of a side that only states a figure, or says nothing."""
    recomputation: Recomputation | None = None
    """What knows how each figure came about."""
    workload: Workload | None = None
    """Of a model in use: what one unit of use is."""

    @property
    def stated(self) -> Stated | None:
        """The bare statement, where there is nothing else."""
        return None if self.activities else self.side.stated

    @property
    def is_empty(self) -> bool:
        """Whether the side says nothing of the topic."""
        return not self.activities and self.stated is None

    @property
    def disclosure(self) -> Disclosure:
        """The disclosure that the activities are of.

        Raises:
            ValueError: the side has none.
        """
        if self.side.disclosure is None:
            raise ValueError("a statement has no disclosure")
        return self.side.disclosure

    @property
    def scale_ratio(self) -> float:
        """The part of the sums that `per` units of use take; 1 of what is not in use."""
        return self.workload.per / self.workload.count if self.workload else 1.0

    def rows(self) -> Iterator[tuple[str, Activity, Part]]:
        """Every row of its activities, with its JSON pointer."""
        for at, activity in self.activities:
            yield from ((row.place, activity, row.part) for row in rows_of(at, activity))

    def devices(self, kind: Kind) -> tuple[Device, ...]:
        """Its machines of a kind."""
        every = (device for _, activity in self.activities for device in activity.hardware)
        return tuple(device for device in every if device.kind == kind)

    def energies(self) -> tuple[Estimate, ...]:
        """The energies of its rows, as far as they are known, or the one that is stated."""
        if self.stated is not None:
            return known([self.stated.energy])
        return known(part.energy for _, _, part in self.rows())


def portions(
    sides: Sequence[Side],
    recomputations: Sequence[Recomputation | None],
    phases: frozenset[str],
) -> tuple[Portion, ...]:
    """What each side says of some phases."""
    return tuple(
        Portion(side, _activities(side, phases), each)
        for side, each in zip(sides, recomputations, strict=True)
    )


def fitting(disclosure: Disclosure) -> Recomputation:
    """The account of what is in error together that gives the range of the disclosure's total."""
    together, apart = Recomputation(disclosure), Recomputation(disclosure, apart=True)
    return next((each for each in (together, apart) if _fits(each)), together)


def _fits(recomputation: Recomputation) -> bool:
    total = recomputation.disclosure.totals.emissions
    if isinstance(total, Missing) or total.high is None:
        return True
    try:
        found = recomputation.spread("/totals/emissions")
    except ArithmeticError:
        return False
    return found is not None and found.high is not None and _near(found.high, total.high)


def _near(found: float, stated: float) -> bool:
    return abs(found - stated) <= _SLACK_RATIO * stated


def _activities(side: Side, phases: frozenset[str]) -> tuple[Placed, ...]:
    listed = side.disclosure.activities if side.disclosure else ()
    return tuple(
        (f"/activities/{number}", activity)
        for number, activity in enumerate(listed)
        if activity.phase in phases
    )
