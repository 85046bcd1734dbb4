"""I bring a disclosure into a run of Weights & Biases."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol

from carbonlabel.errors import InputError
from carbonlabel.integrations.figures import documents, numbers
from carbonlabel.integrations.guarding import Guard
from carbonlabel.record.canonical import digest

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure

__all__ = ["log"]

NAME: Final = "carbonlabel"


class Summary(Protocol):
    """What a run shows as its results."""

    def update(self, values: dict[str, float]) -> None:
        """Set these."""


class Run(Protocol):
    """What `wandb.init` returns."""

    id: str
    summary: Summary

    def log_artifact(self, artifact: object) -> object:
        """Take the artifact up."""


def log(disclosure: Disclosure, *, run: Run | None = None) -> bool:
    """Whether the disclosure is now in the run: as an artifact, and in its summary.

    `run` is what `wandb.init` returned, else the one that is active. The artifact is called
    `carbonlabel-<run id>`, of type `disclosure`; the summary has `carbonlabel/electricity_gco2e`
    and its like. In offline mode both wait for `wandb sync`. A failure is told and not raised.
    """
    guard = Guard()
    with guard.against("Weights & Biases got no disclosure"):
        _log(disclosure, run)
        return True
    return False


def _log(disclosure: Disclosure, run: Run | None) -> None:
    wandb = import_module("wandb")
    active: Run | None = run or wandb.run
    if active is None:
        raise InputError("no run is active", hint="log before wandb.finish(), or name it: run=…")
    artifact = wandb.Artifact(f"{NAME}-{active.id}", type="disclosure")
    artifact.metadata["sha256"] = digest(disclosure)
    with documents(disclosure) as folder:
        for path in sorted(folder.iterdir()):
            artifact.add_file(str(path))
        active.log_artifact(artifact)
    active.summary.update({f"{NAME}/{name}": value for name, value in numbers(disclosure).items()})
