"""I say how far a figure may be off when its origin does not say so itself."""

from __future__ import annotations

import functools
import math
from typing import Literal, NamedTuple, cast

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import rows

Kind = Literal["factor", "offset", "ends", "places"]


class Doubt(NamedTuple):
    """A default 95 % interval, with the reason for it."""

    name: str
    kind: Kind
    """`factor`: the ends multiply the value. `offset`: they are added to it. `ends`: they replace
    it. `places`: they count units of the last place of a typed number."""
    low: float
    high: float
    value: float | None
    """The default itself, where the row gives one (`world`, `survey`)."""
    source: str
    """Key of the work that the interval rests on."""
    because: str
    """The reason, in one sentence."""

    def ends(self, value: float) -> tuple[float, float]:
        """Low and high of a value with this doubt, in the unit of the value.

        >>> doubt("rated").ends(100.0)
        (15.0, 105.0)
        """
        match self.kind:
            case "factor":
                return value * self.low, value * self.high
            case "offset" | "places":
                return value + self.low, value + self.high
            case "ends":
                return self.low, self.high


@functools.cache
def doubt(name: str) -> Doubt:
    """The default interval filed under `name`: `tracker`, `model`, `rated`, `grid`, `pue` ….

    Raises:
        MissingFactor: there is none; the result then says "range not declared".
    """
    row = rows.only("doubts.csv", name)
    if row is None:
        raise MissingFactor(f"no default interval is filed under {name[:80]!r}")
    return Doubt(
        name=name,
        kind=cast("Kind", row["kind"]),
        low=_ratio(row["low"]),
        high=_ratio(row["high"]),
        value=rows.number(row["value"]),
        source=row["source"],
        because=row["because"],
    )


def every() -> tuple[Doubt, ...]:
    """All default intervals, in the order of the table: by kind of input."""
    return tuple(doubt(row["name"]) for row in rows.every("doubts.csv"))


def _ratio(cell: str) -> float:
    """A plain number, or one written as `1/1.4` because it is the inverse of the other end."""
    over, _, under = cell.partition("/")
    return float(over) / float(under or 1)


AGES = (1, 2, 3, 5)
"""Ages in years for which the table says how far grids change."""


def _log_age(age_years: int) -> float:
    """Logarithm of a grid's change over some years; between two rows, on the line of the logs."""
    age = min(abs(age_years), AGES[-1])
    if age == 0:
        return 0.0
    before = max(known for known in AGES if known <= age)
    after = min(known for known in AGES if known >= age)
    low, high = (math.log(doubt(f"grid-age-{known}").high) for known in (before, after))
    return low if before == after else low + (high - low) * (age - before) / (after - before)


def grid_factor_ratio(age_years: int) -> float:
    """The factor by which an annual grid figure may be off, when it is `age_years` from the run.

    Disagreement of publishers and change of the grid, their logarithms in quadrature. A figure
    from after the run counts as one from before; more than 5 years count as 5.

    >>> round(grid_factor_ratio(1), 3)
    1.522
    """
    return math.exp(math.hypot(math.log(doubt("grid").high), _log_age(age_years)))
