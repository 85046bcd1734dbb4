"""I put the rows of a job and of its steps together, so that their energy counts once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.parsing.table import Row
from carbonlabel.readers.sacct.values import Joules, energy

_ID: Final = re.compile(
    r"(?P<job>\d{1,12}(?:[_+](?:\d{1,9}|\[[\d,%\-.]{1,80}\]))*)(?:\.(?P<step>[\w+\-]{1,60}))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """The energy of a job and the rows that it was read from."""

    energy: Joules
    row: Row
    steps_count: int = 0
    """How many steps were added up; 0 where the row of the job says it itself."""


@dataclass(slots=True)
class Job:
    """One attempt at one job."""

    id: str
    """`123`, `123_4` of an array, `123+0` of a heterogeneous job."""
    row: Row
    """The row of the job, or of its first step where the job's own is not in the file."""
    is_whole: bool
    """Whether the row is that of the job."""
    steps: dict[str, Row] = field(default_factory=dict)
    """By name: `0`, `batch`, `extern`."""

    @property
    def key(self) -> str:
        """What tells it apart: its id, and its begin where it was requeued."""
        return f"{self.id}@{self.row.text('Start') or self.row.line}"

    def counted(self) -> Counted | None:
        """Its energy: of its own row, else of its numbered steps, else of what holds its script.

        The row of a job holds the energy of all its nodes already; the steps are parts of that and
        of each other, so that adding them to it, or to one another, counts energy twice.

        Raises:
            MalformedInput: an energy is none.
        """
        own = energy(self.row) if self.is_whole else None
        if own:
            return Counted(own, self.row)
        found = {name: each for name, row in self.steps.items() if (each := energy(row))}
        numbered = [name for name in found if name.isdigit()]
        if numbered:
            return self._added(found, numbered)
        largest = max(found, key=lambda name: found[name].energy_kwh, default=None)
        return Counted(found[largest], self.steps[largest], 1) if largest else None

    def _added(self, found: Mapping[str, Joules], names: Sequence[str]) -> Counted:
        first = found[names[0]]
        total_kwh = sum(found[name].energy_kwh for name in names)
        is_rounded = any(found[name].is_rounded for name in names)
        added = Joules(total_kwh, first.column, is_rounded)
        return Counted(added, self.steps[names[0]], len(names))


def jobs(rows: Iterable[Row]) -> Sequence[Job]:
    """Every attempt at every job, in the order of the file; of one that stands twice, the later.

    Raises:
        MalformedInput: a row names no job.
    """
    kept: dict[str, Job] = {}
    current: dict[str, Job] = {}
    for row in rows:
        job_id, step = _named(row)
        known = current.get(job_id)
        if step is None:
            current[job_id] = _entered(kept, Job(job_id, row, is_whole=True))
        elif known is None:
            orphan = Job(job_id, row, is_whole=False, steps={step: row})
            current[job_id] = kept[orphan.key] = orphan
        else:
            known.steps[step] = row
    return tuple(kept.values())


def _entered(kept: dict[str, Job], job: Job) -> Job:
    kept[job.key] = job
    return job


def _named(row: Row) -> tuple[str, str | None]:
    column = "JobID" if "JobID" in row.fields else "JobIDRaw"
    text = row.fields[column].strip()
    match = _ID.fullmatch(text)
    if match is None:
        raise MalformedInput(
            f"{text[:40]!r} is no job id",
            where=row.where(column),
            hint="a job's name or comment with a | shifts its row: leave those columns out",
        )
    return match["job"], match["step"]
