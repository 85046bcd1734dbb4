"""I decide which of the runs on one machine count, and say why."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from carbonlabel.collection.choices import Choices
from carbonlabel.collection.fates import Fates
from carbonlabel.collection.lanes import Unit, depth, first, heaviest, span
from carbonlabel.collection.overlaps import Timed, groups
from carbonlabel.collection.sightings import Sighting
from carbonlabel.model.evidence import Stage
from carbonlabel.model.project import Overlap
from carbonlabel.model.provenance import Period

_LANE: Final[dict[Overlap, Callable[[Sequence[Unit]], tuple[Unit, ...]]]] = {
    "max": heaviest,
    "first": first,
}
_CLOCK_S: Final = 2.0
"""Begin and end are each exact to a second."""
_WHOSE: Final[dict[Overlap, tuple[str, str]]] = {
    "max": ("the run with the most", "those that hold the most without overlapping"),
    "first": ("the run that started first", "those that started first"),
}


@dataclass(frozen=True, slots=True)
class Crew:
    """The counted runs of machines that ran at the same time."""

    lanes: tuple[tuple[int, ...], ...]
    """Places of the runs of each machine or share."""
    expected: int
    """How many machines or shares there were, as the user says."""
    stage: Stage
    is_machine: bool
    """Whether a lane is a machine, and not a share of one."""
    covered_ratio: float = 1.0
    """The part of the time in which machines ran that the counted runs hold."""


def settle(
    sightings: Sequence[Sighting], stages: Sequence[Stage], fates: Fates, choices: Choices
) -> tuple[Crew, ...]:
    """Leave the runs whose energy another one holds, note each decision, and return what counts."""
    counted = [place for place in range(len(sightings)) if not fates.is_left(place)]
    return tuple(
        _Group(group, sightings, stages, choices).settled(fates)
        for group in groups(sightings, counted)
    )


@dataclass(frozen=True, slots=True)
class _Group:
    members: tuple[Timed, ...]
    sightings: Sequence[Sighting]
    stages: Sequence[Stage]
    choices: Choices

    def settled(self, fates: Fates) -> Crew:
        if len(self.members) == 1:
            return self._alone()
        overlap, lanes = self._chosen()
        orders = {unit.order for lane in lanes for unit in lane}
        kept = [unit for unit in self.units if unit.order in orders]
        self._decide(overlap, kept, fates)
        return Crew(
            tuple(tuple(place for unit in lane for place in unit.members) for lane in lanes),
            self.nodes,
            self.stage,
            is_machine=True,
            covered_ratio=_covered_ratio(kept, self.units),
        )

    @property
    def units(self) -> tuple[Unit, ...]:
        return tuple(each.unit for each in self.members)

    @property
    def stage(self) -> Stage:
        return self.stages[self.units[0].order]

    @property
    def nodes(self) -> int:
        return self.choices.nodes.get(self.stage, 1)

    def _alone(self) -> Crew:
        (only,) = self.members
        places = only.unit.members
        if only.is_machine:
            return Crew((places,), self.nodes, self.stage, is_machine=True)
        periods = (self.sightings[place].run.period for place in places)
        at_once = depth([span(period) for period in periods if isinstance(period, Period)])
        # Shares that followed one another are of the same rank.
        lanes = tuple(places[begin::at_once] for begin in range(at_once))
        return Crew(lanes, self.choices.ranks or self.nodes, self.stage, is_machine=False)

    def _chosen(self) -> tuple[Overlap, list[tuple[Unit, ...]]]:
        """What the user wants of this group; the user is only asked where something is left."""
        overlap = self.choices.overlap
        lanes = self._lanes("first" if overlap == "first" else "max")
        if overlap == "ask":
            is_all = sum(map(len, lanes)) == len(self.units)
            overlap = "max" if is_all or self.choices.ask is None else self.choices.ask(self._ask())
            lanes = self._lanes("first") if overlap == "first" else lanes
        if overlap == "sum":
            at_once = depth([(unit.start, unit.end) for unit in self.units])
            lanes = [self.units[begin::at_once] for begin in range(at_once)]
        return overlap, lanes

    def _lanes(self, overlap: Overlap) -> list[tuple[Unit, ...]]:
        """The runs of each machine; where several trackers watched many, those of one of them."""
        if self.nodes == 1:
            return self._laid(self.units, overlap)
        views: dict[str, list[Unit]] = {}
        for each in self.members:
            views.setdefault(each.tracker, []).append(each.unit)
        return max((self._laid(view, overlap) for view in views.values()), key=_held_kwh)

    def _laid(self, units: Sequence[Unit], overlap: Overlap) -> list[tuple[Unit, ...]]:
        """A lane for each machine; of the ranks of a machine, which all read it, the fullest."""
        step = math.ceil((self.choices.ranks or self.nodes) / self.nodes)
        waiting = list(units)
        lanes: list[tuple[Unit, ...]] = []
        while waiting and len(lanes) <= (self.nodes - 1) * step:
            lane = _LANE[overlap](waiting)
            taken = {unit.order for unit in lane}
            waiting = [unit for unit in waiting if unit.order not in taken]
            lanes.append(lane)
        return lanes[::step]

    def _decide(self, overlap: Overlap, kept: Sequence[Unit], fates: Fates) -> None:
        orders = {unit.order for unit in kept}
        counted = [place for unit in kept for place in unit.members]
        left = [unit for unit in self.units if unit.order not in orders]
        fates.decide(
            "overlap",
            self._message(overlap, kept),
            kept=counted,
            left=[place for unit in left for place in unit.members],
            reason=f"overlaps with /runs/{min(counted)}, which holds the same energy",
        )

    def _message(self, overlap: Overlap, kept: Sequence[Unit]) -> str:
        if overlap == "sum":
            return f"{self._what()}. All are counted, as told."
        if len(kept) == len(self.units):
            return f"{self._what()}. All are counted."
        runs = sum(len(unit.members) for unit in kept)
        count = "they count once" if runs == 1 else f"{runs} of them count"
        whose = _WHOSE[overlap][0 if runs == 1 else 1]
        amount = f"{_shown_kwh(kept)} of {_shown_kwh(self.units)} kWh"
        return f"{self._what()}; each holds all of its energy, so {count}: {whose}, {amount}."

    def _ask(self) -> str:
        return f"{self._what()}: {_shown_kwh(self.units)} kWh in all."

    def _what(self) -> str:
        runs = sum(len(unit.members) for unit in self.units)
        trackers = sorted({each.tracker for each in self.members})
        by = f" of {' and '.join(trackers)}" if len(trackers) > 1 else ""
        on = (
            f"{self.nodes} machines, as told"
            if self.nodes > 1
            else "what their logs show as one machine"
        )
        named = ", ".join(_device(name, count) for _, name, count in self.members[0].devices)
        return f"{runs} runs{by} overlap on {on}{f' ({named})' if named else ''}"


def _held_kwh(lanes: Iterable[Sequence[Unit]]) -> float:
    return sum(unit.energy_kwh for lane in lanes for unit in lane)


def _device(name: str, count: int) -> str:
    return name if count == 1 else f"{count} × {name}"


def _shown_kwh(units: Iterable[Unit]) -> str:
    return f"{Decimal(f'{sum(unit.energy_kwh for unit in units):.3g}'):f}"


def _covered_ratio(kept: Sequence[Unit], units: Sequence[Unit]) -> float:
    whole_s = _length_s(units)
    open_s = whole_s - _length_s(kept)
    return 1.0 if open_s <= _CLOCK_S else 1 - open_s / whole_s


def _length_s(units: Iterable[Unit]) -> float:
    """How long at least one of the units ran."""
    total_s = 0.0
    latest = None
    for unit in sorted(units, key=lambda unit: (unit.began, unit.ended)):
        begin = unit.began if latest is None else max(unit.began, latest)
        total_s += max(0.0, (unit.ended - begin).total_seconds())
        latest = unit.ended if latest is None else max(unit.ended, latest)
    return total_s
