"""I keep the newest snapshot of every run while the rows stream by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.readers.codecarbon.columns import (
    BLANK,
    Fields,
    Header,
    header,
    is_header,
    looks_right,
    rows,
)
from carbonlabel.readers.codecarbon.rows import (
    FIRM_COUNT,
    LIMIT,
    Row,
    aligned,
    amount,
    schema_of,
)

_NOISE_RATIO: Final = 1e-9
"""Sums of floats differ by less than this; energy that falls by more was tampered with."""


@dataclass(slots=True)
class Run:
    """The newest row of one run, as it stands in the file."""

    run_id: str | None
    """The tracker's id; None where the file has none."""
    header: Header
    fields: Fields
    line: int
    duration_s: float
    energy_kwh: float
    first: int
    """The first line that tells of the run."""
    fall: int | None = None
    """The line on which energy and duration disagree about which row is newer."""
    is_cut: bool = False
    """Whether the file breaks off within a later row of this run."""

    def take(self, newer: Run) -> None:
        """Become the newer of the two: the one of larger duration, and so of larger energy."""
        self.first = min(self.first, newer.line)
        later = newer.duration_s - self.duration_s
        gained = newer.energy_kwh - self.energy_kwh
        noise_kwh = _NOISE_RATIO * self.energy_kwh
        if later * gained < 0 and abs(gained) > noise_kwh:
            self.fall = self.fall or newer.line
        # Where they disagree, tasks reset the clock: then only the energy tells the order.
        if (gained > 0) if self.fall or not later else (later > 0):
            self.header, self.fields, self.line = newer.header, newer.fields, newer.line
            self.duration_s, self.energy_kwh = newer.duration_s, newer.energy_kwh

    def row(self, file: str) -> Row:
        """Its fields under their names."""
        return aligned(self.fields, self.header, file=file, line=self.line)


@dataclass(slots=True)
class Ledger:
    """Every run of one file, and what was odd on the way."""

    file: str
    header: Header
    runs: dict[str | int, Run] = field(default_factory=dict)
    """By run id, or by line where there is none; in the order in which they first appear."""
    headers: list[int] = field(default_factory=list)
    """Lines that repeat the header."""
    cut: int | None = None
    """The last line, where the file breaks off within it."""
    torn: list[int] = field(default_factory=list)
    """Lines that hold a piece of a row: several writers shared the file."""
    _held: tuple[int, list[str]] | None = None

    def take(self, line: int, fields: list[str]) -> None:
        """Note one row.

        Raises:
            MalformedInput: a figure in it is wrong, or it has too many or too few fields.
        """
        known = self.header
        if len(fields) != known.width:
            self._hold(line, fields)
            return
        try:
            duration_s = float(fields[known.duration_at])
            energy_kwh = float(fields[known.energy_at])
        except ValueError:
            self._take_oddity(line, fields)
            return
        if not (0 <= duration_s < LIMIT and 0 <= energy_kwh < LIMIT):
            self._refuse(line, fields)
        key = fields[known.run_at] if known.run_at >= 0 else ""
        run = self.runs.get(key)
        if run and duration_s > run.duration_s and energy_kwh >= run.energy_kwh and not run.fall:
            run.fields, run.line, run.header = fields, line, known
            run.duration_s, run.energy_kwh = duration_s, energy_kwh
        else:
            self._enter(key, Run(None, known, fields, line, duration_s, energy_kwh, line))

    def close(self, last: int) -> None:
        """Settle what is held back, once the last line of the file is known.

        Raises:
            MalformedInput: the file breaks off within its only row, or holds none.
        """
        held, self._held = self._held, None
        if held and held[0] == last and self._is_cut(held[1]):
            self._drop(*held)
        elif held:
            self._settle(*held)
        if not self.runs:
            raise _nothing_in(self.file)
        # Rows that were held back entered late.
        self.runs = dict(sorted(self.runs.items(), key=lambda entry: entry[1].first))

    def _hold(self, line: int, fields: list[str]) -> None:
        # The first half is quick, and almost always decides.
        if "energy_consumed" in fields and is_header(fields):
            self._change_header(header(fields, where=f"{self.file}:{line}"), line)
        elif any(text.strip() for text in fields):
            # A short row in the middle was left short by its writer; at the end it may be cut.
            held, self._held = self._held, (line, fields)
            if held:
                self._settle(*held)

    def _take_oddity(self, line: int, fields: list[str]) -> None:
        if is_header(fields):
            self._change_header(header(fields, where=f"{self.file}:{line}"), line)
        elif any(text.strip() for text in fields):
            if _is_piece(fields, self.header.energy_at):
                self.torn.append(line)
            else:
                self._refuse(line, fields)

    def _change_header(self, repeated: Header, line: int) -> None:
        if repeated.is_tasks:
            raise _joined(self.file, line)
        held, self._held = self._held, None
        if held:
            self._settle(*held)
        self.header = repeated
        self.headers.append(line)

    def _refuse(self, line: int, fields: list[str]) -> None:
        for name, at in (
            ("duration", self.header.duration_at),
            ("energy_consumed", self.header.energy_at),
        ):
            amount(fields[at].strip(), f"{self.file}:{line} {name}")

    def _enter(self, key: str, new: Run) -> None:
        is_known = key.strip().lower() not in BLANK
        new.run_id = key if is_known and new.header.has_run_id else None
        run = self.runs.setdefault(key if is_known else new.line, new)
        if run is not new:
            run.take(new)

    def _is_cut(self, fields: list[str]) -> bool:
        return len(fields) < self.header.width and schema_of(fields) is None

    def _drop(self, line: int, fields: list[str]) -> None:
        if not self.runs:
            raise _wrong_width(f"{self.file}:{line}", fields, self.header, cut=True)
        self.cut = line
        at = self.header.run_at
        if 0 <= at < len(fields) - 1 and fields[at] in self.runs:
            self.runs[fields[at]].is_cut = True

    def _settle(self, line: int, fields: list[str]) -> None:
        known = self.header
        if not (FIRM_COUNT <= len(fields) < known.width and _is_firm(fields, known)):
            known = self._header_of(line, fields)
        duration_s, energy_kwh = (
            amount(fields[at].strip(), f"{self.file}:{line} {known.names[at]}")
            for at in (known.duration_at, known.energy_at)
        )
        key = fields[known.run_at] if known.run_at >= 0 else ""
        self._enter(key, Run(None, known, fields, line, duration_s, energy_kwh, line))

    def _header_of(self, line: int, fields: list[str]) -> Header:
        while len(fields) > self.header.width and not fields[-1].strip():
            fields.pop()
        if len(fields) == self.header.width:
            return self.header
        where = f"{self.file}:{line}"
        schema = schema_of(fields)
        if schema is None:
            raise _wrong_width(where, fields, self.header, cut=False)
        return header(schema, where=where)._replace(is_guess=True)


