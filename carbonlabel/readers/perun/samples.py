"""I am perun's CSV: every sample of every sensor, its time counted from the start of its round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.method.integral import Integral, Sample, difference, trapezoid
from carbonlabel.model.estimate import Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Input
from carbonlabel.model.units import (
    microjoules_from_joules,
    milliseconds_from_seconds,
    seconds_from_years,
)
from carbonlabel.parsing.samples import figure, plausible_uj, power_mw
from carbonlabel.parsing.series import Row as Component
from carbonlabel.parsing.series import Series, evidence, not_named, placed
from carbonlabel.parsing.table import Row, rows
from carbonlabel.readers.perun.evidence import BLIND_SPOTS, TRACKER, no_gpu, no_sensor
from carbonlabel.readers.perun.report import moment

_COLUMNS: Final = ("run id", "device_group", "sensor", "unit", "magnitude", "timestep", "value")
_GROUPS: Final[Mapping[str, Component]] = {"gpu": "accelerators", "cpu": "host", "ram": "host"}
_STAMP: Final = re.compile(r".*_(\d{4}-\d\d-\d\dT[\d:.]{4,20})\.csv")
_BOARD: Final = re.compile(r"[^_]{1,200}")
_NO_PUE: Final = Missing(missing="not-stated", reason="the samples hold no PUE and state none")
_STEP_MS: Final = 1
_LONGEST_S: Final = seconds_from_years(100)
_HINT: Final = "was the file edited?"
_NO_HOST: Final = Missing(missing="not-measured", reason="perun read no RAPL counter")


@dataclass(slots=True)
class _Rounds:
    """One line of time on which each round begins where the one before ended."""

    begin_ms: int
    last_ms: int
    begins_ms: dict[str, int] = field(default_factory=dict)

    def time_ms(self, row: Row) -> int:
        name = row.fields["run id"]
        if name not in self.begins_ms:
            later_ms = self.last_ms + _STEP_MS
            self.begins_ms[name] = later_ms if self.begins_ms else self.begin_ms
        time_ms = self.begins_ms[name] + _since_ms(row)
        self.last_ms = max(self.last_ms, time_ms)
        return time_ms


def _since_ms(row: Row) -> int:
    since_s = row.needed("timestep")
    if since_s > _LONGEST_S:
        raise MalformedInput(
            "a round of more than 100 years", where=row.where("timestep"), hint=_HINT
        )
    return milliseconds_from_seconds(since_s)


@dataclass(slots=True)
class _Found:
    """What kinds of sensors there are."""

    place: str = ""
    kinds: set[tuple[Component, str]] = field(default_factory=set)
    boards: dict[str, None] = field(default_factory=dict)
    last_ms: int = 0


def samples(log: Log, source: Input) -> Evidence:
    """The run: power integrated over time, rounds one after another.

    Raises:
        MalformedInput: a column is missing, a figure is wrong, or it holds no sample.
    """
    stamp = _STAMP.fullmatch(log.name)
    begin = moment(stamp[1]) if stamp else None
    begin_ms = _unix_ms(begin) if begin else 0
    found = _survey(log, begin_ms)
    told = Series(
        tracker=TRACKER,
        inputs=(source.model_copy(update={"runs": 1}),),
        run=stamp[1] if stamp and begin else found.place,
        place=found.place,
        clock="local, not stated" if begin else None,
        covers="machine",
        blind_spots=BLIND_SPOTS,
        findings=() if found.kinds else (no_sensor(),),
        ends_ms=(begin_ms, found.last_ms),
    )
    boards = tuple(_integrals(log, begin_ms, found, "accelerators"))
    host = tuple(_integrals(log, begin_ms, found, "host"))
    unnamed = not_named(dict.fromkeys(found.boards)) if boards else ()
    whole = evidence(
        replace(told, findings=(*told.findings, *unnamed)),
        {
            "accelerators": boards or no_gpu(has_gpu=bool(found.boards)),
            "host": host or _NO_HOST,
        },
    )
    return replace(whole, pue=_NO_PUE, complete=whole.complete or not found.kinds)


def _survey(log: Log, begin_ms: int) -> _Found:
    found = _Found()
    for row, time_ms in _timed(log, begin_ms):
        component = _GROUPS.get(row.fields["device_group"])
        found.place = found.place or row.place
        found.last_ms = max(found.last_ms, time_ms)
        if component and row.fields["unit"] in {"W", "J"}:
            found.kinds.add((component, row.fields["unit"]))
        if component == "accelerators" and (board := _BOARD.match(_device(row))):
            found.boards[board[0]] = None
    if not found.place:
        raise MalformedInput("the file holds no sample", where=log.name, hint="was the file cut?")
    return found


def _integrals(log: Log, begin_ms: int, found: _Found, row: Component) -> Iterator[Integral]:
    for unit, integrate, read in (
        ("W", trapezoid, _powers),
        ("J", difference, _counters),
    ):
        if (row, unit) in found.kinds:
            source = partial(read, log, begin_ms, row)
            integral = placed(partial(integrate, source), log)
            if integral:
                yield integral


def _timed(log: Log, begin_ms: int) -> Iterator[tuple[Row, int]]:
    rounds = _Rounds(begin_ms, begin_ms)
    for row in rows(log, needs=_COLUMNS):
        if not row.is_cut:
            yield row, rounds.time_ms(row)


def _of(log: Log, begin_ms: int, component: Component, unit: str) -> Iterator[tuple[Row, int]]:
    for row, time_ms in _timed(log, begin_ms):
        if row.fields["unit"] == unit and _GROUPS.get(row.fields["device_group"]) == component:
            yield row, time_ms


def _powers(log: Log, begin_ms: int, component: Component) -> Iterator[Sample]:
    for row, time_ms in _of(log, begin_ms, component, "W"):
        yield _device(row), time_ms, power_mw(_value(row), where=row.where("value"))


def _counters(log: Log, begin_ms: int, component: Component) -> Iterator[Sample]:
    """What a counter gained since the begin: between rounds, nothing of it is the run's."""
    last: dict[str, tuple[str, int]] = {}
    gained: dict[str, int] = {}
    for row, time_ms in _of(log, begin_ms, component, "J"):
        device, name = _device(row), row.fields["run id"]
        shown_uj = microjoules_from_joules(_value(row))
        before, before_uj = last.get(device, (name, shown_uj))
        step_uj = shown_uj - before_uj if before == name else 0
        # A counter that falls began anew: so does the sum, for the integral to see it.
        gained[device] = gained.get(device, 0) + step_uj if step_uj >= 0 else 0
        last[device] = name, shown_uj
        yield device, time_ms, plausible_uj(gained[device], where=row.where("value"))


def _device(row: Row) -> str:
    return "/".join((row.fields.get("hostname", ""), row.fields["sensor"]))


def _value(row: Row) -> Decimal:
    value, magnitude = (
        figure(row.fields[name], where=row.where(name)) for name in ("value", "magnitude")
    )
    if value is None or magnitude is None:
        raise MalformedInput("holds no figure", where=row.where("value"), hint=_HINT)
    row.needed("value")
    return value * magnitude


def _unix_ms(moment: datetime) -> int:
    return milliseconds_from_seconds(moment.replace(tzinfo=UTC).timestamp())
