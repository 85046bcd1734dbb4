"""I turn a terminal report of GreenAlgorithms4HPC into evidence; its user is never read."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.method.digits import nine
from carbonlabel.method.operational import operational
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence, Sensor
from carbonlabel.model.provenance import Finding, Input, Period
from carbonlabel.model.units import SCALES
from carbonlabel.parsing import amounts
from carbonlabel.parsing.amounts import given

_TRACKER: Final = "GreenAlgorithms4HPC"
_FIGURE: Final = r"(-?[\d,]{1,30}(?:\.\d{1,6})?)"
_ENERGIES: Final = {
    name: re.compile(rf"^ *(?:- )?{name}: {_FIGURE} kWh\b", re.MULTILINE)
    for name in ("Energy used", "CPUs", "GPUs", "Memory")
}
_INTENSITY: Final = re.compile(rf"Carbon intensity used for the calculations: {_FIGURE} gCO2e/kWh")
_FOOTPRINT: Final = re.compile(rf"^ *\| +{_FIGURE} (g|kg|T)CO2e +\|", re.MULTILINE)
_DAYS: Final = re.compile(r"First/last job [^\n:]{0,40}: (\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)\b")
_JOBS: Final = re.compile(rf"Number of jobs: {_FIGURE} \({_FIGURE} completed\)")
_WASTE: Final = re.compile(r"represent a waste of ([\d,]{1,30} (?:g|kg|T)CO2e)")
_WALL: Final = re.compile(r"Total wallclock time: (-?\d{1,9} days? [\d:.]{5,20})")
_CORE_HOURS: Final = re.compile(rf"Core hours [^\n]{{0,40}}\(CPU\), {_FIGURE} \(GPU\)")
_MASSES: Final = {"g": "gCO2e", "kg": "kgCO2e", "T": "tCO2e"}
_HALF_PLACE_KWH: Final = 0.005
_BLIND_SPOTS: Final = (
    ("idle time of the machine", "Slurm accounts for jobs only"),
    ("failed jobs of other users, and earlier runs", "the report is of one user and one period"),
    ("storage and network", "GreenAlgorithms4HPC does not count them"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The figures of a report, as printed to 0.01 kWh."""

    place: str
    total_kwh: float
    """With the PUE of the cluster."""
    cpus_kwh: float
    gpus_kwh: float
    memory_kwh: float
    intensity_gco2e_per_kwh: float | None
    footprint: tuple[float, str] | None
    """The figure and the unit that are printed."""
    has_gpus: bool
    text: str
    """For what is only quoted."""

    @property
    def it_kwh(self) -> float:
        """Without the PUE."""
        return self.cpus_kwh + self.gpus_kwh + self.memory_kwh


def evidence(log: Log, form: str) -> Evidence:
    """All jobs of a report together.

    Raises:
        MalformedInput: a line is missing, or its figure is wrong.
    """
    told = _report(log)
    accelerators, host = _boards(told), _host(told)
    sensors: dict[str, Sensor] = {}
    if isinstance(accelerators, Estimate):
        sensors["accelerators"] = "rated"
    if isinstance(host, Estimate):
        sensors["host"] = "model"
    return Evidence(
        run=told.place,
        place=told.place,
        tracker=_TRACKER,
        inputs=(Input(file=log.name, sha256=log.sha256, format=form, tracker=_TRACKER, runs=1),),
        period=_period(told),
        duration=Missing(
            missing="not-stated",
            reason="the report adds up the times of jobs that may have run at once",
        ),
        accelerators=accelerators,
        host=host,
        computing=Missing(missing="not-applicable", reason="the report splits the energy"),
        sensors=sensors,
        pue_in_energy="yes",
        pue=_pue(told),
        wue=Missing(missing="not-stated", reason="GreenAlgorithms4HPC knows no water"),
        reported_energy=_total(told),
        reported_emissions=_emissions(told),
        reported_intensity=_intensity(told),
        covers="process",
        complete=True,
        blind_spots=_BLIND_SPOTS,
        findings=tuple(_findings(told)),
    )


def _report(log: Log) -> Report:
    text = log.document()
    figures = {name: _energy(pattern, text, log.name, name) for name, pattern in _ENERGIES.items()}
    line = text.count("\n", 0, figures["Energy used"][1]) + 1
    total_kwh, cpus_kwh, gpus_kwh, memory_kwh = (found[0] for found in figures.values())
    if total_kwh + _HALF_PLACE_KWH < cpus_kwh + gpus_kwh + memory_kwh - 3 * _HALF_PLACE_KWH:
        raise MalformedInput(
            "the parts are more than the energy used",
            where=f"{log.name}:{line}",
            hint="the PUE would be below 1: was the report edited?",
        )
    footprint = _FOOTPRINT.search(text)
    hours = _CORE_HOURS.search(text)
    return Report(
        place=f"{log.name}:{line}",
        total_kwh=total_kwh,
        cpus_kwh=cpus_kwh,
        gpus_kwh=gpus_kwh,
        memory_kwh=memory_kwh,
        intensity_gco2e_per_kwh=_figure(_INTENSITY.search(text), f"{log.name} Carbon intensity"),
        footprint=(_number(footprint[1], f"{log.name} footprint"), footprint[2])
        if footprint
        else None,
        has_gpus=bool(gpus_kwh) or hours is None or bool(_figure(hours, f"{log.name} Core hours")),
        text=text,
    )


