"""I turn the totals of a model in use into what one functional unit takes."""

from __future__ import annotations


def share_ratio(per_count: float, served_count: float) -> float:
    """The part of the totals that so many functional units take: per ÷ served.

    A rate is total × share, so that it never stands without its totals (SCI for AI asks for both).

    >>> share_ratio(per_count=1000, served_count=250_000)
    0.004
    """
    return per_count / served_count


def break_even_count(training_gco2e: float, use_gco2e: float, served_count: float) -> float:
    """How many functional units emit as much as the training did: training ÷ (use ÷ served).

    Luccioni, Jernite, Strubell (2024), "Power Hungry Processing": cost parity.

    >>> break_even_count(training_gco2e=50_000, use_gco2e=200, served_count=1000)
    250000.0
    """
    return training_gco2e * served_count / use_gco2e
