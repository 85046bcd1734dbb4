"""The doubts of grid figures are what scripts/compare_grids.py works out."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from carbonlabel.factors.doubts import doubt

ROOT = Path(__file__).parents[2]
OTHER = ROOT / ".." / "shared" / "data" / "share-alike" / "grid_intensity_electricitymaps_odbl.csv"


def printed(*arguments: str) -> dict[str, list[float]]:
    """The decimals of each line, by what stands before its colon."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "compare_grids.py"), *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = (line.partition(": ") for line in done.stdout.splitlines())
    return {name: [float(n) for n in re.findall(r"\d+\.\d+", rest)] for name, _, rest in lines}


def test_the_change_of_grids_is_that_of_the_shipped_table() -> None:
    found = printed()

    for age in (1, 2, 3, 5):
        name = f"grid-age-{age}"
        assert found[name] == pytest.approx([doubt(name).high], abs=0.01)
    assert found["world"] == pytest.approx([doubt("world").low, doubt("world").high], abs=1)


@pytest.mark.skipif(not OTHER.is_file(), reason="the other publisher's figures are not here")
def test_the_doubt_of_a_grid_is_the_difference_of_two_publishers() -> None:
    """1.42, 1.77 and 1.41, as the row says."""
    most, nearly_all, of_one = printed(str(OTHER))["grid"]

    assert most == pytest.approx(doubt("grid").high, abs=0.005)
    assert nearly_all == pytest.approx(1.77, abs=0.005)
    assert of_one == pytest.approx(1.41, abs=0.005)
    assert "1.77" in doubt("grid").because
    assert "1.41" in doubt("grid").because
