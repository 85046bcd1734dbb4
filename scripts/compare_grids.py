"""I work out how far an annual grid figure may be off: the numbers of four kinds of rows in doubts.

    python scripts/compare_grids.py          how grids change, and how far countries are apart
    python scripts/compare_grids.py FILE     also how far Ember is from another publisher

FILE is a CSV with the columns zone_id, year and intensity_gco2e_per_kwh. The row `grid` rests on
the annual averages of Electricity Maps (2021 to 2025, ODbL 1.0, as in CO2.js 0.19.0), which are not
shipped; everything else on grid.csv. Of countries, those with a cloud region count.

A spread is told as a factor: exp of a percentile of |ln(one ÷ other)|. What two publishers of
equal doubt differ by has twice the variance of one; so the 95 % range of one is
exp(1.96 × rms(ln(one ÷ other)) ÷ √2).
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from check_tables import Row, read

SHIPPED = Path(__file__).resolve().parent.parent / "carbonlabel" / "factors" / "data"
SINCE, LATEST = 2012, 2025

Figures = Mapping[tuple[str, int], float]


def ours(rows: Sequence[Row]) -> dict[tuple[str, int], float]:
    """Ember's intensity by country and year, in gCO2e/kWh."""
    return {
        (row["zone"], int(year)): float(cell)
        for row in rows
        if row["source"] == "ember"
        for year, cell in row.items()
        if year.isdigit() and cell
    }


def theirs(rows: Sequence[Row]) -> dict[tuple[str, int], float]:
    """Another publisher's intensity by zone and year; zero is no figure."""
    figures = {
        (row["zone_id"], int(row["year"])): float(row["intensity_gco2e_per_kwh"]) for row in rows
    }
    return {key: value for key, value in figures.items() if value > 0}


def with_a_cloud() -> set[str]:
    """The countries with a cloud region."""
    return {row["country"] for row in read(SHIPPED / "regions.csv")}


def changes(figures: Figures, countries: set[str], age: int) -> list[float]:
    """Logarithms of what each country changed by over so many years."""
    return [
        math.log(figures[zone, year + age] / value)
        for (zone, year), value in figures.items()
        if zone in countries and year >= SINCE and (zone, year + age) in figures
    ]


def differences(one: Figures, other: Figures, countries: set[str]) -> list[float]:
    """Logarithms of one publisher's figure ÷ the other's, where both have one."""
    return [
        math.log(value / one[key])
        for key, value in other.items()
        if key in one and key[0] in countries
    ]


def percentile(values: Sequence[float], percent: float) -> float:
    """Between two values on the straight line."""
    known = sorted(values)
    place = (len(known) - 1) * percent / 100
    below = math.floor(place)
    above = min(below + 1, len(known) - 1)
    return known[below] + (known[above] - known[below]) * (place - below)


def within(logs: Sequence[float], percent: float) -> float:
    """The factor within which so many per cent of the ratios lie."""
    return math.exp(percentile([abs(log) for log in logs], percent))


def range_of_one(logs: Sequence[float]) -> float:
    """The 95 % range of one publisher, as a factor, where both have the same doubt."""
    rms = math.sqrt(sum(log * log for log in logs) / len(logs))
    return math.exp(1.96 * rms / math.sqrt(2))


def main() -> None:
    """Print the numbers."""
    parser = argparse.ArgumentParser(description="Say how far annual grid figures may be off.")
    parser.add_argument("file", type=Path, nargs="?", help="annual figures of another publisher")
    asked = parser.parse_args()
    ember, countries = ours(read(SHIPPED / "grid.csv")), with_a_cloud()
    for age in (1, 2, 3, 5):
        logs = changes(ember, countries, age)
        print(f"grid-age-{age}: 95 % of {len(logs)} changes within {within(logs, 95):.3f}")
    last = [value for (zone, year), value in ember.items() if year == LATEST and zone != "World"]
    ends = percentile(last, 2.5), percentile(last, 97.5)
    span = f"from {ends[0]:.1f} to {ends[1]:.1f} g/kWh"
    print(f"world: 95 % of {len(last)} countries in {LATEST} {span}")
    if asked.file:
        logs = differences(ember, theirs(read(asked.file)), countries)
        print(f"grid: {len(logs)} figures, 90 % within {within(logs, 90):.3f},", end=" ")
        print(f"95 % within {within(logs, 95):.3f}; range of one {range_of_one(logs):.3f}")


if __name__ == "__main__":
    main()
