"""I am the one run between the first and the last of some dumps of powercap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.method.integral import Sample, difference
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Finding
from carbonlabel.parsing import amounts, samples, series
from carbonlabel.parsing.series import Series
from carbonlabel.readers.rapl import domains

_TRACKER: Final = "powercap"
_LONGEST_COUNT: Final = 30
# `intel-rapl-mmio` shows the packages a second time.
_ENTRY: Final = re.compile(
    r"\S{0,200}\b(?P<zone>intel-rapl:\d{1,4}(?::\d{1,4})?)/"
    r"(?P<file>name|energy_uj|max_energy_range_uj):(?P<value>.{0,100})"
)
_TIME: Final = re.compile(r"\d{10}(?:\.\d{1,9})?")
_DIGITS: Final = re.compile(r"\d{1,19}", re.ASCII)
_COUNTED: Final = re.compile(r"package-\d{1,4}|package-\d{1,4}-die-\d{1,4}|dram")
_HINT: Final = (
    "write `date +%s.%N` and `grep -H . /sys/class/powercap/intel-rapl:*/{name,*_uj}`, "
    "again and again, into one file"
)


@dataclass(slots=True)
class Dumps:
    """The dumps as readings of counters."""

    log: Log
    names: dict[str, str] = field(default_factory=dict)
    """Name by zone: `package-0`, `core`, `dram` …"""
    ranges_uj: dict[str, int] = field(default_factory=dict)
    """What a counter shows before it begins at 0 again, by zone."""

    last: str | None = None
    """Where the last entry stands."""
    is_cut: bool = False
    """Whether it is a reading that seems to break off."""

    @property
    def has_package(self) -> bool:
        """Whether a zone is a CPU package."""
        return any(name.startswith("package") for name in self.names.values())

    def survey(self) -> None:
        """Find names and ranges, which may stand after the first reading.

        Raises:
            MalformedInput: a range is no whole number.
        """
        for match, where in self._entries():
            self.last = where
            if match["file"] == "name":
                self.names[match["zone"]] = (amounts.name(match["value"]) or "?")[:_LONGEST_COUNT]
            elif match["file"] == "max_energy_range_uj":
                # A last line that breaks off shows a part of the range.
                known_uj = self.ranges_uj.get(match["zone"], 0)
                self.ranges_uj[match["zone"]] = max(known_uj, _whole(match["value"], where))

    def readings(self) -> Iterator[Sample]:
        """Each reading of a package or of memory.

        Raises:
            MalformedInput: it has no time before it, its zone has no name, or it is no number.
        """
        time_ms: int | None = None
        shown_uj: dict[str, int] = {}
        self.is_cut = False
        for number, text in self.log.lines():
            where = f"{self.log.name}:{number}"
            if _TIME.fullmatch(text.strip()):
                time_ms = samples.time_ms(float(text.strip()), where=where)
            match = _ENTRY.fullmatch(text.strip())
            if match is None or match["file"] != "energy_uj":
                continue
            zone = match["zone"]
            if time_ms is None or zone not in self.names:
                what = "has no time before it" if time_ms is None else "is of a zone without a name"
                raise MalformedInput(f"the reading {what}", where=where, hint=_HINT)
            if not _COUNTED.fullmatch(self.names[zone]):
                continue
            energy_uj = _whole(match["value"], where)
            # A last line that breaks off is a number too, and looks as if the counter fell.
            self.is_cut = where == self.last and energy_uj < shown_uj.get(zone, 0)
            if not self.is_cut:
                shown_uj[zone] = energy_uj
                yield zone, time_ms, energy_uj

    def named(self, *, counted: bool) -> list[str]:
        """Names of the zones that are counted, or of the others."""
        return [name for name in self.names.values() if bool(_COUNTED.fullmatch(name)) is counted]

    def _entries(self) -> Iterator[tuple[re.Match[str], str]]:
        for number, text in self.log.lines():
            if match := _ENTRY.fullmatch(text.strip()):
                yield match, f"{self.log.name}:{number}"


def run(log: Log, form: str) -> Evidence:
    """The one run between the first and the last dump.

    Raises:
        InputError: a dump has no time, a counter has no name, or a value is none.
    """
    dumps = Dumps(log)
    dumps.survey()
    found = None
    if dumps.has_package:
        found = series.placed(lambda: difference(dumps.readings, dumps.ranges_uj), log)
    place = f"{log.name}:1"
    told = Series(
        tracker=_TRACKER,
        inputs=(series.read_from(log, form, _TRACKER),),
        run=place,
        place=place,
        clock="UTC",
        covers="machine",
        blind_spots=domains.blind_spots(_TRACKER, has_memory="dram" in dumps.names.values()),
        findings=(*_noticed(dumps), *_perhaps_wrapped(dumps, found.step_ms if found else 0)),
    )
    host = (found,) if found else domains.NO_PACKAGE
    return series.evidence(told, {"accelerators": domains.NO_BOARDS, "host": host})


def _whole(text: str, where: str) -> int:
    if not _DIGITS.fullmatch(text.strip()):
        raise MalformedInput(
            f"{samples.shown(text)} is no whole number of µJ", where=where, hint=_HINT
        )
    return samples.plausible_uj(int(text.strip()), where=where)


def _noticed(dumps: Dumps) -> Iterator[Finding]:
    if not dumps.has_package:
        yield from domains.no_package()
    yield from domains.left_out(set(dumps.named(counted=False)))
    if dumps.is_cut:
        yield Finding(
            code="cut-line",
            severity="note",
            place="run",
            message="The last reading is less than the one before and may be cut: it was left out.",
            found=dumps.last,
        )


def _perhaps_wrapped(dumps: Dumps, step_ms: int) -> Iterator[Finding]:
    """A finding where a socket at 500 W runs over its range between two dumps."""
    packages = [
        range_uj
        for zone, range_uj in dumps.ranges_uj.items()
        if dumps.names.get(zone, "").startswith("package")
    ]
    # 500 W are 500 mJ, or 500 000 µJ, in a ms.
    if packages and step_ms * _HIGHEST_UJ_PER_MS > min(packages):
        yield Finding(
            code="counter-perhaps-wrapped",
            severity="warning",
            place="host",
            message="Between two dumps a counter may have run over more than once, unseen.",
            suggestion="dump every minute",
        )


_HIGHEST_UJ_PER_MS: Final = 500_000
