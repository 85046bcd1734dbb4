"""What a person may say of a run, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.errors import MalformedInput
from carbonlabel.estimation.statement import repeated, statement


def test_texts_and_numbers_say_the_same() -> None:
    typed = statement(gpu="A100", hours="6.5", power="400 W", memory="64 GB", mfu=None)
    plain = statement(gpu="A100", hours=6.5, power=400, memory=64)

    assert typed.wall == plain.wall
    assert typed.power is not None
    assert plain.power is not None
    assert typed.power.value == plain.power.value == 400
    assert typed.memory_gb == plain.memory_gb == 64


@pytest.mark.parametrize(
    ("hours", "seconds"), [("6.5", 23_400), ("30 min", 1800), ("12 d", 1_036_800)]
)
def test_a_time_may_have_any_unit_and_is_in_hours_without_one(hours: str, seconds: float) -> None:
    said = statement(gpu="A100", hours=hours)

    assert said.wall is not None
    assert said.wall.value == seconds


@pytest.mark.parametrize(
    ("gpu", "name", "count"),
    [
        ("8x H100 SXM", "H100 SXM", 8),
        ("8 x A100", "A100", 8),
        ("8×H100", "H100", 8),
        ("512 NVIDIA A100", "NVIDIA A100", 512),
        ("H100 SXM x8", "H100 SXM", 8),
        ("H100 ×8", "H100", 8),
        ("2x Unheard Of", "Unheard Of", 2),
        ("RTX 3090", "RTX 3090", 1),
        ("3090 Unheard Of", "3090 Unheard Of", 1),
        ("Radeon RX 7900 XTX", "Radeon RX 7900 XTX", 1),
    ],
)
def test_a_count_beside_the_name_counts(gpu: str, name: str, count: int) -> None:
    said = statement(gpu=gpu, hours=1)

    assert (said.gpu, said.gpu_count) == (name, count)
    assert statement(gpu=gpu, hours=1, count=count).gpu_count == count
    assert repeated(said.title()) == said


def test_device_hours_are_shared_by_a_known_count() -> None:
    """BLOOM (Luccioni et al. 2022): 1,082,990 GPU-hours on 384 A100: 2820.3 h."""
    said = statement(gpu="A100", count=384, hours="1,082,990 GPU hours")
    alone = statement(gpu="A100", hours="1,082,990 GPU hours")

    assert said.wall is not None
    assert said.wall.value == pytest.approx(1_082_990 / 384 * 3600)
    assert said.device_time is None
    assert alone.wall is None
    assert alone.device_time is not None
    assert repeated(alone.title()) == alone


@pytest.mark.parametrize(
    ("told", "flag", "why"),
    [
        ({"hours": 1}, "--gpu", "nothing says on what"),
        ({"gpu": "A100"}, "--hours", "nothing says how long"),
        ({"gpu": "A100", "flop": "3e24"}, "--mfu", "only with their utilisation"),
        ({"gpu": "A100", "hours": 1, "mfu": 0.4}, "--mfu", "only with their utilisation"),
        ({"gpu": "A100", "hours": 1, "flop": 1e20, "mfu": 0.4}, "--flop", "both say how long"),
        ({"gpu": "A100", "hours": 0}, "--hours", "more than 0"),
        ({"gpu": "A100", "hours": "-2"}, "--hours", "negative"),
        ({"gpu": "A100", "hours": "soon"}, "--hours", "6.5 for 6.5 h"),
        ({"gpu": "A100", "hours": 1, "power": "450"}, "--power", "450W"),
        ({"gpu": "A100", "hours": 1, "count": "0"}, "--count", "no count"),
        ({"gpu": "A100", "hours": 1, "utilisation": "1.2"}, "--utilisation", "more than all"),
        ({"gpu": "A100", "hours": 1, "memory": "64"}, "--memory", "no capacity"),
        ({"gpu": "A100", "hours": 1, "start": "tomorrow"}, "--start", "no time"),
        ({"gpu": "A100", "hours": 1, "year": "20255"}, "--year", "no year"),
        ({"gpu": " ", "hours": 1}, "--gpu", "is empty"),
        ({"gpu": "8x H100", "hours": 1, "count": 4}, "--count", "both say how many"),
        ({"gpu": "H100, 2x A100", "hours": 1}, "--gpu", "several kinds"),
        ({"gpu": "0x H100", "hours": 1}, "--gpu", "no count"),
        ({"gpu": "A100", "hours": "0 GPU hours"}, "--hours", "6.5 for 6.5 h"),
        ({"gpu": "A100", "hours": "9 GPU hours", "memory": "64GB"}, "--count", "side by side"),
        ({"gpu": "A100", "hours": "9 GPU hours", "start": "2026-03-01"}, "--count", "side by side"),
        ({"cpu": "EPYC 7763", "hours": "9 GPU hours"}, "--count", "name the accelerator"),
        ({"cpu": "EPYC 7763", "hours": 1, "count": 2}, "--gpu", "those of accelerators"),
        ({"cpu": "EPYC 7763", "hours": 1, "power": "9 W"}, "--gpu", "those of accelerators"),
        ({"gpu": "A100", "hours": 1, "cpu_count": 2}, "--cpu", "counted, and not named"),
    ],
)
def test_what_leaves_something_open_is_refused_at_its_flag(
    told: dict[str, str | float], flag: str, why: str
) -> None:
    with pytest.raises(MalformedInput) as refused:
        statement(**told)

    assert refused.value.where == flag
    assert why in str(refused.value)


@given(
    gpu=st.text(min_size=1, max_size=200),
    count=st.integers(1, 99_999),
    hours=st.floats(0.01, 1e5),
    power=st.floats(1, 2000),
)
def test_a_statement_can_be_made_again_from_its_line(
    gpu: str, count: int, hours: float, power: float
) -> None:
    try:
        said = statement(gpu=gpu, count=count, hours=hours, power=power)
    except MalformedInput:
        return  # a name of nothing but signs that cannot be printed
    line = said.title("rated 450 W")

    assert repeated(line) == said
    assert line.isprintable()


def test_what_was_looked_up_for_people_is_no_part_of_a_statement() -> None:
    line = "stated: gpu A100; hours 2; rated 400 W; from which follow 3 h"

    assert repeated(line) == statement(gpu="A100", hours="2")
