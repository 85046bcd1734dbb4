"""I am perun's text report: a table of rounds with rounded figures, and a closing sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate
from carbonlabel.parsing.samples import figure
from carbonlabel.parsing.table import amount, words
from carbonlabel.readers.perun.measured import PREFIXES, Measured

_RUN: Final = "RUN ID:"
_ALL: Final = "All"
_VALUE: Final = re.compile(r"(\d{1,15}(?:\.\d{1,6})?) ?([a-zA-Z]?)([sJ])", re.ASCII)
_USED: Final = re.compile(r"run (\d{1,9}) times\..{0,40}\bused (\d{1,12}\.\d{1,9}) kWh")
_HALF: Final = 0.5


@dataclass(slots=True)
class _Text:
    file: str
    run: str = ""
    place: str = ""
    columns: list[str] = field(default_factory=list)
    durations_s: list[float] = field(default_factory=list)
    energies_j: list[float] = field(default_factory=list)
    energy: Estimate | None = None

    def take(self, number: int, text: str) -> None:
        if text.startswith(_RUN) and not self.run:
            self.run = words(text.removeprefix(_RUN)) or "unnamed"
            self.place = f"{self.file}:{number}"
        elif text.startswith("|"):
            self._take_cells([cell.strip() for cell in text.strip("|").split("|")], number)
        elif match := _USED.search(text):
            self.energy = _rounded(match[2]) if int(match[1]) == 1 else None

    def _take_cells(self, cells: list[str], number: int) -> None:
        if "Round #" in cells:
            self.columns = cells if "Host" in cells else []
        cell = dict(zip(self.columns, cells, strict=False))
        if cell.get("Host") != _ALL or cell.get("Device", _ALL) != _ALL:
            return
        where = f"{self.file}:{number}"
        self.place = where if not self.durations_s else self.place
        self.durations_s += _amounts(cell, "RUNTIME", where)
        self.energies_j += _amounts(cell, "ENERGY", where)


def report(log: Log) -> Sequence[Measured]:
    """The run that the text is about, its rounds added up.

    Raises:
        MalformedInput: it holds no run, or a figure in it is wrong.
    """
    found = _Text(log.name)
    for number, text in log.lines():
        found.take(number, text)
    if not found.run:
        raise MalformedInput("the text names no run", where=log.name, hint="was the file cut?")
    is_timed = bool(found.durations_s)
    is_metered = bool(found.energies_j) and len(found.energies_j) == len(found.durations_s)
    return (
        Measured(
            place=found.place,
            run=found.run,
            begin=moment(found.run),
            duration_s=sum(found.durations_s) if is_timed else None,
            energy_j=sum(found.energies_j) if is_metered else None,
            energy=None if is_metered else found.energy,
            is_whole=True,
        ),
    )


def moment(text: str) -> datetime | None:
    """The time that a run id is, also where a file system took its colons; None where it is none.

    >>> moment("2026-11-22T003508.632928")
    datetime.datetime(2026, 11, 22, 0, 35, 8, 632928)
    """
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _amounts(cell: Mapping[str, str], name: str, where: str) -> list[float]:
    text = cell.get(name, cell.get(f"Avg {name}", ""))
    if text.lower() in {"", "nan"}:
        return []
    match = _VALUE.fullmatch(text)
    if match is None or match[2] not in PREFIXES:
        raise MalformedInput(
            f"{name} is no figure with its unit", where=where, hint="was the file edited?"
        )
    return [amount(_figure(match[1], where) * PREFIXES[match[2]], where=where)]


def _figure(text: str, where: str) -> float:
    return float(figure(text, where=where) or 0)


def _rounded(text: str) -> Estimate | None:
    """Energy in kWh, ± half a unit of its last place; None where it was rounded to nothing."""
    energy_kwh = float(text)
    half_kwh = _HALF * 10.0 ** -len(text.partition(".")[2])
    if not energy_kwh:
        return None
    return Estimate(
        value=energy_kwh,
        low=energy_kwh - half_kwh,
        high=energy_kwh + half_kwh,
        unit="kWh",
        basis="measured",
        source="log",
    )
