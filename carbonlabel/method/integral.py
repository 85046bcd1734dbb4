"""I am the energy of samples: power over time by trapezoids, counters by differences.

All sums are whole numbers: time in ms, power in mW, so that (p0 + p1) × (t1 − t0) is energy in
halves of a µJ, and no order of adding and no way of splitting files changes the result. Power
between two samples is taken as a straight line; what a counter gained, as even.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.model.units import HOUR_MS, kwh_from_half_microjoules, seconds_from_milliseconds

Sample = tuple[str, int, int]
"""Device; time in ms; power in mW, or what a counter shows in µJ."""
Source = Callable[[], Iterable[Sample]]
"""Gives the samples, and gives them again where a device's stand out of order."""

FLOOR_MS: Final = 10_000
"""A step of at most 10 s is never a gap."""
STEPS_COUNT: Final = 5
"""A longer one is, from this many median steps on, and always above an hour."""
DEVICES_LIMIT: Final = 4096
SORTED_LIMIT: Final = 4_000_000
_TIES_LIMIT: Final = 4096
_WORD: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Integral:
    """Energy of some devices, to half a µJ, and how much of the time it stands for."""

    devices_half_uj: Mapping[str, int]
    """Energy by device, in the order in which they appear; they sum to the total exactly."""
    hours_half_uj: Mapping[int, int] | None
    """Energy by hour number (time in ms ÷ hour in ms); they sum to the total exactly. None where
    a counter was read less than hourly."""
    first_ms: int
    """Time of the first sample of all."""
    last_ms: int
    """Time of the last sample of all."""
    covered_ms: int
    """Σ over the devices of the time that the energy stands for."""
    step_ms: int
    """Median time between two samples of a device; 0 where no device has two."""
    limit_ms: int | None
    """Power is not bridged over more than this; None for counters, which tell it all."""
    gaps_count: int
    """Steps over the limit, and steps over which a counter began anew."""
    gap_ms: int
    """Their sum."""
    samples_count: int
    """All samples, also those dropped."""
    duplicates_count: int
    """Exact copies, dropped."""
    ties_count: int
    """Samples of a device at a time that another figure of it has too."""
    resets_count: int
    """How often a counter began anew."""
    wraps_count: int
    """How often a counter of known range ran over."""
    sorted_count: int
    """Devices whose samples had to be sorted."""

    @property
    def energy_kwh(self) -> float:
        """Energy of all devices."""
        return kwh_from_half_microjoules(sum(self.devices_half_uj.values()))

    @property
    def duration_s(self) -> float:
        """Time from the first sample to the last."""
        return seconds_from_milliseconds(self.last_ms - self.first_ms)

    @property
    def coverage_ratio(self) -> float:
        """The part of all devices' time from first to last sample that the energy stands for."""
        whole_ms = (self.last_ms - self.first_ms) * len(self.devices_half_uj)
        return self.covered_ms / whole_ms if whole_ms else 0.0


def trapezoid(source: Source) -> Integral | None:
    """Energy of sampled power; None where there are no samples.

    Gaps, steps over `limit_ms` = 5 × the median step but at least 10 s and at most 1 h, are left
    out and counted. Figures that a device has at the same time are taken from lowest to highest.

    >>> round(trapezoid(lambda: [("gpu", 0, 300_000), ("gpu", 10_000, 300_000)]).energy_kwh, 9)
    0.000833333

    Raises:
        MalformedInput: more than 4 096 devices, or 4 000 000 samples of devices out of order.
    """
    return _result(_tracks(source, lambda _: _Power()), _limit)


def difference(source: Source, ranges_uj: Mapping[str, int] | None = None) -> Integral | None:
    """Energy that counters gained; None where there are no samples.

    A counter that falls ran over where its range is known (once: reading it less often than it
    runs over loses energy unseen). Else it began anew: that step is left out and counted. Of
    several figures at the same time, the highest is taken.

    >>> difference(lambda: [("gpu", 0, 5), ("gpu", 1, 8), ("gpu", 2, 1)]).devices_half_uj
    {'gpu': 6}

    Raises:
        MalformedInput: as `trapezoid`.
    """
    known = ranges_uj or {}
    return _result(_tracks(source, lambda device: _Meter(range_uj=known.get(device))), None)


