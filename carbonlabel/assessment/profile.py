"""I lay the energy of an activity out over time, where its logs are series, and by stage."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from carbonlabel.assessment.runs import Batch, wall
from carbonlabel.method.digits import nine
from carbonlabel.model.disclosure import Part
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import Evidence, Stage
from carbonlabel.model.profile import MOST_POINTS, Moment, Profile, Step
from carbonlabel.model.provenance import Period

_ROWS: Final = ("accelerators", "host", "computing")
_FEWEST: Final = 2

if TYPE_CHECKING:
    from carbonlabel.method.weighting import Stretch
    from carbonlabel.model.series import GridSeries

    _Hours = Sequence[tuple[datetime, Stretch]]
    """Each hour of a run by its begin, with the time in which it ran and its energy in kWh."""


def profile(batch: Batch, parts: Sequence[Part], series: GridSeries | None) -> Profile | None:
    """IT energy by hour, or by day from 745 hours on; None where a run's log is no series.

    The hours say how the energy is spread; how much it is, the rows say.
    """
    hours = _hours(batch.runs, _kwh(parts))
    if hours is None:
        return None
    step: Step = "hour" if len({begin for begin, _ in hours}) <= MOST_POINTS else "day"
    grouped = _grouped(hours, step)
    if not _FEWEST <= len(grouped) <= MOST_POINTS:
        return None
    sums = ((begin, math.fsum(each.weight for each in found)) for begin, found in grouped)
    return Profile(
        step=step,
        energy=tuple((begin, nine(energy_kwh)) for begin, energy_kwh in sums),
        intensity=tuple(_intensities(grouped, series)) or None if series else None,
    )


def stages(runs: Sequence[Evidence]) -> dict[Stage, float] | None:
    """What the runs were for, each with its part of the IT energy; None where no log says it."""
    energies_kwh: dict[Stage, float] = {}
    for run in runs:
        stage = run.stage or "final"
        energies_kwh[stage] = energies_kwh.get(stage, 0.0) + _kwh_of(run)
    whole_kwh = math.fsum(energies_kwh.values())
    if not whole_kwh or all(run.stage is None for run in runs):
        return None
    return {stage: nine(each / whole_kwh) for stage, each in energies_kwh.items()}


def stage_runs(runs: Sequence[Evidence]) -> dict[Stage, int] | None:
    """How many runs were for what; None where `stages` is."""
    return dict(Counter(run.stage or "final" for run in runs)) if stages(runs) else None


def _kwh(parts: Iterable[Part]) -> float:
    known = (part.energy for part in parts if part.part in _ROWS)
    return math.fsum(each.value for each in known if isinstance(each, Estimate))


def _kwh_of(run: Evidence) -> float:
    rows = (run.accelerators, run.host, run.computing)
    return math.fsum(each.value for each in rows if isinstance(each, Estimate))


def _hours(runs: Sequence[Evidence], whole_kwh: float) -> _Hours | None:
    """The hours of all runs, which add up to the whole; None where one of them has none."""
    logged_kwh = math.fsum(map(_kwh_of, runs))
    if not logged_kwh or not whole_kwh or not all(run.hours for run in runs):
        return None
    if not _comparable(runs):
        return None
    from carbonlabel.assessment.hourly import within  # noqa: PLC0415 - few logs are series
    from carbonlabel.method.weighting import Stretch  # noqa: PLC0415 - as above

    found: list[tuple[datetime, Stretch]] = []
    for run in runs:
        hours = [(begin, hour_kwh) for begin, hour_kwh in run.hours if hour_kwh > 0]
        if not hours or not isinstance(run.period, Period):
            return None
        own_kwh = whole_kwh * _kwh_of(run) / logged_kwh
        spread_kwh = math.fsum(hour_kwh for _, hour_kwh in hours)
        for begin, hour_kwh in hours:
            weight = own_kwh * hour_kwh / spread_kwh
            found.append((begin, Stretch(*within(begin, run.period), weight)))
    return found


def _comparable(runs: Sequence[Evidence]) -> bool:
    """Whether all hours and times tell their zone, or none does."""
    hours = (begin for run in runs for begin, _ in run.hours)
    periods = (run.period for run in runs if isinstance(run.period, Period))
    ends = (moment for period in periods for moment in (period.start, period.end))
    return len({moment.tzinfo is not None for moment in (*hours, *ends)}) == 1


def _grouped(hours: _Hours, step: Step) -> list[tuple[datetime, list[Stretch]]]:
    groups: dict[datetime | date, tuple[datetime, list[Stretch]]] = {}
    for begin, stretch in sorted(hours, key=lambda each: each[0]):
        if step == "hour":
            groups.setdefault(begin, (begin, []))[1].append(stretch)
        else:
            day = wall(begin).date()
            first = datetime.combine(day, time(), begin.tzinfo)
            groups.setdefault(day, (first, []))[1].append(stretch)
    return list(groups.values())


def _intensities(
    grouped: Iterable[tuple[datetime, Sequence[Stretch]]], series: GridSeries
) -> Iterator[Moment]:
    from carbonlabel.method.weighting import weighted_mean  # noqa: PLC0415 - few logs are series

    for begin, stretches in grouped:
        mean = weighted_mean(stretches, series.points)
        if mean is not None:
            yield begin, nine(mean.intensity_gco2e_per_kwh)
