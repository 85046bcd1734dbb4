"""Software carbon intensity: the examples of SCI for AI with their arithmetic put right."""

from __future__ import annotations

import pytest

from carbonlabel.method.sci import score_gco2e


def test_6500_kg_for_50_billion_tokens_are_130_g_per_million_not_130_mg() -> None:
    """SCI for AI, 9.1.3, prints 0.13 g per million tokens: a thousand times too little."""
    assert score_gco2e(6_000_000, 500_000, 50e9 / 1e6) == pytest.approx(130)


def test_75_tonnes_for_2_5_billion_parameters_are_30_tonnes_per_billion_not_3() -> None:
    """SCI for AI, 9.2.2, prints 3 000 kg per billion parameters, then 30."""
    assert score_gco2e(70_000_000, 5_000_000, 2.5) == pytest.approx(30_000_000)
