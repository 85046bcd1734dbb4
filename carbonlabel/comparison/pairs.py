"""I hold two figures against each other: which is higher, how many times, and how surely.

The ratio of two figures is worked out from everything that puts them in doubt. What both share
moves both alike; all else is independent. They are told apart only where their ranges, without
what they share, do not overlap, and the range of the ratio does not hold 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from carbonlabel.comparison.amounts import Account, Positions
from carbonlabel.comparison.outcome import Order, Pair, Ratio
from carbonlabel.comparison.phrases import Phrase
from carbonlabel.comparison.portion import Portion
from carbonlabel.comparison.sharing import Shared, readings, shared
from carbonlabel.factors import doubts
from carbonlabel.method.digits import nine
from carbonlabel.method.propagate import Interval, Spread, Term, propagate
from carbonlabel.method.shifting import are_distinguishable

AGAIN: Final = "counter"
"""The default interval of what two readings of one tracker on like machines still differ by."""
_UNITY: Final = Interval(1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class _Half:
    """One side of a pair, with the sources of its doubt renamed where the other shares them."""

    account: Account
    renamed: Mapping[str, str]
    """From the name of a shared source in this pair to its name in the account."""
    own: tuple[str, ...]
    """Sources of its own."""
    again: Interval

    def at(self, moved: Positions, again_ratio: float) -> float:
        """The figure where its sources stand at these positions."""
        return self.account.at(moved) * again_ratio

    def alone(self) -> Spread:
        """The figure with the range that its own doubts give it."""
        names = self.own
        term = Term(
            lambda *at: self.at(dict(zip(names, at[:-1], strict=True)), at[-1]), (*names, "again")
        )
        own = {name: self.account.interval(name) for name in names}
        return propagate([term], {**own, "again": self.again})


def pairs(portions: Sequence[Portion], accounts: Sequence[Account]) -> tuple[Pair, ...]:
    """Every two of the sides."""
    both = list(zip(portions, accounts, strict=True))
    return tuple(
        _pair(one, other, both[one], both[other])
        for one, other in combinations(range(len(both)), 2)
    )


def turned(pair: Pair) -> Pair:
    """The same two sides, the first measured by the second."""
    opposite: dict[Order, Order] = {"higher": "lower", "lower": "higher"}
    ratio = pair.ratio
    return Pair(
        one=pair.other,
        other=pair.one,
        order=opposite.get(pair.order, pair.order),
        ratio=ratio and Ratio(nine(1 / ratio.value), nine(1 / ratio.high), nine(1 / ratio.low)),
        shared=pair.shared,
        because=pair.because,
    )


def _pair(
    one: int, other: int, first: tuple[Portion, Account], second: tuple[Portion, Account]
) -> Pair:
    common = _common(first, second)
    halves = _halves(first, second, common)
    order, because = _order(*halves)
    ratio = _ratio(*halves) if order != "not distinguishable" else None
    if ratio is not None and ratio.low <= 1 <= ratio.high:
        # As where one figure has more of a shared grid factor in it than the other.
        order, ratio, because = (
            "not distinguishable",
            None,
            Phrase("what both share may turn the order"),
        )
    return Pair(
        one=one,
        other=other,
        order=order,
        ratio=ratio,
        shared=tuple(dict.fromkeys(each.name for each in common)),
        because=because,
    )


def _sources(of: tuple[Portion, Account]) -> Iterator[tuple[str, Shared]]:
    portion, account = of
    for name in account.names:
        found = shared(portion, name, account.causes.get(name))
        if found is not None:
            yield name, found


def _common(first: tuple[Portion, Account], second: tuple[Portion, Account]) -> tuple[Shared, ...]:
    there = {each.key for _, each in _sources(second)}
    return tuple(each for _, each in _sources(first) if each.key in there)


def _halves(
    first: tuple[Portion, Account], second: tuple[Portion, Account], common: Sequence[Shared]
) -> tuple[_Half, _Half]:
    again = _UNITY
    if any(each.is_reading for each in common) and not readings(first[0]) & readings(second[0]):
        again = Interval(1.0, *doubts.doubt(AGAIN).ends(1.0))
    numbered = {each.key: f"shared {number}" for number, each in enumerate(common)}
    return _half(first, numbered, again), _half(second, numbered, again)


def _half(of: tuple[Portion, Account], numbered: Mapping[object, str], again: Interval) -> _Half:
    renamed = {numbered[each.key]: name for name, each in _sources(of) if each.key in numbered}
    own = tuple(name for name in of[1].names if name not in renamed.values())
    return _Half(of[1], renamed, own, again)


def _order(one: _Half, other: _Half) -> tuple[Order, str]:
    if not (one.account.has_range and other.account.has_range):
        return "not distinguishable", Phrase("no range is declared")
    try:
        first, second = one.alone(), other.alone()
    except ArithmeticError:
        return "not distinguishable", Phrase("the figures are too far apart for arithmetic")
    if first.low is None or second.low is None:
        return "not distinguishable", Phrase("no range is declared")
    if not are_distinguishable(first, second):
        same = first.value == second.value and not first.low < first.value
        return "not distinguishable", Phrase(
            "the figures are equal" if same else "the ranges overlap"
        )
    return "higher" if second.value > first.value else "lower", ""


def _ratio(one: _Half, other: _Half) -> Ratio | None:
    """Other ÷ one, with what both share moving both."""
    if not one.account.at({}) or not other.account.at({}):
        return None
    names, sources = _joint(one, other)

    def ratio(*at: float) -> float:
        moved = dict(zip(names, at, strict=True))
        return _moved(other, "other", moved) / _moved(one, "one", moved)

    try:
        spread = propagate([Term(ratio, names)], sources)
    except ArithmeticError:
        return None
    return _finite(spread)


def _joint(one: _Half, other: _Half) -> tuple[tuple[str, ...], dict[str, Interval]]:
    sources: dict[str, Interval] = {}
    for tag, half in (("one", one), ("other", other)):
        sources |= {f"{tag} {name}": half.account.interval(name) for name in half.own}
        sources |= {name: half.account.interval(known) for name, known in half.renamed.items()}
        sources[f"{tag} again"] = half.again
    # A doubt that both share falls out even where nobody says how large it is.
    sources = {
        name: Interval(0.0, 0.0, 0.0) if each.low is None else each
        for name, each in sources.items()
    }
    return tuple(sources), sources


def _moved(half: _Half, tag: str, moved: Positions) -> float:
    own = {name: moved[f"{tag} {name}"] for name in half.own}
    both = {known: moved[name] for name, known in half.renamed.items()}
    return half.at({**own, **both}, moved[f"{tag} again"])


def _finite(spread: Spread) -> Ratio | None:
    if spread.low is None or spread.high is None:
        return None
    ends = (nine(spread.value), nine(spread.low), nine(spread.high))
    if not all(math.isfinite(each) for each in ends) or not ends[1]:
        return None
    value, low, high = ends
    return Ratio(value, min(low, value), max(high, value))
