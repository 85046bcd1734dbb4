"""Times as people, schedulers and model cards write them; values worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.errors import MalformedInput
from carbonlabel.parsing.durations import device_time, duration

HOUR_S = 3600


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("6.5", 6.5),
        ("30 min", 0.5),
        ("6h30m", 6.5),
        ("6 h 30 min", 6.5),
        ("6 hours and 30 minutes", 6.5),
        ("6:30:00", 6.5),
        ("1-12:00:00", 36),
        ("2 weeks", 336),
        ("1.5 wk", 252),
        ("12d4h", 292),
        # Luccioni, Viguier, Ligozat (2022), Table 1: 118 × 24 + 5 + 41 ÷ 60.
        ("118 days, 5 hours, 41 min", 2837 + 41 / 60),
    ],
)
def test_a_time_is_read_as_one_figure_in_parts_or_as_a_clock(text: str, hours: float) -> None:
    assert duration(text, where="--hours").value == pytest.approx(hours * HOUR_S)


def test_the_last_place_that_was_typed_is_the_doubt() -> None:
    """6h30m: half a minute to either side."""
    found = duration("6h30m", where="--hours")

    assert (found.low, found.value, found.high) == (23_370, 23_400, 23_430)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "6:30",
        "90m",
        "30m6h",
        "2 h 2 h",
        "6h30",
        "6h30m more",
        "1 month",
        "1.3M",
        "1 300",
    ],
)
def test_what_may_mean_several_times_or_none_is_refused(text: str) -> None:
    with pytest.raises(MalformedInput) as refused:
        duration(text, where="--hours")

    assert refused.value.where == "--hours"


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("1.3M GPU hours", 1.3e6),  # Llama 3 8B, model card
        ("30.84M GPU hours", 30.84e6),  # Llama 3.1 405B, model card
        ("1,082,990 GPU-hours", 1_082_990),  # BLOOM, Luccioni et al. (2022), Table 1
        ("82432 A100 GPU hours", 82_432),  # LLaMA 7B, Touvron et al. (2023), Table 15
        ("2.788M H800 GPU hours", 2.788e6),  # DeepSeek-V3 technical report
        ("1.46M H100-80GB GPU hours", 1.46e6),
        ("150000 NVIDIA A100 hours", 150_000),  # Stable Diffusion v1, model card
        ("1.3 million GPU h", 1.3e6),
        ("10 TPU v3 chip-days", 240),
    ],
)
def test_device_hours_are_read_as_cards_print_them(text: str, hours: float) -> None:
    found = device_time(text, where="--hours")

    assert found is not None
    assert found.value == pytest.approx(hours * HOUR_S)


@pytest.mark.parametrize(
    "text",
    [
        *("3 hours", "6h30m", "1.3M", "", "1 300 GPU hours", "8 x 3 GPU hours"),
        *("1.3 billion GPU hours", "1.3 Mio GPU hours", "1 to 2 GPU hours", "GPU hours"),
    ],
)
def test_no_other_text_is_taken_for_device_hours(text: str) -> None:
    assert device_time(text, where="--hours") is None


@given(
    days=st.integers(0, 9999),
    hours=st.integers(0, 23),
    minutes=st.integers(0, 59),
    seconds=st.integers(0, 59),
)
def test_a_clock_and_its_parts_say_the_same(
    days: int, hours: int, minutes: int, seconds: int
) -> None:
    clock = duration(f"{days}-{hours:02}:{minutes:02}:{seconds:02}", where="--hours")
    parts = duration(f"{days}d {hours}h {minutes}m {seconds}s", where="--hours")

    assert clock.value == parts.value == ((days * 24 + hours) * 60 + minutes) * 60 + seconds
