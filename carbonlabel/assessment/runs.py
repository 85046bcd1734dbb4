"""I put runs together that one activity adds up: one phase, place, year and set of machines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import PROJECT_FORMAT, Evidence, Phase, PueState
from carbonlabel.model.provenance import Period

_CLOCK_STEP: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Batch:
    """The runs of one activity."""

    phase: Phase
    year: int | None
    runs: tuple[Evidence, ...]

    @property
    def pue_in_energy(self) -> PueState:
        """Whether the logs' figures hold cooling and overhead; the same for every run."""
        return self.runs[0].pue_in_energy

    @property
    def tracker(self) -> str:
        """Who logged the first run."""
        return self.runs[0].tracker


def batches(evidence: Sequence[Evidence], phase: Phase | None) -> tuple[Batch, ...]:
    """Runs grouped by phase, place, year and accelerators, in the order in which groups appear."""
    groups: dict[object, list[Evidence]] = {}
    for run in evidence:
        groups.setdefault(_group(run, phase), []).append(run)
    return tuple(
        Batch(_phase(runs[0], phase), midyear(runs[0]), tuple(runs)) for runs in groups.values()
    )


def _group(run: Evidence, phase: Phase | None) -> object:
    pue = None if isinstance(run.pue, Missing) else run.pue.value
    place = (run.cloud, run.country, run.subdivision)
    # Runs of which other rows are known do not add up: one would hide what the other says.
    rows = tuple(_kind(row) for row in (run.accelerators, run.host, run.computing))
    return _phase(run, phase), place, midyear(run), run.pue_in_energy, pue, rows, _boards(run)


def _boards(run: Evidence) -> frozenset[tuple[str, int]]:
    """What the run computed on: the hours of one board do not wear another out."""
    boards = (device for device in run.devices if device.kind == "accelerator")
    return frozenset((device.name, device.count) for device in boards)


def _kind(row: Estimate | Missing) -> str:
    return row.missing if isinstance(row, Missing) else "known"


def _phase(run: Evidence, told: Phase | None) -> Phase:
    if run.stage not in {None, "final"}:
        return "experimentation"
    return told or run.phase or "training"


def midyear(run: Evidence) -> int | None:
    """The year of a run's midpoint; None where it does not say when it was."""
    if isinstance(run.period, Missing):
        return None
    start, end = wall(run.period.start), wall(run.period.end)
    return (start + (end - start) / 2).year


def span(periods: Iterable[Period | Missing]) -> Period | Missing:
    """The period that holds all others; missing as soon as one is."""
    known: list[Period] = []
    for period in periods:
        if isinstance(period, Missing):
            return period
        known.append(period)
    return Period(
        start=min((period.start for period in known), key=wall),
        end=max((period.end for period in known), key=wall),
        zone=" and ".join(dict.fromkeys(period.zone for period in known)),
    )


def wall(moment: datetime) -> datetime:
    """A time as a clock on the wall shows it, so that naive and aware times can be compared."""
    return moment.replace(tzinfo=None)


def once(evidence: Iterable[Evidence]) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """Each run once, and apart from them the ones that were given a second time."""
    seen: dict[object, Evidence] = {}
    twins: list[Evidence] = []
    for run in evidence:
        if run.identity in seen:
            twins.append(run)
        seen.setdefault(run.identity, run)
    return tuple(seen.values()), tuple(twins)


def overlaps(runs: Iterable[Evidence]) -> tuple[tuple[Evidence, Evidence], ...]:
    """Pairs of whole-machine runs that overlap by more than the second that logs are exact to."""
    timed = [
        (wall(run.period.start), wall(run.period.end), place, run)
        for place, run in enumerate(runs)
        if run.covers == "machine" and isinstance(run.period, Period)
    ]
    timed.sort(key=lambda each: each[:3])
    return tuple(
        (first[3], second[3])
        for first, second in pairwise(timed)
        if min(first[1], second[1]) - second[0] > _CLOCK_STEP
        and not _told_apart(first[3], second[3])
    )


def _told_apart(first: Evidence, second: Evidence) -> bool:
    """Whether both are of one project, in which no energy is counted twice."""
    file = first.inputs[0]
    return file.format == PROJECT_FORMAT and file == second.inputs[0]
