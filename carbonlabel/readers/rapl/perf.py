"""I am the runs that `perf stat` counted: one, or several appended to one file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.method.integral import Integral, Sample, difference
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Finding
from carbonlabel.model.units import (
    kwh_from_half_microjoules,
    milliseconds_from_seconds,
)
from carbonlabel.parsing import series
from carbonlabel.parsing.samples import plausible_ms
from carbonlabel.parsing.series import Series
from carbonlabel.readers.rapl import domains
from carbonlabel.readers.rapl.perf_lines import Elapsed, Energy, Line, Started, line

_TRACKER: Final = "perf stat"
_SEVERAL_COUNT: Final = 2
_COUNTED: Final = ("pkg", "ram")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MS: Final = timedelta(milliseconds=1)


@dataclass(slots=True)
class Output:
    """The output as readings of counters; what was noticed is of the latest walk."""

    log: Log
    lines: Sequence[tuple[Line, str]] | None = None
    """The lines of this run and where they stand; None where the whole log is of it."""
    first: str | None = None
    """Where the first energy stands."""
    begin_ms: int | None = None
    """Begin of the run by the local clock, where `-o` wrote it."""
    duration_ms: int | None = None
    """Time elapsed, or the end of the last interval."""
    has_steps: bool = False
    """Whether there are intervals."""
    domains: dict[str, bool] = field(default_factory=dict)
    """The domains that were asked for, and whether one gave a figure."""

    def survey(self) -> None:
        """Find begin, duration and domains, before any reading is placed in time."""
        for said, where in self._lines():
            match said:
                case Energy():
                    self._enter(said, where)
                case Elapsed(duration_s):
                    self.duration_ms = milliseconds_from_seconds(float(duration_s))
                case Started(at):
                    begin_ms = (at.replace(tzinfo=UTC) - _EPOCH) // _MS
                    self.begin_ms = plausible_ms(begin_ms, where=where)

    def readings(self) -> Iterator[Sample]:
        """Each counter as it stands after an interval, from 0 at the begin.

        Without -I there is one interval, of the time elapsed; of 1 ms where that is not told.
        """
        begin_ms = self.begin_ms or 0
        shown_uj: defaultdict[str, int] = defaultdict(int)
        for energy, _ in self._lines():
            if not isinstance(energy, Energy) or energy.energy_uj is None:
                continue
            if energy.domain in _COUNTED:
                counter = f"{energy.domain} {energy.place}"
                if counter not in shown_uj:
                    yield counter, begin_ms, 0
                shown_uj[counter] += energy.energy_uj
                end_ms = energy.end_ms or self.duration_ms or 1
                yield counter, begin_ms + end_ms, shown_uj[counter]

    def _lines(self) -> Iterable[tuple[Line, str]]:
        return _told(self.log) if self.lines is None else self.lines

    def _enter(self, energy: Energy, where: str) -> None:
        self.first = self.first or where
        known = self.domains.get(energy.domain, False)
        self.domains[energy.domain] = known or energy.energy_uj is not None
        if energy.end_ms is not None:
            self.has_steps = True
            self.duration_ms = max(self.duration_ms or 0, energy.end_ms)


def runs(log: Log, form: str) -> tuple[Evidence, ...]:
    """Every run of the output, in its order.

    Raises:
        InputError: a value is none, there is none, or it is the mean of several runs.
    """
    # Memory holds no run where there is one, as intervals can be many.
    if sum(1 for _, _, is_first in _marked(log) if is_first) < _SEVERAL_COUNT:
        return (_run(Output(log), form),)
    return tuple(_run(Output(log, lines), form) for lines in _parted(log))


def _told(log: Log) -> Iterator[tuple[Line, str]]:
    for number, text in log.lines():
        where = f"{log.name}:{number}"
        if said := line(text, where=where):
            yield said, where


def _marked(log: Log) -> Iterator[tuple[Line, str, bool]]:
    """Each line, and whether a run begins with it."""
    is_counted, is_over = False, True
    for said, where in _told(log):
        # -o writes the begin before the counts, and every output ends with the time elapsed.
        is_first = (is_over and isinstance(said, Energy)) or (
            isinstance(said, Started) and (is_over or is_counted)
        )
        if is_first:
            is_counted = is_over = False
        is_counted = is_counted or isinstance(said, Energy)
        is_over = is_over or isinstance(said, Elapsed)
        yield said, where, is_first


def _parted(log: Log) -> Iterator[list[tuple[Line, str]]]:
    held: list[tuple[Line, str]] = []
    for said, where, is_first in _marked(log):
        if is_first and held:
            yield held
            held = []
        held.append((said, where))
    yield held


def _run(output: Output, form: str) -> Evidence:
    log = output.log
    output.survey()
    if output.first is None:
        raise MalformedInput("no line counts energy", where=log.name, hint="is the file whole?")
    has_package = output.domains.get("pkg", False)
    found = None
    if has_package:
        found = series.placed(lambda: difference(output.readings), log)
    told = Series(
        tracker=_TRACKER,
        inputs=(series.read_from(log, form, _TRACKER),),
        run=output.first,
        place=output.first,
        clock=None if output.begin_ms is None else "local, not stated",
        covers="machine",
        blind_spots=domains.blind_spots(_TRACKER, has_memory=output.domains.get("ram", False)),
        findings=tuple(_noticed(output)),
        reported_energy=None if output.has_steps else _reported(found),
        ends_ms=_ends(output),
        has_times=output.duration_ms is not None,
        has_steps=output.has_steps,
    )
    host = (found,) if found else domains.NO_PACKAGE
    return series.evidence(told, {"accelerators": domains.NO_BOARDS, "host": host})


def _ends(output: Output) -> tuple[int, int] | None:
    if output.duration_ms is None:
        return None
    begin_ms = output.begin_ms or 0
    return begin_ms, begin_ms + output.duration_ms


def _reported(found: Integral | None) -> Estimate | None:
    if found is None:
        return None
    stated_kwh = kwh_from_half_microjoules(sum(found.devices_half_uj.values()))
    return Estimate(value=stated_kwh, unit="kWh", basis="measured", source="log")


def _noticed(output: Output) -> Iterator[Finding]:
    if "pkg" not in output.domains:
        yield from domains.no_package()
    unread = [name for name, is_read in output.domains.items() if not is_read]
    yield from domains.not_read([name for name in unread if name in _COUNTED])
    read = [name for name, is_read in output.domains.items() if is_read]
    yield from domains.left_out([name for name in read if name not in _COUNTED])
    if output.duration_ms is None:
        yield Finding(
            code="duration-not-logged",
            severity="note",
            place="duration",
            message="The output says how much energy was used and not in which time: the time of "
            "a counter is that of all sockets together.",
            suggestion="print text (without -x), or intervals (-I 1000)",
        )
