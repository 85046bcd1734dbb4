"""I am the runs of an Eco2AI file: a row of its own each, or the epochs of one id together."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.parsing.samples import figure
from carbonlabel.parsing.table import Row, rows

DURATION: Final = "duration(s)"
EMISSIONS: Final = "CO2_emissions(kg)"
_ENERGIES: Final = ("power_consumption(kWh)", "power_consumption(kWTh)")
_EPOCH: Final = re.compile(r"epoch:")


@dataclass(slots=True)
class Run:
    """One run, as far as its rows were read."""

    row: Row
    """Its newest row."""
    run_id: str | None
    """None in files before 0.3, which have no ids."""
    is_epochs: bool
    """Whether it was logged epoch by epoch."""
    duration_s: float = 0.0
    energy_kwh: float = 0.0
    emissions_kg: float | None = 0.0
    """None as soon as one row has none."""
    begin: datetime | None = None
    end: datetime | None = None
    """Both None where a time stamp is no date."""
    epochs_count: int = 0
    copies_count: int = 0
    """Rows that stood in the file once more."""
    seen: set[tuple[str, ...]] = field(default_factory=set)

    def add(self, row: Row, amounts: Amounts) -> None:
        """Take one more epoch in, unless it is a copy of one."""
        key = tuple(row.fields.values())
        if key in self.seen:
            self.copies_count += 1
            return
        self.seen.add(key)
        self._span(amounts, is_first=not self.epochs_count)
        self.row, self.epochs_count = row, self.epochs_count + 1
        self.duration_s += amounts.duration_s
        self.energy_kwh += amounts.energy_kwh
        both = self.emissions_kg is not None and amounts.emissions_kg is not None
        self.emissions_kg = (self.emissions_kg or 0) + (amounts.emissions_kg or 0) if both else None

    def _span(self, amounts: Amounts, *, is_first: bool) -> None:
        if is_first:
            self.begin, self.end = amounts.begin, amounts.end
        elif not (self.begin and self.end and amounts.begin and amounts.end):
            self.begin = self.end = None
        else:
            self.begin, self.end = min(self.begin, amounts.begin), max(self.end, amounts.end)


@dataclass(frozen=True, slots=True)
class Amounts:
    """The figures of one row."""

    duration_s: float
    energy_kwh: float
    emissions_kg: float | None
    begin: datetime | None
    end: datetime | None


@dataclass(slots=True)
class Ledger:
    """Every run of one file, in the order in which they first appear."""

    runs: dict[str | int, Run] = field(default_factory=dict)
    cut: int | None = None
    """The last line, where the file breaks off within it."""

    def take(self, row: Row, energy_name: str) -> None:
        """Note one row.

        Raises:
            MalformedInput: a figure in it is wrong, or it does not fit the other rows of its id.
        """
        amounts = _amounts(row, energy_name)
        run_id = row.text("id")
        is_epoch = bool(_EPOCH.match(row.fields.get("epoch", "").strip()))
        new = Run(row, run_id, is_epoch)
        run = self.runs.setdefault(run_id or row.line, new)
        if run is new or (is_epoch and run.is_epochs):
            run.add(row, amounts)
        elif is_epoch or run.is_epochs:
            raise MalformedInput(
                "epochs and a whole run have the same id",
                where=row.where("id"),
                hint="give one of the files that were joined",
            )
        else:
            self._replace(run, row, amounts)

    def _replace(self, run: Run, row: Row, amounts: Amounts) -> None:
        """Keep the newer of two states of a run: Eco2AI updates its row while it runs."""
        longer_s = amounts.duration_s - run.duration_s
        if longer_s * (amounts.energy_kwh - run.energy_kwh) < 0:
            raise MalformedInput(
                "the energy of the run falls while its duration grows",
                where=row.place,
                hint="do two runs share an id?",
            )
        copies_count = run.copies_count + 1
        if longer_s > 0:
            run = Run(row, run.run_id, is_epochs=False)
            run.add(row, amounts)
            self.runs[run.run_id or row.line] = run
        run.copies_count = copies_count


def ledger(log: Log) -> Ledger:
    """Every run of an `emission.csv`.

    Raises:
        MalformedInput: the file or a figure in it is wrong, it is encoded, or it holds no run.
    """
    kept = Ledger()
    energy_name, found = _table(log)
    for row in found:
        if row.is_cut:
            kept.cut = row.line
        else:
            kept.take(row, energy_name)
    if not kept.runs:
        raise MalformedInput(
            "the file holds no whole run",
            where=log.name,
            hint="Eco2AI writes a row after the first measure_period; did it run that long?",
        )
    return kept


def _table(log: Log) -> tuple[str, Iterator[Row]]:
    first = next((text for _, text in log.lines() if text.strip()), "")
    separator = next((sign for sign in ("\t", ";") if sign in first), ",")
    if separator == ";":
        raise MalformedInput(
            "the columns are separated by semicolons",
            where=f"{log.name}:1",
            hint="a spreadsheet saved it; use the file that Eco2AI wrote",
        )
    names = {name.strip() for name in first.split(separator)}
    energy_name = next((name for name in _ENERGIES if name in names), _ENERGIES[0])
    return energy_name, rows(log, needs=(DURATION, energy_name, EMISSIONS), separator=separator)


def _amounts(row: Row, energy_name: str) -> Amounts:
    begin = _time(row)
    if begin is None:
        _refuse_encoded(row, energy_name)
    duration_s = row.needed(DURATION)
    return Amounts(
        duration_s=duration_s,
        energy_kwh=row.needed(energy_name),
        emissions_kg=row.number(EMISSIONS),
        begin=begin,
        end=begin and _end(begin, duration_s, row),
    )


def _time(row: Row) -> datetime | None:
    try:
        return datetime.fromisoformat(row.text("start_time") or "").replace(tzinfo=None)
    except ValueError:
        return None


def _end(begin: datetime, duration_s: float, row: Row) -> datetime:
    try:
        # The time stamp is of whole seconds: so is what comes of it, and no shorter than the run.
        return begin + timedelta(seconds=math.ceil(duration_s))
    except OverflowError:
        raise MalformedInput(
            f"a run of {duration_s:.4g} s ends after the calendar",
            where=row.where(DURATION),
            hint="Eco2AI writes seconds here: was the file edited?",
        ) from None


def _refuse_encoded(row: Row, energy_name: str) -> None:
    try:
        figure(row.fields.get(energy_name, ""), where=row.place)
    except MalformedInput:
        if row.fields.get("start_time"):
            raise MalformedInput(
                "neither time nor energy can be read: Eco2AI's encode_file garbles every field",
                where=row.place,
                hint="give emission.csv, which Eco2AI writes beside it in plain text",
            ) from None
