"""I move each source of a sum of terms to its ends, and report the ends of the sum.

Each source quantity is moved to either end of its 95 % interval, one at a time, and the logarithms
of the deviations are combined in quadrature, upward and downward apart:
d = ln(f(end) / f(value)), low = value · exp(−√Σd²), high = value · exp(+√Σd²).
This is the law of propagation of uncertainty (JCGM 100:2008, 5.1.2) taken on logarithms: exact for
products of lognormals, never below zero, and a factor used in several terms moves them all.
"""

from __future__ import annotations

import math
from collections import ChainMap, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

_WIDEST: Final = 50.0


class Interval(NamedTuple):
    """One source quantity: its value and, where declared, the ends of its 95 % interval."""

    value: float
    low: float | None = None
    high: float | None = None


class Term(NamedTuple):
    """One summand: a plain formula and the names of the sources it takes, in its order."""

    formula: Callable[..., float]
    uses: tuple[str, ...]

    def at(self, sources: Mapping[str, float]) -> float:
        """The summand's value where each source has the value given."""
        return self.formula(*(sources[name] for name in self.uses))


class Deviation(NamedTuple):
    """What one source does to the result: ratios at its ends, and its share of the doubt."""

    name: str
    low: float
    high: float
    share: float


class Spread(NamedTuple):
    """A result with its interval, if every source it needs declares one, and its deviations."""

    value: float
    low: float | None
    high: float | None
    deviations: tuple[Deviation, ...]


def propagate(terms: Sequence[Term], sources: Mapping[str, Interval]) -> Spread:
    """Add up `terms` over named `sources`, at their values and at the ends of each.

    Deviations come largest share first. One source without an interval leaves the sum without one.

    >>> both = Term(lambda energy_kwh, grid: energy_kwh * grid, ("energy", "grid"))
    >>> spread = propagate([both], {
    ...     "energy": Interval(10.0, 10 / 1.4, 14.0), "grid": Interval(100.0, 50.0, 200.0)})
    >>> spread.value, round(spread.low, 2), round(spread.high, 2)
    (1000.0, 462.78, 2160.84)
    """
    middle = {name: source.value for name, source in sources.items()}
    value = math.fsum(term.at(middle) for term in terms)
    users = _users(terms)
    if any(sources[name].low is None or sources[name].high is None for name in users):
        return Spread(value, None, None, ())
    moves = {name: _moves(users[name], middle, name, sources[name]) for name in users}
    return _around(value, moves)


def _users(terms: Sequence[Term]) -> dict[str, list[Term]]:
    users: defaultdict[str, list[Term]] = defaultdict(list)
    for term in terms:
        for name in dict.fromkeys(term.uses):
            users[name].append(term)
    return users


def _moves(
    terms: Sequence[Term], middle: dict[str, float], name: str, source: Interval
) -> tuple[float, float]:
    ends = []
    for end in (source.low, source.high):
        moved = ChainMap({name: source.value if end is None else end}, middle)
        ends.append(math.fsum(term.at(moved) - term.at(middle) for term in terms))
    return min(*ends, 0.0), max(*ends, 0.0)


def _around(value: float, moves: Mapping[str, tuple[float, float]]) -> Spread:
    if value == 0:
        # Ratios to zero do not exist, as for a PUE of 1.00 to 1.05: the moves add up as they are.
        return Spread(0.0, 0.0, math.hypot(*(up for _, up in moves.values())), ())
    ratios = {name: (1 + down / value, 1 + up / value) for name, (down, up) in moves.items()}
    down = math.hypot(*(_log(low) for low, _ in ratios.values()))
    up = math.hypot(*(_log(high) for _, high in ratios.values()))
    return Spread(value, value * math.exp(-down), value * math.exp(up), _shares(ratios))


def _log(ratio: float) -> float:
    return math.log(ratio) if ratio > 0 else -math.inf


def _shares(ratios: Mapping[str, tuple[float, float]]) -> tuple[Deviation, ...]:
    # A deviation down to zero has an infinite logarithm; 50 (e^50) keeps its share finite.
    widths = {
        name: min(_log(high) - _log(low), _WIDEST) ** 2 for name, (low, high) in ratios.items()
    }
    whole = math.fsum(widths.values())
    deviations = [
        Deviation(name, *ratios[name], width / whole) for name, width in widths.items() if width > 0
    ]
    return tuple(sorted(deviations, key=lambda each: (-each.share, each.name)))
