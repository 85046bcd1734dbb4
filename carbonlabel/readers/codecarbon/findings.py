"""I say in words what is odd about a CodeCarbon run, and what its figures rest on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.hardware import Device
from carbonlabel.model.provenance import Finding, Severity
from carbonlabel.model.units import grams_from_kilograms, kwh_from_watt_seconds
from carbonlabel.parsing.plausible import above_a_machine
from carbonlabel.readers.codecarbon.energies import Site, gpu_count, whole_reason
from carbonlabel.readers.codecarbon.readings import Reading
from carbonlabel.readers.codecarbon.rows import Repair, Row

_WORLD_GCO2E_PER_KWH: Final = 475.0
_TWO: Final = (2, 0, 0)
_THREE: Final = (3, 0, 0)
_POWER_HOLDS_PUE: Final = (3, 3, 1)
_KNOWN_MAJOR: Final = 3
_SHORT_S: Final = 1.0
_LEAST_RATIO: Final = 0.8
_MOST_RATIO: Final = 1.2
"""How much of a run's time its energy may stand for: the first sample and the last are coarse."""
_LOW_RATIOS: Final = (0.01, 0.1, 0.5, 0.8)
_SHOWN_COUNT: Final = 5
_DAMAGED: Final[dict[Repair, Severity]] = {"ambiguous": "warning", "unreadable": "warning"}
_REPAIRS: Final[dict[Repair, str]] = {
    "shifted": "A row lacks the fields that were empty, as CodeCarbon 3.2.9 and 3.3.0 write it; "
    "its values were put under their names by what they look like.",
    "reordered": "A row stands in CodeCarbon's order under a header in another order; it was read "
    "in its own.",
    "foreign": "A row has the columns of another version of CodeCarbon than its header; it was "
    "read by its own.",
    "ambiguous": "A row lacks fields and could be read in several ways; the energy is certain, "
    "what the ways disagree about was left out.",
    "unreadable": "A row is damaged; the energy was kept and everything right of it left out.",
}


def noticed(
    found: Reading, place: Site, devices: Sequence[Device], *, columns: int
) -> tuple[Finding, ...]:
    """Everything worth saying about one run; `columns` is the width of its header."""
    candidates = (
        _repaired(found.row, columns),
        _zero(found),
        _not_split(found, place),
        _cpu_zero(found),
        _gpu_negative(found),
        above_a_machine(found.energy_kwh, found.duration_s, "CodeCarbon"),
        _modelled(found, place),
        _counted_time(found, place),
        _gpus_differ(found, devices),
        _short(found),
        _undated(found),
        _obsolete_intensity(found),
        _world_intensity(found),
        _newer_than_known(found),
    )
    return tuple(finding for finding in candidates if finding)


def backups(names: Sequence[str]) -> Finding:
    """The finding for backups of the file beside it, oldest first."""
    return Finding(
        code="backup-files",
        severity="warning",
        place="run",
        message=f"Backups beside the file may hold older runs and were not read: "
        f"{', '.join(names)}.",
        suggestion="name them too if their runs belong to this model",
    )


def repeated_headers(lines: Sequence[int]) -> Finding:
    """The finding for header lines in the middle of the file."""
    return Finding(
        code="repeated-header",
        severity="note",
        place="run",
        message=f"The header stands again on line {_some(lines)}: files were joined; it was "
        "skipped.",
    )


def torn(lines: Sequence[int]) -> Finding:
    """The finding for lines that hold a piece of a row and no energy."""
    return Finding(
        code="lines-skipped",
        severity="warning",
        place="run",
        message="Lines that hold a piece of a row were left out: several runs wrote to the file "
        "at once. A run's energy stands in its newest row, if that one is whole.",
        found=f"line {_some(lines)}",
        suggestion="give each run an output_file of its own",
    )


def cut_off(line: int) -> Finding:
    """The finding for a last line that breaks off."""
    return Finding(
        code="cut-line",
        severity="warning",
        place="run",
        message=f"The file breaks off within line {line}, which was left out: its writer was "
        "killed.",
        suggestion="check that no run is missing",
    )


def tasks_named() -> Finding:
    """The finding for a task file that was named in place of its `emissions.csv`."""
    return Finding(
        code="task-file",
        severity="note",
        place="computing",
        message="The tasks of the file were added up; it does not say whether a PUE is in their "
        "energy.",
        suggestion="name emissions.csv instead: it holds the PUE and the energy of every part",
    )


def tasks_added(found: Reading, row_s: float) -> Finding:
    """The finding for a duration that is the sum of the tasks beside the file."""
    return Finding(
        code="task-duration",
        severity="note",
        place="duration",
        message="The row holds the duration of the last task only; the tasks of the task file "
        "were added up.",
        expected=f"{found.duration_s:.4g} s",
        found=f"{row_s:.4g} s",
    )


