"""I work every computed figure out again from what stands beside it: value, ends, basis, doubt."""

from __future__ import annotations

import ast
import math
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from carbonlabel.method.basis import sum_basis, weakest
from carbonlabel.method.propagate import Interval, Spread, Term, propagate
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.record.pointers import find
from carbonlabel.rules.rows import known
from carbonlabel.telling import contracts
from carbonlabel.telling.causes import Cause, cause
from carbonlabel.telling.derivations import SUM, Derivation, Summand, derivation
from carbonlabel.telling.formulas import Expression, constants, worked

_LOW, _MIDDLE, _HIGH = -1.0, 0.0, 1.0
_KEPT_DIGITS: Final = 9
_GIVEN_DIGITS: Final = 6
_Positions = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Followed:
    """A figure as its inputs give it."""

    value: float
    slack: float
    """How far the rounding of the inputs may have moved the value."""
    basis: Basis


@dataclass(slots=True)
class Recomputation:
    """Every computed figure of one disclosure, worked out again."""

    disclosure: Disclosure
    apart: bool = False
    """Whether each row's energy is in error on its own, whatever read it."""
    causes: dict[str, Cause] = field(default_factory=dict)
    """The sources of doubt met so far, by the name under which terms take them."""
    _derivations: dict[str, Derivation] = field(default_factory=dict)
    _figures: dict[str, object] = field(default_factory=dict)
    _behind: dict[str, Cause | None] = field(default_factory=dict)
    _names: dict[Hashable, str] = field(default_factory=dict)
    _open: set[str] = field(default_factory=set)

    def derivation(self, place: str) -> Derivation:
        """What the figure at a place is the sum of; empty where it is given or not understood."""
        if place not in self._derivations:
            found = derivation(self.disclosure, place)
            # A formula that leads back to itself says nothing.
            self._derivations[place] = () if self._is_circular(place, found) else found
        return self._derivations[place]

    def followed(self, place: str) -> Followed | None:
        """The figure from the figures beside it; None where nothing says how.

        Raises:
            ArithmeticError: it divides by zero or leaves the range of floating point.
        """
        found = self.derivation(place)
        if not any(map(self._counts, found)):
            return None
        amounts = list(self._amounts(place))
        values = [self._worked(each) for each in found if self._counts(each)]
        slack = math.fsum(self._slack(each) for each in found if self._counts(each))
        sure = contracts.basis(self.disclosure, place) or self._supposed(place, found)
        return Followed(math.fsum(values), slack, sure or sum_basis(amounts))

    def spread(self, place: str) -> Spread | None:
        """The interval of the figure and where its doubt comes from, down to what was given.

        Raises:
            ArithmeticError: the figures leave the range of floating point.
        """
        terms = list(self._terms(place))
        if not terms:
            return None
        used = {name for term in terms for name in term.uses}
        if not used:
            # Nothing in it is in doubt, or nobody says how far.
            return Spread(math.fsum(term.at({}) for term in terms), None, None, ())
        sources = {name: _positions(self.causes[name].interval) for name in used}
        return propagate(terms, sources)

    def cause(self, place: str) -> Cause | None:
        """What puts the given figure at a place in doubt; None where nothing does."""
        if place not in self._behind:
            given = self._find(place)
            self._behind[place] = (
                cause(self.disclosure, place, given, apart=self.apart)
                if isinstance(given, Estimate)
                else None
            )
        return self._behind[place]

    def numbers(self, summand: Summand) -> dict[str, float]:
        """What each name of a summand stands for."""
        return self._numbers(summand, {})

    def uses(self, place: str) -> Iterator[str]:
        """The sources of doubt behind the figure at a place, by the name in `causes`."""
        below = self.derivation(place)
        for each in below:
            yield from self._uses(each)
        found = None if below else self.cause(place)
        if found is not None:
            yield self._entered(found)

    def _supposed(self, place: str, found: Derivation) -> Basis | None:
        """What is left out is at most as sure as anything that is counted."""
        if not place.startswith("/left_out/"):
            return None
        supposed = (each.basis for summand in found for each in summand.assumed.values())
        rows = (part.emissions for each in self.disclosure.activities for part in each.parts)
        return weakest("measured", *supposed, *(each.basis for each in known(rows)))

    def _find(self, place: str) -> object:
        if place not in self._figures:
            self._figures[place] = find(self.disclosure, place)
        return self._figures[place]

    def _is_circular(self, place: str, found: Derivation) -> bool:
        self._open.add(place)
        below = (each for summand in found for each in summand.places)
        circular = any(each in self._open or self._leads_back(each) for each in below)
        self._open.discard(place)
        return circular

    def _leads_back(self, place: str) -> bool:
        if place in self._derivations:
            return False
        return derivation(self.disclosure, place) != () and self.derivation(place) == ()

    def _counts(self, summand: Summand) -> bool:
        missing = summand.is_plain and isinstance(self._find(summand.places[0]), Missing)
        return not missing

    def _worked(self, summand: Summand) -> float:
        return _finite(worked(summand.expression, self.numbers(summand)))

    def _slack(self, summand: Summand) -> float:
        """How far the half units of the last places of the inputs move the summand."""
        numbers = self.numbers(summand)
        middle = worked(summand.expression, numbers)
        moved = (
            worked(summand.expression, {**numbers, name: number + self._rounded(summand, name)})
            for name, number in numbers.items()
        )
        written = sum(half_unit(each) / each for each in constants(summand.expression))
        return math.fsum(abs(each - middle) for each in moved) + abs(middle) * written

    def _rounded(self, summand: Summand, name: str) -> float:
        values = (_number(self._find(each)) for each in summand.bound.get(name, ()))
        return math.fsum(map(_rounding, values))

    def _amounts(self, place: str) -> Iterator[tuple[Basis, float]]:
        """The bases of what is added up with their amounts; a sum of sums is that of its parts."""
        for summand in filter(self._counts, self.derivation(place)):
            first = self._find(summand.places[0]) if summand.places else None
            if not summand.is_plain:
                yield self._basis(summand), self._worked(summand)
            elif isinstance(first, Estimate) and first.formula == SUM and self._has(summand):
                yield from self._amounts(summand.places[0])
            elif isinstance(first, Estimate):
                yield first.basis, first.value

    def _has(self, summand: Summand) -> bool:
        return bool(self.derivation(summand.places[0]))

    def _basis(self, summand: Summand) -> Basis:
        found = self._bases(summand, summand.expression)
        return sum_basis(found) if found else "measured"

    def _bases(self, summand: Summand, expression: Expression) -> list[tuple[Basis, float]]:
        """How sure the figures of an expression are: those that it adds up each with its amount.

        A product is as sure as its weakest factor; a bare number takes nothing away.
        """
        match expression:
            case ast.Name(id=name) if name in summand.assumed:
                return [(summand.assumed[name].basis, 1.0)]
            case ast.Name(id=name):
                places = summand.bound.get(name, ())
                return [(each.basis, each.value) for each in self._quantities(places)]
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self._bases(summand, left) + self._bases(summand, right)
            case ast.BinOp(left=left, right=right):
                both = [self._bases(summand, each) for each in (left, right)]
                sure = [sum_basis(each) for each in both if each]
                return [(weakest(*sure), 1.0)] if sure else []
            case _:
                return []

    def _quantities(self, places: Sequence[str]) -> Iterator[Estimate]:
        for place in places:
            quantity = self._find(place)
            if isinstance(quantity, Estimate):
                yield quantity

    def _terms(self, place: str) -> Iterator[Term]:
        covered = contracts.term(self, place)
        if covered is not None:
            yield covered
            return
        for summand in filter(self._counts, self.derivation(place)):
            if summand.is_plain and self._has(summand):
                yield from self._terms(summand.places[0])
            else:
                yield self._term(summand)

    def _term(self, summand: Summand) -> Term:
        uses = tuple(dict.fromkeys(self._uses(summand)))

        def at(*positions: float) -> float:
            return self._evaluated(summand, dict(zip(uses, positions, strict=True)))

        return Term(at, uses)

    def _uses(self, summand: Summand) -> Iterator[str]:
        for name, quantity in summand.assumed.items():
            yield self._entered(_assumed(name, quantity))
        for place in summand.places:
            yield from self.uses(place)

    def _entered(self, found: Cause) -> str:
        if found.key not in self._names:
            twins = sum(each.place == found.place for each in self.causes.values())
            name = f"{found.place}#{twins}" if twins else found.place
            self._names[found.key] = name
            self.causes[name] = found
        return self._names[found.key]

    def _evaluated(self, summand: Summand, positions: _Positions) -> float:
        return worked(summand.expression, self._numbers(summand, positions))

    def _numbers(self, summand: Summand, positions: _Positions) -> dict[str, float]:
        numbers = dict(summand.constants)
        for name, quantity in summand.assumed.items():
            known = _assumed(name, quantity)
            numbers[name] = _end(known, positions.get(self._names.get(known.key, ""), _MIDDLE))
        for name, places in summand.bound.items():
            numbers[name] = math.fsum(self.at(place, positions) for place in places)
        return numbers

    def at(self, place: str, positions: _Positions) -> float:
        """The figure at a place where its sources of doubt stand at these positions."""
        quantity = self._find(place)
        if not positions or not isinstance(quantity, Estimate):
            return _number(quantity)
        below = self.derivation(place)
        if below:
            return math.fsum(self._evaluated(each, positions) for each in below)
        known = self.cause(place)
        name = self._names.get(known.key, "") if known else ""
        return _end(known, positions.get(name, _MIDDLE)) if known else quantity.value


