"""How fast accelerators multiply matrices at most: dense figures only."""

from __future__ import annotations

import pytest

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import peaks, rows


def test_an_a100_reaches_312_teraflop_a_second() -> None:
    found = peaks.find("8 x NVIDIA A100-SXM4-80GB")

    assert (found.flop_per_s, found.low_flop_per_s, found.high_flop_per_s) == (312e12,) * 3
    assert found.source == "epoch"


def test_a_bare_name_spans_all_that_it_may_mean() -> None:
    """H100: PCIe 756, NVL 835.5, SXM5 989.4 TFLOP/s."""
    found = peaks.find("NVIDIA H100")

    assert found.low_flop_per_s == 756e12
    assert found.high_flop_per_s == 989.4e12
    assert found.low_flop_per_s <= found.flop_per_s <= found.high_flop_per_s


@pytest.mark.parametrize("name", ["NVIDIA GeForce RTX 4090", "NVIDIA A10", "Tesla T4"])
def test_figures_of_vector_units_are_not_taken_for_the_peak(name: str) -> None:
    with pytest.raises(MissingFactor, match="no dense 16-bit peak"):
        peaks.find(name)


def test_a_device_that_nobody_knows_has_no_peak() -> None:
    with pytest.raises(MissingFactor, match="no accelerator is known"):
        peaks.find("Home-made board")


def test_every_peak_is_of_a_listed_accelerator() -> None:
    listed = {row["id"] for row in rows.every("accelerators.csv")}

    assert {row["id"] for row in rows.every("peaks.csv")} <= listed