def tasks_differ(energy: Estimate | None, tasks: Reading | None) -> Finding:
    """The finding for tasks that do not explain the energy of their run."""
    return Finding(
        code="task-duration",
        severity="warning",
        place="duration",
        message="The run has tasks that do not add up to its energy, so that its duration is not "
        "known: the row holds that of the last task."
        if tasks
        else "The run has a task file that cannot be read, so that its duration is not known: the "
        "row holds that of the last task.",
        expected=f"{energy.value:.4g} kWh" if energy else None,
        found=f"{tasks.energy_kwh:.4g} kWh" if tasks else None,
    )


def broken_off(found: Evidence) -> Finding:
    """The finding for a run whose last row is cut, so that an older one stands for it."""
    return Finding(
        code="run-cut",
        severity="warning",
        place="run",
        message="The newest row of this run is cut; an older one stands for it, so that the end "
        "of the run is missing.",
        found=found.place,
    )


def _some(lines: Sequence[int]) -> str:
    shown = ", ".join(map(str, lines[:_SHOWN_COUNT]))
    more_count = len(lines) - _SHOWN_COUNT
    return f"{shown} and {more_count} more" if more_count > 0 else shown


def _note(code: str, place: str, message: str, **more: str) -> Finding:
    return Finding(code=code, severity="note", place=place, message=message, **more)


def _repaired(row: Row, columns: int) -> Finding | None:
    if row.repair is None:
        return None
    # Without the line, so that a thousand rows of one writer make one finding.
    return Finding(
        code="row-realigned",
        severity=_DAMAGED.get(row.repair, "note"),
        place="run",
        message=_REPAIRS[row.repair],
        expected=f"{columns} fields" if columns != row.width else None,
        found=f"{row.width} fields",
    )


def _zero(found: Reading) -> Finding | None:
    if found.energy_kwh:
        return None
    return Finding(
        code="zero-energy",
        severity="warning",
        place="host" if found.parts_kwh else "computing",
        message="The log gives 0 kWh: CodeCarbon found nothing to measure, which is not zero "
        "energy.",
        found="0 kWh",
        suggestion="state the energy from rated power and hours instead",
    )


def _not_split(found: Reading, place: Site) -> Finding | None:
    why = whole_reason(found, place)
    if not found.energy_kwh or not why or found.added_from:
        return None
    if found.parts_kwh is None and "cpu_energy" not in found.row.fields:
        return _note(
            "energy-not-split",
            "computing",
            "CodeCarbon before 2.0 adds CPU and GPU up and leaves memory out.",
        )
    parts_kwh = None if place.in_energy == "unknown" else found.parts_kwh
    return Finding(
        code="energy-not-split",
        severity="warning",
        place="computing",
        message=f"The energy of the run was taken whole: {why}.",
        expected=f"{found.energy_kwh:.4g} kWh" if parts_kwh else None,
        found=f"{sum(parts_kwh):.4g} kWh" if parts_kwh else None,
    )


def _cpu_zero(found: Reading) -> Finding | None:
    parts_kwh = found.parts_kwh
    if not found.energy_kwh or parts_kwh is None or parts_kwh[0]:
        return None
    return Finding(
        code="zero-energy",
        severity="warning",
        place="host",
        message="cpu_energy is 0: the CPU was not tracked, and its energy is in no figure.",
        found="0 kWh",
    )


def _gpu_negative(found: Reading) -> Finding | None:
    if not found.gpu_lost_kwh:
        return None
    # Without the figure, so that many runs make one finding.
    return Finding(
        code="gpu-energy-negative",
        severity="warning",
        place="accelerators",
        message="gpu_energy is negative: the counter of a board started anew during the run, as "
        "when a laptop's GPU sleeps. What the GPUs used is not known and not in the total.",
        suggestion="keep the GPU awake and measure again, or state rated power and hours",
    )


def _counted_time(found: Reading, place: Site) -> Finding | None:
    # Memory of a whole machine has one power throughout: its energy tells what time was counted.
    row = found.row
    ram_w = row.number("ram_power")
    is_steady = row.text("tracking_mode") == "machine" and place.in_energy != "unknown"
    if not is_steady or not ram_w or not found.ram_kwh or found.duration_s < _SHORT_S:
        return None
    holds_pue = (row.version() or _TWO) >= _POWER_HOLDS_PUE
    pue_ratio = 1 if holds_pue else place.pue_ratio
    whole_kwh = kwh_from_watt_seconds(ram_w * pue_ratio, found.duration_s)
    ratio = found.ram_kwh / whole_kwh
    if _LEAST_RATIO <= ratio <= _MOST_RATIO:
        return None
    # Rounded to few steps, so that a thousand runs make a few findings.
    low_ratio = next((each for each in _LOW_RATIOS if ratio < each), None)
    return Finding(
        code="counted-time-differs",
        severity="warning",
        place="host",
        message="CodeCarbon counted less than the time that the run took: the energy is too low."
        if low_ratio
        else "CodeCarbon counted more than the time in the row: the energy is too high, or the "
        "time is that of a last task only.",
        expected="memory's energy = its power × duration, ± 20 %",
        found=f"less than {100 * low_ratio:.0f} %" if low_ratio else "more than 120 %",
        suggestion="measure again; long gaps between samples and runs of a few seconds do this",
    )


