"""I am a report of optimum-benchmark: what each target used, took and delivered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.units import SCALES
from carbonlabel.parsing import amounts, jsontext, tables

_HINT: Final = "name benchmark_report.json or benchmark.json"
_PARTS: Final = ("cpu", "ram", "gpu", "total")
_SECOND: Final = "s"


@dataclass(frozen=True, slots=True)
class Energy:
    """What a target used, in kWh; decode can be negative, as it is a difference."""

    cpu_kwh: float
    ram_kwh: float
    gpu_kwh: float
    total_kwh: float

    def __add__(self, other: Energy) -> Energy:
        """Both together."""
        return Energy(
            self.cpu_kwh + other.cpu_kwh,
            self.ram_kwh + other.ram_kwh,
            self.gpu_kwh + other.gpu_kwh,
            self.total_kwh + other.total_kwh,
        )


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that was benchmarked; None where it was not tracked."""

    energy: Energy | None
    mean_s: float | None
    total_s: float | None
    efficiency: str | None
    """As written: `26759201.8 samples/kWh`."""


@dataclass(frozen=True, slots=True)
class Report:
    """All targets of one benchmark, and its configuration where the file holds it."""

    place: str
    targets: Mapping[str, Target]
    config: Mapping[str, object]

    def setting(self, *path: str) -> object:
        """One setting of the configuration; None where it is not there."""
        found: object = self.config
        for key in path:
            found = found.get(key) if isinstance(found, Mapping) else None
        return found


def report(log: Log) -> Report:
    """What the file says.

    Raises:
        MalformedInput: it is no report, or a figure or a unit in it is wrong.
    """
    text = log.document()
    is_json = text.lstrip().startswith("{")
    place = f"{log.name}:1" if is_json else f"{log.name}:2"
    whole = _record(jsontext.value(text, where=log.name) if is_json else _nested(text, log), place)
    is_wrapped = "config" in whole or "report" in whole
    if is_wrapped and "report" not in whole:
        raise MalformedInput("is a configuration without a report", where=place, hint=_HINT)
    told = _record(whole["report"], place) if is_wrapped else whole
    targets = {
        name: _target(found, f"{place} {name}")
        for name, found in told.items()
        if isinstance(found, Mapping)
    }
    config = whole.get("config") if is_wrapped else None
    return Report(place, targets, config if isinstance(config, Mapping) else {})


def _nested(text: str, log: Log) -> dict[str, object]:
    """The row of a flat table as the mapping that it was made from."""
    found = list(tables.rows(text.splitlines(), name=log.name))
    if len(found) != 1:
        raise MalformedInput(
            f"holds {len(found)} rows and not one", where=log.name, hint="name one report at a time"
        )
    whole: dict[str, object] = {}
    for column, cell in found[0][1].items():
        *path, leaf = column.split(".")
        inner = whole
        for key in path:
            deeper = inner.setdefault(key, {})
            inner = deeper if isinstance(deeper, dict) else {}
        inner.setdefault(leaf, cell or None)
    return whole


def _record(found: object, where: str) -> Mapping[str, object]:
    if isinstance(found, Mapping):
        return found
    raise MalformedInput("is no report", where=where, hint=_HINT)


def _target(found: Mapping[str, object], where: str) -> Target:
    latency = found.get("latency")
    taken = latency if isinstance(latency, Mapping) and latency.get("unit") == _SECOND else {}
    return Target(
        energy=_energy(found.get("energy"), f"{where}.energy"),
        mean_s=amounts.amount(taken.get("mean"), where=f"{where}.latency.mean"),
        total_s=amounts.amount(taken.get("total"), where=f"{where}.latency.total"),
        efficiency=_efficiency(found.get("efficiency"), f"{where}.efficiency"),
    )


def _energy(found: object, where: str) -> Energy | None:
    if not isinstance(found, Mapping):
        return None
    scale = SCALES["kWh"].get(str(found.get("unit")))
    if scale is None:
        raise MalformedInput(
            f"{str(found.get('unit'))[:40]!r} is no unit of energy",
            where=f"{where}.unit",
            hint="optimum-benchmark writes kWh",
        )
    return Energy(*(_signed(found.get(part), f"{where}.{part}") * scale for part in _PARTS))


def _signed(found: object, where: str) -> float:
    value = amounts.number(found, where=where)
    if value is None:
        raise MalformedInput("the figure is missing", where=where, hint="was the file edited?")
    return value


def _efficiency(found: object, where: str) -> str | None:
    if not isinstance(found, Mapping):
        return None
    value = amounts.number(found.get("value"), where=f"{where}.value")
    unit = amounts.name(found.get("unit"))
    return f"{value:.4g} {unit}" if value and unit else None
