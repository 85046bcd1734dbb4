"""A formula is plain arithmetic over names, and nothing else."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.telling.formulas import names, parsed, worded, worked

NUMBERS = {"a": 7.0, "b": 2.0, "c": 4.0}


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("a * b / c", 3.5),
        ("a / (b * c)", 0.875),
        ("a - (b + c)", 1.0),
        ("(a + b) * c", 36.0),
        ("a * (1.56 - 1)", 3.92),
        ("2.5", 2.5),
    ],
)
def test_it_is_worked_out_as_written(formula: str, result: float) -> None:
    expression = parsed(formula)

    assert expression is not None
    assert worked(expression, NUMBERS) == pytest.approx(result)


@pytest.mark.parametrize(
    "wrong",
    [
        "__import__('os')",
        "a.b",
        "a[0]",
        "a ** 2",
        "lambda: 1",
        "a if b else c",
        "True + a",
        "'a' * 3",
        "-a",
        "a ×",
        "",
        "a\0",
        "(" * 150,
        "a + " * 60 + "a",
        "a // b",
        "1j",
    ],
)
def test_whatever_is_no_plain_arithmetic_is_no_formula(wrong: str) -> None:
    assert parsed(wrong) is None


@given(st.text(max_size=250))
def test_no_text_breaks_the_reading(text: str) -> None:
    expression = parsed(text)

    assert expression is None or set(names(expression)) is not None


@given(
    st.recursive(
        st.sampled_from("abc"),
        lambda below: st.tuples(below, st.sampled_from("+-*/"), below),
        max_leaves=8,
    )
)
def test_with_words_for_names_it_means_the_same(tree: object) -> None:
    expression = parsed(written(tree))
    if expression is None:
        return
    said = worded(expression, {name: name for name in NUMBERS})
    again = parsed(said.replace("×", "*").replace("÷", "/").replace("−", "-"))

    assert again is not None
    try:
        assert worked(again, NUMBERS) == pytest.approx(worked(expression, NUMBERS))
    except ZeroDivisionError:
        with pytest.raises(ZeroDivisionError):
            worked(expression, NUMBERS)


def test_a_name_that_stands_for_a_sum_gets_brackets_where_it_needs_them() -> None:
    expression = parsed("it_energy * (pue - 1)")

    assert expression is not None
    assert worded(expression, {"it_energy": "1 kWh + 2 kWh", "pue": "1.2"}) == (
        "(1 kWh + 2 kWh) × (1.2 − 1)"
    )


def test_what_is_no_arithmetic_after_all_is_an_arithmetic_error() -> None:
    with pytest.raises(ArithmeticError):
        worked(ast.parse("a and b", mode="eval").body, NUMBERS)


def written(tree: object) -> str:
    if isinstance(tree, tuple):
        left, sign, right = tree
        return f"({written(left)} {sign} {written(right)})"
    return str(tree)
