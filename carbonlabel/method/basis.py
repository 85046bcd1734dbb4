"""I say how sure a result is, from how sure its inputs are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from carbonlabel.model.estimate import Basis

_RANK: dict[Basis, int] = {"measured": 0, "estimated": 1, "assumed": 2}
_MOST_RATIO = 0.5


def weakest(*bases: Basis) -> Basis:
    """The basis of a product: the weakest of its factors.

    >>> weakest("measured", "assumed", "estimated")
    'assumed'
    """
    return max(bases, key=_RANK.__getitem__)


def shares_ratio(amounts: Iterable[tuple[Basis, float]]) -> dict[Basis, float]:
    """The share of each basis in a sum, 0 to 1; all zero when the sum is.

    >>> shares_ratio([("measured", 3.0), ("assumed", 1.0)])
    {'measured': 0.75, 'estimated': 0.0, 'assumed': 0.25}
    """
    sums: dict[Basis, float] = dict.fromkeys(_RANK, 0.0)
    for basis, amount in amounts:
        sums[basis] += amount
    whole = sum(sums.values())
    return {basis: amount / whole if whole else 0.0 for basis, amount in sums.items()}


def basis_of_sum(shares: Mapping[Basis, float]) -> Basis:
    """The basis of a sum: measured from half on, else estimated with measured, else assumed.

    >>> basis_of_sum({"measured": 0.2, "estimated": 0.4, "assumed": 0.4})
    'estimated'
    """
    if shares["measured"] >= _MOST_RATIO:
        return "measured"
    return "estimated" if shares["measured"] + shares["estimated"] >= _MOST_RATIO else "assumed"


def sum_basis(amounts: Iterable[tuple[Basis, float]]) -> Basis:
    """The basis of a sum of amounts; of a sum of zeros, the weakest of them.

    >>> sum_basis([("measured", 1.0), ("estimated", 3.0)])
    'estimated'
    """
    parts = tuple(amounts)
    if not any(amount for _, amount in parts):
        return weakest(*(basis for basis, _ in parts))
    return basis_of_sum(shares_ratio(parts))
