"""What the tables have becomes an estimate of its unit, assumed, with its range and source."""

from __future__ import annotations

from carbonlabel.factors import assumed
from carbonlabel.factors.efficiency import Pue
from carbonlabel.factors.embodied import Lifetime, Making
from carbonlabel.factors.minerals import Minerals
from carbonlabel.model.estimate import Estimate


def quantity(value: float, low: float, high: float, unit: str) -> Estimate:
    told = {"value": value, "low": low, "high": high, "unit": unit}
    return Estimate.model_validate({**told, "basis": "assumed", "source": "study"})


def test_every_figure_of_a_table_keeps_its_range_its_unit_and_its_source() -> None:
    made = Making("board", 150e3, 60e3, 600e3, "default", "study")
    assert assumed.making(made) == quantity(150e3, 60e3, 600e3, "gCO2e")
    life = Lifetime(4.0, 3.0, 6.0, "study")
    assert assumed.lifetime(life) == quantity(4.0, 3.0, 6.0, "s")
    survey = Pue(1.5, 1.25, 1.75, 2024, "study")
    assert assumed.pue(survey) == quantity(1.5, 1.25, 1.75, "ratio")


def test_ends_that_were_worked_out_keep_nine_digits() -> None:
    used = Minerals("board", 0.05, 0.1 / 3, 0.2 / 3, "default", "study")
    assert assumed.minerals(used) == quantity(0.05, 0.0333333333, 0.0666666667, "kgSbeq")
