"""I work a figure of one side out as a function of everything that puts it in doubt."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from carbonlabel.comparison.outcome import Boundary, FigureName, ReadersGrid
from carbonlabel.comparison.phrases import Phrase
from carbonlabel.comparison.portion import Portion
from carbonlabel.method.basis import sum_basis, weakest
from carbonlabel.method.digits import nine
from carbonlabel.method.operational import operational
from carbonlabel.method.propagate import Interval, Spread, Term, propagate
from carbonlabel.model.disclosure import Activity, Part, PartName
from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.rules.rows import IT_PARTS
from carbonlabel.telling.causes import Cause

Positions = Mapping[str, float]
"""Where each source of doubt stands: −1 at its low end, 0 at its value, 1 at its high end."""
Rows = Sequence[tuple[str, Activity, Part]]

GRID: Final = Phrase("the reader's grid")
"""The source of doubt that all sides share where electricity is counted at the reader's grid."""
_MACHINES: Final[dict[str, frozenset[PartName]]] = {
    "computing": frozenset({"accelerators", "host", "computing"}),
    "accelerators": frozenset({"accelerators"}),
    "host": frozenset({"host"}),
}


@dataclass(frozen=True, slots=True)
class Account:
    """One figure of one side, at any position of its sources of doubt."""

    at: Callable[[Positions], float]
    causes: Mapping[str, Cause]
    """Its sources of doubt, by the name under which `at` takes them."""
    basis: Basis
    has_range: bool = True
    """False of a bare statement: nothing is known of its doubt."""
    grid: Interval | None = None
    """The reader's grid, where it is in the figure."""

    def spread(self, moving: Sequence[str]) -> Spread:
        """The figure with the range that only some of its sources of doubt give it.

        Raises:
            ArithmeticError: the figures leave the range of floating point.
        """
        term = Term(lambda *at: self.at(dict(zip(moving, at, strict=True))), tuple(moving))
        return propagate([term], {name: self.interval(name) for name in moving})

    def interval(self, name: str) -> Interval:
        """The positions that a source of doubt may take."""
        known = self.grid if name == GRID else self.causes[name].interval
        return positions(known)

    @property
    def names(self) -> tuple[str, ...]:
        """Every source of doubt."""
        return (*self.causes, *((GRID,) if self.grid else ()))


def positions(known: Interval | None) -> Interval:
    """The two ends of a quantity as positions; none where it has no range."""
    if known is None or known.low is None or known.high is None:
        return Interval(0.0)
    return Interval(0.0, -1.0, 1.0)


def account(
    name: FigureName, portion: Portion, boundary: Boundary, grid: ReadersGrid | None
) -> Account | None:
    """A figure of one side inside a boundary; None where the side does not know it."""
    if portion.stated is not None:
        return _of_statement(name, portion, grid)
    match name:
        case "energy":
            return _energy(portion, boundary)
        case "electricity" if grid is not None:
            return _at_grid(_energy(portion, boundary), grid)
        case "electricity":
            return _rows_account(portion, boundary, "emissions")
        case "manufacture":
            return _manufacture(portion)
        case _:
            both = (
                account(each, portion, boundary, grid) for each in ("electricity", "manufacture")
            )
            return _sum(*both)


def amount(found: Account, unit: str) -> Estimate | None:
    """The figure with its whole range; None where floating point cannot hold it."""
    try:
        value = found.at({})
        spread = found.spread(found.names) if found.has_range else None
    except ArithmeticError:
        return None
    low, high = (spread.low, spread.high) if spread else (None, None)
    if not all(math.isfinite(each) for each in (value, low or 0.0, high or 0.0)):
        return None
    ends = {} if low is None or high is None else _ends(nine(value), low, high)
    return Estimate.model_validate(
        {"value": nine(value), **ends, "unit": unit, "basis": found.basis, "formula": "compared"}
    )


def _ends(value: float, low: float, high: float) -> dict[str, float]:
    # Nine digits may part a value from its end in the last one.
    return {"low": min(nine(low), value), "high": max(nine(high), value)}


def _of_statement(name: FigureName, portion: Portion, grid: ReadersGrid | None) -> Account | None:
    stated = portion.stated
    if stated is None or name in {"manufacture", "total"}:
        return None
    energy = stated.energy
    if name == "electricity" and grid is not None:
        return None if isinstance(energy, Missing) else _at_grid(_bare(energy), grid)
    found = energy if name == "energy" else stated.emissions
    return None if isinstance(found, Missing) else _bare(found)


def _bare(quantity: Estimate) -> Account:
    return Account(lambda _: quantity.value, {}, quantity.basis, has_range=False)


def _energy(portion: Portion, boundary: Boundary) -> Account | None:
    return _rows_account(portion, boundary, "energy")


