"""I hold a disclosure to a day: what lies ahead of it, and what is too old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.provenance import Finding, Period
from carbonlabel.rules.dates import wall
from carbonlabel.rules.rows import activities

STALE_MONTHS: Final = 24
_MONTHS_A_YEAR: Final = 12
_ZONES: Final = timedelta(days=1)


def future(disclosure: Disclosure, on: date) -> Iterator[Finding]:
    """Runs ended before the day on which they are looked at."""
    for at, activity in activities(disclosure):
        if not isinstance(activity.period, Period):
            continue
        ended = wall(activity.period.end).date()
        # Midnight comes up to a day earlier elsewhere.
        if ended > on + _ZONES:
            yield Finding(
                code="period-in-future",
                severity="error",
                place=f"{at}/period/end",
                message="The runs are said to end after today.",
                expected=f"at most {on.isoformat()}",
                found=ended.isoformat(),
                suggestion="correct the clock of the machine or the times that were typed",
            )


def stale(disclosure: Disclosure, on: date) -> Iterator[Finding]:
    """A disclosure is at most 24 months old."""
    issued = disclosure.issued
    if issued is None:
        return
    months = (on.year - issued.year) * _MONTHS_A_YEAR + on.month - issued.month
    months -= on.day < issued.day
    if months >= STALE_MONTHS:
        yield Finding(
            code="report-stale",
            severity="note",
            place="/issued",
            message=f"The last run ended {months} months before this check.",
            expected=f"less than {STALE_MONTHS} months",
            found=issued.isoformat(),
            suggestion="assess again with newer factors, and say if the model is still in use",
        )
