"""I turn a log that is a series, of powers or of counter readings, into evidence of one run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.method.integral import Integral
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence, PueState
from carbonlabel.model.hardware import Device
from carbonlabel.model.provenance import Finding, Input, Period
from carbonlabel.model.units import HOUR_MS, kwh_from_half_microjoules, seconds_from_milliseconds

Row = Literal["accelerators", "host"]
Clock = Literal["UTC", "local, not stated"]
ROWS: Final[tuple[Row, ...]] = ("accelerators", "host")
_WHOLE_RATIO: Final = 0.99
_SPARSE_S: Final = 60
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NOT_IN_ENERGY: Final[PueState] = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What a reader knows of a series beside its samples."""

    tracker: str
    version: str | None = None
    inputs: tuple[Input, ...]
    """The files, the one that was named first."""
    source: str = "log"
    """The key of the input that holds the figures."""
    run: str
    """The tracker's run id, or `place`."""
    place: str
    """Where the figures begin: `power.csv:2`."""
    clock: Clock | None
    """The zone of the times; None where they count from the start of the run."""
    covers: Literal["machine", "device"]
    devices: tuple[Device, ...] = ()
    blind_spots: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...] = ()
    reported_energy: Estimate | None = None
    """The energy that the file itself states, in kWh."""
    ends_ms: tuple[int, int] | None = None
    """First and last time in the file, for one that holds no figures."""
    has_times: bool = True
    """Whether the duration is known."""
    has_steps: bool = True
    """Whether there are readings between begin and end, so that hours differ."""
    fold_hour: int | None = None
    """Number of the first hour after the clock was set back by one; the hours from it on are
    counted one too high."""


def evidence(told: Series, rows: Mapping[Row, tuple[Integral, ...] | Missing]) -> Evidence:
    """One run: all devices together, energy by hour, and what is odd about the samples."""
    known = {row: found for row, found in rows.items() if not isinstance(found, Missing)}
    every = tuple(found for integrals in known.values() for found in integrals)
    energies = {row: _energy(rows[row], told) for row in ROWS}
    return Evidence(
        run=told.run,
        place=told.place,
        tracker=told.tracker,
        version=told.version,
        inputs=told.inputs,
        period=_period(told, every),
        duration=_duration(told, every),
        accelerators=energies["accelerators"],
        host=energies["host"],
        computing=Missing(missing="not-applicable", reason="the log says which component it is"),
        sensors={row: "counter" for row in ROWS if isinstance(energies[row], Estimate)},
        pue_in_energy=_NOT_IN_ENERGY,
        pue=Missing(missing="not-stated", reason=f"{told.tracker} knows no PUE"),
        wue=Missing(missing="not-stated", reason=f"{told.tracker} knows no water"),
        reported_energy=told.reported_energy
        or Missing(missing="not-stated", reason="the log is a series and states no total"),
        reported_emissions=Missing(
            missing="not-stated", reason=f"{told.tracker} knows no emissions"
        ),
        hours=_hours(told, every),
        devices=told.devices,
        covers=told.covers,
        complete=all(map(_is_whole, every)) and bool(every),
        blind_spots=told.blind_spots,
        findings=(*told.findings, *_findings(known)),
    )


def placed(integrate: Callable[[], Integral | None], log: Log) -> Integral | None:
    """The integral; what is wrong with the series as a whole is said of the file."""
    try:
        return integrate()
    except MalformedInput as bad:
        if bad.where is not None:
            raise
        raise MalformedInput(bad.message, where=log.name, hint=bad.hint) from bad


def blind_spots(tracker: str, *, unseen: str, reads: str) -> tuple[tuple[str, str], ...]:
    """What no series holds, with what this tracker does not see."""
    return (
        ("idle time of the machine", "only the time of the log is counted"),
        ("failed and earlier runs", "not in the log"),
        (unseen, f"{tracker} reads {reads} only"),
    )


