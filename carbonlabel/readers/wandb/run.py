"""I am the runs whose power a W&B export holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.method.integral import Integral, Sample, trapezoid
from carbonlabel.model.estimate import Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Finding
from carbonlabel.model.units import milliseconds_from_seconds
from carbonlabel.parsing import amounts, samples, series
from carbonlabel.parsing.series import Clock, Series
from carbonlabel.readers.wandb.rows import Row, number, rows

_TRACKER: Final = "Weights & Biases"
# `gpu.process.N` is the same board again; `__MIN` and `__MAX` are the edges of a bin.
_KEY: Final = re.compile(
    r"(?:(?P<run>.{1,200}) - )?system[./](?:gpu\.(?P<gpu>\d{1,4})|(?P<cpu>cpu))\.powerWatts"
    r"(?P<node>/l:.{1,200})?",
    re.DOTALL,
)
_UNIX: Final = "_timestamp"
_RELATIVE: Final = ("_runtime", "Relative Time (Process)", "Relative Time (Wall)")
_LONGEST_S: Final = 10**9
_SUBSAMPLE_COUNT: Final = 500
_KEYS_LIMIT: Final = 4096

Part = Literal["gpu", "cpu"]


@dataclass(slots=True)
class Found:
    """What the file holds, from the latest walk."""

    runs: dict[str | None, set[tuple[Part, str]]] = field(default_factory=dict)
    """Devices of each run that have a column of power; only a chart's CSV names runs."""
    clock: Clock | None = None
    first: str | None = None
    """Where the first row stands."""
    rows_count: int = 0


@dataclass(slots=True)
class Export:
    """A file as samples of one run and one part at a time."""

    log: Log
    found: Found = field(default_factory=Found)
    keys: dict[str, tuple[str | None, Part, str] | None] = field(default_factory=dict)

    def survey(self) -> Found:
        """What the file holds.

        Raises:
            MalformedInput: there is no time, or a value is none.
        """
        self.found = Found()
        for where, row in rows(self.log):
            if self.found.first is None:
                self.found.first = where
                self.found.clock = "UTC" if _UNIX in row else None
            self.found.rows_count += 1
            self._enter(row)
        return self.found

    def samples(self, run: str | None, part: Part) -> Iterator[Sample]:
        """Each sample of the boards, or of the processors, of a run.

        Raises:
            MalformedInput: a time or a power is none.
        """
        for where, row in rows(self.log):
            time_ms = self._time(row, where)
            for key, value in row.items():
                place = self._place(key)
                if place is None or place[:2] != (run, part) or time_ms is None:
                    continue
                watts = number(value, where=f"{where} {part}")
                if watts is not None:
                    yield place[2], time_ms, samples.power_mw(watts, where=where)

    def _enter(self, row: Row) -> None:
        places = [place for key in row if (place := self._place(key))]
        for run, part, device in places:
            self.found.runs.setdefault(run, set()).add((part, device))

    def _place(self, key: str) -> tuple[str | None, Part, str] | None:
        if key not in self.keys:
            match = _KEY.fullmatch(key)
            # Keys are few in a table; JSON lines may have another set in each.
            if match is None:
                return None
            if len(self.keys) == _KEYS_LIMIT:
                raise MalformedInput(f"more than {_KEYS_LIMIT} metrics", where=self.log.name)
            part: Part = "cpu" if match["cpu"] else "gpu"
            run = amounts.name(match["run"])
            self.keys[key] = run, part, f"{match['gpu'] or ''}{match['node'] or ''}"
        return self.keys[key]

    def _time(self, row: Row, where: str) -> int | None:
        key = next((name for name in (_UNIX, *_RELATIVE) if name in row), None)
        if key is None:
            raise MalformedInput(
                "has no time",
                where=where,
                hint="export _timestamp or _runtime; of a chart, with relative time as its x axis",
            )
        time_s = number(row[key], where=f"{where} {key}")
        if time_s is None or key == _UNIX:
            return None if time_s is None else samples.time_ms(time_s, where=f"{where} {key}")
        if not 0 <= time_s < _LONGEST_S:
            raise MalformedInput("the time is no duration of a run", where=f"{where} {key}")
        return milliseconds_from_seconds(float(time_s))


def runs(log: Log, form: str) -> tuple[Evidence, ...]:
    """Every run of the export.

    Raises:
        InputError: it is no export, it is empty, or a value is none.
    """
    export = Export(log)
    found = export.survey()
    if found.first is None:
        raise MalformedInput("holds no rows", where=log.name, hint="export the events again")
    return tuple(_evidence(export, run, form) for run in (found.runs or {None: set()}))


def _evidence(export: Export, run: str | None, form: str) -> Evidence:
    log, found = export.log, export.found
    boards, processor = _integral(export, run, "gpu"), _integral(export, run, "cpu")
    place = found.first or log.name
    told = Series(
        tracker=_TRACKER,
        inputs=(series.read_from(log, form, _TRACKER, runs=max(1, len(found.runs))),),
        run=run or place,
        place=place,
        clock=found.clock,
        covers="device",
        blind_spots=series.blind_spots(
            _TRACKER, unseen="storage and network", reads="GPU boards and some processors"
        ),
        findings=tuple(_noticed(found, run, boards)),
    )
    no_boards = Missing(missing="not-measured", reason="the export has no power of a GPU")
    no_host = Missing(missing="not-measured", reason="the export has no power of the processor")
    return series.evidence(
        told,
        {
            "accelerators": (boards,) if boards else no_boards,
            "host": (processor,) if processor else no_host,
        },
    )


def _integral(export: Export, run: str | None, part: Part) -> Integral | None:
    parts = {part for part, _ in export.found.runs.get(run, ())}
    if part not in parts:
        return None
    return series.placed(lambda: trapezoid(lambda: export.samples(run, part)), export.log)


def _noticed(found: Found, run: str | None, boards: Integral | None) -> Iterator[Finding]:
    devices = found.runs.get(run, set())
    if boards is None:
        yield Finding(
            code="no-power-metric",
            severity="warning",
            place="accelerators",
            message="The export has no power of a GPU: its energy is not known, not zero.",
            suggestion="export the keys system.gpu.N.powerWatts, or measure otherwise",
        )
    yield from series.not_named({device: None for part, device in devices if part == "gpu"})
    if found.rows_count == _SUBSAMPLE_COUNT:
        yield Finding(
            code="history-subsampled",
            severity="warning",
            place="run",
            message="There are just 500 rows, as many as W&B's history() picks if nobody says "
            "otherwise: the run may have more.",
            suggestion="export with samples=100000, or with scan_history",
        )
