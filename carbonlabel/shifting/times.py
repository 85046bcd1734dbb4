"""I look for the best times of a job in a grid series of the user's own, and what they save."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from carbonlabel.errors import InputError, MalformedInput
from carbonlabel.factors import doubts
from carbonlabel.method import windows
from carbonlabel.method.digits import nine
from carbonlabel.method.propagate import Interval
from carbonlabel.method.windows import Window
from carbonlabel.model.series import GridSeries, Point
from carbonlabel.model.units import Unit, hours_from_seconds
from carbonlabel.parsing import clocks
from carbonlabel.parsing.fields import Moment
from carbonlabel.parsing.quantities import quantity
from carbonlabel.parsing.yamlfile import Text


@dataclass(frozen=True, slots=True)
class Times:
    """What a series says of the times for one job."""

    series: GridSeries
    length_s: float
    """How long the job takes."""
    energy_kwh: float | None
    """What it draws from the grid; None where nobody says."""
    best: tuple[Window, ...]
    """The lowest first, none overlapping another."""
    first: Window
    """The earliest in one piece: to begin at once."""
    worst: Window
    mean_gco2e_per_kwh: float
    """Of all that the series covers in the time that was asked for."""
    pieces: tuple[Window, ...] = ()
    """For a job that may be interrupted: the best times together as long as it takes."""
    gap_count: int = 0
    """How many gaps the series has in the time that was asked for."""

    @property
    def pieces_gco2e_per_kwh(self) -> float:
        """The mean of the pieces, in gCO2e/kWh."""
        return windows.mean(
            [Point(each.begin, each.length_s, each.intensity_gco2e_per_kwh) for each in self.pieces]
        )


def times(  # noqa: PLR0913 - the job and its freedom, each by name
    series: GridSeries,
    *,
    length_s: float,
    energy_kwh: float | None = None,
    earliest: datetime | None = None,
    latest: datetime | None = None,
    top: int = 5,
    interruptible: bool = False,
) -> Times:
    """The best windows for a job of so many s, and what to compare them with.

    Raises:
        InputError: the series covers no time without gap that is as long as the job.
    """
    points = windows.between(series.points, earliest, latest)
    found = windows.windows(points, length_s)
    if not found:
        raise _too_short(series, points, length_s)
    pieces = windows.joined(windows.best_pieces(points, length_s)) if interruptible else ()
    return Times(
        series=series,
        length_s=length_s,
        energy_kwh=energy_kwh,
        best=windows.lowest(found, top),
        first=min(found, key=lambda each: each.begin),
        worst=windows.highest(found),
        mean_gco2e_per_kwh=windows.mean(points),
        pieces=pieces,
        gap_count=sum(1 for _ in windows.runs(points)) - 1,
    )


def emissions(intensity_gco2e_per_kwh: float, energy_kwh: float) -> Interval:
    """Emissions in gCO2e, within how far publishers of intensities are apart."""
    value = intensity_gco2e_per_kwh * energy_kwh
    low, high = doubts.doubt("grid").ends(value)
    return Interval(nine(value), nine(low), nine(high))


def change_ratio(window_gco2e_per_kwh: float, against_gco2e_per_kwh: float) -> float | None:
    """The change of emissions, −0.2 for a fifth less; None against nothing at all."""
    if not against_gco2e_per_kwh:
        return None
    return window_gco2e_per_kwh / against_gco2e_per_kwh - 1


def moment(text: str, zone: tzinfo, *, where: str) -> datetime:
    """The time in UTC that a person means: with its offset, or on the clock of a zone.

    A day alone is its midnight.

    Raises:
        InputError: it is no time, or the clock showed it twice, or never.
    """
    stamp = Moment().read(Text(where, text, plain=True)).moment
    if stamp.tzinfo is None:
        stamp = clocks.instant(stamp, zone, where)
    return stamp.astimezone(UTC)


def stated(text: str, unit: Unit, where: str) -> float:
    """A figure above zero as it was typed, in a base unit; a bare number of time is in h.

    Raises:
        MalformedInput: it is no such figure.
    """
    value = quantity(text, unit, where=where, bare="h" if unit == "s" else None).value
    if not value:
        raise MalformedInput("must be more than 0", where=where)
    return value


def _too_short(series: GridSeries, points: Sequence[Point], length_s: float) -> InputError:
    wanted = f"{hours_from_seconds(length_s):.4g} h"
    if not points:
        last = series.points[-1]
        end = last.begin + timedelta(seconds=last.length_s)
        return MalformedInput(
            "the series has no figure in the time that was asked for",
            where=series.input.file,
            hint=f"it is of {series.points[0].begin:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} UTC",
        )
    longest_s = max(sum(each.length_s for each in run) for run in windows.runs(points))
    return MalformedInput(
        f"the series has no {wanted} in one piece",
        where=series.input.file,
        hint=f"the longest time without a gap is {hours_from_seconds(longest_s):.4g} h: "
        "state fewer --hours, or a wider --from and --until",
    )
