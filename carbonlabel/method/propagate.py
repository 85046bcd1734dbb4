"""I run a formula at the ends of its inputs and report the ends of its result.

Each source quantity is moved to either end of its 95 % interval, one at a time, and the logarithms
of the deviations are combined in quadrature, upward and downward apart:
d = ln(f(end) / f(value)), low = value · exp(−√Σd²), high = value · exp(+√Σd²).
This is the law of propagation of uncertainty (JCGM 100:2008, 5.1.2) taken on logarithms: exact for
products of lognormals, never below zero, and a factor used in several terms moves them all together.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

Formula = Callable[[Mapping[str, float]], float]
_WIDEST: Final = 50.0


@dataclass(frozen=True, slots=True)
class Interval:
    """One source quantity: its value and, where declared, the ends of its 95 % interval."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Deviation:
    """What one source quantity does to the result: ratios at its ends, and its share of the doubt."""

    name: str
    low: float
    high: float
    share: float


@dataclass(frozen=True, slots=True)
class Spread:
    """A result with its interval, where every source it needs declares one, and its deviations."""

    value: float
    low: float | None
    high: float | None
    deviations: tuple[Deviation, ...]


def propagate(formula: Formula, sources: Mapping[str, Interval]) -> Spread:
    """Evaluate `formula` over named sources, at their values and at the ends of each.

    Deviations come largest share first. A source without an interval that the result depends on
    leaves the result without one.

    >>> spread = propagate(lambda v: v["kwh"] * v["g"], {
    ...     "kwh": Interval(10, 10 / 1.4, 14), "g": Interval(100, 50, 200)})
    >>> spread.value, round(spread.low, 2), round(spread.high, 2)
    (1000.0, 462.78, 2160.84)
    """
    middle = {name: source.value for name, source in sources.items()}
    value = formula(middle)
    if value == 0:
        return _zero(formula, middle, sources)
    ends = {name: _ends(formula, middle, name, source) for name, source in sources.items()}
    if None in ends.values():
        return Spread(value, None, None, ())
    moved = {name: (low / value, high / value) for name, (low, high) in _known(ends)}
    down = math.hypot(*(min(_log(low), 0.0) for low, _ in moved.values()))
    up = math.hypot(*(max(_log(high), 0.0) for _, high in moved.values()))
    return Spread(value, value * math.exp(-down), value * math.exp(up), _shares(moved))


def _ends(
    formula: Formula, middle: Mapping[str, float], name: str, source: Interval
) -> tuple[float, float] | None:
    if source.low is None or source.high is None:
        # Doubling is enough to see whether a formula without branches depends on the source.
        independent = formula({**middle, name: 2 * source.value + 1}) == formula(middle)
        return (formula(middle),) * 2 if independent else None
    ends = [formula({**middle, name: end}) for end in (source.low, source.high)]
    return min(ends), max(ends)


def _known(
    ends: Mapping[str, tuple[float, float] | None],
) -> Iterable[tuple[str, tuple[float, float]]]:
    return ((name, pair) for name, pair in ends.items() if pair is not None)


def _zero(formula: Formula, middle: Mapping[str, float], sources: Mapping[str, Interval]) -> Spread:
    # Ratios to zero do not exist, as for a PUE of 1.00 to 1.05: the moves themselves are combined.
    ends = [_ends(formula, middle, name, source) for name, source in sources.items()]
    known = [pair for pair in ends if pair is not None]
    if len(known) < len(ends):
        return Spread(0.0, None, None, ())
    return Spread(0.0, 0.0, math.hypot(*(high for _, high in known)), ())


def _log(ratio: float) -> float:
    return math.log(ratio) if ratio > 0 else -math.inf


def _shares(moved: Mapping[str, tuple[float, float]]) -> tuple[Deviation, ...]:
    # A deviation down to zero has an infinite logarithm; 50 (e^50) keeps its share finite.
    widths = {
        name: min(_log(high) - _log(low), _WIDEST) ** 2 for name, (low, high) in moved.items()
    }
    whole = sum(widths.values()) or 1.0
    deviations = [
        Deviation(name, low, high, widths[name] / whole)
        for name, (low, high) in moved.items()
        if widths[name] > 0
    ]
    return tuple(sorted(deviations, key=lambda each: (-each.share, each.name)))
