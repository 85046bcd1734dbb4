"""I am the label at a training's end and the tracker beside it, as the hooks of frameworks need."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Unpack

from carbonlabel.integrations import loops
from carbonlabel.integrations.labelling import Labelling
from carbonlabel.integrations.logs import USUAL, Logs
from carbonlabel.integrations.wishes import Tracker, Wish, Wishes


class Watching:
    """What the hooks of a framework begin with; they stand before the framework's own class."""

    def __init__(
        self,
        log: Logs = USUAL,
        *,
        card: str | PathLike[str] = "README.md",
        tracker: Tracker | None = None,
        **wishes: Unpack[Wishes],
    ) -> None:
        """Remember what the label shall say; `Wish` says what the other keywords mean."""
        super().__init__()
        self.labelling = Labelling(log, Wish(**wishes))
        self.labelling.look_ahead()
        self.card = Path(card)
        self._watched_by = tracker

    def _start_tracker(self) -> None:
        """Start the tracker, if there is one."""
        if self._watched_by is not None:
            loops.start(self._watched_by, self.labelling)

    def _stop_tracker(self) -> None:
        """Stop it."""
        if self._watched_by is not None:
            loops.stop(self._watched_by, self.labelling)