def _energy(pattern: re.Pattern[str], text: str, file: str, name: str) -> tuple[float, int]:
    found = pattern.search(text)
    if found is None:
        raise MalformedInput(
            f"has no line {name!r} with kWh",
            where=file,
            hint="save the whole terminal report of GreenAlgorithms4HPC",
        )
    return _number(found[1], f"{file} {name}"), found.start(1)


def _figure(found: re.Match[str] | None, where: str) -> float | None:
    return _number(found[1], where) if found else None


def _number(text: str, where: str) -> float:
    return amounts.needed(text.replace(",", ""), where=where)


def _boards(told: Report) -> Estimate | Missing:
    if told.gpus_kwh:
        return given(told.gpus_kwh, "kWh", "estimated")
    if told.has_gpus:
        return Missing(missing="not-stated", reason="the energy of the GPUs is rounded to 0.00 kWh")
    return Missing(missing="not-applicable", reason="no job of the report had a GPU")


def _host(told: Report) -> Estimate | Missing:
    host_kwh = told.cpus_kwh + told.memory_kwh
    if not host_kwh:
        return Missing(missing="not-stated", reason="the energy is rounded to 0.00 kWh")
    return given(host_kwh, "kWh", "estimated")


def _total(told: Report) -> Estimate | Missing:
    if not told.total_kwh:
        return Missing(missing="not-stated", reason="the energy is rounded to 0.00 kWh")
    return given(told.total_kwh, "kWh", "estimated")


def _pue(told: Report) -> Estimate | Missing:
    if told.it_kwh <= 3 * _HALF_PLACE_KWH:
        return Missing(missing="not-stated", reason="the energies are rounded to 0.00 kWh")
    parts_off_kwh = 3 * _HALF_PLACE_KWH
    value = nine(max(1.0, told.total_kwh / told.it_kwh))
    low = (told.total_kwh - _HALF_PLACE_KWH) / (told.it_kwh + parts_off_kwh)
    high = (told.total_kwh + _HALF_PLACE_KWH) / (told.it_kwh - parts_off_kwh)
    return given(value, "ratio", "estimated", low=nine(max(1.0, low)), high=nine(max(value, high)))


def _emissions(told: Report) -> Estimate | Missing:
    if told.footprint is None or not told.footprint[0]:
        return Missing(missing="not-stated", reason="the report rounds its footprint to 0")
    return given(_footprint_gco2e(told), "gCO2e", "estimated")


def _footprint_gco2e(told: Report) -> float:
    value, unit = told.footprint or (0.0, "g")
    masses = SCALES["gCO2e"]
    return value * masses["kgCO2e" if _is_mislabelled(told) else _MASSES[unit]]


def _is_mislabelled(told: Report) -> bool:
    """Whether the tool wrote T behind kilograms, as version 0.3 does from a tonne on."""
    value, unit = told.footprint or (0.0, "g")
    if unit != "T" or not told.intensity_gco2e_per_kwh or not value:
        return False
    own_gco2e = operational(told.total_kwh, told.intensity_gco2e_per_kwh)
    masses = SCALES["gCO2e"]
    as_t, as_kg = (
        abs(math.log(value * masses[mass] / own_gco2e)) if own_gco2e else 0.0
        for mass in ("tCO2e", "kgCO2e")
    )
    return as_kg < as_t


def _intensity(told: Report) -> Estimate | None:
    value = told.intensity_gco2e_per_kwh
    return given(value, "gCO2e/kWh", "estimated") if value else None


def _period(told: Report) -> Period | Missing:
    days = _DAYS.search(told.text)
    try:
        start, end = (datetime.fromisoformat(day) for day in days.groups()) if days else ("", "")
    except ValueError:
        start = end = ""
    if not isinstance(start, datetime) or not isinstance(end, datetime) or end < start:
        return Missing(missing="not-stated", reason="the report gives no days")
    return Period(start=start, end=end, zone="local, not stated")


def _findings(told: Report) -> Iterator[Finding]:
    jobs, waste, wall = (pattern.search(told.text) for pattern in (_JOBS, _WASTE, _WALL))
    if jobs:
        yield _note(
            "jobs-added-up",
            "run",
            "The report adds up all jobs of a user in a period, whatever they were for.",
            f"{jobs[1]} jobs, {jobs[2]} completed" + (f", {wall[1]} of wall time" if wall else ""),
        )
    if jobs and jobs[1] != jobs[2]:
        yield _note(
            "failed-jobs-counted",
            "run",
            "The energy holds that of failed jobs.",
            waste[1] if waste else None,
        )
    if _is_mislabelled(told):
        value, _ = told.footprint or (0.0, "g")
        yield _note(
            "tracker-unit-slip",
            "reported",
            "GreenAlgorithms4HPC writes T for its kilograms from one tonne on; they are read as "
            "kilograms, as energy × intensity are.",
            f"{value:g} TCO2e",
        )


def _note(code: str, place: str, message: str, found: str | None = None) -> Finding:
    return Finding(code=code, severity="note", place=place, message=message, found=found)
