"""The page of the method shows the numbers of use, compute and scores that the method gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlabel.factors.doubts import doubt
from carbonlabel.intake import open_log
from carbonlabel.method.compute import training_flop, utilisation_ratio
from carbonlabel.method.rates import break_even_count, share_ratio
from carbonlabel.method.sci import score_gco2e
from carbonlabel.readers.manual import reader

ROOT = Path(__file__).parents[1]
PAGE = " ".join((ROOT / "docs" / "method.md").read_text("utf-8").split())


def test_the_worked_use_is_what_the_formulas_give() -> None:
    assert 914 * share_ratio(1000, 230_768) == pytest.approx(3.96, abs=0.005)
    assert "3.96 kWh for 1 000 requests" in PAGE
    assert break_even_count(8100, 1350, 1000) == 6000
    assert "= 6 000 requests" in PAGE


def test_the_worked_operations_are_what_the_formulas_give() -> None:
    assert training_flop(6, 405e9, 15.6e12) == pytest.approx(3.79e25, rel=0.001)
    assert "3.79 × 10²⁵ FLOP" in PAGE
    palm = training_flop(6, 540.35e9, 238_300)
    assert utilisation_ratio(palm, 6144, 275e12) == pytest.approx(0.457, abs=0.0005)
    assert "45.7 %" in PAGE


def test_the_worked_scores_are_what_the_formula_gives() -> None:
    assert score_gco2e(6_500_000, 0, 50_000) == pytest.approx(130)
    assert score_gco2e(75_000_000, 0, 2.5) == pytest.approx(30_000_000)
    assert "130 g per million tokens" in PAGE
    assert "30 000 kg per billion" in PAGE


def test_the_range_of_operations_is_the_one_that_is_shipped() -> None:
    told = doubt("flop")

    assert (told.low, told.value, told.high) == (4.2, 6, 7.8)
    assert "6 is good to 4.2 to 7.8" in PAGE
    # Attention of 32 layers of width 4 096 at 8 192 tokens, beside 6 × 8 billion parameters.
    assert pytest.approx(0.27, abs=0.005) == 12 * 32 * 4096 * 8192 / (6 * 8e9)


def test_the_example_of_a_statement_is_read() -> None:
    assert len(reader.read(open_log(ROOT / "examples" / "manual.yaml"))) == 2
