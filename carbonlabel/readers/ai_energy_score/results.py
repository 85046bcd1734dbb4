"""I am one benchmark of AI Energy Score, whichever of its files told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.units import SCALES
from carbonlabel.parsing import amounts, jsontext, tables

_HINT: Final = "was the file cut or edited?"
_WH: Final = "Wh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The figures of one benchmark in our units; None where its file does not have them."""

    place: str
    boards_kwh: float
    """Of the GPUs, for all prompts together; 0 where the benchmark failed."""
    host_kwh: float | None = None
    """Of CPU and memory together, as CodeCarbon models them."""
    emissions_gco2e: float | None = None
    """Of GPUs, CPU and memory together."""
    duration_s: float | None = None
    successful_count: float | None = None
    """Prompts that were answered."""
    failed_count: float | None = None
    model: str | None = None
    task: str | None = None
    """`text_gen`."""
    ended: str | None = None
    """Time of writing, as text."""
    error: bool = False
    """Whether the tool says that something failed."""
    per_1000: float | None = None
    """Wh for each 1 000 answered prompts, where the file states it."""


def results(log: Log) -> Iterator[Result]:
    """Every benchmark of a file, the failed ones too.

    Raises:
        MalformedInput: a figure or a unit is wrong.
    """
    if log.head.lstrip()[:1] == b"{":
        yield _report(log)
    elif b"gpu_energy_wh" in log.head:
        yield from _table(log)
    else:
        found = amounts.needed(log.document(), where=f"{log.name}:1")
        yield Result(place=f"{log.name}:1", boards_kwh=_kwh(found))


def _kwh(energy_wh: float) -> float:
    return energy_wh * SCALES["kWh"][_WH]


def _report(log: Log) -> Result:
    place = f"{log.name}:1"
    found = _record(jsontext.value(log.document(), where=log.name), place)
    if "format" in found:
        return _summary(found, place)
    energy = _record(found.get("energy"), f"{place} energy")
    work = _record(found.get("summary") or {}, f"{place} summary")

    def energy_kwh(key: str) -> float | None:
        value = amounts.amount(energy.get(key), where=f"{place} energy.{key}")
        return None if value is None else _kwh(value)

    def of_work(key: str) -> float | None:
        return amounts.amount(work.get(key), where=f"{place} summary.{key}")

    boards_kwh = energy_kwh("gpu_energy_wh")
    if boards_kwh is None:
        raise MalformedInput("holds no energy of GPUs", where=f"{place} energy", hint=_HINT)
    return Result(
        place=place,
        boards_kwh=boards_kwh,
        host_kwh=_both(energy_kwh("cpu_energy_wh"), energy_kwh("ram_energy_wh")),
        emissions_gco2e=amounts.amount(
            energy.get("emissions_g_co2eq"), where=f"{place} energy.emissions_g_co2eq"
        ),
        duration_s=of_work("total_duration_seconds"),
        successful_count=of_work("successful_prompts"),
        failed_count=of_work("failed_prompts"),
        error="error" in energy,
    )


def _summary(found: Mapping[str, object], place: str) -> Result:
    if found.get("units") != _WH:
        raise MalformedInput(
            "the unit is not Wh", where=f"{place} units", hint="the tool writes Wh here"
        )
    return Result(
        place=place, boards_kwh=_kwh(amounts.needed(found.get("total"), where=f"{place} total"))
    )


def _table(log: Log) -> Iterator[Result]:
    for line, row in tables.rows(_lines(log), name=log.name):
        yield _row(row, f"{log.name}:{line}")


def _lines(log: Log) -> Iterator[str]:
    # The line ends are kept for quoted fields, which may hold some.
    return (f"{text}\n" for _, text in log.lines())


def _row(row: Mapping[str, str], place: str) -> Result:
    def figure(key: str) -> float | None:
        return amounts.amount(row.get(key), where=f"{place} {key}")

    return Result(
        place=place,
        boards_kwh=_kwh(amounts.needed(row.get("gpu_energy_wh"), where=f"{place} gpu_energy_wh")),
        emissions_gco2e=figure("co2_emissions_g"),
        duration_s=figure("total_duration_seconds"),
        successful_count=figure("successful_prompts"),
        failed_count=figure("failed_prompts"),
        model=amounts.name(row.get("model_name")),
        task=amounts.name(row.get("task")),
        ended=row.get("timestamp"),
        error=bool((row.get("error_message") or "").strip()),
        per_1000=figure("wh_per_1000_queries"),
    )


def _both(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other


def _record(found: object, where: str) -> Mapping[str, object]:
    if isinstance(found, Mapping):
        return found
    raise MalformedInput("is no JSON object", where=where, hint=_HINT)