def read_from(log: Log, form: str, tracker: str, *, runs: int | None = 1) -> Input:
    """The citation of a file of a series."""
    return Input(file=log.name, sha256=log.sha256, format=form, tracker=tracker, runs=runs)


def counted(names: Mapping[str, str | None]) -> tuple[Device, ...]:
    """Accelerators by name, from the name of each; those without one are left out."""
    known = Counter(name for name in names.values() if name)
    return tuple(
        Device(name=name, kind="accelerator", count=count) for name, count in known.items()
    )


def not_named(names: Mapping[str, str | None]) -> tuple[Finding, ...]:
    """A finding that counts the accelerators without a name, where there are any."""
    count = sum(not name for name in names.values())
    if not count:
        return ()
    return (
        Finding(
            code="device-not-named",
            severity="note",
            place="accelerators",
            message="The log does not say what the GPUs are.",
            found=_plural(count, "GPU"),
            suggestion="state them in a hardware.yaml",
        ),
    )


def without_figure(count: int, samples_count: int, place: Row) -> tuple[Finding, ...]:
    """A finding that counts samples that hold no figure, where there are any."""
    if not count:
        return ()
    return (
        Finding(
            code="samples-without-figure",
            severity="warning" if count > samples_count * (1 - _WHOLE_RATIO) else "note",
            place=place,
            message="Some samples hold no power; the time around them is bridged or left out.",
            found=f"{count} of {samples_count}",
        ),
    )


def _energy(found: tuple[Integral, ...] | Missing, told: Series) -> Estimate | Missing:
    if isinstance(found, Missing):
        return found
    # The whole numbers are added, and rounded once.
    energy_kwh = kwh_from_half_microjoules(
        sum(sum(each.devices_half_uj.values()) for each in found)
    )
    if energy_kwh:
        return Estimate(value=energy_kwh, unit="kWh", basis="measured", source=told.source)
    if any(each.covered_ms for each in found):
        return Missing(missing="not-measured", reason="all samples are zero")
    return Missing(missing="not-measured", reason="no two samples are close enough to span a time")


def _ends(told: Series, every: tuple[Integral, ...]) -> tuple[int, int] | None:
    if not every or not told.has_times:
        return told.ends_ms
    return min(each.first_ms for each in every), max(each.last_ms for each in every)


def _moment(time_ms: int, clock: Clock) -> datetime:
    moment = _EPOCH + timedelta(milliseconds=time_ms)
    return moment if clock == "UTC" else moment.replace(tzinfo=None)


def _period(told: Series, every: tuple[Integral, ...]) -> Period | Missing:
    ends = _ends(told, every)
    if ends is None:
        return Missing(missing="not-stated", reason="the log does not say when it was")
    if told.clock is None:
        return Missing(missing="not-stated", reason="the times count from the start of the run")
    start, end = (_moment(_on_the_wall(time_ms, told), told.clock) for time_ms in ends)
    return Period(start=min(start, end), end=end, zone=told.clock)


def _on_the_wall(time_ms: int, told: Series) -> int:
    is_after = told.fold_hour is not None and time_ms // HOUR_MS >= told.fold_hour
    return time_ms - HOUR_MS if is_after else time_ms


def _duration(told: Series, every: tuple[Integral, ...]) -> Estimate | Missing:
    first_ms, last_ms = _ends(told, every) or (0, 0)
    if first_ms == last_ms:
        return Missing(missing="not-stated", reason="the log does not say how long it took")
    duration_s = seconds_from_milliseconds(last_ms - first_ms)
    return Estimate(value=duration_s, unit="s", basis="measured", source=told.source)


def _hours(told: Series, every: tuple[Integral, ...]) -> tuple[tuple[datetime, float], ...]:
    hours: Counter[int] = Counter()
    for found in every:
        if found.hours_half_uj is None or told.clock is None or not told.has_steps:
            return ()
        for hour, energy_half_uj in found.hours_half_uj.items():
            hours[_on_the_wall(hour * HOUR_MS, told)] += energy_half_uj
    return tuple(
        (_moment(begin_ms, told.clock), kwh_from_half_microjoules(hours[begin_ms]))
        for begin_ms in sorted(hours)
        if told.clock is not None
    )


