"""I am the form of the Green Algorithms calculator, and the jobs that it worked out from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.evidence import Phase
from carbonlabel.model.units import SCALES, kwh_from_watt_seconds, seconds_from_hours
from carbonlabel.parsing import amounts, tables

_TRAINING: Final = "training-"
_INFERENCE: Final = "inference-"
_LARGEST_COUNT: Final = 1e7
_HINT: Final = "fill in the form, and download the results again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Processors:
    """The CPU cores or the GPUs of a form."""

    model: str | None
    """None where it is `Any` or `other`."""
    count: float
    """Cores, or boards."""
    power_w: float
    """Of one."""
    usage_ratio: float
    is_usage_stated: bool
    """False where the calculator takes 100 %."""

    @property
    def all_w(self) -> float:
        """Power of all of them under load."""
        return self.count * self.power_w * self.usage_ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What somebody typed, and what the calculator looked up for it."""

    place: str
    version: str | None
    cpus: Processors | None
    gpus: Processors | None
    runtime_s: float
    repeats_count: float
    """The multiplicative factor."""
    platform: str | None
    provider: str | None
    region: str | None
    """Of the provider."""
    location: str | None
    """`FR`, `US-CA`; None for the world."""
    intensity_gco2e_per_kwh: float | None
    pue_ratio: float
    is_pue_stated: bool
    """Whether a person said it, and the calculator did not take a table's."""

    @property
    def duration_s(self) -> float:
        """Of all repeats, one after another."""
        return self.runtime_s * self.repeats_count

    @property
    def gpus_kwh(self) -> float:
        """IT energy of the GPUs."""
        return kwh_from_watt_seconds(self.gpus.all_w, self.duration_s) if self.gpus else 0.0

    @property
    def cpus_kwh(self) -> float:
        """IT energy of the cores."""
        return kwh_from_watt_seconds(self.cpus.all_w, self.duration_s) if self.cpus else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One amount of energy that the calculator worked out from a form."""

    form: Form
    name: str
    """`main`, or what it is on the AI page."""
    phase: Phase | None
    energy_kwh: float
    """PUE and multiplicative factor inside."""
    emissions_gco2e: float | None
    times_ratio: float = 1.0
    """How many times the form's own energy it is."""
    span: str | None = None
    """The time that inference is for: `1 month`."""
    projection: str | None = None
    """The calculator's own extrapolation: `146 kWh for 1 year`."""


def jobs(log: Log) -> Iterator[Job]:
    """Every job of a file that is not zero.

    Raises:
        MalformedInput: a column is missing, or a figure is wrong.
    """
    for line, row in tables.rows((text for _, text in log.lines()), name=log.name, delimiter=";"):
        cells = _Cells(row, f"{log.name}:{line}")
        if any(column.startswith(_TRAINING) for column in row):
            yield from _of_ai_page(cells)
        elif cells.text("coreType"):
            yield _job(cells, "", "energy_needed", "carbonEmissions")


@dataclass(frozen=True, slots=True)
class _Cells:
    row: Mapping[str, str]
    place: str

    def text(self, column: str) -> str | None:
        return amounts.name(self.row.get(column))

    def figure(self, column: str) -> float | None:
        return amounts.amount(self.row.get(column), where=f"{self.place} {column}")

    def needed(self, column: str) -> float:
        found = self.figure(column)
        if found is None:
            raise MalformedInput("is missing", where=f"{self.place} {column}", hint=_HINT)
        return found


def _job(cells: _Cells, prefix: str, energy: str, emissions: str) -> Job:
    return Job(
        form=_form(cells, prefix),
        name="main",
        phase=None,
        energy_kwh=cells.needed(f"{prefix}{energy}"),
        emissions_gco2e=cells.figure(f"{prefix}{emissions}"),
    )


def _of_ai_page(cells: _Cells) -> Iterator[Job]:
    if cells.text(f"{_TRAINING}coreType"):
        yield from _trainings(cells)
    if cells.text(f"{_INFERENCE}coreType"):
        yield _inference(cells)


