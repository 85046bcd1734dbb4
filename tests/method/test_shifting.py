"""One job in two places, worked by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.method.propagate import Interval, Spread
from carbonlabel.method.shifting import Factors, against, are_distinguishable, emitted

SOURCES = {
    "DE": Interval(330.0, 330 / 1.42, 330 * 1.42),
    "FR": Interval(41.0, 41 / 1.42, 41 * 1.42),
    "here": Interval(1.5, 1.45, 1.55),
    "there": Interval(1.1, 1.08, 1.12),
    "none": Interval(1.0, 1.0, 1.0),
}


def test_emissions_are_energy_times_pue_times_intensity() -> None:
    """100 kWh × 1.5 × 330 g/kWh = 49 500 g."""
    assert emitted(Factors("DE", "here"), 100, SOURCES).value == pytest.approx(49_500)


def test_the_change_between_two_grids_has_the_doubt_of_both() -> None:
    """41 ÷ 330 = 0.12424; two factors of 1.42 in quadrature: 1.42^√2 = 1.642."""
    found = against(Factors("FR", "none"), Factors("DE", "none"), SOURCES)

    both = 1.42 ** math.sqrt(2)
    assert (found.low, found.value, found.high) == pytest.approx(
        (41 / 330 / both, 41 / 330, 41 / 330 * both)
    )


def test_a_grid_that_both_share_adds_no_doubt_to_the_change() -> None:
    """1.1 ÷ 1.5 = 0.7333, between 1.08 ÷ 1.55 and 1.12 ÷ 1.45."""
    found = against(Factors("DE", "there"), Factors("DE", "here"), SOURCES)

    assert found.value == pytest.approx(1.1 / 1.5)
    assert found.low is not None
    assert found.high is not None
    assert 1.08 / 1.55 < found.low < found.value < found.high < 1.12 / 1.45


@given(
    low=st.floats(0.1, 10),
    width=st.floats(0, 10),
    other=st.floats(0.1, 10),
    other_width=st.floats(0, 10),
)
def test_ranges_are_told_apart_only_where_they_do_not_meet(
    low: float, width: float, other: float, other_width: float
) -> None:
    one = Spread(low, low, low + width, ())
    two = Spread(other, other, other + other_width, ())

    meet = max(low, other) <= min(low + width, other + other_width)
    assert are_distinguishable(one, two) == are_distinguishable(two, one) == (not meet)


def test_without_ranges_nothing_can_be_told_apart() -> None:
    bare, known = Spread(1.0, None, None, ()), Spread(9.0, 8.0, 10.0, ())

    assert not are_distinguishable(bare, known)
    assert not are_distinguishable(known, bare)
