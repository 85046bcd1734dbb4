"""I put the label on when a Keras model has been fitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carbonlabel.integrations import ranks
from carbonlabel.integrations.bases import joined
from carbonlabel.integrations.loops import finish
from carbonlabel.integrations.watching import Watching

__all__ = ["LabelCallback"]


class Hooks(Watching):
    """What `Model.fit` calls: the label goes into `card` when the fit ends.

    A `tracker`, such as CodeCarbon's, is started and stopped with the fit; where there is none,
    another callback before this one has to stop its own. Keras calls nobody when a fit ends in an
    exception: where the label shall come even then, put `fit` into a block of `labelled`.
    """

    def on_train_begin(self, logs: object = None) -> None:
        """Start the tracker."""
        del logs
        self._start_tracker()

    def on_train_end(self, logs: object = None) -> None:
        """Put the label on."""
        del logs
        self._stop_tracker()
        finish(self.labelling, self.card, ranks.seat(), in_a_hurry=False)


if TYPE_CHECKING:

    class LabelCallback(Hooks):
        """The hooks, as a Callback of Keras."""


def __getattr__(name: str) -> object:
    """The class that needs Keras, made when it is asked for."""
    return joined(name, "LabelCallback", Hooks, "keras.callbacks:Callback", room=globals())