def _rows_account(portion: Portion, boundary: Boundary, kind: str) -> Account | None:
    """The rows inside the boundary, and the cooling that falls on them."""
    groups = [list(_of_activity(portion, activity)) for _, activity in portion.activities]
    chosen = [_chosen(group, boundary) for group in groups]
    used = [row for within, cooling, _ in chosen for row in (*within, *cooling)]
    quantities = [each for _, _, part in used if isinstance(each := _of(part, kind), Estimate)]
    if len(quantities) < len(used) or not quantities:
        return None
    places = [_place(row, kind) for within, cooling, _ in chosen for row in (*within, *cooling)]

    def at(positions: Positions) -> float:
        sums = (_sum_at(portion, each, kind, positions) for each in chosen)
        return portion.scale_ratio * math.fsum(sums)

    return Account(
        at,
        dict(_causes(portion, places)),
        sum_basis([(each.basis, each.value) for each in quantities]),
    )


Chosen = tuple[Rows, Rows, Rows]
"""The machines inside the boundary, the cooling if it is inside, and all machines."""


def _chosen(rows: Rows, boundary: Boundary) -> Chosen:
    wanted = _MACHINES[boundary.machines] | frozenset(boundary.beside)
    if boundary.as_stated:
        wanted = IT_PARTS
    machines = [row for row in rows if row[2].part in IT_PARTS and _counts(row[2])]
    within = [row for row in machines if row[2].part in wanted]
    has_cooling = boundary.cooling in {"counted", "inside"} or boundary.as_stated
    cooling = [row for row in rows if row[2].part == "overhead" and _counts(row[2])]
    return within, cooling if has_cooling else [], machines


def _counts(part: Part) -> bool:
    return isinstance(part.emissions, Estimate)


def _of_activity(portion: Portion, activity: Activity) -> Iterator[tuple[str, Activity, Part]]:
    return (row for row in portion.rows() if row[1] is activity)


def _sum_at(portion: Portion, chosen: Chosen, kind: str, positions: Positions) -> float:
    within, cooling, machines = chosen
    inside = _at(portion, within, kind, positions)
    around = _at(portion, cooling, kind, positions)
    if not around or len(within) == len(machines):
        return inside + around
    every = _at(portion, machines, kind, positions)
    return inside + around * inside / every if every else inside


def _at(portion: Portion, rows: Rows, kind: str, positions: Positions) -> float:
    recomputation = portion.recomputation
    if recomputation is None:
        raise ValueError("a disclosure is worked out with its recomputation")
    return math.fsum(recomputation.at(_place(row, kind), positions) for row in rows)


def _place(row: tuple[str, Activity, Part], kind: str) -> str:
    return f"{row[0]}/{kind}"


def _of(part: Part, kind: str) -> Estimate | Missing | None:
    return part.energy if kind == "energy" else part.emissions


def _causes(portion: Portion, places: Sequence[str]) -> Iterator[tuple[str, Cause]]:
    recomputation = portion.recomputation
    if recomputation is None:
        return
    for place in places:
        for name in recomputation.uses(place):
            yield name, recomputation.causes[name]


def _manufacture(portion: Portion) -> Account | None:
    made = [row for row in portion.rows() if row[2].part == "manufacture" and _counts(row[2])]
    if not made:
        return None
    quantities = [each for row in made if isinstance(each := row[2].emissions, Estimate)]
    return Account(
        lambda positions: portion.scale_ratio * _at(portion, made, "emissions", positions),
        dict(_causes(portion, [_place(row, "emissions") for row in made])),
        sum_basis([(each.basis, each.value) for each in quantities]),
    )


def _at_grid(energy: Account | None, grid: ReadersGrid) -> Account | None:
    """The emissions of an energy on the reader's grid."""
    if energy is None:
        return None
    known = Interval(grid.intensity.value, grid.intensity.low, grid.intensity.high)

    def at(positions: Positions) -> float:
        return operational(energy.at(positions), _end(known, positions.get(GRID, 0.0)))

    basis = weakest(energy.basis, grid.intensity.basis)
    return Account(at, energy.causes, basis, has_range=energy.has_range, grid=known)


def _end(known: Interval, position: float) -> float:
    end = known.low if position < 0 else known.high
    return known.value if not position or end is None else end


def _sum(*both: Account | None) -> Account | None:
    known = [each for each in both if each is not None]
    if len(known) < len(both):
        return None
    causes = {name: cause for each in known for name, cause in each.causes.items()}
    return Account(
        lambda positions: math.fsum(each.at(positions) for each in known),
        causes,
        sum_basis([(each.basis, each.at({})) for each in known]),
        has_range=all(each.has_range for each in known),
        grid=next((each.grid for each in known if each.grid), None),
    )
