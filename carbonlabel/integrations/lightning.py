"""I put the label on when a Trainer of Lightning has fitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carbonlabel.integrations.bases import joined
from carbonlabel.integrations.frames import Fitter
from carbonlabel.integrations.ranks import Seat
from carbonlabel.integrations.watching import Watching

__all__ = ["LabelCallback"]


class Hooks(Watching):
    """What a Trainer of Lightning calls: the label goes into `card` when the fit ends.

    A `tracker`, such as CodeCarbon's, is started and stopped with the fit, one on each machine;
    where there is none, another callback before this one has to stop its own. A fit that ends in an
    exception is labelled too.
    """

    is_fitting = False
    """Whether there is something to label, if an exception comes."""

    def on_fit_start(self, trainer: Fitter, _module: object) -> None:
        """Start the tracker on the first process of each machine."""
        self.is_fitting = True
        if trainer.local_rank == 0:
            self._start_tracker()

    def on_fit_end(self, trainer: Fitter, _module: object) -> None:
        """Put the label on."""
        self._finish(trainer, in_a_hurry=False)

    def on_exception(self, trainer: Fitter, _module: object, _exception: BaseException) -> None:
        """Put it on for what was used until then; nobody is waited for."""
        if self.is_fitting:
            self._finish(trainer, in_a_hurry=True)

    def _finish(self, trainer: Fitter, *, in_a_hurry: bool) -> None:
        self.is_fitting = False
        is_first = trainer.local_rank == 0
        if is_first:
            self._stop_tracker()
        with self.labelling.guard.against(f"{self.card.name} gets no carbon label"):
            seat = Seat(trainer.global_rank, trainer.world_size, is_first)
            self.labelling.gather(self.card.parent, seat, in_a_hurry=in_a_hurry)
            self.labelling.put(self.card, self.card.parent)


if TYPE_CHECKING:

    class LabelCallback(Hooks):
        """The hooks, as a Callback of Lightning."""


def __getattr__(name: str) -> object:
    """The class that needs Lightning, made when it is asked for."""
    return joined(name, "LabelCallback", Hooks, "lightning.pytorch:Callback", room=globals())
