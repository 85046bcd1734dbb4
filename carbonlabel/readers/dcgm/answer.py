"""I take a Prometheus answer apart: power and counter samples of each board."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.method.integral import Sample
from carbonlabel.model.units import microjoules_from_millijoules
from carbonlabel.parsing import jsontext, samples
from carbonlabel.parsing.jsontext import Value

POWER: Final = "DCGM_FI_DEV_POWER_USAGE"
ENERGY: Final = "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION"
_NAME_LIMIT: Final = 200
_HINT: Final = f"ask /api/v1/query_range for {ENERGY} or {POWER}"


@dataclass(slots=True)
class Answer:
    """What was asked for, board by board."""

    power: dict[str, list[Sample]] = field(default_factory=dict)
    """Samples of power in mW by board."""
    energy: dict[str, list[Sample]] = field(default_factory=dict)
    """Readings of the energy counter in µJ by board."""
    names: dict[str, str | None] = field(default_factory=dict)
    """Model by board."""
    absent_count: int = 0
    """Samples that are no number."""
    warnings_count: int = 0
    """What Prometheus warned of."""


def answer(log: Log) -> Answer:
    """The answer in the file.

    Raises:
        MalformedInput: Prometheus reports an error, it is no range query, or a value is none.
    """
    whole = _object(jsontext.value(log.document(), where=log.name), log.name)
    if whole.get("status") != "success":
        raise MalformedInput("Prometheus reports an error", where=f"{log.name} status", hint=_HINT)
    content = _object(whole.get("data"), f"{log.name} data")
    if content.get("resultType") != "matrix":
        raise MalformedInput(
            "this is the answer for one moment", where=f"{log.name} resultType", hint=_HINT
        )
    told = Answer(warnings_count=len(_list(whole.get("warnings") or [], f"{log.name} warnings")))
    for place, result in enumerate(_list(content.get("result"), f"{log.name} result")):
        _add(told, result, f"{log.name} result[{place}]")
    return told


def _add(told: Answer, result: Value, where: str) -> None:
    one = _object(result, where)
    labels = _object(one.get("metric"), f"{where} metric")
    metric = labels.get("__name__")
    if metric is None:
        raise MalformedInput("has no metric name", where=where, hint=f"{_HINT}, without functions")
    if metric not in (POWER, ENERGY):
        return
    board = _board(labels)
    model = labels.get("modelName")
    told.names[board] = told.names.get(board) or _printable(model)
    # Series of one board are one: an exporter that restarts gets a new pod label.
    kept = told.power if metric == POWER else told.energy
    found = kept.setdefault(board, [])
    for sample in _samples(one.get("values"), board, f"{where} values", is_power=metric == POWER):
        if sample:
            found.append(sample)
        else:
            told.absent_count += 1


def _samples(values: Value, board: str, where: str, *, is_power: bool) -> Iterator[Sample | None]:
    for place, pair in enumerate(_list(values, where)):
        at = f"{where}[{place}]"
        match pair:
            case [int() | float() as unix_s, str(text)] if not isinstance(unix_s, bool):
                shown = samples.figure(text, where=at)
            case _:
                raise MalformedInput("is no pair of time and value", where=at, hint=_HINT)
        if shown is None:
            yield None
            continue
        time_ms = samples.time_ms(unix_s, where=at)
        if is_power:
            yield board, time_ms, samples.power_mw(shown, where=at)
        else:
            energy_uj = microjoules_from_millijoules(shown)
            yield board, time_ms, samples.plausible_uj(energy_uj, where=at)


def _board(labels: dict[str, Value]) -> str:
    identity = labels.get("UUID") or [labels.get(name) for name in ("Hostname", "instance", "gpu")]
    return str(identity)


def _printable(name: Value) -> str | None:
    is_name = isinstance(name, str) and name.isprintable() and 0 < len(name) <= _NAME_LIMIT
    return str(name) if is_name else None


def _object(value: Value, where: str) -> dict[str, Value]:
    if not isinstance(value, dict):
        raise MalformedInput("is no object", where=where, hint=_HINT)
    return value


def _list(value: Value, where: str) -> list[Value]:
    if not isinstance(value, list):
        raise MalformedInput("is no list", where=where, hint=_HINT)
    return value
