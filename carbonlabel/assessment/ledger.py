"""I keep every source quantity once, by its JSON pointer, and work out figures from them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from carbonlabel.method.digits import nine
from carbonlabel.method.propagate import Interval, Spread, Term, propagate
from carbonlabel.model.estimate import Basis, Estimate
from carbonlabel.model.units import Unit

_LOW, _MIDDLE, _HIGH = -1.0, 0.0, 1.0
"""Where the factors of one identity stand, all of them: at their ends or at their values."""


class Figure(NamedTuple):
    """A figure as the sum of terms over sources, with its basis."""

    terms: tuple[Term, ...]
    basis: Basis


@dataclass(slots=True)
class Ledger:
    """The sources of one disclosure; a source used twice is one, and moves all that it feeds."""

    sources: dict[str, Interval] = field(default_factory=dict)
    _names: dict[Hashable, str] = field(default_factory=dict)

    def enter(self, identity: Hashable, pointer: str, quantity: Interval | Estimate) -> str:
        """The name of the source that `identity` stands for, entered now or before.

        Its name is the pointer under which it came first; another source that stands at the same
        place gets a number behind it.
        """
        if identity not in self._names:
            twins = sum(name.partition("#")[0] == pointer for name in self.sources)
            name = f"{pointer}#{twins}" if twins else pointer
            self._names[identity] = name
            self.sources[name] = Interval(quantity.value, quantity.low, quantity.high)
        return self._names[identity]

    def factor(self, identity: Hashable, pointer: str, quantity: Estimate) -> Term:
        """A factor as a term: all of one identity move together, each between its own ends.

        What one publisher says of one grid in two years differs, and is in error alike.
        """
        low, high = quantity.low, quantity.high
        is_open = low is None or high is None
        ends = Interval(_MIDDLE) if is_open else Interval(_MIDDLE, _LOW, _HIGH)
        at = {_LOW: low, _HIGH: high}

        def value(position: float) -> float:
            end = at.get(position)
            return quantity.value if end is None else end

        return Term(value, (self.enter((identity, is_open), pointer, ends),))

    def spread(self, terms: Sequence[Term]) -> Spread:
        """The sum of `terms` with its interval and its deviations."""
        return propagate(terms, self.sources)

    def estimate(self, figure: Figure, unit: Unit, formula: str) -> Estimate:
        """The figure as a derived quantity of the disclosure."""
        return derived(self.spread(figure.terms), unit, figure.basis, formula)


def undated(quantity: Estimate) -> Estimate:
    """The quantity without its year: typed once for two years, it is one source all the same."""
    return quantity.model_copy(update={"year": None})


def pointer_of(name: str) -> str:
    """The JSON pointer of a source from its name in the ledger."""
    return name.partition("#")[0]


def derived(spread: Spread, unit: Unit, basis: Basis, formula: str) -> Estimate:
    """A computed quantity, its numbers kept to nine significant digits."""
    return Estimate(
        value=nine(spread.value),
        low=None if spread.low is None else nine(spread.low),
        high=None if spread.high is None else nine(spread.high),
        unit=unit,
        basis=basis,
        formula=formula,
    )
