"""I turn the jobs of a sacct table into evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.hardware import Device
from carbonlabel.model.provenance import Input, Period
from carbonlabel.parsing import table
from carbonlabel.parsing.table import Row
from carbonlabel.readers.sacct import findings
from carbonlabel.readers.sacct.jobs import Counted, Job, jobs
from carbonlabel.readers.sacct.nodes import Stay, shared
from carbonlabel.readers.sacct.values import count, elapsed_s, has_begun, moment, resources

_FORMAT: Final = "sacct"
_TRACKER: Final = "Slurm"
_GPU: Final = "gres/gpu"
_APART: Final = Missing(
    missing="not-applicable", reason="Slurm's energy plugin gives one figure for a node"
)
_BLIND_SPOTS: Final = (
    ("idle time of the machine", "Slurm records only the time of jobs"),
    ("failed and earlier runs", "only the jobs of this file were read"),
    ("storage and network", "Slurm's energy plugins read nodes only"),
)
_COMMAND: Final = (
    "sacct -P -j JOBS --format=JobID,JobName,State,Start,End,ElapsedRaw,NNodes,NodeList,"
    "AllocTRES,ConsumedEnergyRaw"
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One job that ran, with what was read out of its row."""

    run: str
    """`123`; of a requeued job, all attempts but the newest carry their begin."""
    job: Job
    counted: Counted | None
    duration_s: float | None
    period: Period | None


def evidence(log: Log) -> Sequence[Evidence]:
    """One piece of evidence for each job that ran.

    Raises:
        MalformedInput: it is no table with `|`, a figure in it is wrong, or no job ran.
    """
    rows = list(_rows(log))
    whole = [row for row in rows if not row.is_cut]
    found = list(_attempts(jobs(whole)))
    if not found:
        raise MalformedInput(
            "no job in it has run", where=log.name, hint=f"print those that have: {_COMMAND}"
        )
    source = Input(
        file=log.name, sha256=log.sha256, format=_FORMAT, tracker=_TRACKER, runs=len(found)
    )
    together = shared(_stays(found))
    known = [_evidence(each, source, is_shared=each.job.key in together) for each in found]
    if len(whole) < len(rows):
        known[0] = findings.with_first(known[0], findings.cut(rows[-1].line))
    return known


def _rows(log: Log) -> Iterator[Row]:
    first = next((text for _, text in log.lines() if text.strip()), "")
    if "|" not in first:
        raise MalformedInput(
            "is no table of sacct with | between its fields",
            where=log.name,
            hint=f"print it with {_COMMAND}",
        )
    names = {name.strip() for name in first.split("|")}
    key = "JobID" if "JobID" in names else "JobIDRaw"
    # sacct quotes nothing: a | in a job's name is a part of the name.
    free = "JobName" if "JobName" in names else key
    return table.rows(log, needs=(key,), separator="|", free=free)


def _attempts(found: Sequence[Job]) -> Iterator[Attempt]:
    newest = {job.id: job for job in found}
    for job in found:
        if not has_begun(job.row):
            continue
        duration_s = _duration_s(job)
        run = job.id if newest[job.id] is job else job.key
        yield Attempt(run, job, job.counted(), duration_s, _period(job.row, duration_s))


def _duration_s(job: Job) -> float | None:
    told_s = elapsed_s(job.row)
    begin, end = moment(job.row, "Start"), moment(job.row, "End")
    if told_s is not None or begin is None or end is None:
        return told_s
    span_s = (end.replace(tzinfo=None) - begin.replace(tzinfo=None)).total_seconds()
    return span_s if span_s >= 0 else None


def _period(row: Row, duration_s: float | None) -> Period | None:
    begin, end = moment(row, "Start"), moment(row, "End")
    try:
        if begin and end is None and duration_s is not None:
            end = begin + timedelta(seconds=duration_s)
        if end and begin is None and duration_s is not None:
            begin = end - timedelta(seconds=duration_s)
    except OverflowError:
        return None
    if begin is None or end is None:
        return None
    return Period(start=begin, end=end, zone=_zone(begin))


def _zone(begin: datetime) -> str:
    offset = begin.replace(microsecond=0).isoformat().partition("T")[2][8:]
    return "UTC" if offset == "+00:00" else offset or "local, not stated"


def _stays(found: Sequence[Attempt]) -> Mapping[str, tuple[str, Stay]]:
    return {
        each.job.key: (
            each.job.row.fields.get("NodeList", ""),
            (each.period.start.replace(tzinfo=None), each.period.end.replace(tzinfo=None)),
        )
        for each in found
        if each.period and each.job.row.text("NodeList")
    }


def _evidence(found: Attempt, source: Input, *, is_shared: bool) -> Evidence:
    row = found.job.row
    nodes = nodes_of(row)
    energy = _energy(found.counted)
    return Evidence(
        run=found.run,
        name=row.text("JobName"),
        place=found.counted.row.place if found.counted else row.place,
        tracker=_TRACKER,
        inputs=(source,),
        period=found.period
        or Missing(missing="not-stated", reason="Start and End in the table are no times"),
        duration=_duration(found.duration_s),
        accelerators=_APART,
        host=_APART,
        computing=energy,
        sensors={"computing": "counter"} if found.counted else {},
        pue_in_energy="no",
        pue=Missing(missing="not-stated", reason="Slurm knows no PUE of its site"),
        wue=Missing(missing="not-stated", reason="Slurm knows no water"),
        reported_energy=energy,
        reported_emissions=Missing(missing="not-stated", reason="Slurm reports no emissions"),
        devices=tuple(_devices(row, nodes)),
        # Two jobs overlap in energy only where they share a node; others run side by side.
        covers="machine" if is_shared else "process",
        complete=findings.has_ended(row),
        blind_spots=_BLIND_SPOTS,
        findings=findings.noticed(
            found.job, found.counted, found.duration_s, nodes, is_shared=is_shared
        ),
    )


def _energy(counted: Counted | None) -> Estimate | Missing:
    if counted is None:
        return Missing(
            missing="not-measured",
            reason="sacct shows no energy or 0: no energy plugin is configured",
        )
    return Estimate(value=counted.energy.energy_kwh, unit="kWh", basis="measured", source="log")


def _duration(duration_s: float | None) -> Estimate | Missing:
    if duration_s is None:
        return Missing(missing="not-stated", reason="the table has no Elapsed, Start and End")
    return Estimate(value=duration_s, unit="s", basis="measured", source="log")


def nodes_of(row: Row) -> int | None:
    """How many nodes the job had; None where the row does not say."""
    told = (row.text("NNodes"), row.text("AllocNodes"), resources(row, "AllocTRES").get("node"))
    return next((found for text in told if (found := count(text))), None)


def _devices(row: Row, nodes: int | None) -> Iterator[Device]:
    told = resources(row, "AllocTRES")
    typed = {
        name.removeprefix(f"{_GPU}:"): text for name, text in told.items() if f"{_GPU}:" in name
    }
    for name, text in (typed or {"GPU": told.get(_GPU, "")}).items():
        clean, gpus = table.words(name), count(text)
        if clean and gpus:
            yield Device(name=clean, kind="accelerator", count=gpus)
    cpus = count(told.get("cpu") or row.text("AllocCPUS") or row.text("NCPUS"))
    if cpus and nodes:
        yield Device(name=f"node, {-(-cpus // nodes)} CPUs allocated", kind="host", count=nodes)