def _is_whole(found: Integral) -> bool:
    """Whether no more is missing than 1 %, or less than a step of each device."""
    devices_count = len(found.devices_half_uj)
    whole_ms = (found.last_ms - found.first_ms) * devices_count
    missing_ms = whole_ms - found.covered_ms
    return found.covered_ms > 0 and (
        found.coverage_ratio >= _WHOLE_RATIO or missing_ms < found.step_ms * devices_count
    )


def _findings(known: Mapping[Row, tuple[Integral, ...]]) -> Iterator[Finding]:
    for row, integrals in known.items():
        for found in integrals:
            yield from _about_coverage(found, row)
            yield from _about_copies(found, row)
            yield from _about_counters(found, row)
        if not sum(each.energy_kwh for each in integrals):
            yield _nothing(row)


def _about_coverage(found: Integral, row: Row) -> Iterator[Finding]:
    if found.gaps_count > found.resets_count or not _is_whole(found):
        gaps = f"{_plural(found.gaps_count, 'gap')}, {_seconds(found.gap_ms)} in all"
        yield Finding(
            code="samples-gap",
            severity="note" if _is_whole(found) else "warning",
            place=row,
            message=_why_not_covered(found),
            expected="100 % of the time of all devices",
            found=f"{100 * found.coverage_ratio:.4g} %; {gaps}",
            suggestion="say what the devices did in that time, or measure again",
        )
    if found.limit_ms and seconds_from_milliseconds(found.step_ms) > _SPARSE_S:
        yield Finding(
            code="samples-sparse",
            severity="warning",
            place=row,
            message="There is less than one sample a minute; power in between is not known.",
            found=f"one every {_seconds(found.step_ms)}",
            suggestion="sample every second, or read an energy counter",
        )


def _why_not_covered(found: Integral) -> str:
    if found.limit_ms and found.gaps_count:
        return (
            f"No energy is counted between samples more than {_seconds(found.limit_ms)} apart, "
            "nor where a device has none."
        )
    return "No energy is counted where a device has no samples."


def _about_copies(found: Integral, row: Row) -> Iterator[Finding]:
    if found.duplicates_count:
        yield Finding(
            code="samples-duplicate",
            severity="note",
            place=row,
            message="Exact copies of samples were dropped.",
            found=f"{found.duplicates_count} of {found.samples_count}",
        )
    if found.ties_count:
        yield Finding(
            code="samples-at-one-time",
            severity="warning",
            place=row,
            message="A device has several figures at the same time.",
            found=f"{found.ties_count} of {found.samples_count}",
            suggestion="check that two loggers or two devices do not write under one name",
        )
    if found.sorted_count:
        yield Finding(
            code="samples-sorted",
            severity="note",
            place=row,
            message="The samples did not stand in order of time and were sorted.",
            found=_plural(found.sorted_count, "device"),
        )


def _about_counters(found: Integral, row: Row) -> Iterator[Finding]:
    if found.resets_count:
        yield Finding(
            code="counter-reset",
            severity="warning",
            place=row,
            message="A counter began anew; what was used from the reading before to the reading "
            "after is not known and not counted.",
            found=f"{_plural(found.resets_count, 'reset')}, {_seconds(found.gap_ms)}",
        )
    if found.wraps_count:
        yield Finding(
            code="counter-wrapped",
            severity="note",
            place=row,
            message="A counter ran over its range and was continued.",
            found=_plural(found.wraps_count, "time"),
        )


def _nothing(row: Row) -> Finding:
    return Finding(
        code="zero-energy",
        severity="warning",
        place=row,
        message="No energy was measured, though there are samples: it is not known.",
    )


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _seconds(duration_ms: int) -> str:
    return f"{seconds_from_milliseconds(duration_ms):.12g} s"
