"""I am the column of amounts: one unit, one decimal place, and parts that visibly add up."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from carbonlabel.documents.numbers import (
    FINEST,
    Figure,
    Reading,
    Scaled,
    ends,
    figure_of,
    joined,
    rounded,
    scaled,
    scaled_to,
    total,
    written,
)

TOTAL = "total"
ELECTRICITY = "electricity"
MANUFACTURE = "manufacture"
_SUMS = (ELECTRICITY, TOTAL)


class Column(NamedTuple):
    """The amounts of a label as they are printed."""

    unit: str
    readings: Mapping[str, Reading]
    """By row, in the unit of the column."""
    printed: Mapping[str, Decimal]
    """By row, rounded."""
    place: int
    """Decimal place of every amount; ranges have one digit less."""
    like: Scaled
    """The headline in the unit of the column."""
    summed: bool
    """Whether the sums are those of the rounded rows."""

    def figure(self, row: str) -> Figure | None:
        """The words of a row; None where nobody reported it."""
        if row not in self.readings:
            return None
        there, shown = self.readings[row], self.printed[row]
        both = ends(there, min(self.place + 1, self.like.range_place), shown)
        span = "–".join(both) if both else ""
        return Figure(written(there.value, shown, self.place), self.unit, span, both)

    def aside(self, quantity: Reading) -> tuple[str, tuple[str, str] | None]:
        """An amount outside the column, in its unit but by its own doubt, with its ends."""
        own = figure_of(scaled_to(quantity, self.like))
        return joined(own.value, self.unit.partition(" ")[0]), own.ends


def column(amounts: Mapping[str, Reading]) -> Column:
    """The column of `amounts` in gCO2e, by row: `total`, `electricity`, `manufacture`, and parts.

    The doubt of the total fixes the decimal place. Where rounding breaks a sum, one more place is
    taken; where it is still broken, the sums are printed as those of the rounded rows.
    """
    like = scaled(_leading(amounts), "gCO2e")
    there = {row: amount.over(like.scale) for row, amount in amounts.items()}
    places = [like.place] if like.place <= FINEST else [like.place, like.place - 1]
    for place in places:
        printed = {row: rounded(each.value, place) for row, each in there.items()}
        if all(printed[row] == _sum(row, printed) for row in _sums(there)):
            return Column(like.unit, there, printed, place, like, summed=False)
    summed = _with_sums(printed, Decimal(1).scaleb(place))
    return Column(like.unit, there, summed, place, like, summed=summed != printed)


def _leading(amounts: Mapping[str, Reading]) -> Reading:
    if TOTAL in amounts:
        return amounts[TOTAL]
    return max(amounts.values(), key=lambda each: each.value, default=Reading(Decimal(0)))


def _sums(rows: Mapping[str, object]) -> list[str]:
    return [row for row in _SUMS if row in rows and _addends(row, rows)]


def _addends(row: str, rows: Mapping[str, object]) -> list[str]:
    whole = {ELECTRICITY, MANUFACTURE}
    if row == TOTAL:
        return [each for each in rows if each in whole]
    return [each for each in rows if each not in {*whole, TOTAL}]


def _sum(row: str, printed: Mapping[str, Decimal]) -> Decimal:
    return total([printed[each] for each in _addends(row, printed)])


def _with_sums(printed: Mapping[str, Decimal], step: Decimal) -> Mapping[str, Decimal]:
    # A statement whose parts are far from its sum is wrong, not rounded: it stays as declared.
    result = dict(printed)
    for row in _sums(printed):
        if abs(_sum(row, result) - result[row]) <= step * (len(printed) - 1):
            result[row] = _sum(row, result)
    return result
