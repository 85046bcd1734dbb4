"""Two worked examples, as the documents have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlabel.model.disclosure import Disclosure

SAMPLES = Path(__file__).parents[1] / "samples" / "disclosures"


@pytest.fixture(scope="session")
def demo() -> Disclosure:
    """Two runs without a GPU."""
    return Disclosure.model_validate_json((SAMPLES / "carbon.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def two_gpus() -> Disclosure:
    """One run on two GPUs, every row filled; 41.44 g/kWh."""
    return Disclosure.model_validate_json((SAMPLES / "carbon-two-gpus.json").read_text("utf-8"))
