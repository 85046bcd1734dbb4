"""I stand between a label and a training run: what goes wrong here is told, and goes no further."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from carbonlabel.errors import CarbonLabelError, InvalidDocument
from carbonlabel.outermost import contained

_LOGGER: Final = logging.getLogger("carbonlabel")
_MOST_TOLD: Final = 3


class Guard:
    """Catches every failure of ours and warns of it; the same words are said once."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self._told: set[str] = set()

    def tell(self, line: str) -> None:
        """Warn, unless it was said before."""
        if line not in self._told:
            self._told.add(line)
            _LOGGER.warning("carbonlabel: %s", line)

    @contextmanager
    def against(self, outcome: str) -> Iterator[None]:
        """Let no failure out of the block; `outcome` is what it then comes to."""
        with contained(lambda fault: self._told_of(outcome, fault)):
            yield

    def _told_of(self, outcome: str, fault: Exception) -> None:
        if isinstance(fault, CarbonLabelError):
            self.tell(f"{outcome}: {_words(fault)}")
            return
        self.tell(
            f"{outcome}: {type(fault).__name__}: {fault} (if this is a fault of carbonlabel, "
            "please report it)"
        )
        _LOGGER.debug("what went wrong", exc_info=fault)


def _words(bad: CarbonLabelError) -> str:
    problems = bad.problems if isinstance(bad, InvalidDocument) else ()
    return "; ".join((str(bad), *problems[:_MOST_TOLD]))
