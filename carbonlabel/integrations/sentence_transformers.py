"""I see to it that the cards which sentence-transformers writes have the label in them."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Unpack, cast

from carbonlabel.integrations.carding import CardWriter
from carbonlabel.integrations.frames import CardModel, Trainer
from carbonlabel.integrations.labelling import Labelling
from carbonlabel.integrations.logs import USUAL, Logs
from carbonlabel.integrations.transformers import CARD, Hooks, callback_of, detached
from carbonlabel.integrations.wishes import Wish, Wishes

__all__ = ["attach"]

_OWN_SECTION: Final = b"\nCarbon emissions were measured using [CodeCarbon]"


def attach(
    trained: Trainer | CardModel, log: Logs | None = None, **wishes: Unpack[Wishes]
) -> Labelling:
    """Have the label in every card that this Trainer or model writes, once it has trained.

    `trained` is a Trainer of sentence-transformers, or a model that was trained otherwise, of which
    the `log` must then be named. Its `save_pretrained` and `push_to_hub` write the card, and so
    does the Trainer's `push_to_hub`: each gets label, picture and carbon.json. Before the Trainer
    uploads its folder, coordinates in tables of CodeCarbon there are blanked (`strip=False` leaves
    them); `Wish` says what the other keywords mean. Attaching again replaces what was attached.
    """
    wishes.setdefault("strip", True)
    trainer = cast("Trainer", trained) if hasattr(trained, "create_model_card") else None
    model = cast("CardModel", trained) if trainer is None else trainer.model
    written = detached(model._create_model_card, trainer)  # noqa: SLF001 - save, push and Trainer all come through here
    hooks = None if trainer is None else callback_of(trainer, log, **wishes)
    labelling = Labelling(log or USUAL, Wish(**wishes)) if hooks is None else hooks.labelling
    after = _Labeller(labelling, hooks)
    model._create_model_card = CardWriter(written, after, hooks)  # noqa: SLF001 - as above
    return labelling


class _Labeller:
    """Puts the label into a card of a model that was just written."""

    def __init__(self, labelling: Labelling, hooks: Hooks | None) -> None:
        """Remember the label; `hooks` know whether the training is over."""
        self.labelling = labelling
        self.hooks = hooks

    def __call__(self, path: str, model_name: str | None = None, *_: object, **__: object) -> None:
        """Take what the method that wrote it was told."""
        folder = Path(path)
        with self.labelling.guard.against(f"{CARD} gets no carbon label"):
            if (folder / CARD).is_file():
                self._put(folder, model_name if model_name and "/" in model_name else None)

    def _put(self, folder: Path, model: str | None) -> None:
        if _OWN_SECTION in (folder / CARD).read_bytes():
            self.labelling.guard.tell(
                f"{CARD} has a section of sentence-transformers on CodeCarbon's figures too, which "
                "stays; without it: model.model_card_data.code_carbon_callback = None"
            )
        if self.hooks is None:
            self.labelling.put(folder / CARD, folder, model)
        else:
            is_public = _is_same(folder, self.hooks)
            self.hooks.settle(folder, model=model, is_public=is_public)


def _is_same(folder: Path, hooks: Hooks) -> bool:
    """Whether a card lies in the Trainer's own folder, which is uploaded as a whole."""
    trainer = hooks.trainer
    return trainer is not None and folder.resolve() == Path(trainer.args.output_dir).resolve()
