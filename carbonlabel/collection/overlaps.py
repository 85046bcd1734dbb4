"""I find runs that read the same machine at the same time, so that its energy counts once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from carbonlabel.collection.lanes import Unit, span
from carbonlabel.collection.sightings import Sighting
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.project import ROWS, Row
from carbonlabel.model.provenance import Period
from carbonlabel.rules.dates import wall

_ANY: Final = "gpu"


@dataclass(frozen=True, slots=True)
class Timed:
    """A unit, and what tells whose energy its runs hold."""

    unit: Unit
    tracker: str
    is_machine: bool
    devices: tuple[tuple[str, str, int], ...]
    """Kind, name and count of each device, sorted."""
    rows: frozenset[Row]
    """The rows that hold a figure."""

    @property
    def boards(self) -> frozenset[str]:
        """Names of the accelerators, without capitals."""
        return frozenset(name.lower() for kind, name, _ in self.devices if kind == "accelerator")

    @property
    def kind(self) -> object:
        """What units have in common that clash with the same others."""
        return self.tracker, self.is_machine, self.devices, self.rows


def groups(sightings: Sequence[Sighting], counted: Iterable[int]) -> Iterator[tuple[Timed, ...]]:
    """Runs that overlap on what may be one machine; a run that overlaps with none stands alone.

    Runs that do not say when they were, and runs that a person states, stand alone too.
    """
    timed: list[int] = []
    alone: list[int] = []
    for place in counted:
        is_watched = not sightings[place].is_typed
        is_timed = isinstance(sightings[place].run.period, Period)
        (timed if is_watched and is_timed else alone).append(place)
    units = [
        *(_single(sightings, place) for place in timed if _is_machine(sightings[place].run)),
        *_crews(sightings, [place for place in timed if not _is_machine(sightings[place].run)]),
    ]
    found = [*_linked(units), *((_untimed(sightings, place),) for place in alone)]
    yield from sorted(found, key=lambda group: group[0].unit.order)


def _is_machine(run: Evidence) -> bool:
    return run.covers == "machine"


def _single(sightings: Sequence[Sighting], place: int) -> Timed:
    return _timed(sightings, (place,))


def _timed(sightings: Sequence[Sighting], members: tuple[int, ...]) -> Timed:
    runs = (sightings[place].run.period for place in members)
    periods = [period for period in runs if isinstance(period, Period)]
    spans = [span(period) for period in periods]
    unit = Unit(
        members,
        began=min(wall(period.start) for period in periods),
        ended=max(wall(period.end) for period in periods),
        start=min(start for start, _ in spans),
        end=max(end for _, end in spans),
        energy_kwh=sum(sightings[place].energy_kwh for place in members),
    )
    run = sightings[members[0]].run
    return Timed(unit, run.tracker, _is_machine(run), _devices(run), _rows(run))


def _untimed(sightings: Sequence[Sighting], place: int) -> Timed:
    run = sightings[place].run
    never = datetime.min  # noqa: DTZ901 - it is compared with no time
    unit = Unit((place,), never, never, never, never, sightings[place].energy_kwh)
    return Timed(unit, run.tracker, _is_machine(run), _devices(run), _rows(run))


def _devices(run: Evidence) -> tuple[tuple[str, str, int], ...]:
    return tuple(sorted((each.kind, each.name, each.count) for each in run.devices))


def _rows(run: Evidence) -> frozenset[Row]:
    return frozenset(row for row in ROWS if isinstance(getattr(run, row), Estimate))


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


def _linked(units: Iterable[Timed]) -> Iterator[tuple[Timed, ...]]:
    """Groups of units of which each clashes with another of its group."""
    ordered = sorted(units, key=_begin)
    leader = list(range(len(ordered)))
    # Of units alike in all, the one that ends last clashes with a newcomer if any does.
    latest: dict[object, int] = {}
    for place, each in enumerate(ordered):
        begin = each.unit.start
        latest = {kind: at for kind, at in latest.items() if ordered[at].unit.end > begin}
        for other in latest.values():
            if _clash(ordered[other], each):
                leader[_lead(leader, place)] = _lead(leader, other)
        known = latest.setdefault(each.kind, place)
        if ordered[known].unit.end < each.unit.end:
            latest[each.kind] = place
    found: defaultdict[int, list[Timed]] = defaultdict(list)
    for place, each in enumerate(ordered):
        found[_lead(leader, place)].append(each)
    return (tuple(sorted(group, key=_order)) for group in found.values())


def _lead(leader: list[int], place: int) -> int:
    while leader[place] != place:
        leader[place] = leader[leader[place]]
        place = leader[place]
    return place


def _clash(one: Timed, other: Timed) -> bool:
    """Whether two units that overlap in time may hold the same energy."""
    if one.tracker == other.tracker:
        return (one.is_machine or other.is_machine) and one.devices == other.devices
    return _share_a_row(one, other) and _may_be_one(one, other)


def _share_a_row(one: Timed, other: Timed) -> bool:
    """Whether both hold the same component; a figure that is not split holds each."""
    return bool(one.rows & other.rows or "computing" in one.rows | other.rows)


def _may_be_one(one: Timed, other: Timed) -> bool:
    """Whether two trackers may have watched one machine, as far as they name its accelerators.

    Schedulers shorten the names: `a100`, or `gpu` for any.
    """
    names = [(mine, theirs) for mine in one.boards for theirs in other.boards]
    alike = (mine in theirs or theirs in mine or _ANY in {mine, theirs} for mine, theirs in names)
    return not names or any(alike)


def _begin(each: Timed) -> tuple[datetime, int]:
    return each.unit.start, each.unit.order


def _order(each: Timed) -> int:
    return each.unit.order