def _trainings(cells: _Cells) -> Iterator[Job]:
    kinds: tuple[tuple[str, str, Phase], ...] = (
        ("main", "main", "training"),
        ("experiments", "R&D", "experimentation"),
        ("retrainings", "retrainings", "training"),
    )
    main_kwh = cells.needed(f"{_TRAINING}main_energy_needed")
    for name, key, phase in kinds:
        job = _job(cells, _TRAINING, f"{key}_energy_needed", f"{key}_carbonEmissions")
        if main_kwh:
            yield replace(job, name=name, phase=phase, times_ratio=job.energy_kwh / main_kwh)


def _inference(cells: _Cells) -> Job:
    job = _job(
        cells,
        _INFERENCE,
        "energy_needed_before_scaling",
        "carbonEmissions_before_scaling",
    )
    projected_kwh = cells.needed(f"{_INFERENCE}energy_needed")
    reported = _span(cells, "reporting_time_scope_value", "reporting_time_scope_unit")
    is_projected = projected_kwh != job.energy_kwh
    return replace(
        job,
        name="inference",
        phase="inference",
        span=_span(cells, "input_data_time_scope_val", "input_data_time_scope_unit"),
        projection=f"{projected_kwh:.4g} kWh for {reported}" if is_projected else None,
    )


def _span(cells: _Cells, value: str, unit: str) -> str:
    return f"{cells.figure(value) or 1:g} {cells.text(unit) or 'period'}"


def _form(cells: _Cells, prefix: str) -> Form:
    def text(column: str) -> str | None:
        return cells.text(f"{prefix}{column}")

    def needed(column: str) -> float:
        return cells.needed(f"{prefix}{column}")

    cores = text("coreType")
    provider, _, region = (text("server") or "").partition("--")
    hours_s = seconds_from_hours(needed("runTime_hour"))
    return Form(
        place=cells.place,
        version=cells.text("appVersion"),
        cpus=_processors("CPU", text, needed) if cores != "GPU" else None,
        gpus=_processors("GPU", text, needed) if cores != "CPU" else None,
        runtime_s=hours_s + needed("runTime_min") * SCALES["s"]["min"],
        repeats_count=needed("mult_factor"),
        platform=text("platformType"),
        provider=provider or text("provider"),
        region=region or None,
        location=_location(text("location")),
        intensity_gco2e_per_kwh=cells.figure(f"{prefix}carbonIntensity"),
        pue_ratio=_pue(needed("PUE"), f"{cells.place} {prefix}PUE"),
        is_pue_stated=_is_pue_stated(text),
    )


def _processors(
    kind: str, text: Callable[[str], str | None], needed: Callable[[str], float]
) -> Processors:
    model = text(f"{kind}model")
    return Processors(
        model=None if (model or "").lower() in {"", "any", "other"} else model,
        count=min(needed(f"number{kind}s"), _LARGEST_COUNT),
        power_w=needed(f"tdp{kind}"),
        usage_ratio=needed(f"usage{kind}"),
        is_usage_stated=text(f"usage{kind}radio") == "Yes",
    )


def _location(code: str | None) -> str | None:
    return None if code in {None, "WORLD"} else code


def _pue(ratio: float, where: str) -> float:
    if ratio < 1:
        raise MalformedInput(
            f"a PUE of {ratio:g} is below 1",
            where=where,
            hint="PUE is facility energy divided by IT energy: at least 1",
        )
    return ratio


def _is_pue_stated(text: Callable[[str], str | None]) -> bool:
    """Whether the form asked for the PUE and got one, or is of a machine without a data centre."""
    platform = text("platformType")
    if platform == "personalComputer":
        return True
    is_other_cloud = platform == "cloudComputing" and text("provider") == "other"
    return (platform == "localServer" or is_other_cloud) and text("PUEradio") == "Yes"
