"""I add up CodeCarbon's task files and tell a run how long its tasks took."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from carbonlabel.errors import InputError, MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Input, Period
from carbonlabel.readers.codecarbon.columns import BLANK, Header, header, rows
from carbonlabel.readers.codecarbon.findings import tasks_added, tasks_differ
from carbonlabel.readers.codecarbon.readings import Reading, reading
from carbonlabel.readers.codecarbon.rows import Row

_SAME_RATIO: Final = 0.01
"""Tasks explain a run when their energies add up to its energy within this."""


class Tasks(NamedTuple):
    """A task file, added up."""

    runs: Mapping[str | int, Reading]
    """By run id, or by line where there is none."""
    header: Header
    cut: int | None
    """The last line, where the file breaks off within it."""


def tasks(log: Log) -> Tasks:
    """The sums of a task file: its rows are deltas, one a task.

    Raises:
        MalformedInput: the file or a figure in it is wrong, or it holds no task.
    """
    lines = rows(log)
    line, names = next(lines, (1, []))
    known = header(names, where=f"{log.name}:{line}")
    sums: dict[str | int, Reading] = {}
    held: MalformedInput | None = None
    for line, fields in lines:
        if held:
            raise held
        if len(fields) != known.width:
            held = _uneven(f"{log.name}:{line}", len(fields), known.width)
        elif (*fields,) != known.names:
            _add(
                sums, Row(log.name, line, dict(zip(known.names, fields, strict=True)), known.width)
            )
    if not sums:
        raise held or _no_task(log.name)
    return Tasks(sums, known, line if held else None)


def task_files(names: tuple[str, ...]) -> Mapping[str, str]:
    """The task files among some names, by the run id at the end of the name.

    >>> task_files(("emissions_base_a2426ab5.csv", "emissions.csv"))
    {'a2426ab5': 'emissions_base_a2426ab5.csv'}
    """
    stems = (name.removesuffix(".csv") for name in names if name.endswith(".csv"))
    return {
        stem.rpartition("_")[2]: f"{stem}.csv" for stem in stems if stem.startswith("emissions_")
    }


def with_tasks(run: Evidence, log: Log, name: str) -> Evidence:
    """The run with the duration of its tasks, where they explain its energy; else with none.

    The row of a run with tasks holds their energy, but the duration of the last one only.
    """
    # The time of the row is no measure of what was counted.
    timeless = (each for each in run.findings if each.code != "counted-time-differs")
    run = replace(run, findings=tuple(timeless))
    try:
        beside = log.sibling(name)
        found = tasks(beside)
        tallied = found.runs.get(run.run)
        source = _input(beside, run, tallied)
    except InputError:
        return _unknown(run, None)
    if tallied is None:
        return _unknown(run, None)
    if not _explains(tallied, run.reported_energy):
        return replace(_unknown(run, tallied), inputs=(*run.inputs, source))
    return replace(
        run,
        duration=Estimate(value=tallied.duration_s, unit="s", basis="measured", source="log-2"),
        period=_period(run.period, tallied),
        inputs=(*run.inputs, source),
        findings=(*run.findings, tasks_added(tallied, _seconds(run))),
    )


def _add(sums: dict[str | int, Reading], row: Row) -> None:
    run_id = row.text("run_id")
    key = row.line if (run_id or "").lower() in BLANK else run_id or row.line
    task = reading(row, run_id=run_id, added_from="the task file")
    sums[key] = sums[key] + task if key in sums else task


def _explains(tallied: Reading, energy: Estimate | Missing) -> bool:
    energy_kwh = energy.value if isinstance(energy, Estimate) else 0.0
    return abs(tallied.energy_kwh - energy_kwh) <= _SAME_RATIO * energy_kwh


def _unknown(run: Evidence, tallied: Reading | None) -> Evidence:
    energy = run.reported_energy if isinstance(run.reported_energy, Estimate) else None
    return replace(
        run,
        duration=Missing(
            missing="not-stated", reason="the row holds the duration of the run's last task only"
        ),
        period=_period(run.period, tallied),
        findings=(*run.findings, tasks_differ(energy, tallied)),
    )


def _period(period: Period | Missing, tallied: Reading | None) -> Period | Missing:
    if isinstance(period, Missing) or tallied is None or tallied.begin is None:
        return period
    begin = tallied.begin.replace(tzinfo=period.start.tzinfo)
    return Period(start=min(period.start, begin), end=period.end, zone=period.zone)


def _input(beside: Log, run: Evidence, tallied: Reading | None) -> Input:
    first = run.inputs[0]
    return Input(
        file=beside.name,
        sha256=beside.sha256,
        format=first.format,
        tracker=first.tracker,
        version=tallied.row.text("codecarbon_version") if tallied else None,
        runs=1,
    )


def _seconds(run: Evidence) -> float:
    return run.duration.value if isinstance(run.duration, Estimate) else 0.0


def _uneven(where: str, width: int, expected: int) -> MalformedInput:
    return MalformedInput(
        f"the row has {width} fields, its header {expected}",
        where=where,
        hint="was the file edited? a comma in a name needs quotes",
    )


def _no_task(file: str) -> MalformedInput:
    return MalformedInput(
        "the file holds a header but no task",
        where=file,
        hint="name the emissions.csv beside it, if there is one",
    )
