"""I say what Zeus measured: the energy of GPU boards, and how much of the time it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from carbonlabel.intake import Log
from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.model.evidence import Evidence, Sensor
from carbonlabel.model.provenance import Finding, Input, Period
from carbonlabel.model.units import kwh_from_joules
from carbonlabel.readers.zeus.monitor import Printed, printed
from carbonlabel.readers.zeus.windows import Laid, Windows, windows

_TRACKER: Final = "Zeus"
_WHOLE_RATIO: Final = 0.99
_MOST_RATIO: Final = 0.9
_SHORT_S: Final = 1.0
_NO_HOST: Final = Missing(
    missing="not-measured", reason="Zeus writes GPU energies only into its CSV"
)
_NO_CPU: Final = Missing(missing="not-measured", reason="Zeus read no CPU counter")
_NO_GPU: Final = Missing(missing="not-measured", reason="Zeus found no GPU")
_ZERO: Final = Missing(
    missing="not-measured",
    reason="all energies are 0: the windows were shorter than the counter's period",
)
_SPLIT: Final = Missing(missing="not-applicable", reason="the log says which component it is")
_BLIND_SPOTS: Final = (
    ("failed and earlier runs", "Zeus begins its file anew each time"),
    ("storage and network", "Zeus does not measure them"),
)
_OUTSIDE: Final = ("idle time of the machine", "Zeus records only windows that were ended")


def of_windows(log: Log, *, format_name: str) -> Evidence:
    """The outermost windows of a log together.

    Raises:
        MalformedInput: as `windows`.
    """
    found = windows(log)
    laid = found.laid()
    basis: Basis = "estimated" if laid.overlaps_count else "measured"
    accelerators = _energy(laid.energy_j, basis) if laid.energy_j else _none(found)
    return _evidence(
        log,
        format_name,
        place=found.place,
        period=Period(start=_unix(laid.begin_s), end=_unix(laid.end_s), zone="UTC"),
        duration_s=laid.duration_s,
        accelerators=accelerators,
        host=_NO_HOST,
        findings=tuple(_about_windows(found, laid)),
    )


def of_monitor(log: Log, *, format_name: str) -> Evidence:
    """The totals that the monitor command printed.

    Raises:
        MalformedInput: as `printed`.
    """
    found = printed(log)
    energy_j = sum(found.gpus_j)
    nothing = _ZERO if found.gpus_j else _NO_GPU
    return _evidence(
        log,
        format_name,
        place=found.place,
        period=_stretch(found),
        duration_s=found.duration_s,
        accelerators=_energy(energy_j, "measured") if energy_j else nothing,
        host=_energy(found.host_j, "measured") if found.host_j else _NO_CPU,
        findings=(
            *_about_gpus(len(found.gpus_j), energy_j),
            *_about_time(found.duration_s),
        ),
    )


def _evidence(  # noqa: PLR0913 - every figure has its name
    log: Log,
    format_name: str,
    *,
    place: str,
    period: Period | Missing,
    duration_s: float,
    accelerators: Estimate | Missing,
    host: Estimate | Missing,
    findings: tuple[Finding, ...],
) -> Evidence:
    rows = {"accelerators": accelerators, "host": host}
    counted = [row for row, energy in rows.items() if isinstance(energy, Estimate)]
    sensors: dict[str, Sensor] = dict.fromkeys(counted, "counter")
    source = Input(file=log.name, sha256=log.sha256, format=format_name, tracker=_TRACKER, runs=1)
    return Evidence(
        run=place,
        place=place,
        tracker=_TRACKER,
        inputs=(source,),
        period=period,
        duration=_duration(duration_s),
        accelerators=accelerators,
        host=host,
        computing=_SPLIT,
        sensors=sensors,
        pue_in_energy="no",
        pue=Missing(missing="not-stated", reason="Zeus knows no PUE"),
        wue=Missing(missing="not-stated", reason="Zeus knows no water"),
        reported_energy=accelerators,
        reported_emissions=Missing(missing="not-stated", reason="the log states no emissions"),
        covers="device",
        complete=True,
        blind_spots=(_OUTSIDE, *_BLIND_SPOTS),
        findings=findings,
    )


def _energy(energy_j: float, basis: Basis) -> Estimate:
    return Estimate(value=kwh_from_joules(energy_j), unit="kWh", basis=basis, source="log")


def _none(found: Windows) -> Missing:
    return _ZERO if found.gpus else _NO_GPU


def _duration(duration_s: float) -> Estimate | Missing:
    if not duration_s:
        return Missing(missing="not-measured", reason="the windows have no length")
    return Estimate(value=duration_s, unit="s", basis="measured", source="log")


def _unix(time_s: float) -> datetime:
    return datetime.fromtimestamp(time_s, UTC)


def _stretch(found: Printed) -> Period | Missing:
    if found.begin is None or found.end is None or found.end < found.begin:
        return Missing(missing="not-stated", reason="the text holds no times")
    # The first reading is printed a second after the begin, in whole seconds.
    end = max(found.end, found.begin + timedelta(seconds=found.duration_s))
    return Period(start=found.begin, end=end.replace(microsecond=0), zone="local, not stated")


def _about_windows(found: Windows, laid: Laid) -> Iterator[Finding]:
    if found.cut:
        yield Finding(
            code="cut-line",
            severity="warning",
            place="run",
            message=f"The file breaks off within line {found.cut}, which was left out.",
            suggestion="check that no window is missing",
        )
    yield from _about_nesting(found, laid)
    yield from _about_gpus(len(found.gpus), laid.energy_j)
    yield from _about_idle_gpus(found, laid)
    yield from _about_coverage(laid)
    yield from _about_time(laid.duration_s)


def _about_nesting(found: Windows, laid: Laid) -> Iterator[Finding]:
    inner_count = found.count - laid.outer_count
    if inner_count:
        yield Finding(
            code="windows-nested",
            severity="note",
            place="accelerators",
            message="Some windows lie inside others, which hold their energy: it was not added "
            "again.",
            found=f"{inner_count} of {found.count} windows",
        )
    if laid.overlaps_count:
        yield Finding(
            code="windows-overlap",
            severity="warning",
            place="accelerators",
            message="Windows begin before others end: of each, the part after the other was "
            "counted, at the mean power of the window.",
            expected=f"{kwh_from_joules(laid.energy_j):.4g} kWh",
            found=f"{kwh_from_joules(laid.sum_j):.4g} kWh as a plain sum",
            suggestion="open one window around the whole training",
        )


def _about_gpus(gpus_count: int, energy_j: float) -> Iterator[Finding]:
    if not gpus_count:
        yield Finding(
            code="no-energy-sensor",
            severity="warning",
            place="accelerators",
            message="Zeus found no GPU that it can read: there is no energy in the file, which is "
            "not zero energy.",
            suggestion="state the energy from rated power and hours instead",
        )
    elif not energy_j:
        yield Finding(
            code="zero-energy",
            severity="warning",
            place="accelerators",
            message="All energies are 0 J: the windows were shorter than the period in which the "
            "GPU's counter is updated.",
            found="0 J",
            suggestion="measure longer windows, or set approx_instant_energy",
        )
    else:
        yield Finding(
            code="device-not-named",
            severity="note",
            place="accelerators",
            message="The log does not say what the GPUs are.",
            found=f"{gpus_count} GPU" if gpus_count == 1 else f"{gpus_count} GPUs",
            suggestion="state them in a hardware.yaml",
        )


def _about_idle_gpus(found: Windows, laid: Laid) -> Iterator[Finding]:
    silent = [name for name in found.gpus if not found.gpus_j[name]]
    if silent and laid.energy_j:
        yield Finding(
            code="component-not-read",
            severity="warning",
            place="accelerators",
            message=f"{silent[0]} is 0 in every window, which no running GPU uses: its energy is "
            "in no figure.",
            found=f"{len(silent)} of {len(found.gpus)} GPUs",
        )


def _about_coverage(laid: Laid) -> Iterator[Finding]:
    span_s = laid.end_s - laid.begin_s
    if laid.duration_s < _WHOLE_RATIO * span_s:
        yield Finding(
            code="windows-gap",
            severity="note" if laid.duration_s >= _MOST_RATIO * span_s else "warning",
            place="accelerators",
            message="Between the first and the last window there is time in which none was open; "
            "its energy is in no figure.",
            found=f"{span_s - laid.duration_s:.4g} s of {span_s:.4g} s",
            suggestion="open one window around the whole training",
        )


def _about_time(duration_s: float) -> Iterator[Finding]:
    if duration_s < _SHORT_S:
        yield Finding(
            code="very-short-run",
            severity="note",
            place="duration",
            message="The run was shorter than a second: too short for the tracker to take samples.",
            found=f"{duration_s:.3g} s",
        )
