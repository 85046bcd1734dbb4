"""I read CodeCarbon's `emissions.csv`, versions 1.0 to 3.3: every row a snapshot of a run."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.hardware import Device
from carbonlabel.model.provenance import Finding, Input, Period
from carbonlabel.readers.codecarbon_columns import Header, header, is_codecarbon, rows
from carbonlabel.readers.codecarbon_energies import (
    energies,
    gpu_count,
    reported_emissions,
    reported_energy,
    site,
)
from carbonlabel.readers.codecarbon_findings import (
    backups,
    broken_off,
    cut_off,
    noticed,
    repeated_headers,
    tasks_named,
)
from carbonlabel.readers.codecarbon_readings import Reading, reading
from carbonlabel.readers.codecarbon_rows import Row, version_key
from carbonlabel.readers.codecarbon_runs import Run, ledger
from carbonlabel.readers.codecarbon_tasks import task_files, tasks, with_tasks

_FORMAT: Final = "codecarbon-csv"
_TRACKER: Final = "CodeCarbon"
_BLIND_SPOTS: Final = (
    ("idle time of the machine", "CodeCarbon records only the time between start and stop"),
    ("failed and earlier runs", "not in the log"),
    ("storage and network", "CodeCarbon does not measure them"),
)
_NO_MEMORY: Final = ("memory", "CodeCarbon before 2.0 does not count it")
_BETWEEN_KINDS: Final = re.compile(r",\s*(?=\d+\s*x\s)")
_COUNTED: Final = re.compile(r"(\d{1,6})\s*x\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class CodeCarbonReader:
    """Reads `emissions.csv` of CodeCarbon, and a task file where it is named itself."""

    format: str = _FORMAT
    about: str = "CodeCarbon 1.0 to 3.3: emissions.csv, task files"

    def recognises(self, log: Log) -> bool:
        """Whether the first line holds CodeCarbon's column names; the file's name does not count.

        A file that a spreadsheet saved with semicolons is recognised, so that reading it can say
        what is wrong with it.
        """
        return is_codecarbon(log)

    def read(self, log: Log) -> Sequence[Evidence]:
        """One piece of evidence a run: its newest row, with the tasks beside it taken in.

        Raises:
            MalformedInput: a column is missing, a figure is wrong, energy falls while duration
                grows, or the file holds no run.
        """
        line, names = next(rows(log), (1, []))
        if header(names, where=f"{log.name}:{line}").is_tasks:
            return _runs_of_tasks(log)
        return _runs(log)


def _runs(log: Log) -> Sequence[Evidence]:
    kept = ledger(log)
    beside = _siblings(log)
    task_names = task_files(beside)
    found = [_settled(run, log.name, task_names) for run in kept.runs.values()]
    source = _input(log, found)
    evidence = []
    for run, figures in zip(kept.runs.values(), found, strict=True):
        told = _evidence(figures, source, run.header)
        name = task_names.get(told.run)
        timed = with_tasks(told, log, name) if name else told
        evidence.append(_broken_off(timed) if run.is_cut else timed)
    oddities = (
        backups(older) if (older := _backups(log.name, beside)) else None,
        repeated_headers(kept.headers) if kept.headers else None,
        cut_off(kept.cut) if kept.cut else None,
    )
    return _with_findings(evidence, [oddity for oddity in oddities if oddity])


def _runs_of_tasks(log: Log) -> Sequence[Evidence]:
    tallied = tasks(log)
    found = list(tallied.runs.values())
    source = _input(log, found)
    evidence = [_evidence(figures, source, tallied.header) for figures in found]
    cut = [cut_off(tallied.cut)] if tallied.cut else []
    return _with_findings(evidence, [tasks_named(), *cut])


def _settled(run: Run, file: str, task_names: Container[str]) -> Reading:
    figures = reading(run.row(file), run_id=run.run_id)
    if run.fall and run.run_id not in task_names:
        raise MalformedInput(
            "the energy of the run falls while its duration grows",
            where=f"{file}:{run.fall} energy_consumed",
            hint="rows of one run are snapshots that only grow: was the file edited, or do two "
            "runs share a run_id?",
        )
    return figures


def _evidence(found: Reading, source: Input, known: Header) -> Evidence:
    row = found.row
    place = site(found)
    parts = energies(found, place)
    devices = tuple(_devices(row))
    return Evidence(
        run=(found.run_id and row.text("run_id")) or row.place,
        place=row.place,
        tracker=_TRACKER,
        version=row.text("codecarbon_version") if row.version() else None,
        inputs=(source,),
        period=_period(found),
        duration=Estimate(value=found.duration_s, unit="s", basis="measured", source="log"),
        accelerators=parts.accelerators,
        host=parts.host,
        computing=parts.computing,
        sensors=parts.sensors,
        pue_in_energy=place.in_energy,
        pue=place.pue,
        wue=place.wue,
        reported_energy=reported_energy(found),
        reported_emissions=reported_emissions(found),
        country=row.text("country_iso_code"),
        subdivision=row.text("region"),
        cloud=_cloud(row),
        devices=devices,
        covers="process" if row.text("tracking_mode") == "process" else "machine",
        complete=True,
        blind_spots=_BLIND_SPOTS if known.has_memory else (*_BLIND_SPOTS, _NO_MEMORY),
        findings=noticed(found, place, devices, columns=known.width),
    )


def _period(found: Reading) -> Period | Missing:
    if found.begin is None or found.end is None:
        return Missing(missing="not-stated", reason="the timestamp in the log is no date")
    offset = found.end.replace(microsecond=0).isoformat().partition("T")[2][8:]
    zone = "UTC" if offset == "+00:00" else offset or "local, not stated"
    return Period(start=found.begin, end=found.end, zone=zone)


def _cloud(row: Row) -> str | None:
    provider, region = row.text("cloud_provider"), row.text("cloud_region")
    return f"{provider}/{region}" if provider and region else None


def _devices(row: Row) -> Iterator[Device]:
    for kind in _BETWEEN_KINDS.split(row.text("gpu_model") or ""):
        counted = _COUNTED.fullmatch(kind)
        if counted and int(counted[1]):
            yield Device(name=counted[2], kind="accelerator", count=int(counted[1]))
        elif kind:
            yield Device(name=kind, kind="accelerator", count=max(1, round(gpu_count(row))))
    if cpu_model := row.text("cpu_model"):
        yield Device(name=cpu_model, kind="host", count=1)


def _input(log: Log, found: Sequence[Reading]) -> Input:
    versions = (figures.row.text("codecarbon_version") for figures in found)
    newest = max(versions, key=lambda version: version_key(version) or (), default=None)
    return Input(
        file=log.name,
        sha256=log.sha256,
        format=_FORMAT,
        tracker=_TRACKER,
        version=newest if version_key(newest) else None,
        runs=len(found),
    )


def _siblings(log: Log) -> tuple[str, ...]:
    try:
        return log.siblings()
    except OSError:
        # A folder that cannot be listed hides its backups and task files, not the file itself.
        return ()


def _backups(name: str, beside: Sequence[str]) -> list[str]:
    # The oldest is `.bak`, then `_0.bak`, `_1.bak` …
    numbered = re.compile(re.escape(name) + r"(?:_(\d{1,9}))?\.bak")
    matches = filter(None, map(numbered.fullmatch, beside))
    return [match[0] for match in sorted(matches, key=lambda match: int(match[1] or -1))]


def _broken_off(run: Evidence) -> Evidence:
    return replace(run, complete=False, findings=(*run.findings, broken_off(run)))


def _with_findings(evidence: Sequence[Evidence], odd: Sequence[Finding]) -> Sequence[Evidence]:
    # What is odd about the file is said once, with its first run.
    first, *others = evidence
    return (replace(first, findings=(*odd, *first.findings)), *others)


reader: Final = CodeCarbonReader()
