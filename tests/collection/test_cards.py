"""A card in a folder of logs is no further run."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlabel.collection import collect
from carbonlabel.errors import InputError

SAMPLE = Path(__file__).parents[1] / "samples" / "model-card" / "sentence-transformers.md"


def test_a_card_beside_the_logs_is_passed_over_and_one_that_is_named_counts(tmp_path: Path) -> None:
    card = tmp_path / "README.md"
    card.write_bytes(SAMPLE.read_bytes())

    with pytest.raises(InputError, match="no log is in there"):
        collect([tmp_path])
    assert len(collect([card]).runs) == 1
