"""Large counts as people type them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.errors import MalformedInput
from carbonlabel.parsing.sizes import PATTERN, Size, size
from carbonlabel.parsing.yamlfile import Items, Text


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("4T", 4e12),
        ("1.5 B", 1.5e9),
        ("67m", 67e6),
        (" 230768 ", 230_768),
        ("4e12", 4e12),
        ("12k", 12_000),
        ("3.66E+11", 3.66e11),
    ],
)
def test_a_letter_stands_for_thousands_millions_billions_and_trillions(
    text: str, count: float
) -> None:
    assert size(text) == count


@pytest.mark.parametrize(
    "text", ["", "0", "-4", "4 tokens", "4Q", "1,000", "nan", "T", "9e99", "٤"]
)
def test_what_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(MalformedInput, match="is no count") as refused:
        size(text, where="--tokens")

    assert refused.value.where == "--tokens"


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_and_the_schema_lets_through_what_is_read(text: str) -> None:
    try:
        count = size(text)
    except MalformedInput:
        return
    assert count > 0
    assert re.search(PATTERN, text, re.ASCII)


def test_a_list_or_nothing_is_no_count() -> None:
    for node in (Items("m.yaml:3 tokens", ()), Text("m.yaml:3 tokens", "", plain=True)):
        with pytest.raises(MalformedInput, match="must be a count"):
            Size().read(node)
