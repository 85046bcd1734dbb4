"""I draw sources by chance, and remember of every figure which sources it rests on.

A source with a 95 % interval is a lognormal of two halves: its median is the value, and 2.5 % of
all draws lie beyond either end. With z a standard normal draw, x = value · (high/value)^(z/1.96)
for z > 0, and value · (value/low)^(z/1.96) for z < 0 (JCGM 101:2008, 6.4). A source without an
interval is exact.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

DRAWS_COUNT: Final = 100_000
SEED: Final = 2026
SIGMAS: Final = 1.959963985
"""How many standard deviations an end of a 95 % interval is away."""
SKEWED_RATIO: Final = 2.0
"""A source is one-sided where one half is more than so many times as wide as the other."""

Draws = npt.NDArray[np.float64]
Json = Mapping[str, Any]
Operation = Callable[[Any, Any], Any]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The draws of a figure, and the sources that they rest on."""

    at: Draws
    sources: frozenset[object] = frozenset()

    def __add__(self, other: Drawn | float) -> Drawn:
        """The sum."""
        return self._with(other, np.add)

    def __sub__(self, other: Drawn | float) -> Drawn:
        """The difference."""
        return self._with(other, np.subtract)

    def __mul__(self, other: Drawn | float) -> Drawn:
        """The product."""
        return self._with(other, np.multiply)

    def __truediv__(self, other: Drawn | float) -> Drawn:
        """The ratio."""
        return self._with(other, np.divide)

    def at_most(self, other: Drawn) -> Drawn:
        """The smaller of the two, in every draw."""
        return self._with(other, np.minimum)

    __radd__ = __add__
    """`sum` begins with a zero."""

    def _with(self, other: Drawn | float, operation: Operation) -> Drawn:
        if isinstance(other, Drawn):
            return Drawn(operation(self.at, other.at), self.sources | other.sources)
        return Drawn(operation(self.at, other), self.sources)

    def ends(self) -> tuple[float, float]:
        """Between which 95 % of the draws lie."""
        low, high = np.quantile(self.at, (0.025, 0.975))
        return float(low), float(high)


NOTHING: Final = Drawn(np.zeros(1))
"""A sum of nothing."""


def added(figures: Sequence[Drawn]) -> Drawn:
    """The sum of some figures."""
    return sum(figures, start=NOTHING)


@dataclass(slots=True)
class Chance:
    """The draws of one disclosure: what is one source is drawn once."""

    skewed: set[object] = field(default_factory=set)
    """The sources that are one-sided."""
    _drawn: dict[object, Draws] = field(default_factory=dict)

    def draw(self, identity: object, quantity: Json) -> Drawn:
        """The draws of a quantity; two with one identity are the same source."""
        ends = quantity.get("low"), quantity.get("high")
        return self.scaled(identity, quantity["value"], ends)

    def scaled(self, identity: object, value: float, ends: Sequence[float | None]) -> Drawn:
        """The draws of a value with its ends."""
        low, high = ends
        if low is None or high is None or low == high:
            return Drawn(np.full(1, float(value)))
        away = self._away(identity)
        if value == 0:
            # No ratio leads away from zero: what may be added is half a normal.
            self.skewed.add(identity)
            return Drawn(np.where(away > 0, away * high, 0.0), frozenset({identity}))
        up, down = math.log(high / value), math.log(value / low)
        if max(up, down) > SKEWED_RATIO * min(up, down):
            self.skewed.add(identity)
        at = value * np.exp(np.where(away > 0, away * up, away * down))
        return Drawn(at, frozenset({identity}))

    def _away(self, identity: object) -> Draws:
        if identity not in self._drawn:
            chance = np.random.default_rng([SEED, len(self._drawn)])
            self._drawn[identity] = chance.standard_normal(DRAWS_COUNT) / SIGMAS
        return self._drawn[identity]
