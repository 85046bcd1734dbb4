"""I say how long to wait before something is tried again, and when to give up."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from carbonlabel.errors import HubBusy, HubError

TRIES_COUNT: Final = 5
"""How often a step is tried that fails for a passing reason."""
ROUNDS_COUNT: Final = 60
"""How often a card is read and edited again because somebody else was faster."""
LONGEST_WAIT_S: Final = 330
"""The Hub counts calls in windows of 300 s; nobody is made to wait for much more than one."""
_LONGEST_BACKOFF_S: Final = 8.0
_FIRST_PAUSE_S: Final = 0.05
_LONGEST_PAUSE_S: Final = 2.0


class Setback(Exception):
    """A call to the Hub failed; what that means, and whether another try may work."""

    def __init__(
        self,
        error: HubError,
        *,
        is_passing: bool = False,
        is_stale: bool = False,
        wait_s: float | None = None,
    ) -> None:
        """Keep what to tell the person, and what to do: `is_stale` is that others were faster."""
        super().__init__(error)
        self.error = error
        self.is_passing = is_passing
        self.is_stale = is_stale
        self.wait_s = wait_s


def silence(_line: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Waits between tries, and says so."""

    tell: Callable[[str], None] = silence
    sleep: Callable[[float], None] = time.sleep

    def endure(self, setback: Setback, tried_count: int) -> None:
        """Wait before the next try; or raise what went wrong, if there should be none.

        Raises:
            HubError: another try would not help, enough were made, or the wait is too long.
        """
        if not setback.is_passing or tried_count >= TRIES_COUNT:
            raise setback.error from setback.__cause__
        wait_s = setback.wait_s
        if wait_s is None:
            wait_s = min(2.0 ** (tried_count - 1), _LONGEST_BACKOFF_S)
        elif wait_s > LONGEST_WAIT_S:
            raise HubBusy(
                f"the Hub asks to wait for {wait_s:.0f} s",
                where=setback.error.where,
                hint="try again then; nothing is lost",
            ) from setback.__cause__
        self.tell(f"{setback.error.message}; trying again in {wait_s:g} s …")
        self.sleep(wait_s)

    def give_way(self, tried_count: int, seed: bytes) -> None:
        """Wait for a moment that differs from writer to writer, so that they do not collide.

        It is drawn from what the writer wants to write, and not from chance.
        """
        drawn = int.from_bytes(hashlib.sha256(b"%d" % tried_count + seed).digest()[:4], "big")
        longest_s = min(_FIRST_PAUSE_S * 2**tried_count, _LONGEST_PAUSE_S)
        self.sleep(longest_s * drawn / 2**32)
