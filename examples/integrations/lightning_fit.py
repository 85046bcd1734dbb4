"""Fit a line with Lightning, with CodeCarbon beside it; the label goes into a card.

python examples/integrations/lightning_fit.py --output out/lightning
"""

from __future__ import annotations

import argparse
from pathlib import Path

import lightning
import torch
from codecarbon import EmissionsTracker

from carbonlabel.integrations.lightning import LabelCallback


class Line(lightning.LightningModule):
    """One weight and one bias; it may be told to fail on the way."""

    def __init__(self, *, fails: bool = False) -> None:
        """Begin with random weights."""
        super().__init__()
        self.layer = torch.nn.Linear(1, 1)
        self.fails = fails

    def training_step(self, batch: list[torch.Tensor], place: int) -> torch.Tensor:
        """The squared error of a batch."""
        if self.fails and self.current_epoch == 1:
            raise RuntimeError(f"batch {place} is bad")
        inputs, wanted = batch
        return torch.nn.functional.mse_loss(self.layer(inputs), wanted)

    def configure_optimizers(self) -> torch.optim.Optimizer:
        """Plain gradient descent."""
        return torch.optim.SGD(self.parameters(), lr=0.01)


def main() -> None:
    """Parse the command line and fit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path("out/lightning"), help="where all goes")
    parser.add_argument("--region", default="FR", help="where this machine stands")
    parser.add_argument("--devices", type=int, default=1, help="processes on the CPU")
    parser.add_argument("--fails", action="store_true", help="raise in the second epoch")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    inputs = torch.linspace(0, 1, 256).unsqueeze(1)
    data = torch.utils.data.TensorDataset(inputs, 2 * inputs + 1)
    label = LabelCallback(
        options.output / "emissions.csv",
        card=options.output / "README.md",
        tracker=EmissionsTracker(output_dir=str(options.output), log_level="error"),
        region=options.region,
        model="acme/line",
    )
    trainer = lightning.Trainer(
        max_epochs=4,
        accelerator="cpu",
        devices=options.devices,
        callbacks=[label],
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
    )
    trainer.fit(Line(fails=options.fails), torch.utils.data.DataLoader(data, batch_size=16))


if __name__ == "__main__":
    main()