@dataclass(slots=True)
class _Track:
    """One device, as far as it was read; samples come in order of time."""

    hours_half_uj: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    steps: Counter[int] = field(default_factory=Counter)
    first_ms: int | None = None
    last_ms: int = 0
    low: int = 0
    high: int = 0
    """Lowest and highest figure at the last time."""
    before: tuple[int, int] | None = None
    """Time before the last, and the highest figure then."""
    seen: set[int] = field(default_factory=set)
    unplaced_half_uj: int = 0
    covered_ms: int = 0
    gaps_count: int = 0
    gap_ms: int = 0
    samples_count: int = 0
    duplicates_count: int = 0
    ties_count: int = 0
    resets_count: int = 0
    wraps_count: int = 0
    is_sorted: bool = False

    def take(self, time_ms: int, figure: int) -> bool:
        """Add a sample; False where it is earlier than the one before."""
        if self.first_ms is None:
            self.first_ms = time_ms
        elif time_ms > self.last_ms:
            self.close()
            self.before = self.last_ms, self.high
        else:
            return time_ms == self.last_ms and self._tie(figure)
        self.last_ms, self.low, self.high = time_ms, figure, figure
        self.samples_count += 1
        if self.seen:
            self.seen = set()
        return True

    def close(self) -> None:
        """End the last moment: its step is complete once no more figures of it come."""
        if self.before is not None:
            step_ms = self.last_ms - self.before[0]
            self.steps[step_ms] += 1
            self.step(*self.before, step_ms)

    def step(self, begin_ms: int, figure: int, step_ms: int) -> None:
        """Add the step to the last moment."""
        raise NotImplementedError

    def settle(self, limit_ms: int | None) -> None:
        """Decide on the steps that were held back."""

    def skip(self, step_ms: int) -> None:
        """Leave a step out."""
        self.gaps_count += 1
        self.gap_ms += step_ms

    def _tie(self, figure: int) -> bool:
        self.samples_count += 1
        if not self.seen:
            self.seen = {self.low}
        if figure in self.seen:
            self.duplicates_count += 1
            return True
        if len(self.seen) < _TIES_LIMIT:
            self.seen.add(figure)
        self.ties_count += 1
        self.low, self.high = min(self.low, figure), max(self.high, figure)
        return True


@dataclass(slots=True)
class _Power(_Track):
    """One device whose power is sampled."""

    held: array[int] = field(default_factory=lambda: array("q"))
    """Steps over 10 s, four numbers each: at most 360 an hour."""

    def step(self, begin_ms: int, figure: int, step_ms: int) -> None:
        """Add a short step; hold a longer one back until the median is known."""
        if step_ms > FLOOR_MS:
            self.held.extend((begin_ms, figure, self.last_ms, self.low))
        else:
            self._bridge(begin_ms, figure, self.last_ms, self.low)

    def settle(self, limit_ms: int | None) -> None:
        """Add the steps that are no gaps."""
        numbers = iter(self.held)
        for begin_ms, begin_mw, end_ms, end_mw in zip(*[numbers] * 4, strict=True):
            if limit_ms is not None and end_ms - begin_ms > limit_ms:
                self.skip(end_ms - begin_ms)
            else:
                self._bridge(begin_ms, begin_mw, end_ms, end_mw)

    def _bridge(self, begin_ms: int, begin_mw: int, end_ms: int, end_mw: int) -> None:
        step_ms = end_ms - begin_ms
        self.covered_ms += step_ms
        hour = begin_ms // HOUR_MS
        early_ms = (hour + 1) * HOUR_MS - begin_ms
        whole_half_uj = (begin_mw + end_mw) * step_ms
        if early_ms < step_ms:
            # The line from begin to end, cut at the hour: 2 p0 x + (p1 − p0) x² ÷ Δt.
            rise = _nearest((end_mw - begin_mw) * early_ms**2, step_ms)
            early_half_uj = 2 * begin_mw * early_ms + rise
            self.hours_half_uj[hour] += early_half_uj
            self.hours_half_uj[hour + 1] += whole_half_uj - early_half_uj
        else:
            self.hours_half_uj[hour] += whole_half_uj


