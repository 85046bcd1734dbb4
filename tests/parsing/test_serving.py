"""What a model in use served, as people type it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.errors import MalformedInput
from carbonlabel.model.evidence import Served
from carbonlabel.parsing.serving import served


@pytest.mark.parametrize(
    ("text", "unit", "count", "statistic"),
    [
        ("230768 requests", "request", 230_768, "mean"),
        ("1 median prompt", "request", 1, "median"),
        ("1 p90 query", "request", 1, "p90"),
        ("1 answer", "request", 1, "mean"),
        ("3 responses", "request", 3, "mean"),
        ("4M output tokens", "output token", 4e6, "mean"),
        ("1.5 B tokens", "token", 1.5e9, "mean"),
        ("12 Images", "image", 12, "mean"),
        ("90 seconds of audio", "second of audio", 90, "mean"),
    ],
)
def test_a_count_and_its_unit(text: str, unit: str, count: float, statistic: str) -> None:
    assert served(text, where="--served") == Served(unit=unit, count=count, statistic=statistic)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("requests", "is no count of a unit"),
        ("12", "is no count of a unit"),
        ("12 wishes", "is no unit of use"),
        ("0 requests", "is no count"),
        ("12 median requests", "a median is of one request"),
    ],
)
def test_what_it_cannot_be_is_refused_with_the_flag(text: str, why: str) -> None:
    with pytest.raises(MalformedInput, match=why) as refused:
        served(text, where="--served")

    assert refused.value.where == "--served"


def test_a_near_word_is_suggested() -> None:
    with pytest.raises(MalformedInput) as refused:
        served("12 requets", where="--served")

    assert str(refused.value.hint).startswith("did you mean request?")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert served(text, where="x").count > 0
    except MalformedInput:
        return
