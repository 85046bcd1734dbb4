"""I put the label on when a script of Accelerate ends its training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from carbonlabel.integrations import ranks
from carbonlabel.integrations.bases import joined
from carbonlabel.integrations.labelling import Labelling
from carbonlabel.integrations.loops import finish
from carbonlabel.integrations.watching import Watching

__all__ = ["LabelTracker"]


class Hooks(Watching):
    """One of the trackers of an Accelerator: the label goes into `card` at `end_training()`.

        label = LabelTracker("emissions.csv", tracker=EmissionsTracker())
        accelerator = Accelerator(log_with=[label])
        accelerator.init_trackers("tiny")
        ...
        accelerator.end_training()

    A `tracker`, such as CodeCarbon's, is started by `init_trackers` and stopped by
    `end_training`, one on each machine; where there is none, yours has to stop before that.
    """

    name: Final = "carbonlabel"
    requires_logging_directory: Final = False
    main_process_only: Final = False
    """Each process brings its logs."""
    _seat = ranks.Seat()

    @property
    def tracker(self) -> Labelling:
        """What `Accelerator.get_tracker("carbonlabel", unwrap=True)` gives."""
        return self.labelling

    def start(self) -> None:
        """Start the tracker on the first process of each machine."""
        self._seat = ranks.seat()
        if self._seat.is_first_here is not False:
            self._start_tracker()

    def store_init_configuration(self, _values: dict[str, object]) -> None:
        """Nothing: a label does not tell of the configuration."""

    def log(self, _values: dict[str, object], _step: int | None = None, **_: object) -> None:
        """Nothing: what is logged on the way is not on the label."""

    def finish(self) -> None:
        """Put the label on."""
        if self._seat.is_first_here is not False:
            self._stop_tracker()
        finish(self.labelling, self.card, self._seat, in_a_hurry=False)


if TYPE_CHECKING:

    class LabelTracker(Hooks):
        """The hooks, as a GeneralTracker of Accelerate."""


def __getattr__(name: str) -> object:
    """The class that needs Accelerate, made when it is asked for."""
    return joined(name, "LabelTracker", Hooks, "accelerate.tracking:GeneralTracker", room=globals())
