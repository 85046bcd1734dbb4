"""I am what a training script may ask of its label."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Protocol, TypedDict

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.model.hardware import Inventory
    from carbonlabel.model.region import Place

PATIENCE_S = 60.0


class Tracker(Protocol):
    """What is started before a training and stopped after it, such as CodeCarbon's tracker."""

    def start(self) -> object:
        """Begin to measure."""

    def stop(self) -> object:
        """End, and write the log."""


class Wishes(TypedDict, total=False):
    """The keywords that every door of the integrations takes; `Wish` says what each means."""

    model: str | None
    region: Place | str | PathLike[str] | None
    inventory: Inventory | str | PathLike[str] | None
    phase: str | None
    nodes: int | None
    ranks: int | None
    strip: bool
    keep_log_out: bool
    wait_s: float
    then: Callable[[Disclosure], object] | None


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a label shall say, and what shall become of the log that it is made from."""

    model: str | None = None
    """`ORG/NAME` of the model."""
    region: Place | str | PathLike[str] | None = None
    """Where it ran: a code such as `FR`, or a region.yaml; the log may say it too."""
    inventory: Inventory | str | PathLike[str] | None = None
    """The machines: a hardware.yaml."""
    phase: str | None = None
    """`pre-training`, `fine-tuning` and so on."""
    nodes: int | None = None
    """How many machines trained; 1 says that the log here holds all, so that nobody is waited for.
    Where nothing is said, the processes of torch.distributed are asked."""
    ranks: int | None = None
    """How many trackers ran at the same time, on all machines together."""
    strip: bool = False
    """Blank coordinates, kernel and paths in CodeCarbon's tables, in place, before they go
    public."""
    keep_log_out: bool = False
    """Keep the log out of uploads, by a line in `.gitignore`."""
    wait_s: float = PATIENCE_S
    """How long rank zero waits for the logs of the other ranks."""
    then: Callable[[Disclosure], object] | None = None
    """What else is done with the disclosure once the label is on, such as `mlflow.log`."""
