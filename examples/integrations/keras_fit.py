"""Fit a line with Keras, with CodeCarbon beside it; the label goes into a card.

KERAS_BACKEND=torch python examples/integrations/keras_fit.py --output out/keras
"""

from __future__ import annotations

import argparse
from pathlib import Path

import keras
import numpy as np
from codecarbon import EmissionsTracker

from carbonlabel.integrations.keras import LabelCallback


def main() -> None:
    """Parse the command line and fit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path("out/keras"), help="where all goes")
    parser.add_argument("--region", default="FR", help="where this machine stands")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    inputs = np.linspace(0, 1, 256).reshape(-1, 1)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    label = LabelCallback(
        options.output / "emissions.csv",
        card=options.output / "README.md",
        tracker=EmissionsTracker(output_dir=str(options.output), log_level="error"),
        region=options.region,
        model="acme/line",
    )
    model.fit(inputs, 2 * inputs + 1, epochs=4, verbose=0, callbacks=[label])


if __name__ == "__main__":
    main()
