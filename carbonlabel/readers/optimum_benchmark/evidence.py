"""I turn a report of optimum-benchmark into evidence: which targets count, and as what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Final, Literal

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence, Sensor, Served
from carbonlabel.model.hardware import Device
from carbonlabel.model.provenance import Finding, Input
from carbonlabel.parsing import amounts
from carbonlabel.parsing.amounts import given
from carbonlabel.parsing.workload import energy_text, per_unit
from carbonlabel.readers.optimum_benchmark.report import Energy, Report, Target, report

Scenario = Literal["inference", "energy_star", "training"]

_TRACKER: Final = "optimum-benchmark"
# Prefill + decode is a whole generation: decode was worked out as generation - prefill.
_COUNTED: Final = (("generate",), ("prefill", "decode"), ("call",), ("forward",))
_NOISE_RATIO: Final = 1e-9
_SPLIT_RATIO: Final = 0.01
_APART: Final = Missing(missing="not-applicable", reason="the report does not split the energy")
_IS_SPLIT: Final = Missing(missing="not-applicable", reason="the report splits the energy")
_NOTHING: Final = Missing(missing="not-measured", reason="0 kWh in the report means not measured")
_BLIND_SPOTS: Final = (
    ("idle time of the machine", "optimum-benchmark tracks its own loops only"),
    ("failed and earlier runs", "not in the report"),
    ("storage and network", "CodeCarbon, which it uses, does not measure them"),
    ("further machines of a distributed run", "the report averages over all ranks"),
)


@dataclass(frozen=True, slots=True)
class _Counted:
    """The targets whose energy is that of the run."""

    names: tuple[str, ...]
    energy: Energy
    scenario: Scenario
    targets: tuple[Target, ...]

    @property
    def is_one_call(self) -> bool:
        return self.scenario == "inference"

    @property
    def duration_s(self) -> float | None:
        taken = [each.mean_s if self.is_one_call else each.total_s for each in self.targets]
        known = [each for each in taken if each is not None]
        return sum(known) if known and len(known) == len(taken) else None


def evidence(log: Log, form: str) -> Evidence:
    """The run of a report.

    Raises:
        MalformedInput: no target has an energy, or a figure is wrong.
    """
    told = report(log)
    counted = _counted(told)
    version = amounts.name(told.setting("environment", "optimum_benchmark_version"))
    accelerators, host, computing = _energies(counted.energy, told)
    return Evidence(
        run=told.place,
        place=told.place,
        tracker=_TRACKER,
        version=version,
        inputs=(
            Input(
                file=log.name,
                sha256=log.sha256,
                format=form,
                tracker=_TRACKER,
                version=version,
                runs=1,
            ),
        ),
        phase="training" if counted.scenario == "training" else "inference",
        period=Missing(missing="not-stated", reason="the report has no date"),
        duration=_duration(counted),
        accelerators=accelerators,
        host=host,
        computing=computing,
        sensors=_sensors(accelerators, host, computing),
        pue_in_energy="no",
        pue=Missing(missing="not-stated", reason="optimum-benchmark counts no PUE"),
        wue=Missing(missing="not-stated", reason="optimum-benchmark knows no water"),
        reported_energy=_whole(counted.energy),
        reported_emissions=Missing(missing="not-stated", reason="the report has no emissions"),
        devices=tuple(_devices(told)),
        served=_served(told, counted),
        covers="machine",
        complete=True,
        blind_spots=_BLIND_SPOTS,
        findings=tuple(_findings(told, counted)),
    )


def _counted(told: Report) -> _Counted:
    scenario = _scenario(told)
    candidates = (("overall",),) if scenario == "training" else _COUNTED
    for names in candidates:
        targets = tuple(told.targets[name] for name in names if name in told.targets)
        energies = [each.energy for each in targets if each.energy is not None]
        if len(energies) == len(names):
            whole = _settled(reduce(add, energies), f"{told.place} {' + '.join(names)}")
            return _Counted(names, whole, scenario, targets)
    raise MalformedInput(
        "holds no energy", where=told.place, hint="run the benchmark with energy: true"
    )


def _scenario(told: Report) -> Scenario:
    names = told.targets.keys()
    if "overall" in names:
        return "training"
    return "energy_star" if {"load_dataset", "preprocess_dataset"} & names else "inference"


def _settled(energy: Energy, where: str) -> Energy:
    """Without the noise of a difference that came to zero."""
    parts = (energy.cpu_kwh, energy.ram_kwh, energy.gpu_kwh, energy.total_kwh)
    noise_kwh = _NOISE_RATIO * abs(energy.total_kwh)
    if min(parts) < -noise_kwh:
        raise MalformedInput(
            "the energy is negative",
            where=where,
            hint="the benchmark was too short to tell prefill from decode",
        )
    return Energy(*(max(part, 0.0) for part in parts))


def _energies(
    energy: Energy, told: Report
) -> tuple[Estimate | Missing, Estimate | Missing, Estimate | Missing]:
    """Accelerators, host and computing."""
    if energy.total_kwh == 0:
        return _no_boards(told), _NOTHING, _IS_SPLIT
    if not _adds_up(energy):
        return _APART, _APART, given(energy.total_kwh, "kWh", "estimated")
    host_kwh = energy.cpu_kwh + energy.ram_kwh
    return (
        given(energy.gpu_kwh, "kWh", "measured") if energy.gpu_kwh else _no_boards(told),
        given(host_kwh, "kWh", "estimated") if host_kwh else _NOTHING,
        _IS_SPLIT,
    )


def _adds_up(energy: Energy) -> bool:
    parts_kwh = energy.cpu_kwh + energy.ram_kwh + energy.gpu_kwh
    return abs(parts_kwh - energy.total_kwh) <= _SPLIT_RATIO * energy.total_kwh


def _no_boards(told: Report) -> Missing:
    if told.setting("backend", "device") == "cuda":
        reason = "the benchmark ran on GPUs, yet their energy is 0: no board was read"
        return Missing(missing="not-measured", reason=reason)
    return Missing(missing="not-applicable", reason="the report has no GPU energy")


def _sensors(
    accelerators: Estimate | Missing, host: Estimate | Missing, computing: Estimate | Missing
) -> Mapping[str, Sensor]:
    sensors: dict[str, Sensor] = {}
    if isinstance(accelerators, Estimate):
        sensors["accelerators"] = "counter"
    if isinstance(host, Estimate):
        sensors["host"] = "model"
    if isinstance(computing, Estimate):
        sensors["computing"] = "model"
    return sensors


def _whole(energy: Energy) -> Estimate | Missing:
    if energy.total_kwh == 0:
        return _NOTHING
    mostly_gpu = 2 * energy.gpu_kwh >= energy.total_kwh
    return given(energy.total_kwh, "kWh", "measured" if mostly_gpu else "estimated")


def _duration(counted: _Counted) -> Estimate | Missing:
    if not counted.duration_s:
        return Missing(missing="not-stated", reason="the benchmark tracked no latency")
    return given(counted.duration_s, "s", "measured")


def _devices(told: Report) -> Iterator[Device]:
    boards = told.setting("environment", "gpu")
    listed = boards if isinstance(boards, list) else [boards]
    names = [name for each in listed if (name := amounts.name(each))]
    if names and told.setting("backend", "device") == "cuda":
        chosen = amounts.name(told.setting("backend", "device_ids"))
        count = chosen.count(",") + 1 if chosen else len(names)
        yield Device(name=names[0], kind="accelerator", count=min(count, len(names)))
    if cpu := amounts.name(told.setting("environment", "cpu")):
        yield Device(name=cpu, kind="host", count=1)


def _findings(told: Report, counted: _Counted) -> Iterator[Finding]:
    if counted.energy.total_kwh == 0:
        yield _note("zero-energy", "The report says 0 kWh: no sensor was read.", None, "warning")
        return
    if counted.scenario != "training":
        yield _unit_of(told, counted)
    if not _adds_up(counted.energy):
        yield _note(
            "energy-not-split", "CPU, GPU and memory do not add up to the total, which counts."
        )
    if any(each.energy and each.energy.total_kwh < 0 for each in counted.targets):
        yield _note(
            "decode-negative",
            "The decode energy is negative, as it is generation less prefill of a short "
            "benchmark; both together count.",
        )
    if others := _others(told, counted):
        yield _note(
            "targets-not-counted",
            "The energy of these targets is in the report and is not counted.",
            others,
        )


def _served(told: Report, counted: _Counted) -> Served | None:
    """The samples behind the energy: those of a call, or of a data set."""
    batch, samples = _batch(told), _samples(told)
    count = batch if counted.is_one_call else samples
    if counted.scenario == "training" or not count:
        return None
    whole = int(batch) if batch and batch.is_integer() else None
    task = amounts.name(told.setting("backend", "task"))
    return Served(unit="sample", count=count, task=task, batch=whole)


def _batch(told: Report) -> float | None:
    return amounts.amount(
        told.setting("scenario", "input_shapes", "batch_size"), where=f"{told.place} batch_size"
    )


def _samples(told: Report) -> float | None:
    return amounts.amount(
        told.setting("scenario", "num_samples"), where=f"{told.place} num_samples"
    )


def _unit_of(told: Report, counted: _Counted) -> Finding:
    what = " + ".join(counted.names)
    batch = _batch(told)
    size = f" of {batch:g} samples" if batch and counted.is_one_call else ""
    efficiency = [each.efficiency for each in counted.targets if each.efficiency]
    words = (f"{energy_text(counted.energy.total_kwh)} for {what}{size}", *efficiency)
    message = (
        "The energy is that of one call, the mean of all that were made."
        if counted.is_one_call
        else "The energy is that of the whole data set."
    )
    return per_unit("; ".join(words), "computing", message)


def _others(told: Report, counted: _Counted) -> str:
    return ", ".join(
        f"{name[:40]} {energy_text(each.energy.total_kwh)}"
        for name, each in list(told.targets.items())[:20]
        if each.energy and name not in counted.names
    )


def _note(
    code: str,
    message: str,
    found: str | None = None,
    severity: Literal["note", "warning"] = "note",
) -> Finding:
    return Finding(code=code, severity=severity, place="computing", message=message, found=found)
