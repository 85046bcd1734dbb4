"""Train a line with Accelerate, with CodeCarbon beside it; the label goes into a card.

accelerate launch --cpu --num_processes 2 examples/integrations/accelerate_loop.py
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from accelerate import Accelerator
from codecarbon import EmissionsTracker

from carbonlabel.integrations.accelerate import LabelTracker


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--output", type=Path, default=Path("out/accelerate"), help="where all goes"
    )
    parser.add_argument("--region", default="FR", help="where this machine stands")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    label = LabelTracker(
        options.output / "emissions.csv",
        card=options.output / "README.md",
        tracker=EmissionsTracker(output_dir=str(options.output), log_level="error"),
        region=options.region,
        model="acme/line",
    )
    accelerator = Accelerator(cpu=True, log_with=[label])
    accelerator.init_trackers("line")
    inputs = torch.linspace(0, 1, 256).unsqueeze(1)
    data = torch.utils.data.TensorDataset(inputs, 2 * inputs + 1)
    layer = torch.nn.Linear(1, 1)
    layer, optimizer, batches = accelerator.prepare(
        layer, torch.optim.SGD(layer.parameters(), lr=0.01), torch.utils.data.DataLoader(data, 16)
    )
    for _ in range(4):
        for given, wanted in batches:
            optimizer.zero_grad()
            accelerator.backward(torch.nn.functional.mse_loss(layer(given), wanted))
            optimizer.step()
    accelerator.end_training()


if __name__ == "__main__":
    main()
