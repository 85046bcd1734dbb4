"""I turn a BoAmps report into the evidence of one run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from carbonlabel.errors import InputError, MissingFactor
from carbonlabel.factors import places
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.model.evidence import Evidence, Phase, Served
from carbonlabel.model.hardware import Device
from carbonlabel.model.provenance import Input, Period
from carbonlabel.parsing import jsonfields
from carbonlabel.parsing.jsonfields import Fields
from carbonlabel.parsing.phases import phase_named
from carbonlabel.readers.boamps.findings import noticed
from carbonlabel.readers.boamps.measures import Measure, measures, moment, period

_FORMAT: Final = "boamps"
_FILE: Final = re.compile(r"boamps_report_([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})\b")
_COUNTED: Final = re.compile(r"(\d{1,6})\s*x\s+(?=\S)")
_STAGES: Final[dict[str, Phase]] = {
    "datacreation": "data_collection",
    "preprocessing": "data_preparation",
    "training": "training",
    "finetuning": "finetuning",
    "inference": "inference",
    "retraining": "midtraining",
}
_MOST_COUNT: Final = 10**6
_BLIND_SPOTS: Final = (
    ("idle time of the machine", "the report is of one task"),
    ("failed and earlier runs", "not in the report"),
    ("storage and network", "the report does not name them"),
)
_APART: Final = Missing(missing="not-applicable", reason="BoAmps gives one energy for a task")


def evidence(log: Log) -> Evidence:
    """The one run of a report, by its widest measure.

    Raises:
        MalformedInput: it is no JSON object, holds no measure, or a figure in it is wrong.
    """
    report = jsonfields.document(log.document(), log.name)
    measure, *others = measures(report)
    head = report.child("header")
    when = period(measure, moment(head.text("reportDatetime")))
    energy = _energy(measure)
    stage = report.child("task").text("taskStage")
    place = f"{log.name}:1"
    country = _country(report)
    return Evidence(
        run=_run(log, head, measure) or place,
        place=place,
        tracker=_tracker(measure),
        version=measure.fields.text("version"),
        inputs=(_input(log, measure),),
        phase=_phase(stage),
        period=when or _no_period(),
        duration=_duration(measure),
        accelerators=_APART,
        host=_APART,
        computing=energy,
        sensors={"computing": measure.sensor} if isinstance(energy, Estimate) else {},
        pue_in_energy="unknown",
        pue=Missing(missing="not-stated", reason="BoAmps has no field for a PUE"),
        wue=Missing(missing="not-stated", reason="BoAmps has no field for water"),
        reported_energy=energy,
        reported_emissions=Missing(
            missing="not-stated", reason="BoAmps has no field for emissions"
        ),
        reported_intensity=_intensity(report),
        country=country,
        devices=tuple(_devices(report, measure)),
        served=_served(report.child("task"), _phase(stage)),
        covers="machine",
        complete=True,
        blind_spots=_BLIND_SPOTS,
        findings=noticed(
            report, measure, others, is_placed=country is not None, is_staged=bool(_phase(stage))
        ),
    )


def _run(log: Log, head: Fields, measure: Measure) -> str | None:
    # A publisher may choose another reportId; the name of CodeCarbon's file is the run's own.
    named = _FILE.search(log.name) if measure.is_codecarbon else None
    return named[1].lower() if named else head.text("reportId")


def _tracker(measure: Measure) -> str:
    return "CodeCarbon" if measure.is_codecarbon else measure.tool


def _input(log: Log, measure: Measure) -> Input:
    return Input(
        file=log.name,
        sha256=log.sha256,
        format=_FORMAT,
        tracker=_tracker(measure),
        version=measure.fields.text("version"),
        runs=1,
    )


def _energy(measure: Measure) -> Estimate | Missing:
    if not measure.energy_kwh:
        return Missing(missing="not-measured", reason="powerConsumption is 0: nothing was read")
    basis: Basis = "measured" if measure.sensor == "counter" else "estimated"
    return Estimate(value=measure.energy_kwh, unit="kWh", basis=basis, source="log")


def _duration(measure: Measure) -> Estimate | Missing:
    if measure.duration_s is None:
        return Missing(missing="not-stated", reason="the report has no measurementDuration")
    return Estimate(value=measure.duration_s, unit="s", basis="measured", source="log")


def _no_period() -> Period | Missing:
    return Missing(missing="not-stated", reason="the report does not say when it was measured")


def _phase(stage: str | None) -> Phase | None:
    if stage is None:
        return None
    letters = "".join(letter for letter in stage.lower() if letter.isalpha())
    if letters in _STAGES:
        return _STAGES[letters]
    try:
        return phase_named(stage)
    except InputError:
        return None


def _served(task: Fields, phase: Phase | None) -> Served | None:
    """The requests of a model in use."""
    count = task.number("nbRequest")
    if phase != "inference" or not count:
        return None
    return Served(unit="request", count=count, task=task.text("taskFamily"))


def _country(report: Fields) -> str | None:
    name = report.child("environment").text("country")
    try:
        return places.find(name).country if name else None
    except MissingFactor:
        return None


def _intensity(report: Fields) -> Estimate | None:
    told = report.child("environment").number("powerSourceCarbonIntensity")
    if not told:
        return None
    return Estimate(value=told, unit="gCO2e/kWh", basis="estimated", source="log")


def _devices(report: Fields, measure: Measure) -> Iterator[Device]:
    for component in report.child("infrastructure").children("components"):
        kind = (component.text("componentType") or "").lower()
        name = component.text("componentName") or component.text("series")
        if name and kind == "gpu":
            counted = _COUNTED.match(name)
            count = _count(component) or (int(counted[1]) if counted else 1)
            plain = name[counted.end() :] if counted else name
            yield _device(component, plain, count, is_host=False)
        elif name and kind == "cpu":
            # CodeCarbon writes half the threads there, and people the cores.
            count = 1 if measure.is_codecarbon else _count(component) or 1
            yield _device(component, name, count, is_host=True)


def _device(component: Fields, name: str, count: int, *, is_host: bool) -> Device:
    share_ratio = component.number("share")
    return Device(
        name=name,
        kind="host" if is_host else "accelerator",
        count=max(1, count),
        share=share_ratio if share_ratio and share_ratio <= 1 else None,
    )


def _count(component: Fields) -> int | None:
    told = component.number("nbComponent")
    return int(told) if told and 1 <= told < _MOST_COUNT else None
