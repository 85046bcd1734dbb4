"""I say when a typed run took place, and how long it took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.method.digits import nine
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Finding, Period
from carbonlabel.parsing.fields import Field, Stamp
from carbonlabel.parsing.quantities import Quantity
from carbonlabel.parsing.yamlfile import Entry, shown
from carbonlabel.readers.manual.fields import COUNT, DEVICE_HOURS, ENDED, HOURS, STARTED

_TOLERANCE_RATIO: Final = 0.01
_DAY: Final = timedelta(days=1)
_NOT_STATED: Final = "local, not stated"


@dataclass(frozen=True, slots=True)
class Times:
    """When a run took place."""

    period: Period | Missing
    wall: Quantity | None
    """Wall time in s; None where nothing says it."""
    findings: tuple[Finding, ...] = ()

    def duration(self) -> Estimate | Missing:
        """Wall time as evidence, in s."""
        if self.wall is None:
            return Missing(missing="not-stated", reason="nothing says how long the run took")
        return self.wall.estimate("estimated", "log")


def times(entry: Entry) -> Times:
    """When the run of this entry took place, from hours, started and ended.

    The end that is not said follows from the other one and the hours.

    Raises:
        MalformedInput: the statements contradict each other by more than 1 %.
    """
    start, end = _same_zone(STARTED.of(entry), ENDED.of(entry), STARTED.place(entry))
    wall = _stated_wall(entry)
    if start and end:
        _refuse_contradiction(entry, start, end, wall)
        wall = wall or _between(start, end)
        return Times(_period(start.moment, end.moment), wall)
    known = end or start
    if known is None:
        return Times(Missing(missing="not-stated", reason="nothing says when it ran"), wall)
    if wall is None:
        return Times(
            _period(known.moment, known.moment), None, (_one_end(ENDED if end else STARTED),)
        )
    took = _timedelta(wall.value, entry)
    try:
        first = known.moment - took if known is end else known.moment
        return Times(_period(first, first + took), wall)
    except OverflowError as bad:
        raise _too_long(entry) from bad


def read_twice(meters: Sequence[str | None], runs: Sequence[Evidence]) -> dict[int, Finding]:
    """For each run, by its place, a warning if another ran at the same time on the same meter."""
    timed = [
        (meter, _utc(run.period.start), _utc(run.period.end), place)
        for place, (meter, run) in enumerate(zip(meters, runs, strict=True))
        if meter is not None and isinstance(run.period, Period)
    ]
    return {
        second[3]: Finding(
            code="meter-shared",
            severity="warning",
            place="run",
            message=f"Two runs overlap in time on the meter {shown(second[0])}: "
            "what it read is counted twice, unless each figure is the run's own share.",
            found=f"{runs[first[3]].place} and {runs[second[3]].place}",
            suggestion="state one run for the meter, or each run's share",
        )
        for first, second in pairwise(sorted(timed))
        if first[0] == second[0] and second[1] < first[2]
    }


def _utc(moment: datetime) -> datetime:
    """The time as UTC has it, without its zone, so that times with and without one compare."""
    return (moment - (moment.utcoffset() or timedelta(0))).replace(tzinfo=None)


def _stated_wall(entry: Entry) -> Quantity | None:
    """The wall time that is typed: hours, or device-hours shared by a known count."""
    hours, device_hours = HOURS.of(entry), DEVICE_HOURS.of(entry)
    for each, stated in ((HOURS, hours), (DEVICE_HOURS, device_hours)):
        if stated is not None and not stated.value:
            raise MalformedInput("a run takes longer than 0 s", where=each.place(entry))
    if hours and device_hours:
        raise MalformedInput(
            "hours and device_hours both say how long",
            where=DEVICE_HOURS.place(entry),
            hint="leave one out; count says how many devices ran",
        )
    count = COUNT.of(entry)
    return _shared(device_hours, count) if device_hours and count else hours


def _shared(device_hours: Quantity, count: int) -> Quantity:
    low, high = (
        None if end is None else nine(end / count) for end in (device_hours.low, device_hours.high)
    )
    return Quantity(nine(device_hours.value / count), low, high, "s")


def _same_zone(
    start: Stamp | None, end: Stamp | None, where: str
) -> tuple[Stamp | None, Stamp | None]:
    """Both times with an offset or both without; a day alone takes that of the other time."""
    if start is None or end is None or _is_naive(start) == _is_naive(end):
        return start, end
    if not start.has_clock:
        return Stamp(start.moment.replace(tzinfo=end.moment.tzinfo), has_clock=False), end
    if not end.has_clock:
        return start, Stamp(end.moment.replace(tzinfo=start.moment.tzinfo), has_clock=False)
    raise MalformedInput(
        "one of started and ended has its offset from UTC, the other has not",
        where=where,
        hint="write both like 2026-11-03T09:00:00+01:00",
    )


def _is_naive(stamp: Stamp) -> bool:
    return stamp.moment.tzinfo is None


def _refuse_contradiction(entry: Entry, start: Stamp, end: Stamp, wall: Quantity | None) -> None:
    are_exact = start.has_clock and end.has_clock
    apart = end.moment - start.moment
    if apart < timedelta(0) or (are_exact and not apart):
        raise MalformedInput("ended is not after started", where=ENDED.place(entry))
    if wall is None:
        return
    took = _timedelta(wall.value, entry)
    # A day alone leaves open when in the day, so the run may have taken up to a day more or less.
    slack = apart * _TOLERANCE_RATIO if are_exact else _DAY
    if abs(took - apart) > slack:
        field: Field[Quantity] = HOURS if HOURS.of(entry) else DEVICE_HOURS
        raise MalformedInput(
            f"{took} on the clock, but {apart} between started and ended",
            where=field.place(entry),
            hint="leave one of the three out, or correct it",
        )


def _between(start: Stamp, end: Stamp) -> Quantity | None:
    if not (start.has_clock and end.has_clock):
        return None
    return Quantity((end.moment - start.moment).total_seconds(), None, None, "s")


def _timedelta(duration_s: float, entry: Entry) -> timedelta:
    try:
        return timedelta(seconds=duration_s)
    except OverflowError as bad:
        raise _too_long(entry) from bad


def _too_long(entry: Entry) -> MalformedInput:
    return MalformedInput("the calendar does not reach so far", where=entry.where)


def _period(start: datetime, end: datetime) -> Period:
    zones = dict.fromkeys((_zone(start), _zone(end)))
    return Period(start=start, end=end, zone=" and ".join(zones))


def _zone(moment: datetime) -> str:
    if moment.tzinfo is None:
        return _NOT_STATED
    return str(moment.tzinfo).removeprefix("UTC") or "UTC"


def _one_end(known: Field[Stamp]) -> Finding:
    unknown = STARTED if known is ENDED else ENDED
    return Finding(
        code="run-length-not-stated",
        severity="note",
        place="run",
        message=f"Of the run's times only {known.name} is stated: its period is that moment.",
        suggestion=f"state hours or {unknown.name}",
    )
