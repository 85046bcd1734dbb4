"""I compare a figure with what it should be, and guess which unit slipped where they differ."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from carbonlabel.method.propagate import Interval, Spread, Term, propagate
from carbonlabel.model.disclosure import Activity
from carbonlabel.model.estimate import Missing
from carbonlabel.model.provenance import Finding
from carbonlabel.model.units import SCALES

_ALLOWED: Final = 0.005
_KEPT_DIGITS: Final = 9
_IN_KWH: Final = SCALES["kWh"]
_SLIPS: Final = (
    (_IN_KWH["MWh"], "1000 times too small, as where kg are taken for g or MWh for kWh"),
    (_IN_KWH["Wh"], "1000 times too large, as where g are taken for kg or Wh for kWh"),
    (_IN_KWH["GWh"], "a million times too small, as where t are taken for g or GWh for kWh"),
    (_IN_KWH["mWh"], "a million times too large, as where mg are taken for kg or mWh for kWh"),
    (1 / _IN_KWH["MJ"], "3.6 times too small, as where kWh are taken for MJ"),
    (_IN_KWH["MJ"], "3.6 times too large, as where MJ are taken for kWh"),
)


@dataclass(frozen=True, slots=True)
class Comparison:
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
    return abs(found - expected) <= _ALLOWED * abs(expected) + _half_unit(found)


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
    found: float, fits: Callable[[float], bool], activity: Activity | None = None
) -> str | None:
    """The one slip that explains a figure; None where none or several do.

    Units of energy and mass, and of an activity its device count and its PUE.
    """
    fitting = [words for factor, words in _slips(activity) if fits(found * factor)]
    return fitting[0] if len(fitting) == 1 else None


def _slips(activity: Activity | None) -> Iterator[tuple[float, str]]:
    yield from _SLIPS
    if activity is None:
        return
    devices = sum(each.count for each in activity.hardware if each.kind == "accelerator")
    if devices > 1:
        yield devices, f"{devices} times too small, as where the device count is left out"
        yield 1 / devices, f"{devices} times too large, as where the device count enters twice"
    pue = activity.region.pue
    if not isinstance(pue, Missing) and pue.value > 1:
        yield pue.value, f"{pue.value:g} times too small, as where the PUE is left out"
        yield 1 / pue.value, f"{pue.value:g} times too large, as where the PUE enters twice"


def _half_unit(value: float) -> float:
    if value == 0 or not math.isfinite(value):
        return 0.0
    return 0.5 * 10.0 ** (math.floor(math.log10(abs(value))) - _KEPT_DIGITS + 1)
