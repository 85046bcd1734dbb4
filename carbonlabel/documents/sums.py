"""I add up each part of a label over its activities, in figures and in basis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from carbonlabel.documents import wording
from carbonlabel.documents.anatomy import RowBasis
from carbonlabel.documents.column import ELECTRICITY, MANUFACTURE, TOTAL
from carbonlabel.documents.numbers import Reading, decimal, reading, total
from carbonlabel.model.disclosure import Activity, Disclosure, PartName
from carbonlabel.model.estimate import Basis, Estimate, Missing

NOT_REPORTED: Final[RowBasis] = "not reported"
_SURER: Final[tuple[Basis, ...]] = ("measured", "estimated")
_HALF: Final = Decimal("0.5")


class Line(NamedTuple):
    """One part over all activities."""

    part: PartName
    known: tuple[Estimate, ...]
    gaps: tuple[Missing, ...]
    activities: tuple[Activity, ...]
    """Those in which the part applies."""

    @property
    def amount(self) -> Reading | None:
        """The sum of what was reported, in gCO2e, with the interval of one activity alone."""
        if len(self.known) == 1:
            return reading(self.known[0])
        return Reading(total([decimal(each.value) for each in self.known])) if self.known else None

    @property
    def basis(self) -> RowBasis:
        """The basis of the sum, by the shares of the reported amounts."""
        return basis_of_sum(self.known)

    @property
    def reason(self) -> str:
        """Why it is missing, or partly missing; empty if nothing is."""
        return wording.sentence("; ".join(dict.fromkeys(gap.reason for gap in self.gaps)))


def lines(activities: Sequence[Activity]) -> tuple[Line, ...]:
    """Every part that applies anywhere, in the order of the label."""
    found = (_line(part, activities) for part in wording.PART_NAMES)
    return tuple(line for line in found if line.known or line.gaps)


def _line(part: PartName, activities: Sequence[Activity]) -> Line:
    found = [
        (activity, row.emissions)
        for activity in activities
        for row in activity.parts
        if row.part == part and wording.applies(row.emissions)
    ]
    return Line(
        part,
        tuple(each for _, each in found if isinstance(each, Estimate)),
        tuple(each for _, each in found if isinstance(each, Missing)),
        tuple(activity for activity, _ in found),
    )


def amounts(disclosure: Disclosure, parts: Sequence[Line]) -> Mapping[str, Reading]:
    """What the column holds, in gCO2e, by row."""
    totals = disclosure.totals
    whole = {
        TOTAL: totals.emissions,
        ELECTRICITY: totals.electricity,
        MANUFACTURE: totals.manufacture,
    }
    declared = {row: reading(each) for row, each in whole.items() if isinstance(each, Estimate)}
    summed = {part: reading(each) for part, each in (totals.rows or {}).items()}
    own = {
        line.part: summed.get(line.part, line.amount) for line in parts if line.part != MANUFACTURE
    }
    if len(own) == 1:
        return declared
    children: dict[str, Reading] = {
        part: amount for part, amount in own.items() if amount is not None
    }
    if len(children) == 1 and ELECTRICITY in declared:
        # The one part that is known is all that the sum holds: it has the sum's interval.
        children = dict.fromkeys(children, declared[ELECTRICITY])
    return {**declared, **children}


def basis_of_sum(amounts_known: Sequence[Estimate]) -> RowBasis:
    """The basis that at least half of a sum has, counting measured before estimated."""
    whole = total([decimal(each.value) for each in amounts_known])
    if len({each.basis for each in amounts_known}) == 1:
        return amounts_known[0].basis
    reached = Decimal(0)
    for basis in _SURER:
        reached += total([decimal(each.value) for each in amounts_known if each.basis == basis])
        if whole and reached >= _HALF * whole:
            return basis
    return "assumed" if amounts_known else NOT_REPORTED
