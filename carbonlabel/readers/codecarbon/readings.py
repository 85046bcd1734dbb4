"""I take the figures out of one row, in CodeCarbon's own units, and add up those of tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from carbonlabel.errors import MalformedInput
from carbonlabel.readers.codecarbon.rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The figures of one run: of its newest row, or of its tasks together."""

    row: Row
    """The row, or that of the last task."""
    run_id: str | None
    """The tracker's id; None where the file has none."""
    duration_s: float
    begin: datetime | None
    """The time of the row less its duration; None where the time cannot be read."""
    end: datetime | None
    energy_kwh: float
    cpu_kwh: float | None
    """None where the file does not split the energy; so for the next two."""
    gpu_kwh: float | None
    ram_kwh: float | None
    gpu_lost_kwh: float = 0.0
    """What a negative gpu_energy took off the energy; then `gpu_kwh` is 0, which is not known."""
    emissions_kg: float | None
    """As CodeCarbon writes it; None where it is blank or NaN."""
    added_from: str | None = None
    """What it was added up from, where that does not tell the PUE: `the task file`."""

    def __add__(self, other: Reading) -> Reading:
        """Both together: durations and energies added, from the first begin to the last end."""
        return Reading(
            row=other.row,
            run_id=self.run_id,
            duration_s=self.duration_s + other.duration_s,
            begin=_earliest(self.begin, other.begin),
            end=_latest(self.end, other.end),
            energy_kwh=self.energy_kwh + other.energy_kwh,
            cpu_kwh=_both(self.cpu_kwh, other.cpu_kwh),
            gpu_kwh=_both(self.gpu_kwh, other.gpu_kwh),
            ram_kwh=_both(self.ram_kwh, other.ram_kwh),
            gpu_lost_kwh=self.gpu_lost_kwh + other.gpu_lost_kwh,
            emissions_kg=_both(self.emissions_kg, other.emissions_kg),
            added_from=self.added_from,
        )

    @property
    def used_kwh(self) -> float:
        """The energy of the row, without what a negative gpu_energy took off it."""
        return self.energy_kwh + self.gpu_lost_kwh

    @property
    def parts_kwh(self) -> tuple[float, float, float] | None:
        """CPU, GPU and memory; None where the file does not split the energy."""
        if self.cpu_kwh is None or self.gpu_kwh is None or self.ram_kwh is None:
            return None
        return self.cpu_kwh, self.gpu_kwh, self.ram_kwh


def reading(row: Row, *, run_id: str | None, added_from: str | None = None) -> Reading:
    """The figures of one row.

    Raises:
        MalformedInput: one of them is wrong.
    """
    duration_s = row.needed("duration")
    end = row.time()
    gpu_kwh, gpu_lost_kwh = row.gpu_energy()
    return Reading(
        row=row,
        run_id=run_id,
        duration_s=duration_s,
        begin=end and _begin(end, duration_s, row),
        end=end,
        energy_kwh=row.needed("energy_consumed"),
        cpu_kwh=row.part("cpu_energy"),
        gpu_kwh=gpu_kwh,
        ram_kwh=row.part("ram_energy"),
        gpu_lost_kwh=gpu_lost_kwh,
        emissions_kg=row.number("emissions"),
        added_from=added_from,
    )


def _begin(end: datetime, duration_s: float, row: Row) -> datetime:
    try:
        # The time stamp is of whole seconds: so is what comes of it.
        return (end - timedelta(seconds=duration_s)).replace(microsecond=0)
    except OverflowError as bad:
        raise MalformedInput(
            f"a run of {duration_s:.4g} s began before the calendar",
            where=row.where("duration"),
            hint="CodeCarbon writes seconds here: was the file edited?",
        ) from bad


def _both(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other


def _earliest(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(one, other, key=_naive) if one and other else one or other


def _latest(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(one, other, key=_naive) if one and other else one or other


def _naive(time: datetime) -> datetime:
    return time.replace(tzinfo=None)
