from __future__ import annotations

from decimal import Decimal

import pytest

from carbonlabel.errors import MalformedInput
from carbonlabel.parsing import samples


@pytest.mark.parametrize(
    ("text", "number"),
    [("250.12", "250.12"), (" 1e3 ", "1000"), ("-5", "-5"), ("7.", "7"), ("1.5E-3", "0.0015")],
)
def test_a_number_is_read_exactly(text: str, number: str) -> None:
    assert samples.figure(text, where="log:1") == Decimal(number)


@pytest.mark.parametrize("text", ["", "NaN", "nan", "+Inf", "-inf", "null", "None", "N/A"])
def test_a_word_for_nothing_is_nothing(text: str) -> None:
    assert samples.figure(text, where="log:1") is None


@pytest.mark.parametrize("text", ["1,5", "1_000", "0x10", "many", "9" * 41, "1e999", "١"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(MalformedInput, match="no number"):
        samples.figure(text, where="log:1")


def test_milliseconds_taken_for_seconds_are_refused() -> None:
    assert samples.time_ms(1_772_359_200.5, where="log:1") == 1_772_359_200_500
    with pytest.raises(MalformedInput, match="between 2000 and 2100"):
        samples.time_ms(1_772_359_200_500, where="log:1")


def test_a_power_is_neither_negative_nor_above_a_megawatt() -> None:
    assert samples.power_mw(Decimal("250.12"), where="log:1") == 250_120
    for watts in (-0.1, 1_000_001):
        with pytest.raises(MalformedInput, match="1 MW"):
            samples.power_mw(watts, where="log:1")


def test_a_long_text_is_quoted_in_part() -> None:
    assert samples.shown("x" * 50) == repr("x" * 40 + "…")
