"""I say how far two figures may be apart that both were rounded, and yet agree.

For c = f(a, b, …) whose inputs were rounded by at most half a unit of their last place h, the
rounding explains |c − f| ≤ Σ |∂f/∂x|·h_x + h_c; to that comes an allowance as a share of f.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from carbonlabel.model.estimate import Estimate

OURS_RATIO: Final = 0.005
"""The allowance for figures that this program worked out."""
LOG_RATIO: Final = 0.02
"""For figures of one tool's log."""
TYPED_RATIO: Final = 0.05
"""For figures that a person typed."""


def half_unit(value: float) -> float:
    """Half a unit of the last place that a figure shows; the zeros at its end show nothing.

    >>> half_unit(0.46), half_unit(12_900_000.0), half_unit(0.0)
    (0.005, 50000.0, 0.0)
    """
    if not value or not math.isfinite(value):
        return 0.0
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return 0.5 * 10.0 ** int(exponent)


def slack(
    found: float, expected: float, partials: Iterable[tuple[float, float]], allowed_ratio: float
) -> float:
    """How far `found` may be from `expected`; `partials` are ∂f/∂x and x of each rounded input.

    >>> round(slack(0.9, 0.87, [(0.3, 2.9), (2.9, 0.3)], 0.0), 9)
    0.21
    """
    rounding = sum(abs(partial) * half_unit(value) for partial, value in partials)
    return rounding + half_unit(found) + allowed_ratio * abs(expected)


def product_agrees(found: float, factors: Iterable[float], allowed_ratio: float) -> bool:
    """Whether a figure is the product of others, as exactly as all of them were written.

    >>> product_agrees(101e6, (230e3, 1.12, 351.0), TYPED_RATIO)
    False
    """
    known = tuple(factors)
    expected = math.prod(known)
    partials = [(expected / each, each) for each in known if each]
    return abs(found - expected) <= slack(found, expected, partials, allowed_ratio)


def within(found: float, expected: Estimate, allowed_ratio: float) -> bool:
    """Whether a bare figure lies in the interval of another, give or take rounding and allowance.

    >>> wide = Estimate(value=2, low=1, high=3, unit="kWh", basis="assumed", source="log")
    >>> within(3.1, wide, TYPED_RATIO), within(3.3, wide, TYPED_RATIO)
    (True, False)
    """
    low, high = _ends(expected)
    room = half_unit(found)
    return low * (1 - allowed_ratio) - room <= found <= high * (1 + allowed_ratio) + room


def _ends(quantity: Estimate) -> tuple[float, float]:
    if quantity.low is None or quantity.high is None:
        return quantity.value, quantity.value
    return quantity.low, quantity.high
