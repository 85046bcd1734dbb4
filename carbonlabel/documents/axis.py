"""I am the scale of the bar: from zero to a round number beyond the interval.

An interval that reaches eight times as far as the value would leave no bar to be seen: then the
axis ends beyond four times the value, and the interval leaves it in an arrow.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, Context, Decimal
from typing import Final

from carbonlabel.documents.anatomy import Axis
from carbonlabel.documents.numbers import Reading, grouped

_EXACT: Final = Context(prec=700)
_MARGIN: Final = Decimal("1.02")
_STEPS: Final = (Decimal(1), Decimal(2), Decimal(5))
_MOST_TICKS: Final = 7
_FARTHEST: Final = 8
_KEPT: Final = 4


def end(quantity: Reading) -> Decimal | None:
    """Where the axis ends: the smallest multiple of a 1-2-5 step beyond the high end × 1.02.

    Seven ticks at most; None where there is nothing to draw.
    """
    reach = _reach(quantity)
    return min(_ends(_EXACT.multiply(reach, _MARGIN)))[0] if reach else None


def axis(quantity: Reading) -> Axis | None:
    """The scale for a headline, in its unit; None where there is nothing to draw."""
    reach = _reach(quantity)
    if not reach:
        return None
    last, step = min(_ends(_EXACT.multiply(reach, _MARGIN)))
    marks = [step * count for count in range(int(last / step) + 1)]
    return Axis(
        ticks=tuple((float(mark / last), grouped(mark or Decimal(0))) for mark in marks),
        value_ratio=float(quantity.value / last),
        low_ratio=None if quantity.low is None else float(quantity.low / last),
        high_ratio=None if quantity.high is None else float(min(quantity.high / last, Decimal(1))),
        is_open=quantity.high is not None and quantity.high > last,
    )


def _reach(quantity: Reading) -> Decimal:
    """How far the axis must go: to the high end, unless the bar would be too short to be read."""
    reach = quantity.high or quantity.value
    if quantity.value and reach > _FARTHEST * quantity.value:
        return _KEPT * quantity.value
    return reach


def _ends(target: Decimal) -> Iterator[tuple[Decimal, Decimal]]:
    """Every end that a step gives with few enough ticks, with that step."""
    magnitude = target.adjusted()
    for exponent in (magnitude - 1, magnitude, magnitude + 1):
        for step in (each.scaleb(exponent) for each in _STEPS):
            count = (target / step).to_integral_value(ROUND_CEILING)
            if count < _MOST_TICKS:
                yield count * step, step
