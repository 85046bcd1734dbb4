"""I put the label on when a Keras model has been fitted."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from carbonlabel.integrations import ranks
from carbonlabel.integrations.bases import joined
from carbonlabel.integrations.labelling import Labelling
from carbonlabel.integrations.logs import USUAL, Logs
from carbonlabel.integrations.loops import finish, stop
from carbonlabel.integrations.wishes import Tracker, Wish, Wishes

__all__ = ["LabelCallback"]


class Hooks:
    """What `Model.fit` calls: the label goes into `card` when the fit ends.

    A `tracker`, such as CodeCarbon's, is started and stopped with the fit; where there is none,
    another callback before this one has to stop its own. Keras calls nobody when a fit ends in an
    exception: where the label shall come even then, put `fit` into a block of `labelled`.
    """

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
        self.tracker = tracker

    def on_train_begin(self, logs: object = None) -> None:
        """Start the tracker."""
        del logs
        if self.tracker is not None:
            with self.labelling.guard.against("the tracker did not start"):
                self.tracker.start()

    def on_train_end(self, logs: object = None) -> None:
        """Put the label on."""
        del logs
        if self.tracker is not None:
            stop(self.tracker, self.labelling)
        finish(self.labelling, self.card, ranks.seat(), in_a_hurry=False)


if TYPE_CHECKING:

    class LabelCallback(Hooks):
        """The hooks, as a Callback of Keras."""


def __getattr__(name: str) -> object:
    """The class that needs Keras, made when it is asked for."""
    if name != "LabelCallback":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    made = joined(name, Hooks, "keras.callbacks:Callback", room=__name__)
    globals()[name] = made
    return made
