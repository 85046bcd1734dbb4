"""Train a small character-level transformer for eleven minutes, with CodeCarbon beside it.

This made the `emissions.csv` in this folder. To make one of your own:

    pip install torch codecarbon
    python examples/train.py --minutes 11 --country FRA

The text is the source of Python's own standard library, so that nothing is downloaded. The country
is told to CodeCarbon's offline tracker, which looks nothing up.
"""

from __future__ import annotations

import argparse
import sysconfig
import time
from pathlib import Path

import torch
from codecarbon import OfflineEmissionsTracker
from torch import Tensor, nn
from torch.nn import functional

CONTEXT, WIDTH, HEADS, LAYERS, BATCH = 128, 192, 6, 4, 32


def corpus() -> Tensor:
    """The standard library's source as one tensor of byte values, in a fixed order of files."""
    folder = Path(sysconfig.get_path("stdlib"))
    text = b"".join(path.read_bytes() for path in sorted(folder.glob("*.py")))
    return torch.frombuffer(bytearray(text), dtype=torch.uint8).long()


class TinyGPT(nn.Module):
    """A decoder-only transformer over bytes: about 1.9 million parameters."""

    def __init__(self) -> None:
        """Build the layers with random weights."""
        super().__init__()
        self.token = nn.Embedding(256, WIDTH)
        self.place = nn.Embedding(CONTEXT, WIDTH)
        layer = nn.TransformerEncoderLayer(
            WIDTH, HEADS, 4 * WIDTH, dropout=0.0, batch_first=True, norm_first=True
        )
        self.blocks = nn.TransformerEncoder(layer, LAYERS, enable_nested_tensor=False)
        self.head = nn.Linear(WIDTH, 256)
        self.register_buffer("mask", nn.Transformer.generate_square_subsequent_mask(CONTEXT))

    def forward(self, tokens: Tensor) -> Tensor:
        """Logits (batch, context, 256) of the byte that follows each of (batch, context)."""
        hidden = self.token(tokens) + self.place(torch.arange(tokens.shape[1]))
        return self.head(self.blocks(hidden, mask=self.mask, is_causal=True))


def train(minutes: float) -> None:
    """Run AdamW on random windows of the corpus until `minutes` have passed; print the loss."""
    torch.manual_seed(0)
    text, model = corpus(), TinyGPT()
    size = sum(weight.numel() for weight in model.parameters())
    print(f"{size} parameters, {len(text)} bytes of text")
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-4)
    end, step = time.monotonic() + 60 * minutes, 0
    while time.monotonic() < end:
        starts = torch.randint(len(text) - CONTEXT - 1, (BATCH,))
        windows = torch.stack([text[start : start + CONTEXT + 1] for start in starts])
        logits = model(windows[:, :-1])
        loss = functional.cross_entropy(logits.flatten(0, 1), windows[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 100 == 0:
            print(f"step {step} loss {loss.item():.3f}", flush=True)
        step += 1
    print(f"{step} steps, last loss {loss.item():.3f}")


def main() -> None:
    """Parse the command line and train inside the tracker."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=11.0, help="how long to train")
    parser.add_argument(
        "--country", default="FRA", help="ISO 3166-1 alpha-3 code of the machine's country"
    )
    parser.add_argument("--output", type=Path, default=Path(), help="folder for emissions.csv")
    options = parser.parse_args()
    tracker = OfflineEmissionsTracker(
        country_iso_code=options.country,
        project_name="tiny-gpt",
        output_dir=str(options.output),
        log_level="error",
    )
    with tracker:
        train(options.minutes)


if __name__ == "__main__":
    main()
