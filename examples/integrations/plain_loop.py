"""Train in a loop of your own; the label goes into a card, the disclosure to MLflow and W&B.

python examples/integrations/plain_loop.py --output out/plain --mlflow --wandb
torchrun --nproc-per-node 2 examples/integrations/plain_loop.py --output out/plain --ranks
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from codecarbon import EmissionsTracker

from carbonlabel.integrations import labelled, mlflow, wandb

if TYPE_CHECKING:
    from carbonlabel import Disclosure


def train() -> None:
    """Fit a line."""
    inputs = torch.linspace(0, 1, 256).unsqueeze(1)
    layer = torch.nn.Linear(1, 1)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.01)
    for _ in range(2000):
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(layer(inputs), 2 * inputs + 1).backward()
        optimizer.step()


@contextmanager
def mlflow_run(folder: Path) -> Iterator[None]:
    """A run of MLflow that is kept in a file of the folder."""
    import mlflow as package  # noqa: PLC0415 - not everybody has it

    package.set_tracking_uri(f"sqlite:///{folder.resolve()}/mlflow.db")
    package.create_experiment("line", artifact_location=(folder / "mlruns").resolve().as_uri())
    package.set_experiment("line")
    with package.start_run():
        yield


@contextmanager
def wandb_run(folder: Path) -> Iterator[None]:
    """A run of W&B that stays on this machine."""
    import wandb as package  # noqa: PLC0415 - not everybody has it

    with package.init(project="line", mode="offline", dir=folder):
        yield


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path("out/plain"), help="where all goes")
    parser.add_argument("--region", default="FR", help="where this machine stands")
    parser.add_argument("--mlflow", action="store_true", help="log the disclosure to MLflow")
    parser.add_argument("--wandb", action="store_true", help="log the disclosure to W&B, offline")
    parser.add_argument("--ranks", action="store_true", help="one tracker in each rank")
    options = parser.parse_args()
    folder = options.output
    if options.ranks:
        torch.distributed.init_process_group("gloo")
        folder = folder / f"rank-{os.environ['RANK']}"
    folder.mkdir(parents=True, exist_ok=True)

    def also(disclosure: Disclosure) -> None:
        if options.mlflow:
            mlflow.log(disclosure)
        if options.wandb:
            wandb.log(disclosure)

    with ExitStack() as runs:
        if options.mlflow:
            runs.enter_context(mlflow_run(options.output))
        if options.wandb:
            runs.enter_context(wandb_run(options.output))
        with labelled(
            folder / "emissions.csv",
            card=options.output / "README.md",
            tracker=EmissionsTracker(output_dir=str(folder), log_level="error"),
            region=options.region,
            model="acme/line",
            then=also,
        ):
            train()
    if options.ranks:
        torch.distributed.destroy_process_group()


if __name__ == "__main__":
    main()
