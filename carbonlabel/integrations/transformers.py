"""I see to it that the card which a Trainer of transformers pushes has the label in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Unpack, cast

from carbonlabel.integrations import ranks
from carbonlabel.integrations.bases import joined
from carbonlabel.integrations.carding import CardWriter
from carbonlabel.integrations.frames import Arguments, Control, State, Trainer
from carbonlabel.integrations.labelling import Labelling
from carbonlabel.integrations.logs import Logs
from carbonlabel.integrations.wishes import Wish, Wishes

__all__ = ["LabelCallback", "attach"]

CARD = "README.md"


def attach(trainer: Trainer, log: Logs | None = None, **wishes: Unpack[Wishes]) -> Labelling:
    """Have the label in every card that this Trainer writes from now on, once it has trained.

    To be called on every rank, after the Trainer was made and its tracker added. The log is
    `emissions.csv` in the Trainer's output_dir, or whatever other log of a tracker lies there,
    unless one is named. Before an upload, coordinates in tables of CodeCarbon are blanked
    (`strip=False` leaves them); `Wish` says what the other keywords mean. Attaching again replaces
    what was attached.
    """
    wishes.setdefault("strip", True)
    written = detached(trainer.create_model_card, trainer)
    callback = callback_of(trainer, log, **wishes)

    def settle(*_args: object, **_kwargs: object) -> None:
        callback.settle()

    trainer.create_model_card = CardWriter(written, settle, callback)
    return callback.labelling


def detached(written: Callable[..., object], trainer: Trainer | None) -> Callable[..., object]:
    """The method that writes the card, without what was attached to it before."""
    if not isinstance(written, CardWriter):
        return written
    if trainer is not None and written.hooks is not None:
        trainer.remove_callback(written.hooks)
    return written.written


def callback_of(trainer: Trainer, log: Logs | None, **wishes: Unpack[Wishes]) -> Hooks:
    """A callback that knows its Trainer, and is called by it."""
    kind = cast("type[Hooks]", __getattr__("LabelCallback"))
    callback = kind(log, **wishes)
    callback.trainer = trainer
    trainer.add_callback(callback)
    return callback


class Hooks:
    """What a Trainer calls: the label is made when the training ends.

    Alone, in `Trainer(callbacks=[LabelCallback()])`, it puts the label into `README.md` of the
    output_dir when the training ends. A Trainer that pushes writes that card anew: use `attach`.
    """

    def __init__(self, log: Logs | None = None, **wishes: Unpack[Wishes]) -> None:
        """Remember what the label shall say; `Wish` says what each keyword means."""
        super().__init__()
        self.labelling = Labelling(log, Wish(**wishes))
        self.labelling.look_ahead()
        self.trainer: Trainer | None = None
        self.is_training = False

    def on_train_begin(
        self, _args: Arguments, _state: State, _control: Control, **_: object
    ) -> None:
        """From here on the log is not complete."""
        self.is_training = True

    def on_train_end(self, args: Arguments, state: State, _control: Control, **_: object) -> None:
        """Bring the logs of all ranks together, and put the label into the card of the folder."""
        self.is_training = False
        folder = Path(args.output_dir)
        if args.push_to_hub and state.is_world_process_zero:
            # An upload of a checkpoint may be on its way to this log, which was written just now.
            self.labelling.ready_for_the_public(folder)
        with self.labelling.guard.against(f"{CARD} gets no carbon label"):
            seat = ranks.seat(is_first_here=bool(state.is_local_process_zero))
            self.labelling.gather(folder, seat)
        if self.trainer is not None:
            self.settle(folder, is_public=False)
        elif not args.push_to_hub and state.is_world_process_zero:
            self.labelling.put(folder / CARD, folder)

    def on_push_begin(self, args: Arguments, state: State, _control: Control, **_: object) -> None:
        """Make the logs ready for an upload of the folder that they lie in."""
        if not state.is_world_process_zero:
            return
        if self.trainer is None:
            self.labelling.guard.tell(
                f"the Trainer writes {CARD} anew and pushes it without the label: call "
                "carbonlabel.integrations.transformers.attach(trainer)"
            )
        self.labelling.ready_for_the_public(Path(args.output_dir))

    def settle(
        self, folder: Path | None = None, *, model: str | None = None, is_public: bool = True
    ) -> None:
        """Put the label into the card that was just written, unless the training goes on.

        The card lies in `folder`, or where the Trainer writes; there its logs lie too. A card that
        `is_public` may be pushed next, with all that lies beside it.
        """
        trainer = self.trainer
        with self.labelling.guard.against(f"{CARD} gets no carbon label"):
            if trainer is not None and trainer.is_world_process_zero() and self._is_over(trainer):
                home = Path(trainer.args.output_dir)
                _let_pushes_end(trainer)
                if is_public:
                    self.labelling.ready_for_the_public(home)
                self.labelling.put((folder or home) / CARD, home, model or _hub_name(trainer))

    def _is_over(self, trainer: Trainer) -> bool:
        """Whether a log can be complete; a card that is pushed without it is told of."""
        if not self.is_training:
            return True
        if not trainer.control.should_save:
            self.labelling.guard.tell(
                f"{CARD} gets no carbon label: the training has not come to its end, where "
                "trackers write their log"
            )
        return False


def _let_pushes_end(trainer: Trainer) -> None:
    """Wait for uploads of the same files in the background, as the Trainer itself is about to."""
    wait = getattr(trainer, "_finish_current_push", None)
    if wait is not None:
        wait()


def _hub_name(trainer: Trainer) -> str | None:
    name = getattr(trainer, "hub_model_id", None) or trainer.args.hub_model_id
    return name if isinstance(name, str) else None


if TYPE_CHECKING:

    class LabelCallback(Hooks):
        """The hooks, as a TrainerCallback."""


def __getattr__(name: str) -> object:
    """The class that needs transformers, made when it is asked for."""
    return joined(name, "LabelCallback", Hooks, "transformers:TrainerCallback", room=globals())
