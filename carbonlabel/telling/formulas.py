"""I read the formula of a figure, work it out, and write it with its numbers."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

_LONGEST: Final = 200
_GIVEN_DIGITS: Final = 6
_SIGNS: Final[dict[type[ast.operator], str]] = {
    ast.Add: " + ",
    ast.Sub: " − ",
    ast.Mult: " × ",
    ast.Div: " ÷ ",
}
_WEAK: Final = (ast.Add, ast.Sub)

Expression = ast.expr
FIGURE: Final[Expression] = ast.Name(id="figure", ctx=ast.Load())
"""The expression that is one figure, as it stands."""


@lru_cache(maxsize=256)
def parsed(formula: str) -> Expression | None:
    """The expression that a formula writes; None where it is no plain arithmetic over names.

    >>> names(parsed("it_energy * (pue - 1)"))
    ('it_energy', 'pue')
    """
    if len(formula) > _LONGEST:
        return None
    try:
        expression = ast.parse(formula, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    return expression if all(map(_is_plain, _nodes(expression))) else None


def names(expression: Expression) -> tuple[str, ...]:
    """Every name of an expression once, in the order of writing."""
    return tuple(dict.fromkeys(_names(expression)))


def constants(expression: Expression) -> tuple[float, ...]:
    """Every number of nine digits in an expression: one that was worked out and kept to nine.

    >>> constants(parsed("contract * 0.123456789 + 1000000"))
    (0.123456789,)
    """
    written = [each.value for each in ast.walk(expression) if isinstance(each, ast.Constant)]
    numbers = [float(each) for each in written if isinstance(each, int | float)]
    return tuple(each for each in numbers if each != float(f"{each:.{_GIVEN_DIGITS}g}"))


def worked(expression: Expression, numbers: Mapping[str, float]) -> float:
    """What an expression gives where its names stand for these numbers.

    Raises:
        ArithmeticError: it divides by zero or leaves the range of floating point.
        KeyError: a name has no number.

    >>> worked(parsed("it_energy * (pue - 1)"), {"it_energy": 12, "pue": 1.5})
    6.0
    """
    match expression:
        case ast.BinOp(left=left, op=sign, right=right):
            return _combined(sign, worked(left, numbers), worked(right, numbers))
        case ast.Name(id=name):
            return float(numbers[name])
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case _:
            raise ArithmeticError("this is no plain arithmetic")


def worded(expression: Expression, words: Mapping[str, str]) -> str:
    """An expression with words for its names, and the signs that people write.

    >>> worded(parsed("it_energy * (pue - 1)"), {"it_energy": "12 kWh", "pue": "1.5"})
    '12 kWh × (1.5 − 1)'
    """
    match expression:
        case ast.BinOp(left=left, op=sign, right=right):
            strong = not isinstance(sign, _WEAK)
            first = _bracketed(left, worded(left, words), strong=strong)
            # A product on the right of a division, or a sum behind a minus, keeps its brackets.
            tight = isinstance(sign, ast.Sub | ast.Div)
            second = _bracketed(right, worded(right, words), strong=strong, tight=tight)
            return f"{first}{_SIGNS[type(sign)]}{second}"
        case ast.Name(id=name):
            return words[name]
        case _:
            return ast.unparse(expression)


def _combined(sign: ast.operator, left: float, right: float) -> float:
    match sign:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case _:
            return left / right


def _bracketed(expression: Expression, words: str, *, strong: bool, tight: bool = False) -> str:
    if isinstance(expression, ast.BinOp):
        is_weak = isinstance(expression.op, _WEAK)
        return f"({words})" if (strong and is_weak) or (tight and (is_weak or strong)) else words
    # A name may stand for a sum of several figures.
    return f"({words})" if (strong or tight) and " + " in words else words


def _nodes(expression: Expression) -> Iterator[ast.AST]:
    return (each for each in ast.walk(expression) if not isinstance(each, ast.expr_context))


def _is_plain(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value=value):
            return type(value) in {int, float}
        case ast.BinOp(op=sign):
            return type(sign) in _SIGNS
        case _:
            return isinstance(node, ast.Name | ast.operator)


def _names(expression: Expression) -> Iterator[str]:
    match expression:
        case ast.BinOp(left=left, right=right):
            yield from _names(left)
            yield from _names(right)
        case ast.Name(id=name):
            yield name