def _modelled(found: Reading, place: Site) -> Finding | None:
    if not found.energy_kwh or found.parts_kwh is None:
        return None
    row = found.row
    version = row.version() or _TWO
    message = _three(row, version, place) if version >= _THREE else _two(row)
    return _note("host-modelled", "computing" if whole_reason(found, place) else "host", message)


def _three(row: Row, version: tuple[int, ...], place: Site) -> str:
    if (row.text("cpu_model") or "").startswith("Apple"):
        cpu = "CPU power comes from powermetrics, Apple's own estimate,"
    else:
        cpu = "No RAPL counter is on record: CPU power is taken as load x TDP"
    ram_w = row.number("ram_power")
    divisor = place.pue_ratio if version >= _POWER_HOLDS_PUE else 1
    return f"{cpu} and memory power as a constant{_watts(ram_w and ram_w / divisor)}."


def _two(row: Row) -> str:
    ram = f"memory power is 3 W per 8 GB{_watts(row.number('ram_power'))}"
    cpu_w = row.number("cpu_power")
    # A counter never reads whole or half watts to the last digit; half of a TDP does.
    if cpu_w and (2 * cpu_w).is_integer():
        return f"No RAPL counter: CPU power is a constant, half the TDP{_watts(cpu_w)}, and {ram}."
    return f"The log does not say whether a RAPL counter or a model gave the CPU power; {ram}."


def _watts(power_w: float | None) -> str:
    return f" ({power_w:.1f} W)" if power_w else ""


def _gpus_differ(found: Reading, devices: Iterable[Device]) -> Finding | None:
    named = sum(device.count for device in devices if device.kind == "accelerator")
    counted = gpu_count(found.row)
    if not named or not counted or named == counted:
        return None
    return Finding(
        code="gpu-count-differs",
        severity="warning",
        place="accelerators",
        message="gpu_count and gpu_model name different numbers of GPUs; gpu_model was taken.",
        expected=f"{counted:.0f} GPUs",
        found=f"{named} GPUs",
    )


def _short(found: Reading) -> Finding | None:
    if found.duration_s >= _SHORT_S:
        return None
    return _note(
        "very-short-run",
        "duration",
        "The run was shorter than a second: too short for the tracker to take samples.",
        found=f"{found.duration_s:.3g} s",
    )


def _undated(found: Reading) -> Finding | None:
    if found.end:
        return None
    return Finding(
        code="timestamp-unreadable",
        severity="warning",
        place="run",
        message="The timestamp is no date in the form 2026-11-22T00:36:41: when the run took "
        "place is not known.",
        found=found.row.text("timestamp"),
    )


def _obsolete_intensity(found: Reading) -> Finding | None:
    if not found.energy_kwh or {"cpu_energy", "run_id"} & found.row.fields.keys():
        return None
    return _note(
        "tracker-intensity-obsolete",
        "reported",
        "CodeCarbon 1.x took the carbon intensity of all primary energy in 2016, not that of "
        "electricity.",
    )


def _world_intensity(found: Reading) -> Finding | None:
    if not found.energy_kwh or found.emissions_kg is None:
        return None
    implied_gco2e_per_kwh = grams_from_kilograms(found.emissions_kg) / found.energy_kwh
    if not math.isclose(implied_gco2e_per_kwh, _WORLD_GCO2E_PER_KWH, rel_tol=1e-7):
        return None
    return _note(
        "tracker-intensity-is-world-mean",
        "reported",
        "The tracker found no intensity for the place and used a world mean.",
        found=f"{_WORLD_GCO2E_PER_KWH:.0f} gCO2e/kWh",
    )


def _newer_than_known(found: Reading) -> Finding | None:
    version = found.row.version()
    if version is None or version[0] <= _KNOWN_MAJOR:
        return None
    return Finding(
        code="tracker-version-unknown",
        severity="warning",
        place="run",
        message="The file is of a version of CodeCarbon that did not exist when this reader was "
        "made; its columns may mean something else.",
        expected="CodeCarbon 1.0 to 3.3",
        found=found.row.text("codecarbon_version"),
    )
