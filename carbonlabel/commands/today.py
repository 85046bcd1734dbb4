"""I am the only room with a calendar: a check may ask which day it is, a document never does."""

from __future__ import annotations

from datetime import UTC, date, datetime

from carbonlabel.commands.asking import UsageError


def day(text: str | None) -> date:
    """The day that is typed as 2027-01-31; where none is, the day on which this runs, in UTC.

    Raises:
        UsageError: it is no day.
    """
    if text is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text[:40]!r} is no day; write 2027-01-31") from None
