"""The page of the method shows the numbers that the method gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlabel.factors.doubts import doubt
from carbonlabel.method.embodied import embodied
from carbonlabel.method.operational import operational, overhead
from carbonlabel.method.propagate import Interval, Term, propagate

PAGE = (Path(__file__).parents[1] / "docs" / "method.md").read_text("utf-8")
LIFE_S = 4 * 8760 * 3600


def test_the_worked_example_is_what_the_formulas_give() -> None:
    it_kwh = 0.3 * 10 * 4
    cooling_kwh = overhead(it_kwh, 1.5)
    gpus = embodied(150_000, 4, 1, 36_000, LIFE_S)
    host = embodied(2_500_000, 1, 0.5, 36_000, LIFE_S)

    assert cooling_kwh == pytest.approx(6)
    assert operational(it_kwh + cooling_kwh, 450) == pytest.approx(8100)
    assert [round(gpus), round(host), round(gpus + host)] == [171, 357, 528]
    for shown in ("8 100 g", "171 g", "357 g", "528 g", "8 628 g"):
        assert shown in PAGE


def test_the_worked_range_is_what_propagation_gives() -> None:
    sources = {
        "energy": Interval(12, 12 / 1.4, 12 * 1.4),
        "grid": Interval(450, 450 / 1.42, 450 * 1.42),
        "pue": Interval(1.5, 1.45, 1.55),
    }
    spread = propagate(
        [Term(lambda *factors: factors[0] * factors[1] * factors[2], (*sources,))], sources
    )

    assert spread.low == pytest.approx(4976, abs=0.5)
    assert spread.high == pytest.approx(13183, abs=0.5)
    assert "4 976 g" in PAGE
    assert "13 183 g" in PAGE


@pytest.mark.parametrize(
    ("name", "low", "high", "shown"),
    [
        ("tracker", 1 / 1.4, 1.4, "÷ and × 1.4 "),
        ("model", 1 / 2.5, 1.85, "÷ 2.5, × 1.85"),
        ("rated", 0.15, 1.05, "× 0.15 to × 1.05"),
        ("grid", 1 / 1.42, 1.42, "÷ and × 1.42"),
        ("grid-age-1", 1 / 1.26, 1.26, "÷ and × 1.26, 1.38, 1.46, 1.61"),
        ("grid-age-5", 1 / 1.61, 1.61, "÷ and × 1.26, 1.38, 1.46, 1.61"),
        ("pue", -0.02, 0.02, "± 0.02"),
        ("typed", -0.5, 0.5, "± half a unit"),
        ("world", 25, 814, "25 to 814 g/kWh"),
        ("survey", 1.0, 1.89, "1.00 to 1.89"),
    ],
)
def test_a_default_range_is_the_one_that_is_shipped(
    name: str, low: float, high: float, shown: str
) -> None:
    assert (doubt(name).low, doubt(name).high) == pytest.approx((low, high))
    assert shown in PAGE
