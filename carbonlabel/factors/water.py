"""I am the water behind electricity: evaporated at power plants, and on the site that cools."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from carbonlabel.factors import doubts, rows, years

WORLD = "World"
"""The zone that stands for a place that no table has."""


class WaterFigure(NamedTuple):
    """Litres consumed for each kWh, with their 95 % interval, year and source."""

    place: str
    """A zone (`FR`, `US-IA`, `World`), a cloud region (`aws/us-east-1`), a provider (`aws`)."""
    year: int
    """The year described; of grids the year of publication, as the figures name none."""
    l_per_kwh: float
    low_l_per_kwh: float
    high_l_per_kwh: float
    source: str


def ewif(zones: Sequence[str], year: int) -> WaterFigure | None:
    """Off-site water: L consumed by power plants for each kWh that the facility takes, or None.

    `zones` go from the finest to the coarsest, as in `places.Spot.zones`; the first that has a
    figure answers. Where a zone has several years the rule of the grid chooses; a single figure
    answers for every year, as it describes cooling and reservoirs, not one year's mix.
    """
    for zone in zones:
        figures = {int(row["year"]): row for row in rows.under("water.csv", zone)}
        chosen = years.nearest(figures, year) if len(figures) > 1 else max(figures, default=None)
        if chosen is not None:
            return _figure(figures[chosen], "water-grid")
    return None


def world_ewif() -> WaterFigure:
    """Off-site water where no zone has a figure: the mean of the world, in L/kWh."""
    return _figure(rows.under("water.csv", WORLD)[-1], "water-world")


def wue(provider: str, region: str, year: int) -> WaterFigure | None:
    """On-site water: L for each kWh of IT energy (ISO/IEC 30134-9), or None if nobody published it.

    The region's own figure goes before the fleet's; each by the rule of the grid: the year itself,
    else the nearest earlier one (≤ 5 years), else a later one (≤ 2). `region` may be empty.
    """
    own = _nearest(f"{provider}/{region.lower()}", year, "water-site")
    return own or _nearest(provider, year, "water-fleet")


def wue_of(code: str, year: int) -> WaterFigure | None:
    """On-site water of a cloud region by its code, such as `aws/us-east-1`; None elsewhere."""
    provider, slash, region = code.partition("/")
    return wue(provider, region, year) if slash else None


def _nearest(place: str, year: int, doubt: str) -> WaterFigure | None:
    figures = {int(row["year"]): row for row in rows.under("wue.csv", place)}
    chosen = years.nearest(figures, year)
    return None if chosen is None else _figure(figures[chosen], doubt)


def _figure(row: rows.Row, doubt: str) -> WaterFigure:
    """The figure of a row; its interval holds it, whatever the ends of the doubt are."""
    value = float(row["l_per_kwh"])
    low, high = doubts.doubt(doubt).ends(value)
    return WaterFigure(
        place=next(iter(row.values())),
        year=int(row["year"]),
        l_per_kwh=value,
        low_l_per_kwh=min(low, value),
        high_l_per_kwh=max(high, value),
        source=row["source"],
    )
