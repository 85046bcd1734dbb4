"""I hold times to their order, and factors to the year of the runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.provenance import Finding, Period
from carbonlabel.rules.comparison import shown
from carbonlabel.rules.rows import activities

MOST_YEARS: Final = 2
_CLOCK_STEP: Final = timedelta(seconds=2)


def periods(disclosure: Disclosure) -> Iterator[Finding]:
    """Runs end after they begin, last no longer than that, and the disclosure is of their end."""
    for at, activity in activities(disclosure):
        if isinstance(activity.period, Period):
            yield from _order(at, activity.period)
            yield from _length(at, activity, activity.period)
    yield from _issued(disclosure)


def years(disclosure: Disclosure) -> Iterator[Finding]:
    """The grid factor is of the runs' year, give or take two."""
    for at, activity in activities(disclosure):
        year = activity.region.intensity.year
        if year is None or not isinstance(activity.period, Period):
            continue
        ran = midyear(activity.period)
        if abs(ran - year) > MOST_YEARS:
            yield Finding(
                code="intensity-of-another-year",
                severity="warning",
                place=f"{at}/region/intensity",
                message=f"The grid factor is {abs(ran - year)} years "
                f"{'older' if year < ran else 'newer'} than the runs.",
                expected=f"{ran - MOST_YEARS} to {ran + MOST_YEARS}",
                found=str(year),
                suggestion="state a newer figure in region.yaml, with its source",
            )


def wall(moment: datetime) -> datetime:
    """A time as a clock on the wall shows it, so that naive and aware times can be compared."""
    return moment.replace(tzinfo=None)


def midyear(period: Period) -> int:
    """The year of the middle of a period."""
    start, end = wall(period.start), wall(period.end)
    return (start + (end - start) / 2).year


def _order(at: str, period: Period) -> Iterator[Finding]:
    if wall(period.end) < wall(period.start):
        yield Finding(
            code="period-reversed",
            severity="error",
            place=f"{at}/period",
            message="The runs end before they begin.",
            expected=f"an end after {period.start.isoformat()}",
            found=period.end.isoformat(),
            suggestion="some trackers log the end of a run, not its begin",
        )


def _length(at: str, activity: Activity, period: Period) -> Iterator[Finding]:
    spanned = wall(period.end) - wall(period.start) + _CLOCK_STEP
    duration = activity.duration
    # Several runs may stand side by side; one run cannot last longer than its own period.
    if activity.runs > 1 or not isinstance(duration, Estimate) or spanned <= _CLOCK_STEP:
        return
    if duration.value > spanned.total_seconds():
        yield Finding(
            code="duration-exceeds-period",
            severity="error",
            place=f"{at}/duration",
            message="The run lasts longer than from its begin to its end.",
            expected=f"at most {shown(spanned.total_seconds(), 's')}",
            found=shown(duration.value, "s"),
        )


def _issued(disclosure: Disclosure) -> Iterator[Finding]:
    ends = [
        wall(each.period.end).date()
        for each in disclosure.activities
        if isinstance(each.period, Period)
    ]
    if ends and disclosure.issued not in {None, max(ends)}:
        yield Finding(
            code="issued-mismatch",
            severity="warning",
            place="/issued",
            message="The disclosure is not of the day on which the last run ended.",
            expected=max(ends).isoformat(),
            found=str(disclosure.issued),
        )
