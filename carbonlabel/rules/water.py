"""I hold water to its factors: on the site and off the site, each to its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from carbonlabel.method.basis import weakest
from carbonlabel.method.water import off_site, on_site
from carbonlabel.model.disclosure import Activity, Disclosure, WaterSide
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.provenance import Finding
from carbonlabel.rules.comparison import Comparison, shown
from carbonlabel.rules.rows import Row, activities, known, rows_of
from carbonlabel.rules.sums import Sum, held

FACTORS: Final[Mapping[str, str]] = {"on_site": "wue", "off_site": "ewif"}
"""The factor of the region behind each side."""
_WORKED: Final[Mapping[WaterSide, Callable[[float, float], float]]] = {
    "on_site": on_site,
    "off_site": off_site,
}
_NAMES: Final[Mapping[WaterSide, str]] = {
    "on_site": "WUE × IT energy",
    "off_site": "EWIF × the energy that was taken",
}


def water(disclosure: Disclosure) -> Iterator[Finding]:
    """Water is WUE × IT energy on site and EWIF × energy off site; its totals are their sums."""
    for at, activity in activities(disclosure):
        for side, litres in (activity.water or {}).items():
            if isinstance(litres, Estimate):
                yield from _product(at, activity, side, litres)
    for side, total in (disclosure.totals.water or {}).items():
        yield from held(_sum(disclosure, side, total))


def energy_rows(at: str, activity: Activity, side: str) -> tuple[Row, ...]:
    """The rows of an activity whose energy took water: on site those of the machines alone."""
    return tuple(
        row
        for row in rows_of(at, activity)
        if isinstance(row.part.energy, Estimate)
        and (side == "off_site" or row.part.part != "overhead")
    )


def _product(at: str, activity: Activity, side: WaterSide, litres: Estimate) -> Iterator[Finding]:
    factor = getattr(activity.region, FACTORS[side])
    energies = known(row.part.energy for row in energy_rows(at, activity, side))
    place = f"{at}/water/{side}"
    if not isinstance(factor, Estimate) or not energies:
        yield _without_origin(place, side, litres)
        return
    energy_kwh = sum(each.value for each in energies)
    yield from Comparison(
        code="water-mismatch",
        place=place,
        claim=f"The water is not {_NAMES[side]}",
        found=litres.value,
        expected=_WORKED[side](energy_kwh, factor.value),
        unit=litres.unit,
        working=f"{shown(energy_kwh, 'kWh')} × {shown(factor.value, factor.unit)}",
    ).findings(activity)
    if weakest(factor.basis, litres.basis) != litres.basis:
        yield Finding(
            code="basis-too-strong",
            severity="error",
            place=f"{place}/basis",
            message="The water claims to be surer than its factor.",
            expected=factor.basis,
            found=litres.basis,
        )


def _without_origin(place: str, side: WaterSide, litres: Estimate) -> Finding:
    return Finding(
        code="water-without-origin",
        severity="error",
        place=place,
        message="Water is declared, but its factor or the energy behind it is not.",
        expected=_NAMES[side],
        found=shown(litres.value, litres.unit),
        suggestion=f"state {FACTORS[side]} in region.yaml and assess again",
    )


def _sum(disclosure: Disclosure, side: WaterSide, total: Estimate | Missing) -> Sum:
    sides = ((each.water or {}).get(side) for each in disclosure.activities)
    return Sum(f"water/{side}", total, known(sides))
