"""I say in words what is odd about an Eco2AI run, and what its figure rests on."""

from __future__ import annotations

import math
from typing import Final

from carbonlabel.model.provenance import Finding
from carbonlabel.model.units import grams_from_kilograms, kwh_from_watt_seconds
from carbonlabel.parsing.plausible import above_a_machine
from carbonlabel.readers.eco2ai.runs import Run

_WORLD_GCO2E_PER_KWH: Final = 436.529
_SHORT_S: Final = 1.0


def noticed(run: Run, *, tdp: str | None, gpus_count: int, has_pue: bool) -> tuple[Finding, ...]:
    """Everything worth saying about one run."""
    candidates = (
        _zero(run),
        above_a_machine(run.energy_kwh, run.duration_s, "Eco2AI"),
        _pue(run) if has_pue else None,
        _modelled(run, tdp, gpus_count, has_memory=has_pue),
        _undercounted(run),
        _unfinished(run),
        _copies(run),
        _short(run),
        _undated(run),
        _world_intensity(run),
    )
    return tuple(finding for finding in candidates if finding)


def cut_off(line: int) -> Finding:
    """The finding for a last line that breaks off."""
    return Finding(
        code="cut-line",
        severity="warning",
        place="run",
        message=f"The file breaks off within line {line}, which was left out.",
        suggestion="check that no run is missing",
    )


def _note(code: str, place: str, message: str, **more: str) -> Finding:
    return Finding(code=code, severity="note", place=place, message=message, **more)


def _zero(run: Run) -> Finding | None:
    if run.energy_kwh:
        return None
    return Finding(
        code="zero-energy",
        severity="warning",
        place="computing",
        message="The log gives 0 kWh: Eco2AI read nothing, which is not zero energy.",
        found="0 kWh",
        suggestion="state the energy from rated power and hours instead",
    )


def _pue(run: Run) -> Finding | None:
    if not run.energy_kwh:
        return None
    return Finding(
        code="tracker-pue-unknown",
        severity="warning",
        place="pue",
        message="Eco2AI multiplied the energy by its pue (1 unless the user set it) and did not "
        "store it: cooling and overhead may be inside the figure or missing from it.",
        suggestion="if the tracker was given a pue, the figure holds the overhead; if not, state "
        "the energy in a manual.yaml with the PUE of the site",
    )


def _modelled(run: Run, tdp: str | None, gpus_count: int, *, has_memory: bool) -> Finding | None:
    if not run.energy_kwh:
        return None
    power = f"CPU power is TDP ({tdp} W)" if tdp else "CPU power is TDP"
    memory = "memory 0.375 W per GB of the process" if has_memory else "memory is left out"
    boards = "; GPU power is one reading a period" if gpus_count else ""
    return _note(
        "host-modelled",
        "computing",
        f"No counter was read: {power} × load, {memory}{boards}. Versions of Eco2AI "
        "take different TDPs for one CPU.",
    )


def _undercounted(run: Run) -> Finding | None:
    if not run.is_epochs or not run.energy_kwh or not run.duration_s:
        return None
    return Finding(
        code="load-sampled-between-epochs",
        severity="warning",
        place="computing",
        message="start_training() samples the CPU load only between epochs, while training waits: "
        "the CPU's energy is far too low.",
        found=f"{run.energy_kwh / kwh_from_watt_seconds(1, run.duration_s):.3g} W on average",
        suggestion="use start() and stop(), or state rated power and hours in a manual.yaml",
    )


def _unfinished(run: Run) -> Finding | None:
    if run.is_epochs:
        return None
    return _note(
        "end-not-logged",
        "run",
        "Eco2AI updates the row while it runs: nothing tells a finished run from one that was "
        "killed before its end.",
    )


def _copies(run: Run) -> Finding | None:
    if not run.copies_count:
        return None
    return _note(
        "row-repeated",
        "run",
        "Rows of this run stand in the file more than once; each was counted once.",
        found=f"{run.copies_count} more",
    )


def _short(run: Run) -> Finding | None:
    if run.duration_s >= _SHORT_S:
        return None
    return _note(
        "very-short-run",
        "duration",
        "The run was shorter than a second: too short for the tracker to take samples.",
        found=f"{run.duration_s:.3g} s",
    )


def _undated(run: Run) -> Finding | None:
    if run.begin:
        return None
    return Finding(
        code="timestamp-unreadable",
        severity="warning",
        place="run",
        message="start_time is no date in the form 2026-11-22 00:30:45: when the run took place is "
        "not known.",
        found=run.row.text("start_time"),
    )


def _world_intensity(run: Run) -> Finding | None:
    if not run.energy_kwh or run.emissions_kg is None:
        return None
    implied_gco2e_per_kwh = grams_from_kilograms(run.emissions_kg) / run.energy_kwh
    if not math.isclose(implied_gco2e_per_kwh, _WORLD_GCO2E_PER_KWH, rel_tol=1e-5):
        return None
    return _note(
        "tracker-intensity-is-world-mean",
        "reported",
        "The tracker found no intensity for the place and used a world mean.",
        found=f"{_WORLD_GCO2E_PER_KWH:g} gCO2e/kWh",
    )
