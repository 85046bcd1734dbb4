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
