"""I weigh a grid series of the user's own by what the runs of one activity used, hour by hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from carbonlabel.assessment.runs import Batch
from carbonlabel.errors import InputError
from carbonlabel.factors import doubts
from carbonlabel.method.digits import nine
from carbonlabel.method.weighting import Mean, Stretch, weighted_mean
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Finding, Period
from carbonlabel.model.series import GridSeries
from carbonlabel.model.units import hours_from_seconds

KEY: Final = "grid"
"""The key of `inputs` under which the file is cited."""

_ENOUGH_RATIO: Final = 0.95
_WHOLE_RATIO: Final = 1 - 1e-9
_HOUR: Final = timedelta(hours=1)
_WITHOUT: Final = "leave --grid out for the annual average"


class Hourly(NamedTuple):
    """The intensity of one activity from a series, and what is odd about it."""

    intensity: Estimate
    """Energy-weighted mean in gCO2e/kWh; it cites the series as `grid`."""
    findings: tuple[Finding, ...]


def hourly(batch: Batch, series: GridSeries, at: str) -> Hourly:
    """The mean of the series over the runs, by energy where the log has it by hour, else by time.

    `at` is the JSON pointer of the activity.

    Raises:
        InputError: the series is marginal, a forecast, or covers none of the runs, or a run does
            not say when, or in which zone, it was.
    """
    _refuse_marginal(series)
    _refuse_forecast(series)
    stretches = _stretches(batch)
    mean = weighted_mean(stretches, series.points)
    if mean is None:
        raise _not_covered(stretches, series)
    place = f"{at}/region/intensity"
    brought = (each.model_copy(update={"place": place}) for each in series.findings)
    findings = (*_gaps(mean, series, place), *_direct(series, place), *brought)
    return Hourly(_estimate(mean, batch.year), findings)


def _estimate(mean: Mean, year: int | None) -> Estimate:
    value = nine(mean.intensity_gco2e_per_kwh)
    low, high = doubts.doubt("grid").ends(value)
    return Estimate(
        value=value,
        low=nine(low),
        high=nine(high),
        unit="gCO2e/kWh",
        basis="estimated",
        year=year,
        source=KEY,
    )


def _refuse_marginal(series: GridSeries) -> None:
    if series.kind == "marginal":
        raise InputError(
            "these intensities are marginal: they say what one more kWh would cause, and a label "
            "says what share of the grid's emissions the kWh had",
            where=series.input.file,
            hint="give a series of averages, such as WattTime's co2_aoer or Electricity Maps; or "
            + _WITHOUT,
        )


def _refuse_forecast(series: GridSeries) -> None:
    if series.is_forecast:
        raise InputError(
            "this is a forecast, and a label says what was",
            where=series.input.file,
            hint="give what was measured, once it is there; or " + _WITHOUT,
        )


def _stretches(batch: Batch) -> tuple[Stretch, ...]:
    periods = [(run, _period(run)) for run in batch.runs]
    energies = [_energy_kwh(run) for run in batch.runs]
    if all(energy_kwh is not None for energy_kwh in energies) and any(energies):
        return tuple(
            stretch
            for (run, period), energy_kwh in zip(periods, energies, strict=True)
            for stretch in _by_energy(run, period, energy_kwh or 0.0)
        )
    # Without energies of all runs their times stand for them; a moment counts as one second.
    return tuple(
        Stretch(each.start, each.end, (each.end - each.start).total_seconds() or 1.0)
        for _, each in periods
    )


def _period(run: Evidence) -> Period:
    period = run.period
    if not isinstance(period, Period):
        raise InputError(
            "the log does not say when the run was, so no hours of the grid series fit it",
            where=run.place,
            hint=_WITHOUT,
        )
    if period.start.tzinfo is None or period.end.tzinfo is None:
        raise InputError(
            "the times in the log do not say their zone, so the hours of the grid series that fit "
            "them are not known",
            where=run.place,
            hint="say what the machine's clock showed: --zone Europe/Paris, or --zone +01:00",
        )
    if period.end < period.start:
        raise InputError("the run ends before it begins", where=run.place, hint=_WITHOUT)
    return period


def _energy_kwh(run: Evidence) -> float | None:
    rows = (run.accelerators, run.host, run.computing, run.idle, run.shared)
    known = [row.value for row in rows if isinstance(row, Estimate)]
    return sum(known) if known else None


def _by_energy(run: Evidence, period: Period, energy_kwh: float) -> Iterator[Stretch]:
    hours = [(begin, hour_kwh) for begin, hour_kwh in run.hours if hour_kwh > 0]
    whole_kwh = sum(hour_kwh for _, hour_kwh in hours)
    if not hours:
        yield Stretch(period.start, period.end, energy_kwh)
    for begin, hour_kwh in hours:
        # The hours say how the energy is spread; how much it is, the rows say.
        first, last = within(begin, period)
        yield Stretch(first, last, energy_kwh * hour_kwh / whole_kwh)


def within(begin: datetime, period: Period) -> tuple[datetime, datetime]:
    """The part of an hour in which the run ran; all of it where they do not meet."""
    first, last = max(begin, period.start), min(begin + _HOUR, period.end)
    return (first, last) if first <= last else (begin, begin + _HOUR)


def _gaps(mean: Mean, series: GridSeries, place: str) -> Iterator[Finding]:
    if mean.covered_ratio >= _WHOLE_RATIO:
        return
    dropped = f" ({series.dropped_count} in the file are empty)" if series.dropped_count else ""
    yield Finding(
        code="series-gaps",
        severity="note" if mean.covered_ratio >= _ENOUGH_RATIO else "warning",
        place=place,
        message="The grid series has no figure for some of the time of the runs"
        f"{dropped}; the mean of the others stands for it.",
        expected=f"{hours_from_seconds(mean.needed_s):.4g} h",
        found=f"{hours_from_seconds(mean.covered_s):.4g} h",
        suggestion="give a series that covers the runs from begin to end",
    )


def _direct(series: GridSeries, place: str) -> Iterator[Finding]:
    if series.scope == "direct":
        yield Finding(
            code="series-direct",
            severity="note",
            place=place,
            message="The grid series counts what leaves the stacks only: making fuel and plants "
            "would come on top, and figures with them do not compare.",
            suggestion="give a life-cycle series where there is one",
        )


def _not_covered(stretches: tuple[Stretch, ...], series: GridSeries) -> InputError:
    last = series.points[-1]
    runs = _span(min(each.begin for each in stretches), max(each.end for each in stretches))
    known = _span(series.points[0].begin, last.begin + timedelta(seconds=last.length_s))
    return InputError(
        f"the grid series is of {known}, the run of {runs} (UTC)",
        where=series.input.file,
        hint=f"give a series that covers the run, or {_WITHOUT}",
    )


def _span(begin: datetime, end: datetime) -> str:
    first, last = (
        (each - (each.utcoffset() or timedelta(0))).strftime("%Y-%m-%d %H:%M")
        for each in (begin, end)
    )
    return f"{first} to {last}"
