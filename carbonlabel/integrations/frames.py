"""I am what we rely on in the classes of other frameworks, and nothing more of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Arguments(Protocol):
    """`transformers.TrainingArguments`."""

    output_dir: str
    push_to_hub: bool
    hub_model_id: str | None


class State(Protocol):
    """`transformers.TrainerState`."""

    is_local_process_zero: bool
    is_world_process_zero: bool


class Control(Protocol):
    """`transformers.TrainerControl`."""

    should_save: bool


class Trainer(Protocol):
    """`transformers.Trainer`, and those made from it."""

    args: Arguments
    control: Control
    model: CardModel
    create_model_card: Callable[..., object]

    def add_callback(self, callback: object) -> None:
        """Have the callback called."""

    def remove_callback(self, callback: object) -> None:
        """Have it called no more."""

    def is_world_process_zero(self) -> bool:
        """Whether this process is the one that writes."""


class CardModel(Protocol):
    """A model of sentence-transformers."""

    _create_model_card: Callable[..., object]
    """What `save`, `push_to_hub` and the Trainer write the card with: (path, model_name, …)."""


class Fitter(Protocol):
    """`lightning.pytorch.Trainer`."""

    @property
    def global_rank(self) -> int:
        """Of this process among all."""

    @property
    def local_rank(self) -> int:
        """Of this process on its machine."""

    @property
    def world_size(self) -> int:
        """How many processes there are."""
