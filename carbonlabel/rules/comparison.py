"""I compare a figure with what it should be, and guess which unit slipped where they differ."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from carbonlabel.method.propagate import Interval, Spread, Term, propagate
from carbonlabel.model.disclosure import Activity
from carbonlabel.model.provenance import Finding
from carbonlabel.rules import slips
from carbonlabel.rules.tolerance import OURS_RATIO

_KEPT_DIGITS: Final = 9


class Comparison(NamedTuple):
    """A figure that stands in the disclosure, and what its own formula gives."""

    code: str
    """The finding's code where the two differ."""
    place: str
    """JSON pointer of the figure."""
    claim: str
    """What does not hold then, as a sentence without its full stop."""
    found: float
    """What stands there, in `unit`."""
    expected: float
    """What the formula gives, in `unit`."""
    unit: str
    """Of both."""
    working: str
    """The formula with its numbers."""

    def findings(self, activity: Activity | None = None) -> Iterator[Finding]:
        """One error where the figures differ by more than 0.5 % and half the ninth digit."""
        if not agree(self.found, self.expected):
            slipped = slip(self.found, lambda value: agree(value, self.expected), activity)
            yield Finding(
                code=self.code,
                severity="error",
                place=self.place,
                message=said(self.claim, slipped),
                expected=f"{shown(self.expected, self.unit)} = {self.working}",
                found=shown(self.found, self.unit),
                suggestion="correct what is wrong at its origin and assess again",
            )


def spread(terms: Sequence[Term], sources: Mapping[str, Interval]) -> Spread | None:
    """The propagated interval; None where the figures are too far apart for floating point."""
    try:
        return propagate(terms, sources)
    except OverflowError:
        return None


def agree(found: float, expected: float) -> bool:
    """Whether a figure is the one expected: within 0.5 %, and half a unit of its ninth digit.

    >>> agree(100.4, 100.0), agree(100.6, 100.0), agree(0.0, 0.0)
    (True, False, True)
    """
    return abs(found - expected) <= OURS_RATIO * abs(expected) + _half_unit(found)


def shown(value: float, unit: str) -> str:
    """A figure in six significant digits without an exponent, and its unit.

    >>> shown(4.643160581577811e-05, "kWh")
    '0.0000464316 kWh'
    """
    return f"{Decimal(f'{value:.6g}'):f}{'' if unit == 'ratio' else f' {unit}'}"


def said(claim: str, slipped: str | None) -> str:
    """The sentence of a finding, with the slip where there is a likely one."""
    return f"{claim}: it is {slipped}." if slipped else f"{claim}."


def slip(
    found: float,
    fits: Callable[[float], bool],
    activity: Activity | None = None,
    kinds: frozenset[slips.Kind] = slips.ALL,
) -> str | None:
    """The one slip that explains a figure, in words; None where none or several do.

    Units of energy, mass and time, and of an activity its device count and its PUE.
    """
    guess = slips.named(fits, found, activity=activity, kinds=kinds)
    return guess.words if guess else None


def _half_unit(value: float) -> float:
    if value == 0 or not math.isfinite(value):
        return 0.0
    return 0.5 * 10.0 ** (math.floor(math.log10(abs(value))) - _KEPT_DIGITS + 1)
