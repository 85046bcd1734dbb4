"""I walk through the rows of an nvidia-smi table, as often as they are needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.method.integral import Sample
from carbonlabel.model.units import HOUR_MS
from carbonlabel.parsing import samples
from carbonlabel.parsing.series import Clock
from carbonlabel.readers.nvidia_smi.columns import Columns, cells_of, columns

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MS: Final = timedelta(milliseconds=1)
_MINUTE_MS: Final = 60_000
_POWER: Final = re.compile(r"(\d{1,9}(?:\.(\d{1,9}))?)( W)?", re.ASCII)
_ABSENT: Final = re.compile(r"\[.*\]?|N/A|ERR!|Not Supported|Unknown Error|")
_NAME_LIMIT: Final = 200


@dataclass(slots=True)
class Notes:
    """What was noticed on the way through the rows."""

    first_row: int | None = None
    """Line of the first row."""
    clock: Clock | None = None
    names: dict[str, str | None] = field(default_factory=dict)
    """Name of each board that has a row, by its identity."""
    rows_count: int = 0
    absent_count: int = 0
    """Rows without a figure: `[N/A]`, `[GPU is lost]` …"""
    headers: list[int] = field(default_factory=list)
    """Lines of repeated headers."""
    odd_count: int = 0
    """Lines that are no rows."""
    odd_line: int = 0
    """The first of them."""
    cut_line: int | None = None
    """The last line, where it breaks off."""
    fold_hour: int | None = None
    """Number of the first hour after the clock was set back."""
    latest_ms: int = 0
    decimals_count: int | None = None
    has_unit: bool = False


@dataclass(slots=True)
class Table:
    """A log as samples; `notes` are of the latest walk."""

    log: Log
    columns: Columns | None = None
    notes: Notes = field(default_factory=Notes)
    is_wide: bool = False
    """Whether what a script wrote beside nvidia-smi's columns tells boards apart too."""

    def samples(self) -> Iterator[Sample]:
        """Each row that holds a power.

        Raises:
            MalformedInput: the header or a value is wrong; a last line that breaks off is not.
        """
        self.columns, self.notes = None, Notes()
        for number, line, is_last in _with_last(self.log.lines()):
            if not line or line.isspace():
                continue
            if self.columns is None:
                self.columns = columns(line, where=f"{self.log.name}:{number}")
                continue
            if sample := self._sample(self.columns, number, line, is_last=is_last):
                yield sample

    def _sample(self, known: Columns, number: int, line: str, *, is_last: bool) -> Sample | None:
        cells = cells_of(line)
        if len(cells) != len(known.header) or cells[known.time] == known.header[known.time]:
            self._set_aside(cells, number, is_last=is_last)
            return None
        try:
            return self._row(known, cells, number, is_last=is_last)
        except MalformedInput:
            if not is_last:
                raise
            self.notes.cut_line = number
            return None

    def _set_aside(self, cells: list[str], number: int, *, is_last: bool) -> None:
        notes = self.notes
        if self.columns and tuple(cells) == self.columns.header:
            notes.headers.append(number)
        elif is_last:
            notes.cut_line = number
        else:
            notes.odd_count += 1
            notes.odd_line = notes.odd_line or number

    def _row(
        self, known: Columns, cells: list[str], number: int, *, is_last: bool
    ) -> Sample | None:
        notes, where = self.notes, f"{self.log.name}:{number}"
        time_ms = self._time(cells[known.time], f"{where} timestamp")
        watts = self._watts(cells[known.power], f"{where} power.draw", is_last=is_last)
        device = self._device(known, cells)
        if device not in notes.names:
            notes.names[device] = None if known.name is None else _printable(cells[known.name])
        notes.rows_count += 1
        notes.first_row = notes.first_row or number
        if watts is None:
            notes.absent_count += 1
            return None
        return device, time_ms, samples.power_mw(watts, where=where)

    def _device(self, known: Columns, cells: list[str]) -> str:
        own = "" if known.identity is None else cells[known.identity]
        if not self.is_wide:
            return own
        return " ".join((own, *(cells[at] for at in known.beside)))

    def _watts(self, text: str, where: str, *, is_last: bool) -> float | None:
        match = _POWER.fullmatch(text)
        if match is None:
            if _ABSENT.fullmatch(text):
                return None
            raise MalformedInput(
                f"{samples.shown(text)} is no power", where=where, hint="like 250.12 W, or [N/A]"
            )
        notes = self.notes
        decimals_count = len(match[2] or "")
        if notes.decimals_count is None:
            notes.decimals_count, notes.has_unit = decimals_count, bool(match[3])
        # A row that was cut in its last cell looks whole: `25` of `250.12 W`.
        is_short = decimals_count < notes.decimals_count or bool(match[3]) != notes.has_unit
        if is_last and is_short:
            raise MalformedInput("the line breaks off", where=where)
        return float(match[1])

    def _time(self, text: str, where: str) -> int:
        try:
            moment = datetime.fromisoformat(text.replace("/", "-"))
        except ValueError:
            raise MalformedInput(
                f"{samples.shown(text)} is no time",
                where=where,
                hint="like 2026/03/01 10:00:00.123",
            ) from None
        clock: Clock = "local, not stated" if moment.tzinfo is None else "UTC"
        self.notes.clock = self.notes.clock or clock
        if clock != self.notes.clock:
            raise MalformedInput("some times have an offset and some have not", where=where)
        known = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        return self._elapsed(samples.plausible_ms((known - _EPOCH) // _MS, where=where))

    def _elapsed(self, time_ms: int) -> int:
        """The same time on a clock that is never set back by an hour."""
        notes = self.notes
        back_ms = notes.latest_ms - time_ms
        is_hour_back = HOUR_MS - _MINUTE_MS <= back_ms <= HOUR_MS
        if notes.fold_hour is None and notes.clock != "UTC" and is_hour_back:
            # In autumn 02:59:59 is followed by 02:00:00: the order of the rows tells them apart.
            hour, past_ms = divmod(time_ms, HOUR_MS)
            notes.fold_hour = hour + 1 if past_ms < _MINUTE_MS else None
        notes.latest_ms = max(notes.latest_ms, time_ms)
        return time_ms if notes.fold_hour is None else time_ms + HOUR_MS


def _with_last(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str, bool]]:
    held: tuple[int, str] | None = None
    for number, line in lines:
        if held:
            yield *held, False
        held = number, line
    if held:
        yield *held, True


def _printable(name: str) -> str | None:
    is_name = name and name.isprintable() and len(name) <= _NAME_LIMIT
    return name if is_name and not _ABSENT.fullmatch(name) else None
