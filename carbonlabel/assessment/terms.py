"""I make one term of several, so that what they share moves them together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from carbonlabel.assessment.ledger import Figure, Ledger
from carbonlabel.method.basis import sum_basis
from carbonlabel.method.propagate import Term
from carbonlabel.model.estimate import Basis


def mapped(formula: Callable[..., float], *terms: Term) -> Term:
    """The term whose value is `formula` of the values of others, such as their ratio."""
    uses = tuple(dict.fromkeys(name for term in terms for name in term.uses))

    def value(*numbers: float) -> float:
        sources = dict(zip(uses, numbers, strict=True))
        return formula(*(term.at(sources) for term in terms))

    return Term(value, uses)


def summed(figures: Iterable[Figure]) -> Term:
    """The term whose value is the sum of some figures."""
    terms = [term for figure in figures for term in figure.terms]
    return mapped(lambda *values: sum(values), *terms)


def basis_of(figures: Sequence[Figure], ledger: Ledger) -> Basis:
    """The basis of a sum of figures; there is at least one."""
    return sum_basis((figure.basis, ledger.spread(figure.terms).value) for figure in figures)
