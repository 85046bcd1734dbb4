from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.documents.numbers import (
    NARROW_SPACE,
    NO_BREAK_SPACE,
    brief,
    figure,
    grouped,
    percentages,
    rounded,
    shortest,
    significant,
)
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.units import Unit


def quantity(
    value: float, low: float | None = None, high: float | None = None, unit: Unit = "gCO2e"
) -> Estimate:
    return Estimate(value=value, low=low, high=high, unit=unit, basis="measured", source="log")


def number(text: str) -> Decimal:
    """What a reader takes printed digits for; "< 0.1" counts as nothing."""
    return Decimal(0) if "<" in text else Decimal(text.replace(NARROW_SPACE, ""))


# The specification's own examples, in grams.
@pytest.mark.parametrize(
    ("estimate", "text", "span"),
    [
        (quantity(50.5e6, 41.1e6, 60.4e6), "50.5 t CO₂e", "41–61"),
        (quantity(25.4e6), "25 t CO₂e", ""),
        (quantity(24_692_000, 19_800_000, 29_600_000), "24.7 t CO₂e", "19–30"),
        (quantity(50.5, 50.37, 50.63), "50.50 g CO₂e", "50.3–50.7"),
        (quantity(250.2, 237.3, 263.3), "250 g CO₂e", "230–270"),
        (quantity(999.6), "1.0 kg CO₂e", ""),
        (quantity(0.00192412574, 0.000702253625, 0.00405258818), "1.9 mg CO₂e", "0.7–4.1"),
        (quantity(4.64316058e-05, 1.85726423e-05, 8.58984708e-05, "kWh"), "46 mWh", "18–86"),
        (quantity(433_196.0, unit="kWh"), "430 MWh", ""),
        (quantity(2e9, unit="kWh"), "2 000 GWh", ""),
        (quantity(41.44, 27.23, 63.07, "gCO2e/kWh"), "41 g CO₂e/kWh", "27–64"),
        (quantity(1.2, 1.15, 1.25, "ratio"), "1.20", "1.15–1.25"),
        (quantity(3.2e12), "3 200 kt CO₂e", ""),
    ],
)
def test_doubt_fixes_the_decimal_place_and_size_fixes_the_unit(
    estimate: Estimate, text: str, span: str
) -> None:
    found = figure(estimate)

    assert found.text.replace(NO_BREAK_SPACE, " ").replace(NARROW_SPACE, " ") == text
    assert found.range == span


def test_half_is_rounded_away_from_zero() -> None:
    assert rounded(Decimal("50.5"), 0) == 51
    assert rounded(Decimal("2.5"), 0) == 3
    assert rounded(Decimal("1.005"), -2) == Decimal("1.01")


def test_value_and_unit_are_held_together_and_digits_stand_in_threes() -> None:
    assert figure(quantity(50.5e6, 41.1e6, 60.4e6)).text == "50.5\u00a0t CO₂e"
    assert grouped(Decimal(1_082_990)) == "1\u202f082\u202f990"
    assert grouped(Decimal("999.5")) == "999.5"


def test_zero_is_zero_only_if_declared_as_zero() -> None:
    assert figure(quantity(0.0)).text == "0\u00a0g CO₂e"
    assert figure(quantity(0.0, 0.0, 3.3)).range == "0–3.3"
    assert figure(quantity(1e-9)).value == "<\u00a00.001"


def test_a_low_end_that_would_read_zero_gets_the_digits_it_needs() -> None:
    assert figure(quantity(5.0, 0.04, 9.3)).range == "0.04–9.3"
    assert figure(quantity(5.0, 1e-9, 9.3)).range == "<\u00a00.1–9.3"
    assert figure(quantity(5.0, 0.0, 9.3)).range == "0–9.3"


def test_digits_that_nobody_gave_are_not_invented() -> None:
    assert figure(quantity(2000.0, 1500.0, 2500.0)).text == "2.0\u00a0kg CO₂e"
    assert figure(quantity(2000.0, 1500.0, 2500.0)).range == "1.5–2.5"


def test_an_interval_without_width_leaves_the_digits_that_were_given() -> None:
    assert figure(quantity(41.44, 41.44, 41.44, "gCO2e/kWh")).value == "41.44"


def test_a_value_far_below_its_doubt_keeps_its_first_digit() -> None:
    assert figure(quantity(5.0, 1.0, 250.0)).value == "5"


def test_numbers_for_machines_have_six_digits_and_no_exponent() -> None:
    assert shortest(0.00192412574, 6) == "0.00192413"
    assert shortest(39_300_000.0, 6) == "39300000"
    assert shortest(4.64316058e-05, 6) == "0.0000464316"
    assert shortest(1.5e12, 6) == "1500000000000"
    assert shortest(0.0, 6) == significant(0.0, 2) == "0"


def test_percentages_add_up_to_100_by_the_largest_remainder() -> None:
    assert percentages([0.0, 0.784, 0.216]) == (0, 78, 22)
    assert percentages([1 / 3, 1 / 3, 1 / 3]) == (34, 33, 33)
    assert percentages([0.0, 0.0, 0.0]) == ()


def test_a_small_share_never_reads_zero_nor_the_rest_all() -> None:
    assert percentages([0.001, 0.999, 0.0]) == (1, 99, 0)


@given(st.lists(st.floats(0, 1, allow_subnormal=False), min_size=3, max_size=3))
def test_percentages_add_up_whatever_the_shares(shares: list[float]) -> None:
    percents = percentages(shares)

    assert sum(percents) == (100 if any(shares) else 0)
    assert all(
        (percent > 0) == (share > 0) for percent, share in zip(percents, shares, strict=False)
    )


finite = st.floats(1e-9, 1e12, allow_nan=False)


@given(finite, st.floats(0, 1), st.floats(1, 50))
def test_a_range_holds_its_value_and_its_interval(value: float, down: float, up: float) -> None:
    low, high = value * down, value * up
    found = figure(quantity(value, low, high))
    scale = {"mg": 1e-3, "g": 1, "kg": 1e3, "t": 1e6, "kt": 1e9}[found.unit.split()[0]]

    assert found.ends is not None
    printed_low, printed_high = (number(end) for end in found.ends)
    assert printed_low <= number(found.value) <= printed_high
    assert printed_low <= Decimal(repr(low)) / Decimal(repr(scale))
    assert "<" in found.ends[1] or printed_high >= Decimal(repr(high)) / Decimal(repr(scale))


@given(st.floats(1e-300, 1e300), st.floats(1, 10))
def test_what_is_not_zero_never_reads_zero_and_nothing_has_an_exponent(
    value: float, width: float
) -> None:
    found = figure(quantity(value, value / width, value * min(width, 1e300 / value)))

    for text in (found.value, *(found.ends or ())):
        assert number(text.replace("<", "").strip()) > 0
        assert "e" not in text.lower()


@pytest.mark.parametrize("value", [5e-324, 1e-12, 9.9e-7])
def test_what_is_below_a_millionth_is_told_to_be_so(value: float) -> None:
    assert brief(value, 4) == significant(value, 2) == f"<{NO_BREAK_SPACE}0.000001"
    assert float(shortest(value, 4)) == pytest.approx(value)


def test_a_brief_number_is_grouped_as_every_other_for_people() -> None:
    assert brief(2087.4, 4) == f"2{NARROW_SPACE}087"
    assert brief(567.7, 4) == "567.7"
