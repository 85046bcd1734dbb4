"""The one slip that explains a figure is named, and nothing where several do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.rules import slips
from carbonlabel.rules.comparison import agree
from tests.test_checks import GPU, spoiled

ACTIVITY = spoiled(GPU).activities[0]  # two devices, PUE 1.2
FACTORS = [1e3, 1e-3, 1e6, 1e-6, 3.6, 1 / 3.6, 60, 1 / 60, 3600, 1 / 3600, 0.45359237]


@pytest.mark.parametrize("factor", [*FACTORS, 1 / 0.45359237, 2, 1 / 2, 1.2, 1 / 1.2])
def test_each_factor_of_the_list_is_found(factor: float) -> None:
    found = slips.named(lambda value: agree(value, 100.0), 100.0 / factor, activity=ACTIVITY)

    assert found is not None
    assert found.factor == pytest.approx(factor)


@given(st.floats(min_value=1e-9, max_value=1e9), st.sampled_from(FACTORS))
def test_what_a_slip_is_undone_by_fits(value: float, factor: float) -> None:
    found = slips.named(lambda other: agree(other, value), value / factor)

    assert found is not None
    assert agree(value / factor * found.factor, value)


def test_a_figure_that_no_slip_explains_has_none() -> None:
    assert slips.named(lambda value: agree(value, 100.0), 71.0, activity=ACTIVITY) is None


def test_where_two_slips_fit_none_is_named() -> None:
    assert slips.named(lambda value: 10 <= value <= 1e5, 1.0) is None


def test_only_the_kinds_that_can_slip_are_tried() -> None:
    minutes = 100.0 / 60

    assert slips.named(lambda value: agree(value, 100.0), minutes)
    assert slips.named(lambda value: agree(value, 100.0), minutes, kinds=slips.INTENSITY) is None
