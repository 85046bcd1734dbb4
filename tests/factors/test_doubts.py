from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.errors import MissingFactor
from carbonlabel.factors.doubts import doubt, every, grid_factor_ratio
from carbonlabel.factors.sources import source


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("tracker", 1 / 1.4, 1.4), ("model", 1 / 2.5, 1.85), ("rated", 0.15, 1.05)],
)
def test_a_factor_multiplies_the_value(name: str, low: float, high: float) -> None:
    assert doubt(name).ends(10.0) == pytest.approx((10 * low, 10 * high))


def test_offsets_are_added_and_ends_replace() -> None:
    assert doubt("pue").ends(1.2) == pytest.approx((1.18, 1.22))
    assert doubt("survey").ends(1.56) == (1.0, 1.89)
    assert (doubt("world").value, *doubt("world").ends(458)) == (458, 25, 814)
    assert doubt("typed").ends(0.0) == (-0.5, 0.5)


def test_the_grid_factor_of_france_a_year_later_is_that_of_the_worked_example() -> None:
    """41.44 g/kWh: 27.23 to 63.07, by ln² 1.42 + ln² 1.26."""
    ratio = grid_factor_ratio(1)

    assert round(41.44 / ratio, 2) == 27.23
    assert round(41.44 * ratio, 2) == 63.07


@pytest.mark.parametrize(("age", "change"), [(0, 1.0), (2, 1.38), (3, 1.46), (5, 1.61), (9, 1.61)])
def test_age_and_disagreement_combine_in_quadrature(age: int, change: float) -> None:
    expected = math.exp(math.sqrt(math.log(1.42) ** 2 + math.log(change) ** 2))

    assert grid_factor_ratio(age) == pytest.approx(expected)


def test_four_years_lie_between_three_and_five_on_the_line_of_the_logarithms() -> None:
    expected = math.hypot(math.log(1.42), math.log(math.sqrt(1.46 * 1.61)))

    assert math.log(grid_factor_ratio(4)) == pytest.approx(expected)


@given(st.integers(-50, 50))
def test_an_older_figure_is_never_less_doubtful(age: int) -> None:
    assert grid_factor_ratio(age) == grid_factor_ratio(-age) >= grid_factor_ratio(0)
    assert grid_factor_ratio(abs(age) + 1) >= grid_factor_ratio(age)


def test_without_a_default_interval_the_range_is_not_declared() -> None:
    with pytest.raises(MissingFactor):
        doubt("mood")


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("counter", 0.95, 1.05),
        ("polled", 1 / 1.4, 1.4),
        ("rapl", 1 / 1.4, 1.4),
        ("constant-cpu", 0.74 / 3.5 / 0.5, 2),
        ("memory", 5 / 24, 5 / 3),
        ("grid-hourly", 1 / 1.35, 1.35),
        ("minerals", 1 / 1.6, 1.6),
    ],
)
def test_each_kind_of_input_has_its_factor(name: str, low: float, high: float) -> None:
    assert doubt(name).ends(1.0) == pytest.approx((low, high))


def test_every_doubt_holds_its_value_and_cites_a_work() -> None:
    for row in every():
        low, high = row.ends(row.value or 1.0)
        assert low <= (row.value or 1.0) <= high or row.kind == "ends", row.name
        assert source(row.source).title
        assert row.because.endswith(".")
