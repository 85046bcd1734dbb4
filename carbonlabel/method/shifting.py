"""I compare what one job emits in two places: IT energy × PUE × intensity, in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from carbonlabel.method.propagate import Interval, Spread, Term, propagate


@dataclass(frozen=True, slots=True)
class Factors:
    """What turns IT energy into emissions at one place, each factor by the name of its source."""

    grid: str
    """Intensity in gCO2e/kWh; two places that are fed by one figure name the same."""
    pue: str
    """Facility energy ÷ IT energy."""


def emitted(factors: Factors, energy_kwh: float, sources: Mapping[str, Interval]) -> Spread:
    """Emissions in gCO2e of so much IT energy: energy × PUE × intensity, with their range.

    >>> spread = emitted(Factors("FR", "site"), 100.0, {
    ...     "FR": Interval(50.0, 40.0, 62.5), "site": Interval(1.2, 1.2, 1.2)})
    >>> round(spread.value), round(spread.low), round(spread.high)
    (6000, 4800, 7500)
    """
    term = Term(
        lambda intensity, pue_ratio: energy_kwh * pue_ratio * intensity, (factors.grid, factors.pue)
    )
    return propagate([term], sources)


def against(there: Factors, here: Factors, sources: Mapping[str, Interval]) -> Spread:
    """Emissions there ÷ emissions here, as a ratio with its range.

    A factor that both share moves both, so that its doubt falls out; others are independent.

    >>> sources = {"A": Interval(50.0, 25.0, 100.0), "B": Interval(100.0, 50.0, 200.0),
    ...     "none": Interval(1.0, 1.0, 1.0)}
    >>> moved = against(Factors("A", "none"), Factors("B", "none"), sources)
    >>> round(moved.value, 2), round(moved.low, 2), round(moved.high, 2)
    (0.5, 0.19, 1.33)
    >>> stayed = against(Factors("A", "none"), Factors("A", "none"), sources)
    >>> stayed.value, stayed.low, stayed.high
    (1.0, 1.0, 1.0)
    """
    term = Term(
        lambda grid, pue_ratio, own_grid, own_pue_ratio: (
            (grid * pue_ratio) / (own_grid * own_pue_ratio)
        ),
        (there.grid, there.pue, here.grid, here.pue),
    )
    return propagate([term], sources)


def are_distinguishable(one: Spread, other: Spread) -> bool:
    """Whether two ranges do not overlap; without ranges, nothing can be told apart.

    >>> near, far = Spread(2.0, 1.0, 4.0, ()), Spread(10.0, 5.0, 20.0, ())
    >>> are_distinguishable(near, far), are_distinguishable(near, near)
    (True, False)
    """
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return False
    return one.high < other.low or other.high < one.low
