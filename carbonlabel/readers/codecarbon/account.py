"""I say what one CodeCarbon run amounts to, whichever file its figures stand in."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.hardware import Device
from carbonlabel.model.provenance import Input, Period
from carbonlabel.readers.codecarbon.columns import Header
from carbonlabel.readers.codecarbon.energies import (
    energies,
    gpu_count,
    reported_emissions,
    reported_energy,
    site,
)
from carbonlabel.readers.codecarbon.findings import noticed
from carbonlabel.readers.codecarbon.readings import Reading, reading
from carbonlabel.readers.codecarbon.rows import Row, version_key
from carbonlabel.readers.codecarbon.runs import Run

_TRACKER: Final = "CodeCarbon"
_BLIND_SPOTS: Final = (
    ("idle time of the machine", "CodeCarbon records only the time between start and stop"),
    ("failed and earlier runs", "not in the log"),
    ("storage and network", "CodeCarbon does not measure them"),
)
_NO_MEMORY: Final = ("memory", "CodeCarbon before 2.0 does not count it")
_COUNTED: Final = re.compile(r"\d{1,6}\s*x\s+\S")
_LONGEST_NAME: Final = 120


def settled(run: Run, file: str, task_names: Container[str] = ()) -> Reading:
    """The figures of the newest row of a run; `task_names` are the ids of runs that had tasks.

    Raises:
        MalformedInput: one of them is wrong, or energy falls while duration grows.
    """
    figures = reading(run.row(file), run_id=run.run_id)
    if run.fall and run.run_id not in task_names:
        raise MalformedInput(
            "the energy of the run falls while its duration grows",
            where=f"{file}:{run.fall} energy_consumed",
            hint="rows of one run are snapshots that only grow: was the file edited, or do two "
            "runs share a run_id?",
        )
    return figures


def evidence_of(found: Reading, source: Input, known: Header | None = None) -> Evidence:
    """The evidence of one run, read from `source` under the columns of `known`, if it has any.

    Raises:
        MalformedInput: a figure of the row is wrong.
    """
    row = found.row
    place = site(found)
    parts = energies(found, place)
    devices = tuple(_devices(row))
    return Evidence(
        run=(found.run_id and row.text("run_id")) or row.place,
        place=row.place,
        name=_name(row),
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
        blind_spots=_BLIND_SPOTS
        if known is None or known.has_memory
        else (*_BLIND_SPOTS, _NO_MEMORY),
        findings=noticed(found, place, devices, columns=known.width if known else row.width),
    )


def _name(row: Row) -> str | None:
    name = row.text("project_name") or ""
    return name[:_LONGEST_NAME] if name.isprintable() and name else None


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
    named = row.text("gpu_model") or ""
    if _COUNTED.match(named):
        from carbonlabel.factors.devices import split_count  # noqa: PLC0415 - not every run has GPUs

        for name, count in split_count(named):
            yield Device(name=name, kind="accelerator", count=count)
    elif named:
        yield Device(name=named, kind="accelerator", count=max(1, round(gpu_count(row))))
    if cpu_model := row.text("cpu_model"):
        yield Device(name=cpu_model, kind="host", count=1)


def cited(log: Log, found: Sequence[Reading], form: str) -> Input:
    """The file as an input of the format `form`, with the newest version that its runs name."""
    versions = (figures.row.text("codecarbon_version") for figures in found)
    newest = max(versions, key=lambda version: version_key(version) or (), default=None)
    return Input(
        file=log.name,
        sha256=log.sha256,
        format=form,
        tracker=_TRACKER,
        version=newest if version_key(newest) else None,
        runs=len(found),
    )
