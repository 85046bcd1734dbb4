"""I put runs together that one activity adds up: one phase, place, year and set of machines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import PROJECT_FORMAT, TRAINING, Evidence, Phase, PueState
from carbonlabel.model.provenance import Period

_CLOCK_STEP: Final = timedelta(seconds=1)


class Batch(NamedTuple):
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
    beside = run.idle is not None, run.shared is not None
    own = _phase(run, phase), place, midyear(run), run.pue_in_energy
    return own, pue, rows, beside, _boards(run), _kind_served(run)


def _kind_served(run: Evidence) -> object:
    """What the run counts: counts of one kind add up, a median stands alone."""
    served = run.served
    if served is None:
        return None
    alone = run.identity if served.statistic != "mean" else None
    return served.unit, served.statistic, served.task, served.batch, alone


def _boards(run: Evidence) -> frozenset[tuple[str, int]]:
    """What the run computed on: the hours of one board do not wear another out."""
    boards = (device for device in run.devices if device.kind == "accelerator")
    return frozenset((device.name, device.count) for device in boards)


def _kind(row: Estimate | Missing) -> str:
    return row.missing if isinstance(row, Missing) else "known"


def _phase(run: Evidence, told: Phase | None) -> Phase:
    if run.stage not in {None, "final"}:
        return "experimentation"
    if run.phase == "inference" and told in TRAINING:
        # What served requests made no weights, whatever the other logs are of.
        return "inference"
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
    clock = _clock(moment for period in known for moment in (period.start, period.end))
    return Period(
        start=min((period.start for period in known), key=clock),
        end=max((period.end for period in known), key=clock),
        zone=" and ".join(dict.fromkeys(period.zone for period in known)),
    )


def wall(moment: datetime) -> datetime:
    """A time as a clock on the wall shows it, so that naive and aware times can be compared."""
    return moment.replace(tzinfo=None)


def _clock(moments: Iterable[datetime]) -> Callable[[datetime], datetime]:
    """What makes these times comparable: the instant if all say their zone, else the wall clock."""
    aware = all(moment.tzinfo is not None for moment in moments)
    return (lambda moment: moment.astimezone(UTC)) if aware else wall


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
    """Each whole-machine run that begins in an earlier one, with it.

    They overlap by more than the second that logs are exact to.
    """
    latest: dict[object, tuple[datetime, Evidence]] = {}
    pairs = []
    for start, end, run in _timed(runs):
        before = (each for each in latest.values() if not _told_apart(each[1], run))
        last = max(before, key=lambda each: each[0], default=None)
        if last is not None and min(last[0], end) - start > _CLOCK_STEP:
            pairs.append((last[1], run))
        project = run.inputs[0] if run.inputs[0].format == PROJECT_FORMAT else None
        if project not in latest or end > latest[project][0]:
            latest[project] = end, run
    return tuple(pairs)


def _timed(runs: Iterable[Evidence]) -> list[tuple[datetime, datetime, Evidence]]:
    """The whole-machine runs that say when they were, with begin and end, by their begin."""
    known = [
        (run.period, run)
        for run in runs
        if run.covers == "machine" and isinstance(run.period, Period)
    ]
    clock = _clock(moment for period, _ in known for moment in (period.start, period.end))
    timed = [(clock(period.start), clock(period.end), run) for period, run in known]
    return sorted(timed, key=lambda each: each[:2])


def _told_apart(first: Evidence, second: Evidence) -> bool:
    """Whether both are of one project, in which no energy is counted twice."""
    file = first.inputs[0]
    return file.format == PROJECT_FORMAT and file == second.inputs[0]
