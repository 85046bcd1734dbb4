"""I say what an Eco2AI run used: one figure, with the overhead that the tracker was told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.hardware import Device
from carbonlabel.model.provenance import Input, Period
from carbonlabel.model.units import Unit, grams_from_kilograms
from carbonlabel.readers.eco2ai.findings import cut_off, noticed
from carbonlabel.readers.eco2ai.runs import Run, ledger

_TRACKER: Final = "Eco2AI"
_WHOLE: Final = Missing(missing="not-applicable", reason="Eco2AI logs one figure for all parts")
_NOTHING: Final = Missing(
    missing="not-measured", reason="Eco2AI writes 0 when it read nothing; the run used energy"
)
_BLIND_SPOTS: Final = (
    ("idle time of the machine", "Eco2AI records only the time between start and stop"),
    ("failed and earlier runs", "not in the log"),
    ("storage and network", "Eco2AI does not measure them"),
)
_OTHERS: Final = (
    "CPU and memory of other processes",
    "Eco2AI counts those of its own process, unless cpu_processes is all",
)
_NO_MEMORY: Final = ("memory", "Eco2AI 0.1 does not count it")
_CPU: Final = re.compile(r"(?P<name>.*)/(?:\d{1,6} device\(s\), TDP: ?(?P<tdp>[\d.]{1,20})"
                         r"|(?P<old>[\d.]{1,20}) TDP: \d{1,6} device\(s\))")  # fmt: skip
_GPU: Final = re.compile(r"(?P<name>.*?) ?(?P<count>\d{1,6}) device\(s\)")
_CODE: Final = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Machine:
    """What the row says of the hardware."""

    devices: tuple[Device, ...]
    gpus_count: int
    tdp: str | None
    """Thermal design power in W, as logged."""


def evidence(log: Log, *, format_name: str) -> Sequence[Evidence]:
    """One piece of evidence for each run of the file.

    Raises:
        MalformedInput: as `ledger`.
    """
    kept = ledger(log)
    source = Input(
        file=log.name,
        sha256=log.sha256,
        format=format_name,
        tracker=_TRACKER,
        runs=len(kept.runs),
    )
    first, *others = (_evidence(run, source) for run in kept.runs.values())
    if kept.cut:
        first = replace(first, findings=(cut_off(kept.cut), *first.findings))
    return (first, *others)


def _evidence(run: Run, source: Input) -> Evidence:
    machine = _machine(run)
    has_pue = "country" not in run.row.fields
    country, subdivision = _place(run)
    reported = _given(run.energy_kwh, "kWh") if run.energy_kwh else _NOTHING
    return Evidence(
        run=run.run_id or run.row.place,
        place=run.row.place,
        tracker=_TRACKER,
        inputs=(source,),
        period=_period(run),
        duration=_given(run.duration_s, "s").model_copy(update={"basis": "measured"}),
        accelerators=_WHOLE,
        host=_WHOLE,
        computing=reported,
        sensors={"computing": "model"} if run.energy_kwh else {},
        pue_in_energy="yes" if has_pue else "no",
        pue=Missing(missing="not-stated", reason=_why_no_pue(has_pue=has_pue)),
        wue=Missing(missing="not-stated", reason="Eco2AI knows no water"),
        reported_energy=reported,
        reported_emissions=_emissions(run),
        country=country,
        subdivision=subdivision,
        devices=machine.devices,
        # The load is that of the process, but the boards are read whole.
        covers="machine" if machine.gpus_count else "process",
        complete=True,
        blind_spots=(*_BLIND_SPOTS, _OTHERS) if has_pue else (*_BLIND_SPOTS, _OTHERS, _NO_MEMORY),
        findings=noticed(run, tdp=machine.tdp, gpus_count=machine.gpus_count, has_pue=has_pue),
    )


def _why_no_pue(*, has_pue: bool) -> str:
    if has_pue:
        return "Eco2AI multiplies by the pue that it was given and does not store it"
    return "Eco2AI 0.1 knows no PUE"


def _given(value: float, unit: Unit) -> Estimate:
    return Estimate(value=value, unit=unit, basis="estimated", source="log")


def _emissions(run: Run) -> Estimate | Missing:
    if not run.energy_kwh:
        return _NOTHING
    if run.emissions_kg is None:
        return Missing(missing="not-stated", reason="the log gives no emissions for this run")
    return _given(grams_from_kilograms(run.emissions_kg), "gCO2e")


def _period(run: Run) -> Period | Missing:
    if run.begin is None or run.end is None:
        return Missing(missing="not-stated", reason="start_time in the log is no date")
    return Period(start=run.begin, end=run.end, zone="local, not stated")


def _place(run: Run) -> tuple[str | None, str | None]:
    """Country and region: `FR`, `US/California`, `(US/California)`; 0.1 has them reversed."""
    is_old = "country" in run.row.fields
    told = run.row.text("country" if is_old else "region/country") or ""
    parts = [part.strip() for part in told.strip("()").split("/", 1)]
    code, *rest = reversed(parts) if is_old else parts
    return (code, rest[0] if rest else None) if _CODE.fullmatch(code) else (None, None)


def _machine(run: Run) -> Machine:
    cpu = _CPU.fullmatch(run.row.text("CPU_name") or "")
    gpu = _GPU.fullmatch(run.row.text("GPU_name") or "")
    return Machine(
        devices=tuple(_devices(cpu, gpu)),
        gpus_count=int(gpu["count"]) if gpu else 0,
        tdp=(cpu["tdp"] or cpu["old"]) if cpu else None,
    )


def _devices(cpu: re.Match[str] | None, gpu: re.Match[str] | None) -> Iterator[Device]:
    if gpu and gpu["name"].strip() and int(gpu["count"]):
        yield Device(name=gpu["name"].strip(), kind="accelerator", count=int(gpu["count"]))
    if cpu and cpu["name"].strip():
        yield Device(name=cpu["name"].strip(), kind="host", count=1)
