"""I am the measurement windows of a Zeus log, laid over each other so that no second counts twice.

A window in progress may hold others: an epoch inside the training. Zeus writes a window when it
ends, so that the inner ones come first.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.parsing.samples import time_ms
from carbonlabel.parsing.table import Row, rows

_START: Final = "start_time"
_NAME: Final = "window_name"
_ELAPSED: Final = "elapsed_time"
_GPU: Final = re.compile(r"gpu\d{1,4}_energy")
_CLOCK_S: Final = 1e-5
"""Times of the same moment differ by less: a double holds unix time to a quarter of a µs."""


@dataclass(frozen=True, slots=True)
class Laid:
    """What all windows come to, each second once."""

    energy_j: float
    duration_s: float
    """Time in which some window was open."""
    begin_s: float
    """Unix time of the first begin."""
    end_s: float
    """Unix time of the last end."""
    sum_j: float
    """What a plain sum over the outermost windows gives."""
    outer_count: int
    """Windows that lie in no other."""
    overlaps_count: int
    """Those among them that begin before another ends."""


@dataclass(slots=True)
class Windows:
    """The windows of one file; those known to lie in a later one are dropped at once."""

    gpus: list[str] = field(default_factory=list)
    """Names of the energy columns."""
    gpus_j: dict[str, float] = field(default_factory=dict)
    """Σ over all windows by column, to see which GPU was read at all."""
    count: int = 0
    """All windows, also those dropped."""
    place: str = ""
    """The first line that holds one."""
    cut: int | None = None
    """The last line, where the file breaks off within it."""
    starts_s: array[float] = field(default_factory=lambda: array("d"))
    ends_s: array[float] = field(default_factory=lambda: array("d"))
    energies_j: array[float] = field(default_factory=lambda: array("d"))

    def take(self, row: Row) -> None:
        """Note one window.

        Raises:
            MalformedInput: a figure in it is wrong.
        """
        start_s, elapsed_s = row.needed(_START), row.needed(_ELAPSED)
        time_ms(start_s, where=row.where(_START))
        time_ms(start_s + elapsed_s, where=row.where(_ELAPSED))
        if not self.count:
            self.place = row.place
            self.gpus = [name for name in row.fields if _GPU.fullmatch(name)]
        self.count += 1
        energy_j = 0.0
        for name in self.gpus:
            gpu_j = row.needed(name)
            self.gpus_j[name] = self.gpus_j.get(name, 0.0) + gpu_j
            energy_j += gpu_j
        self._push(start_s, start_s + elapsed_s, energy_j)

    def laid(self) -> Laid:
        """The windows in order of time; one that begins inside another counts from its end on."""
        order = sorted(
            range(len(self.starts_s)), key=lambda at: (self.starts_s[at], -self.ends_s[at])
        )
        energy_j = sum_j = duration_s = 0.0
        outer_count = overlaps_count = 0
        covered_s = begin_s = self.starts_s[order[0]]
        for at in order:
            start_s, end_s = self.starts_s[at], self.ends_s[at]
            fresh_s = end_s - max(start_s, covered_s)
            if fresh_s <= _CLOCK_S:
                continue
            outer_count += 1
            overlaps_count += covered_s - start_s > _CLOCK_S
            energy_j += self.energies_j[at] * fresh_s / (end_s - start_s)
            sum_j += self.energies_j[at]
            duration_s += fresh_s
            covered_s = end_s
        return Laid(
            energy_j=energy_j,
            duration_s=duration_s,
            begin_s=begin_s,
            end_s=covered_s,
            sum_j=sum_j,
            outer_count=outer_count,
            overlaps_count=overlaps_count,
        )

    def _push(self, start_s: float, end_s: float, energy_j: float) -> None:
        while self.starts_s and start_s <= self.starts_s[-1] and self.ends_s[-1] <= end_s:
            self.starts_s.pop()
            self.ends_s.pop()
            self.energies_j.pop()
        self.starts_s.append(start_s)
        self.ends_s.append(end_s)
        self.energies_j.append(energy_j)


def windows(log: Log) -> Windows:
    """The windows of a Zeus log.

    Raises:
        MalformedInput: the file or a figure in it is wrong, or it holds no window.
    """
    found = Windows()
    for row in rows(log, needs=(_START, _NAME, _ELAPSED), free=_NAME):
        if row.is_cut:
            found.cut = row.line
        else:
            found.take(row)
    if not found.count:
        raise MalformedInput(
            "the file holds no window",
            where=log.name,
            hint="Zeus writes a line when a window ends; was end_window() called?",
        )
    return found
