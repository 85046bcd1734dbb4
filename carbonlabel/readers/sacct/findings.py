"""I say in words what is odd about a Slurm job, and what its energy is."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Finding
from carbonlabel.model.units import kwh_from_watt_seconds
from carbonlabel.parsing.table import Row
from carbonlabel.readers.sacct.jobs import Counted, Job

_RUNNING: Final = frozenset({"RUNNING", "SUSPENDED", "PENDING", "COMPLETING", "RESIZING"})
_DONE: Final = _RUNNING | {"COMPLETED"}
_MOST_W: Final = 20_000.0
"""No node draws more: eight of the largest accelerators with their host take some 15 kW."""


def noticed(
    job: Job,
    counted: Counted | None,
    duration_s: float | None,
    nodes_count: int | None,
    *,
    is_shared: bool,
) -> tuple[Finding, ...]:
    """Everything worth saying about one job."""
    candidates = (
        _failed(job.row),
        _running(job.row),
        _no_energy(job) if counted is None else _plugin(job.row),
        _of_steps(counted),
        _rounded(counted),
        _implausible(counted, duration_s, nodes_count),
        _shared() if is_shared and counted else None,
        _orphan(job),
    )
    return tuple(finding for finding in candidates if finding)


def has_ended(row: Row) -> bool:
    """Whether the job is over, however it ended."""
    return _state(row) not in _RUNNING


def cut(line: int) -> Finding:
    """The finding for a last line that breaks off."""
    return Finding(
        code="cut-line",
        severity="warning",
        place="run",
        message=f"The file breaks off within line {line}, which was left out.",
        suggestion="print the table again",
    )


def with_first(run: Evidence, finding: Finding) -> Evidence:
    """The run with one more finding before its own."""
    return replace(run, findings=(finding, *run.findings))


def _state(row: Row) -> str:
    # "CANCELLED by 1000" names a user: the first word is enough. So is it of "RUNNING+".
    words = (row.text("State") or "").split()
    return words[0].rstrip("+").upper()[:24] if words else ""


def _failed(row: Row) -> Finding | None:
    state = _state(row)
    if not state or state in _DONE or not state.replace("_", "").isalpha():
        return None
    return Finding(
        code="job-failed",
        severity="note",
        place="run",
        message="The job did not complete; its energy was used all the same, and counts.",
        found=state,
    )


def _running(row: Row) -> Finding | None:
    if has_ended(row):
        return None
    return Finding(
        code="job-running",
        severity="warning",
        place="run",
        message="The job had not ended when the table was printed.",
        found=_state(row),
        suggestion="print the table again when it has",
    )


def _no_energy(job: Job) -> Finding:
    columns = {"ConsumedEnergyRaw", "ConsumedEnergy", "TRESUsageInTot"}
    if columns & job.row.fields.keys():
        message = "sacct gives 0 J or nothing: no energy plugin is configured; this is not zero."
    else:
        message = "The table has no column of energy."
    return Finding(
        code="zero-energy",
        severity="warning",
        place="computing",
        message=message,
        suggestion="print ConsumedEnergyRaw too; where it is 0, state rated power and hours in a "
        "manual.yaml",
    )


def _plugin(row: Row) -> Finding:
    gpus = "gres/gpu" in row.fields.get("AllocTRES", "")
    return Finding(
        code="energy-plugin-unknown",
        severity="warning" if gpus else "note",
        place="computing",
        message="sacct does not say which plugin read the energy: RAPL sees CPU and memory only, "
        "IPMI, XCC and pm_counters see the whole node, with the energy of every job on it.",
        suggestion="ask for AcctGatherEnergyType; where it is rapl, the GPUs are missing",
    )


def _of_steps(counted: Counted | None) -> Finding | None:
    if counted is None or not counted.steps_count:
        return None
    return Finding(
        code="energy-of-steps",
        severity="note",
        place="computing",
        message="The row of the job holds no energy; that of its steps was taken, which leaves "
        "out what ran between them.",
        found=f"{counted.steps_count} steps",
    )


def _rounded(counted: Counted | None) -> Finding | None:
    if counted is None or not counted.energy.is_rounded:
        return None
    return Finding(
        code="energy-rounded",
        severity="note",
        place="computing",
        message="ConsumedEnergy is printed with a few digits only.",
        suggestion="print ConsumedEnergyRaw",
    )


def _implausible(
    counted: Counted | None, duration_s: float | None, nodes_count: int | None
) -> Finding | None:
    if counted is None or not duration_s or not nodes_count:
        return None
    most_kwh = kwh_from_watt_seconds(_MOST_W * nodes_count, duration_s)
    if counted.energy.energy_kwh <= most_kwh:
        return None
    return Finding(
        code="energy-implausible",
        severity="error",
        place="computing",
        message=f"No node draws more than {_MOST_W:.0f} W, and the energy of the job stands for "
        "more: sacct is known to give wrong energies at times.",
        expected=f"at most {most_kwh:.4g} kWh",
        found=f"{counted.energy.energy_kwh:.4g} kWh",
        suggestion="compare with another meter, or state rated power and hours",
    )


def _shared() -> Finding:
    return Finding(
        code="node-shared",
        severity="warning",
        place="computing",
        message="Another job of the file ran on a node of this one at the same time; the energy "
        "of the node is in both.",
        suggestion="state in a manual.yaml what part of the node the job had",
    )


def _orphan(job: Job) -> Finding | None:
    if job.is_whole:
        return None
    return Finding(
        code="job-row-missing",
        severity="warning",
        place="run",
        message="The file has steps of this job but not the row of the job itself: its time is "
        "that of its first step.",
        suggestion="print the whole job: sacct -P -j, without a step's number",
    )
