"""Plain figures and names of foreign records."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.errors import MalformedInput
from carbonlabel.parsing import amounts


@pytest.mark.parametrize("blank", [None, "", " ", "None", "null"])
def test_a_blank_is_no_figure_and_not_zero(blank: object) -> None:
    assert amounts.number(blank, where="log:1") is None
    assert amounts.amount(blank, where="log:1") is None
    with pytest.raises(MalformedInput, match="missing"):
        amounts.needed(blank, where="log:1")


@pytest.mark.parametrize(
    ("found", "value"), [(3, 3.0), (0.5, 0.5), ("1.5e-3", 0.0015), (" 7 ", 7.0), ("+2.", 2.0)]
)
def test_numbers_and_their_texts_are_read(found: object, value: float) -> None:
    assert amounts.needed(found, where="log:1") == value


@pytest.mark.parametrize(
    "found", [True, [], {}, "nan", "inf", "1_000", "1,5", "٣", "0x1", "1" * 50]
)
def test_what_is_no_number_is_refused_with_its_place(found: object) -> None:
    with pytest.raises(MalformedInput, match="no number") as refused:
        amounts.number(found, where="log:1 energy")
    assert refused.value.where == "log:1 energy"
    assert len(refused.value.message) < 80


@pytest.mark.parametrize("found", ["1e31", 10**39, "1e-31", "1e999", "-1e999"])
def test_what_nothing_in_the_world_amounts_to_is_refused(found: object) -> None:
    with pytest.raises(MalformedInput, match="out of range"):
        amounts.number(found, where="log:1")


def test_a_difference_may_be_negative_and_an_amount_may_not() -> None:
    assert amounts.number("-3", where="log:1") == -3
    with pytest.raises(MalformedInput, match="negative"):
        amounts.amount(-3, where="log:1")


def test_names_are_one_short_printable_line() -> None:
    assert amounts.name("  NVIDIA\n\x1b[31mA100 ") == "NVIDIA [31mA100"
    assert amounts.name("None") is amounts.name(" ") is amounts.name(3) is None
    assert amounts.name("\x00\x01") is None


@settings(max_examples=100)
@given(st.text(max_size=300))
def test_no_name_is_longer_than_its_limit_or_unprintable(text: str) -> None:
    found = amounts.name(text)

    assert found is None or (len(found) <= 120 and found.isprintable())


@pytest.mark.parametrize("separator", ["\x1c", "\x1f", "\x85", "\u2028", "\t"])
def test_a_number_between_odd_white_space_is_a_number(separator: str) -> None:
    assert amounts.number(f"{separator}12.5{separator}", where="a.json") == 12.5
