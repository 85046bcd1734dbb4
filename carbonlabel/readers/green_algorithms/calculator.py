"""I turn jobs of the Green Algorithms calculator into evidence, with the PUE taken out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence, Sensor
from carbonlabel.model.hardware import Device
from carbonlabel.model.provenance import Finding, Input
from carbonlabel.parsing.amounts import given
from carbonlabel.parsing.workload import per_unit
from carbonlabel.readers.green_algorithms.form import Form, Job, Processors, jobs

_TRACKER: Final = "Green Algorithms"
_ABOVE_RATIO: Final = 1.001
_NOISE_RATIO: Final = 1e-9
_MULTIPLES: Final = frozenset(("experiments", "retrainings"))
_IS_SPLIT: Final = Missing(missing="not-applicable", reason="the form splits the energy")
_IS_WHOLE: Final = Missing(
    missing="not-applicable", reason="the energy is not that of the processors in the form"
)
_BLIND_SPOTS: Final = (
    ("idle time of the machine", "only the hours that were typed are counted"),
    ("failed and earlier runs", "not in the form, unless they were typed too"),
    ("storage and network", "Green Algorithms does not count them"),
)
_NO_CPU: Final = ("CPU", "the form was filled in for GPUs and memory only")


@dataclass(frozen=True, slots=True)
class _Energies:
    accelerators: Estimate | Missing
    host: Estimate | Missing
    computing: Estimate | Missing
    sensors: Mapping[str, Sensor]


def evidence(log: Log, form: str) -> tuple[Evidence, ...]:
    """One piece of evidence for each job of the form.

    Raises:
        MalformedInput: the form was not filled in, or a figure is wrong.
    """
    told = tuple(job for job in jobs(log) if job.energy_kwh)
    if not told:
        raise MalformedInput(
            "the form was not filled in",
            where=log.name,
            hint="the calculator writes None and 0 kWh as long as a field is missing",
        )
    source = Input(
        file=log.name,
        sha256=log.sha256,
        format=form,
        tracker=_TRACKER,
        version=_version(told[0].form),
        runs=len(told),
    )
    return tuple(_evidence(job, source) for job in told)


def _version(form: Form) -> str | None:
    return form.version.removeprefix("v") if form.version else None


def _evidence(job: Job, source: Input) -> Evidence:
    form = job.form
    place = form.place if job.name == "main" else f"{form.place} {job.name}"
    energies = _energies(job)
    country, _, half = (form.location or "").partition("-")
    return Evidence(
        run=place,
        place=place,
        tracker=_TRACKER,
        version=_version(form),
        inputs=(source,),
        phase=job.phase,
        period=Missing(missing="not-stated", reason="the form has no date"),
        duration=_duration(job),
        accelerators=energies.accelerators,
        host=energies.host,
        computing=energies.computing,
        sensors=energies.sensors,
        pue_in_energy="yes",
        pue=given(form.pue_ratio, "ratio", "estimated" if form.is_pue_stated else "assumed"),
        wue=Missing(missing="not-stated", reason="Green Algorithms knows no water"),
        reported_energy=given(job.energy_kwh, "kWh", "estimated"),
        reported_emissions=_emissions(job),
        reported_intensity=_intensity(form),
        country=country or None,
        subdivision=half or None,
        cloud=f"{form.provider}/{form.region}" if form.provider and form.region else None,
        devices=tuple(_devices(form)),
        covers="process",
        complete=True,
        blind_spots=_BLIND_SPOTS if form.cpus else (*_BLIND_SPOTS, _NO_CPU),
        findings=tuple(_findings(job, energies)),
    )


def _energies(job: Job) -> _Energies:
    form = job.form
    whole_kwh = job.energy_kwh / form.pue_ratio
    gpus_kwh, cpus_kwh = (each * job.times_ratio for each in (form.gpus_kwh, form.cpus_kwh))
    if gpus_kwh + cpus_kwh > whole_kwh * _ABOVE_RATIO:
        whole = given(whole_kwh, "kWh", "estimated")
        return _Energies(_IS_WHOLE, _IS_WHOLE, whole, {"computing": "model"})
    accelerators = _accelerators(form.gpus, gpus_kwh)
    host = _host(whole_kwh - gpus_kwh, whole_kwh)
    sensors: dict[str, Sensor] = {}
    if isinstance(accelerators, Estimate):
        sensors["accelerators"] = _sensor(form.gpus)
    if isinstance(host, Estimate):
        sensors["host"] = _sensor(form.cpus)
    return _Energies(accelerators, host, _IS_SPLIT, sensors)


def _accelerators(gpus: Processors | None, gpus_kwh: float) -> Estimate | Missing:
    if gpus is None:
        return Missing(missing="not-applicable", reason="the form is of CPUs only")
    if gpus_kwh == 0:
        return Missing(missing="not-stated", reason="the form says 0 GPUs, 0 W or no load")
    return given(gpus_kwh, "kWh", "estimated")


def _host(host_kwh: float, whole_kwh: float) -> Estimate | Missing:
    if host_kwh <= _NOISE_RATIO * whole_kwh:
        return Missing(missing="not-stated", reason="the form has neither CPU nor memory")
    return given(host_kwh, "kWh", "estimated")


def _sensor(processors: Processors | None) -> Sensor:
    # A load that somebody typed is a model; 100 % for want of one is the rated power.
    if processors is None or processors.is_usage_stated:
        return "model"
    return "rated"


def _duration(job: Job) -> Estimate | Missing:
    duration_s = job.form.duration_s * job.times_ratio
    if duration_s == 0:
        return Missing(missing="not-stated", reason="the form says 0 hours")
    return given(duration_s, "s", "estimated")


def _emissions(job: Job) -> Estimate | Missing:
    if not job.emissions_gco2e:
        return Missing(missing="not-stated", reason="the file states no emissions of this job")
    return given(job.emissions_gco2e, "gCO2e", "estimated")


def _intensity(form: Form) -> Estimate | None:
    value = form.intensity_gco2e_per_kwh
    if not value:
        return None
    return given(value, "gCO2e/kWh", "estimated" if form.location else "assumed")


def _devices(form: Form) -> Iterator[Device]:
    if form.gpus and form.gpus.model and form.gpus.count:
        yield Device(
            name=form.gpus.model, kind="accelerator", count=max(1, math.ceil(form.gpus.count))
        )
    if form.cpus and form.cpus.model:
        yield Device(name=form.cpus.model, kind="host", count=1)


def _findings(job: Job, energies: _Energies) -> Iterator[Finding]:
    form = job.form
    if isinstance(energies.computing, Estimate):
        yield _note(
            "energy-not-split",
            "computing",
            "The processors of the form alone would need more than its energy, which counts whole.",
        )
    if form.repeats_count != 1:
        yield _note(
            "repeats-counted",
            "duration",
            "The energy holds the form's multiplicative factor: as many runs, one after another.",
            f"{form.repeats_count:g}",
        )
    if form.location is None and form.region is None:
        yield _note(
            "tracker-intensity-is-world-mean",
            "reported",
            "The form names no place, so that the calculator took its mean of the world.",
        )
    if form.gpus and form.gpus.count and not form.gpus.model:
        yield _note("device-not-named", "accelerators", "The form does not say what the GPUs are.")
    yield from _of_ai_page(job)


def _of_ai_page(job: Job) -> Iterator[Finding]:
    if job.name in _MULTIPLES:
        yield _note(
            "multiple-of-training",
            "run",
            f"The {job.name} are a multiple of the main training that was typed, and no runs.",
            f"{job.times_ratio:g} times",
        )
    if job.span:
        projected = f"; the calculator's projection: {job.projection}" if job.projection else ""
        yield per_unit(
            f"{job.energy_kwh:.4g} kWh for {job.span}, PUE inside{projected}",
            "run",
            "The energy is that of the time that was typed; no projection is counted.",
        )


def _note(code: str, place: str, message: str, found: str | None = None) -> Finding:
    return Finding(code=code, severity="note", place=place, message=message, found=found)