def _is_piece(fields: Fields, energy_at: int) -> bool:
    """Whether it is the head of a row, or the tail of another, with nothing from the energy on."""
    filled_count = sum(1 for text in fields if text.strip())
    is_short = filled_count * 2 < len(fields)
    return is_short and not any(text.strip() for text in fields[energy_at:])


def _is_firm(fields: Fields, known: Header) -> bool:
    # Rows of versions before 2.7 have the name of the country where newer ones have the energy.
    return known.is_firm and looks_right("energy_consumed", fields[known.energy_at])


def ledger(log: Log) -> Ledger:
    """Every run of an `emissions.csv`; memory grows with the runs, not with the rows.

    Raises:
        MalformedInput: the file or a figure in it is wrong, or it holds no run.
    """
    lines = rows(log)
    line, names = next(lines, (1, []))
    kept = Ledger(log.name, header(names, where=f"{log.name}:{line}"))
    for line, fields in lines:
        kept.take(line, fields)
    kept.close(line)
    return kept


def _nothing_in(file: str) -> MalformedInput:
    return MalformedInput(
        "the file holds a header but no run",
        where=file,
        hint="CodeCarbon writes a row when a run stops or is flushed; a killed run leaves none",
    )


def _wrong_width(where: str, fields: Fields, known: Header, *, cut: bool) -> MalformedInput:
    return MalformedInput(
        f"the row has {len(fields)} fields, its header {known.width}",
        where=where,
        hint="the writer was killed in mid-row, and no other run is in the file"
        if cut
        else "was it edited? a comma in a name needs quotes, numbers need decimal points",
    )


def _joined(file: str, line: int) -> MalformedInput:
    return MalformedInput(
        "a task file was joined to the file of its runs: the same energy twice",
        where=f"{file}:{line}",
        hint="name the two files apart; emissions.csv is enough",
    )
