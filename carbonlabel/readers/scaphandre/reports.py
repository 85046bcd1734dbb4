"""I find the reports in a Scaphandre file, whichever way they were written one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.method.integral import Sample
from carbonlabel.model.units import milliwatts_from_microwatts
from carbonlabel.parsing import jsontext, samples
from carbonlabel.parsing.jsontext import Value

HOST: Final = "host"
_BETWEEN: Final = re.compile(r"[\s,\[\]]*")
_LARGEST_UW: Final = 1e18
_HINT: Final = "is it what `scaphandre json` wrote?"


@dataclass(slots=True)
class Reports:
    """A log as samples; the counts are of the latest walk."""

    log: Log
    samples_count: int = 0
    """Reports of a host."""
    absent_count: int = 0
    """Reports without power: Scaphandre writes 0 where it could read none."""
    is_cut: bool = False
    """Whether the file breaks off within a report."""

    def samples(self) -> Iterator[Sample]:
        """Each report that holds the power of the host.

        Raises:
            MalformedInput: a report is none.
        """
        self.samples_count, self.absent_count, self.is_cut = 0, 0, False
        for report, where in self._reports():
            match report:
                case {"host": {"consumption": int() | float() as power_uw, "timestamp": time}}:
                    self.samples_count += 1
                    time_ms = samples.time_ms(_seconds(time, where), where=where)
                    power_mw = _milliwatts(power_uw, where)
                case _:
                    raise MalformedInput("is no report of a host", where=where, hint=_HINT)
            if power_mw:
                yield HOST, time_ms, power_mw
            else:
                self.absent_count += 1

    def _reports(self) -> Iterator[tuple[Value, str]]:
        # A report for each line may go on for long; an array is one line, whatever its length.
        return self._by_line() if _has_lines(self.log) else self._in_array()

    def _by_line(self) -> Iterator[tuple[Value, str]]:
        broken: MalformedInput | None = None
        for number, line in self.log.lines():
            if not line.startswith("{"):
                continue
            if broken:
                raise broken
            where = f"{self.log.name}:{number}"
            try:
                report = jsontext.value(line, where=where)
            except MalformedInput as bad:
                broken = bad
            else:
                yield report, where
        self.is_cut = broken is not None

    def _in_array(self) -> Iterator[tuple[Value, str]]:
        text = self.log.document()
        # A header may stand before the first report.
        at = max(min((text.find(sign) for sign in "[{" if sign in text), default=0), 0)
        number = 0
        while (at := _after(text, at)) < len(text):
            number += 1
            where = f"{self.log.name} report {number}"
            try:
                report, end = jsontext.value_at(text, at, where=where)
            except MalformedInput:
                if '"host"' in text[at + len('{"host"') :]:
                    raise
                self.is_cut = True
                return
            yield report, where
            at = end


def _has_lines(log: Log) -> bool:
    try:
        first = next(line for _, line in log.lines() if line.startswith(("{", "[")))
        return isinstance(jsontext.value(first, where=log.name), dict)
    except (MalformedInput, StopIteration):
        return False


def _after(text: str, at: int) -> int:
    match = _BETWEEN.match(text, at)
    return match.end() if match else at


def _seconds(time: Value, where: str) -> float:
    if isinstance(time, bool) or not isinstance(time, int | float):
        raise MalformedInput("the timestamp is no number", where=where, hint=_HINT)
    return float(time)


def _milliwatts(power_uw: float, where: str) -> int:
    if isinstance(power_uw, bool) or not 0 <= power_uw < _LARGEST_UW:
        raise MalformedInput("the consumption is no power in µW", where=where, hint=_HINT)
    return samples.plausible_mw(milliwatts_from_microwatts(power_uw), where=where)
