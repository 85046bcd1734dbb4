"""I am everyday things of known size, to set a total beside; never for a label."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Literal, cast

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import near, rows

Unit = Literal["gCO2e", "kWh", "L"]


@dataclass(frozen=True, slots=True)
class Equivalence:
    """One everyday thing: what it is, and how much of what it takes."""

    key: str
    label: str
    """In the plural, for people: `km in an average EU passenger car`."""
    value: float
    """Of one, in `unit`."""
    unit: Unit
    source: str

    def count_in(self, total: float) -> float:
        """How many of them a total in `unit` is.

        >>> round(of("smartphone-charge").count_in(1240.0))
        100
        """
        return total / self.value


@functools.cache
def of(key: str) -> Equivalence:
    """The everyday thing filed under `key`, such as `car-km-eu`.

    Raises:
        MissingFactor: there is none; the hint has near ones.
    """
    row = rows.only("equivalences.csv", key)
    if row is None:
        known = {near.plain(row["key"]): row["key"] for row in rows.every("equivalences.csv")}
        meant = near.names(key, known)
        raise MissingFactor(
            f"no equivalence is known as {key[: near.LONGEST_COUNT]!r}",
            hint=f"did you mean {' or '.join(meant)}?" if meant else None,
        )
    return _equivalence(row)


def in_unit(unit: Unit) -> tuple[Equivalence, ...]:
    """Every everyday thing that is sized in this unit, in the order of the table."""
    every = map(_equivalence, rows.every("equivalences.csv"))
    return tuple(each for each in every if each.unit == unit)


def _equivalence(row: rows.Row) -> Equivalence:
    unit = cast("Unit", row["unit"])
    return Equivalence(row["key"], row["label"], float(row["value"]), unit, row["source"])
