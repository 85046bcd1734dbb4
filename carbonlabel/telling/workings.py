"""I write a computed figure's formula with its numbers, and the split of its doubt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.record.pointers import find
from carbonlabel.rules.comparison import shown
from carbonlabel.telling.derivations import Derivation, Summand
from carbonlabel.telling.formulas import names, worded
from carbonlabel.telling.recomputing import Recomputation

_MOST_TERMS: Final = 12
_MOST_CAUSES: Final = 6


def working(disclosure: Disclosure, derivation: Derivation) -> str:
    """The formula with its numbers; empty where nothing in it is known."""
    terms = [_term(disclosure, each) for each in derivation]
    known = [each for each in terms if each]
    more = [f"{len(known) - _MOST_TERMS} more"] if len(known) > _MOST_TERMS else []
    return " + ".join(known[:_MOST_TERMS] + more)


def doubt(recomputation: Recomputation, place: str) -> str:
    """Where the range of a figure comes from, largest first; empty where it has one cause or none.

    Each cause by the JSON pointer of the first quantity that it moves.
    """
    try:
        found = recomputation.spread(place)
    except ArithmeticError:
        return ""
    causes = found.deviations if found else ()
    if len(causes) < 2:  # noqa: PLR2004 - one cause is no split
        return ""
    parts = [f"{each.name.partition('#')[0]} {_percent(each.share)}" for each in causes]
    rest = len(parts) - _MOST_CAUSES
    more = [f"{rest} more"] if rest > 0 else []
    return ", ".join(parts[:_MOST_CAUSES] + more)


def _term(disclosure: Disclosure, summand: Summand) -> str:
    words = {name: " + ".join(_words(disclosure, summand, name)) for name in _names(summand)}
    return worded(summand.expression, words) if all(words.values()) else ""


def _names(summand: Summand) -> tuple[str, ...]:
    return names(summand.expression)


def _words(disclosure: Disclosure, summand: Summand, name: str) -> Iterator[str]:
    if name in summand.constants:
        yield f"{summand.constants[name]:g}"
    if name in summand.assumed:
        yield f"{summand.assumed[name].value:g}"
    for place in summand.bound.get(name, ()):
        yield from _said(find(disclosure, place))


def _said(value: object) -> Iterator[str]:
    match value:
        case Estimate(value=number, unit=unit):
            yield shown(number, unit)
        case int() | float():
            yield shown(value, "ratio")
        case _:
            return


def _percent(share_ratio: float) -> str:
    percent = 100 * share_ratio
    return f"{percent:.0f} %" if percent >= 1 else "< 1 %"
