"""I read the tables of CodeCarbon's dashboard: without quotes, with `undefined` and `N/A`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.parsing import table
from carbonlabel.readers.codecarbon.columns import looks_right
from carbonlabel.readers.codecarbon.posts import named, total
from carbonlabel.readers.codecarbon.readings import Reading
from carbonlabel.readers.codecarbon.rows import Row

Kind = Literal["runs", "series", "experiments"]
_TELLING: Final[dict[Kind, frozenset[str]]] = {
    "runs": frozenset({"runId", "timestamp", "emissions", "energy_consumed", "duration"}),
    "series": frozenset({"timestamp", "emissions_sum", "energy_consumed"}),
    "experiments": frozenset({"experiment_id", "name", "emissions", "energy_consumed"}),
}
_FILE: Final = re.compile(r"_run_([0-9A-Fa-f-]{8,40})_emissions")
_FIRM: Final = ("run_id", "timestamp", "emissions", "energy_consumed", "duration")
_ANCHORS: Final = ("codecarbon_version", "cpu_count", "gpu_count", "ram_total_size")


@dataclass(slots=True)
class Runs:
    """A table of runs, each with its totals."""

    readings: dict[str, Reading] = field(default_factory=dict)
    """By run id; of a run that stands twice, the longer one."""
    realigned: dict[str, str] = field(default_factory=dict)
    """Places of rows in which a name holds a comma, by run id."""
    cut: int | None = None
    """The last line, where the file breaks off within it."""


@dataclass(slots=True)
class Series:
    """A table of the posts of one run."""

    rows: list[Row] = field(default_factory=list)
    cut: int | None = None
    """The last line, where the file breaks off within it."""


def kind_of(line: str) -> Kind | None:
    """Which table begins with this line; None if none does."""
    names = {name.strip().strip('"') for name in line.split(",")}
    return next((kind for kind, telling in _TELLING.items() if telling <= names), None)


def runs(log: Log) -> Runs:
    """Every run of the table.

    Raises:
        MalformedInput: a figure is wrong, or a row has too few fields.
    """
    found = Runs()
    for row in _rows(log, _TELLING["runs"]):
        if row.is_cut:
            found.cut = row.line
            continue
        sound, is_moved = _sound(row)
        one = total(sound)
        key = one.run_id or row.place
        if key not in found.readings or one.duration_s > found.readings[key].duration_s:
            found.readings[key] = one
            if is_moved:
                found.realigned[key] = row.place
    return found


def series(log: Log) -> Series:
    """Every post of the table; the run's id stands in the file's name.

    Raises:
        MalformedInput: a row has too few fields.
    """
    found = Series()
    run = _FILE.search(log.name)
    for row in _rows(log, _TELLING["series"]):
        if row.is_cut:
            found.cut = row.line
            continue
        fields = {"duration": "0", **row.fields, "run_id": run[1] if run else ""}
        found.rows.append(Row(log.name, row.line, named(fields), len(row.fields)))
    return found


def _rows(log: Log, needs: Collection[str]) -> Iterator[table.Row]:
    # The dashboard quotes nothing; a file with quotes was saved again by something else.
    is_free = b"gpu_model" in log.head and b'"' not in log.head
    return table.rows(log, needs=needs, free="gpu_model" if is_free else None)


def _sound(row: table.Row) -> tuple[Row, bool]:
    fields = named(row.fields)
    is_sound = all(looks_right(name, fields[name]) for name in _ANCHORS if fields.get(name))
    if not is_sound:
        fields = {name: text for name, text in fields.items() if name in _FIRM}
    is_moved = "," in fields.get("gpu_model", "") or not is_sound
    return Row(row.file, row.line, fields, len(row.fields)), is_moved


def no_run(log: Log) -> MalformedInput:
    """The error for a table of experiments."""
    return MalformedInput(
        "holds totals of experiments, and no run with its time and place",
        where=log.name,
        hint="download the runs of the experiment from the dashboard instead",
    )