def half_unit(value: float) -> float:
    """Half a unit of the ninth digit of a figure, to which computed ones are kept.

    >>> half_unit(1.23456789)
    5e-09
    """
    if not value or not math.isfinite(value):
        return 0.0
    return 0.5 * 10.0 ** (math.floor(math.log10(abs(value))) - _KEPT_DIGITS + 1)


def _rounding(value: float) -> float:
    """How far a figure may have been rounded: one of few digits stands as it was given."""
    return 0.0 if value == float(f"{value:.{_GIVEN_DIGITS}g}") else half_unit(value)


def _assumed(name: str, quantity: Estimate) -> Cause:
    interval = Interval(quantity.value, quantity.low, quantity.high)
    return Cause(("assumed", name), name, interval)


def _positions(interval: Interval) -> Interval:
    """A cause as the positions of its figures: all at their low ends, or all at their high."""
    if interval.low is None or interval.high is None:
        return Interval(_MIDDLE)
    return Interval(_MIDDLE, _LOW, _HIGH)


def _end(known: Cause, position: float) -> float:
    interval = known.interval
    if position == _LOW and interval.low is not None:
        return interval.low
    if position == _HIGH and interval.high is not None:
        return interval.high
    return interval.value


def _number(value: object) -> float:
    if isinstance(value, Estimate):
        return value.value
    return float(value) if isinstance(value, int | float) else math.nan


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise OverflowError("the figures leave the range of floating point")
    return value
