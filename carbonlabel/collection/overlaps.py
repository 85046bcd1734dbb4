"""I find runs that read the same machine at the same time, so that its energy counts once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from carbonlabel.collection.lanes import Unit, span
from carbonlabel.collection.sightings import Sighting
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Period


@dataclass(frozen=True, slots=True)
class Timed:
    """A unit, and what tells whose energy its runs hold."""

    unit: Unit
    tracker: str
    is_machine: bool
    devices: tuple[tuple[str, str, int], ...]
    """Kind, name and count of each device, sorted."""

    @property
    def boards(self) -> frozenset[str]:
        """Names of the accelerators, without capitals."""
        return frozenset(name.lower() for kind, name, _ in self.devices if kind == "accelerator")


def groups(sightings: Sequence[Sighting], counted: Iterable[int]) -> Iterator[tuple[Timed, ...]]:
    """Runs that overlap on what may be one machine; a run that overlaps with none stands alone.

    Runs that do not say when they were stand alone too.
    """
    timed: list[int] = []
    alone: list[int] = []
    for place in counted:
        (timed if isinstance(sightings[place].run.period, Period) else alone).append(place)
    units = [
        *(_single(sightings, place) for place in timed if _is_machine(sightings[place].run)),
        *_crews(sightings, [place for place in timed if not _is_machine(sightings[place].run)]),
    ]
    found = [*_components(units), *((_untimed(sightings, place),) for place in alone)]
    yield from sorted(found, key=lambda group: group[0].unit.order)


def _is_machine(run: Evidence) -> bool:
    return run.covers == "machine"


def _single(sightings: Sequence[Sighting], place: int) -> Timed:
    return _timed(sightings, (place,))


def _timed(sightings: Sequence[Sighting], members: tuple[int, ...]) -> Timed:
    spans = [
        span(period)
        for period in (sightings[place].run.period for place in members)
        if isinstance(period, Period)
    ]
    unit = Unit(
        members,
        min(start for start, _ in spans),
        max(end for _, end in spans),
        sum(sightings[place].energy_kwh for place in members),
    )
    run = sightings[members[0]].run
    return Timed(unit, run.tracker, _is_machine(run), _devices(run))


def _untimed(sightings: Sequence[Sighting], place: int) -> Timed:
    run = sightings[place].run
    unit = Unit((place,), datetime.min, datetime.min, sightings[place].energy_kwh)  # noqa: DTZ901 - it is compared with no time
    return Timed(unit, run.tracker, _is_machine(run), _devices(run))


def _devices(run: Evidence) -> tuple[tuple[str, str, int], ...]:
    return tuple(sorted((each.kind, each.name, each.count) for each in run.devices))


def _crews(sightings: Sequence[Sighting], places: Iterable[int]) -> Iterator[Timed]:
    """Runs of one tracker that each saw a share of the same time: shares add up."""
    kinds: defaultdict[object, list[Timed]] = defaultdict(list)
    for place in places:
        each = _single(sightings, place)
        kinds[each.tracker, each.boards, sightings[place].run.covers].append(each)
    for kind in kinds.values():
        for crew in _chains(kind):
            yield _timed(sightings, tuple(sorted(place for each in crew for place in each)))


def _chains(kind: Iterable[Timed]) -> Iterator[list[tuple[int, ...]]]:
    crew: list[tuple[int, ...]] = []
    latest = datetime.min  # noqa: DTZ901 - times by the clock on the wall have no zone
    for each in sorted(kind, key=_begin):
        if crew and each.unit.start >= latest:
            yield crew
            crew = []
        crew.append(each.unit.members)
        latest = max(latest, each.unit.end)
    yield crew


def _components(units: Iterable[Timed]) -> Iterator[tuple[Timed, ...]]:
    boards: defaultdict[frozenset[str], list[Timed]] = defaultdict(list)
    for each in units:
        boards[each.boards].append(each)
    for alike in boards.values():
        yield from _linked(sorted(alike, key=_begin))


def _linked(alike: Sequence[Timed]) -> Iterator[tuple[Timed, ...]]:
    """Groups of units of which each clashes with another of its group; `alike` by their start."""
    leader = list(range(len(alike)))
    # Of units alike in all, the one that ends last clashes with a newcomer if any does.
    latest: dict[object, int] = {}
    for place, each in enumerate(alike):
        for other in latest.values():
            if _clash(alike[other], each):
                leader[_lead(leader, place)] = _lead(leader, other)
        kind = (each.tracker, each.is_machine, each.devices)
        if kind not in latest or alike[latest[kind]].unit.end < each.unit.end:
            latest[kind] = place
    found: defaultdict[int, list[Timed]] = defaultdict(list)
    for place, each in enumerate(alike):
        found[_lead(leader, place)].append(each)
    return (tuple(sorted(group, key=_order)) for group in found.values())


def _lead(leader: list[int], place: int) -> int:
    while leader[place] != place:
        leader[place] = leader[leader[place]]
        place = leader[place]
    return place


def _clash(earlier: Timed, later: Timed) -> bool:
    """Whether two units may hold the same energy; they are of accelerators of the same names."""
    if earlier.unit.end <= later.unit.start:
        return False
    if earlier.tracker == later.tracker:
        one_is_machine = earlier.is_machine or later.is_machine
        return one_is_machine and earlier.devices == later.devices
    # Trackers name processors each in its own way, and accelerators alike.
    return bool(earlier.boards) or (earlier.is_machine and later.is_machine)


def _begin(each: Timed) -> tuple[datetime, int]:
    return each.unit.start, each.unit.order


def _order(each: Timed) -> int:
    return each.unit.order
