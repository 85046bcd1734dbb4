"""I keep nine significant digits of what we compute."""

from __future__ import annotations


def nine(value: float) -> float:
    """The nearest number of nine significant decimal digits.

    `exp` and `log` differ in the last bit between C libraries; a disclosure's bytes must not.

    >>> nine(0.1234567891234)
    0.123456789
    """
    return float(f"{value:.9g}")
