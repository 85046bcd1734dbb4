"""I am the time on the Hub: it starts in 2026 and moves on by a second with every commit."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Final

START: Final = datetime(2026, 1, 1, tzinfo=UTC)


class Clock:
    """A clock without chance: the same acts give the same times, and so the same commit ids."""

    def __init__(self) -> None:
        """Begin at the first second of 2026."""
        self._ticks = itertools.count()

    def tick(self) -> datetime:
        """The time now, a second after the last."""
        return START + timedelta(seconds=next(self._ticks))
