"""I am perun's benchmark export: means over the rounds of a run, each with its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.parsing import jsontext
from carbonlabel.parsing.jsontext import Value
from carbonlabel.parsing.table import amount, words
from carbonlabel.readers.perun.measured import PREFIXES, Measured
from carbonlabel.readers.perun.report import moment

_NAME: Final = re.compile(r"(?P<run>.{1,1000}) - (?P<metric>RUNTIME|ENERGY)")
_STAMP: Final = re.compile(r".*_(\d{4}-\d\d-\d\dT[\d:.]{4,20})")
_UNITS: Final = {"RUNTIME": "s", "ENERGY": "J"}


def bench(log: Log) -> Sequence[Measured]:
    """The run that the file is about, as one round of it.

    Raises:
        MalformedInput: it is no list of entries, or a figure in it is wrong.
    """
    entries = jsontext.value(log.document(), where=log.name)
    if not isinstance(entries, list):
        raise MalformedInput("is no list", where=log.name, hint="was the file edited?")
    found: dict[str, float] = {}
    run: str | None = None
    for entry in entries:
        match = _NAME.fullmatch(_text(entry, "name", log.name))
        # Entries of functions follow those of the run, under names of their own.
        if match and match["run"] == (run or match["run"]):
            run = match["run"]
            found[match["metric"]] = _amount(entry, match["metric"], log.name)
    if run is None:
        raise MalformedInput(
            "no entry holds a runtime or an energy",
            where=log.name,
            hint="put runtime and energy into benchmarking.metrics, or export json",
        )
    return (_measured(f"{log.name}:1", run, found),)


def _measured(place: str, run: str, found: dict[str, float]) -> Measured:
    stamp = _STAMP.fullmatch(run)
    run_id = stamp[1] if stamp else words(run) or "unnamed"
    return Measured(
        place=place,
        run=run_id,
        begin=moment(run_id),
        duration_s=found.get("RUNTIME"),
        energy_j=found.get("ENERGY"),
        is_whole=True,
        is_mean=True,
    )


def _text(entry: Value, key: str, where: str) -> str:
    told = entry.get(key) if isinstance(entry, dict) else None
    if not isinstance(told, str):
        raise MalformedInput(f"an entry has no {key}", where=where, hint="was the file edited?")
    return told


def _amount(entry: Value, metric: str, file: str) -> float:
    where = f"{file} {metric}"
    unit = _text(entry, "unit", where)
    prefix = unit.removesuffix(_UNITS[metric])
    value = entry.get("value") if isinstance(entry, dict) else None
    if prefix == unit or prefix not in PREFIXES:
        raise MalformedInput("is in an unknown unit", where=where, hint="export json instead")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise MalformedInput("holds no figure", where=where, hint="was the file edited?")
    return amount(value * PREFIXES[prefix], where=where)
