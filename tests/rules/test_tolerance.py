"""Figures agree as exactly as they were written."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.model.estimate import Estimate
from carbonlabel.rules.tolerance import (
    TYPED_RATIO,
    half_unit,
    product_agrees,
    slack,
    within,
)


def kwh(value: float, low: float | None = None, high: float | None = None) -> Estimate:
    return Estimate(value=value, low=low, high=high, unit="kWh", basis="estimated", source="log")


@pytest.mark.parametrize(
    ("value", "half"),
    [(351.0, 0.5), (0.30, 0.05), (450.0, 5.0), (1e-6, 5e-7), (0.0, 0.0), (math.inf, 0.0)],
)
def test_half_a_unit_of_the_last_place(value: float, half: float) -> None:
    assert half_unit(value) == pytest.approx(half)


def test_the_worked_example_of_the_page() -> None:
    # 0.3 × 0.05 + 2.9 × 0.05 + 0.05 = 0.21
    assert slack(0.9, 0.87, [(0.3, 2.9), (2.9, 0.3)], 0.0) == pytest.approx(0.21)
    assert product_agrees(0.9, (2.9, 0.3), 0.0)
    assert not product_agrees(1.1, (2.9, 0.3), 0.0)


def test_a_bare_percent_is_not_enough_for_two_digits() -> None:
    # 28 × 3.6 = 100.8, and 1.0e2 was published
    assert product_agrees(100.0, (28.0, 3.6), 0.0)


@given(
    st.floats(min_value=0.01, max_value=1e6),
    st.floats(min_value=0.01, max_value=1e6),
    st.integers(min_value=2, max_value=6),
)
def test_whatever_is_rounded_agrees_with_its_own_product(
    first: float, second: float, digits: int
) -> None:
    one, other, product = (float(f"{each:.{digits}g}") for each in (first, second, first * second))

    # Second-order terms of the rounding: half a unit of each factor at once.
    assert product_agrees(product, (one, other), 0.003)


def test_an_interval_is_widened_by_rounding_and_allowance() -> None:
    # 10 × 0.95 − 0.05 = 9.45; 20 × 1.05 + 0.05 = 21.05
    meter = kwh(15.0, 10.0, 20.0)

    assert [within(value, meter, TYPED_RATIO) for value in (9.4, 9.5, 21.0, 21.2)] == [
        False,
        True,
        True,
        False,
    ]


def test_a_figure_without_a_range_is_its_own_interval() -> None:
    assert within(104.9, kwh(100.0), TYPED_RATIO)
    assert not within(106.9, kwh(100.0), TYPED_RATIO)
