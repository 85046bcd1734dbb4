"""I am what a kilowatt-hour of electricity emitted, by zone and year."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from carbonlabel.factors import doubts, rows, years

if TYPE_CHECKING:
    from carbonlabel.model.region import Accounting, Scope

WORLD = "World"
"""The zone that stands for a place that nobody told."""


class GridFigure(NamedTuple):
    """A location-based annual average, with what it counts and who said it."""

    zone: str
    name: str
    year: int
    intensity_gco2e_per_kwh: float
    scope: Scope
    accounting: Accounting
    source: str
    gases: Literal["co2e", "co2"]
    """`co2` where the publisher counts carbon dioxide alone."""


def _rank(row: rows.Row) -> tuple[bool, bool]:
    """Lifecycle goes before direct, then what is used before what is generated."""
    return row["scope"] != "lifecycle", row["accounting"] != "consumption"


def _figure(row: rows.Row, year: int) -> GridFigure:
    return GridFigure(
        zone=row["zone"],
        name=row["name"],
        year=year,
        intensity_gco2e_per_kwh=float(row[str(year)]),
        scope=cast("Scope", row["scope"]),
        accounting=cast("Accounting", row["accounting"]),
        source=row["source"],
        gases="co2" if row["gases"] == "co2" else "co2e",
    )


def _years(row: rows.Row) -> tuple[int, ...]:
    """The years for which a series has a figure."""
    return tuple(int(column) for column, cell in row.items() if column.isdigit() and cell)


@functools.cache
def _of_zone(zone: str, year: int) -> GridFigure | None:
    for row in sorted(rows.under("grid.csv", zone), key=_rank):
        chosen = years.nearest(_years(row), year)
        if chosen is not None:
            return _figure(row, chosen)
    return None


def intensity(zones: Sequence[str], year: int) -> GridFigure | None:
    """The figure of the first zone that has one near `year`, in gCO2e/kWh; None if none has.

    `zones` go from the finest to the coarsest, such as `("US-CA", "US")`: a finer zone beats a
    wider scope. Within a zone: lifecycle before direct, then the year itself, else the nearest
    earlier one (≤ 5 years), else a later one (≤ 2).
    """
    figures = (_of_zone(zone, year) for zone in zones)
    return next((figure for figure in figures if figure is not None), None)


def newest(zones: Sequence[str]) -> GridFigure | None:
    """The newest figure of the first zone that has one, for a list; a run takes its year's."""
    return intensity(zones, newest_year())


def newest_year() -> int:
    """The newest year of the table."""
    return max(_years(rows.under("grid.csv", WORLD)[0]))


def world(year: int) -> GridFigure:
    """The mean of the world in `year`, else in the nearest year that the table has."""
    row = rows.under("grid.csv", WORLD)[0]
    return _figure(row, min(_years(row), key=lambda known: abs(known - year)))


def world_ends_gco2e_per_kwh() -> tuple[float, float]:
    """Between which intensities a place that nobody told lies, in gCO2e/kWh."""
    spread = doubts.doubt("world")
    return spread.low, spread.high