@dataclass(slots=True)
class _Meter(_Track):
    """One device that counts its energy itself."""

    range_uj: int | None = None

    def step(self, begin_ms: int, figure: int, step_ms: int) -> None:
        """Add what the counter gained."""
        gained_uj = self.high - figure
        if gained_uj < 0 and (self.range_uj is None or figure > self.range_uj):
            self.resets_count += 1
            self.skip(step_ms)
            return
        if gained_uj < 0:
            self.wraps_count += 1
            gained_uj += self.range_uj or 0
        self.covered_ms += step_ms
        self._place(2 * gained_uj, begin_ms, step_ms)

    def _place(self, gained_half_uj: int, begin_ms: int, step_ms: int) -> None:
        hour = begin_ms // HOUR_MS
        early_ms = (hour + 1) * HOUR_MS - begin_ms
        if step_ms > HOUR_MS:
            self.unplaced_half_uj += gained_half_uj
        elif early_ms < step_ms:
            early_half_uj = _nearest(gained_half_uj * early_ms, step_ms)
            self.hours_half_uj[hour] += early_half_uj
            self.hours_half_uj[hour + 1] += gained_half_uj - early_half_uj
        else:
            self.hours_half_uj[hour] += gained_half_uj


def _nearest(dividend: int, divisor: int) -> int:
    return (2 * dividend + divisor) // (2 * divisor)


def _tracks(source: Source, begin: Callable[[str], _Track]) -> dict[str, _Track]:
    tracks: dict[str, _Track] = {}
    disordered: set[str] = set()
    for device, time_ms, figure in source():
        track = tracks.get(device)
        if track is None:
            if len(tracks) == DEVICES_LIMIT:
                raise MalformedInput(f"names more than {DEVICES_LIMIT} devices")
            track = tracks[device] = begin(device)
        if device not in disordered and not track.take(time_ms, figure):
            disordered.add(device)
    if disordered:
        for device, samples in _sorted(source, disordered).items():
            tracks[device] = begin(device)
            tracks[device].is_sorted = True
            for time_ms, figure in samples:
                tracks[device].take(time_ms, figure)
    for track in tracks.values():
        track.close()
    return tracks


def _sorted(source: Source, devices: set[str]) -> Mapping[str, Iterator[tuple[int, int]]]:
    # Time and figure in one number: a fifth of the memory of pairs, and it sorts the same.
    packed: defaultdict[str, list[int]] = defaultdict(list)
    count = 0
    for device, time_ms, figure in source():
        if device in devices:
            packed[device].append(time_ms << _WORD | figure)
            count += 1
            if count > SORTED_LIMIT:
                raise MalformedInput(
                    f"more than {SORTED_LIMIT} samples stand out of order", hint="sort them by time"
                )
    return {device: _unpacked(numbers) for device, numbers in packed.items()}


def _unpacked(numbers: list[int]) -> Iterator[tuple[int, int]]:
    numbers.sort()
    figure_bits = (1 << _WORD) - 1
    return ((number >> _WORD, number & figure_bits) for number in numbers)


def _limit(step_ms: int) -> int:
    return min(max(STEPS_COUNT * step_ms, FLOOR_MS), HOUR_MS)


def _result(tracks: Mapping[str, _Track], limit: Callable[[int], int] | None) -> Integral | None:
    if not tracks:
        return None
    steps = sum((track.steps for track in tracks.values()), Counter[int]())
    step_ms = _median(steps)
    limit_ms = limit(step_ms) if limit else None
    for track in tracks.values():
        track.settle(limit_ms)
    return Integral(
        devices_half_uj={device: _energy(track) for device, track in tracks.items()},
        hours_half_uj=_hours(tracks.values()),
        first_ms=min(track.first_ms or 0 for track in tracks.values()),
        last_ms=max(track.last_ms for track in tracks.values()),
        step_ms=step_ms,
        limit_ms=limit_ms,
        sorted_count=sum(track.is_sorted for track in tracks.values()),
        **{name: sum(getattr(track, name) for track in tracks.values()) for name in _SUMS},
    )


_SUMS: Final = (
    "covered_ms",
    "gaps_count",
    "gap_ms",
    "samples_count",
    "duplicates_count",
    "ties_count",
    "resets_count",
    "wraps_count",
)


def _median(steps: Counter[int]) -> int:
    """The lower median of the steps; 0 where there are none."""
    half = (steps.total() + 1) // 2
    for step_ms in sorted(steps):
        half -= steps[step_ms]
        if half <= 0:
            return step_ms
    return 0


def _energy(track: _Track) -> int:
    return sum(track.hours_half_uj.values()) + track.unplaced_half_uj


def _hours(tracks: Iterable[_Track]) -> Mapping[int, int] | None:
    hours: Counter[int] = Counter()
    for track in tracks:
        if track.unplaced_half_uj:
            return None
        hours.update(track.hours_half_uj)
    return dict(sorted(hours.items()))
