"""I am the lines under the parts: energy, grid, PUE, use and water."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from carbonlabel.documents import ancestry, making, market, use, water, wording
from carbonlabel.documents.anatomy import Context
from carbonlabel.documents.language import marked, say
from carbonlabel.documents.numbers import between, figure
from carbonlabel.documents.sums import Line, basis_of_sum
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate, Missing

ENERGY: Final = marked("Energy")
GRID: Final = marked("Grid")
PUE: Final = marked("PUE")


def contexts(disclosure: Disclosure, parts: Sequence[Line]) -> tuple[Context, ...]:
    """Energy, Grid, Use and Water; contracts, PUE, minerals and base models where stated."""
    return (
        _energy(disclosure.totals.energy, parts),
        _grid(disclosure.activities),
        *market.contexts(disclosure),
        *_pue(disclosure.activities),
        *use.contexts(disclosure),
        *water.contexts(disclosure),
        *making.contexts(disclosure),
        *ancestry.contexts(disclosure),
    )


def grid_name(activities: Sequence[Activity]) -> str:
    """The places and years of the grid factors: `France 2025`."""
    return wording.listed(_grid_of(activity) for activity in activities)


def _energy(energy: Estimate | Missing, parts: Sequence[Line]) -> Context:
    electric = [line.part for line in parts if line.known and line.part != "manufacture"]
    names = ", ".join(wording.SHORT_NAMES[part] for part in electric)
    return _context(say(ENERGY), names, [energy])


def _grid(activities: Sequence[Activity]) -> Context:
    factors = [activity.region.intensity for activity in activities]
    return _context(say(GRID), grid_name(activities), factors)


def _grid_of(activity: Activity) -> str:
    region = activity.region
    place = wording.grid_place(region) or wording.named(region.site or "")
    if region.given_by == "nobody":
        place = say("place not known, world mean")
    year = str(region.intensity.year or "")
    named = " ".join(each for each in (place, year) if each)
    # Life cycle is what a reader expects; what leaves out fuel and plants says so.
    return say("{place}, direct", place=named) if region.scope == "direct" else named


def _pue(activities: Sequence[Activity]) -> Iterator[Context]:
    ratios = [activity.region.pue for activity in activities]
    if any(isinstance(ratio, Estimate) for ratio in ratios):
        yield _context(say(PUE), "", ratios)


def _context(name: str, note: str, found: Sequence[Estimate | Missing]) -> Context:
    """One quantity with its range; of several different ones, the span of their values."""
    known = {each.value: each for each in found if isinstance(each, Estimate)}
    if not known:
        return Context(name=name, note=note)
    low, high = figure(known[min(known)]), figure(known[max(known)])
    alone = len(known) == 1
    return Context(
        name=name,
        note=note,
        value=low.value if alone else between(low.value, high.value),
        unit=low.unit,
        range=low.range if alone else "",
        basis=basis_of_sum(tuple(known.values())),
    )
