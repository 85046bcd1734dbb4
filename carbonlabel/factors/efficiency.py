"""I am the overhead of data centres: how much energy they take for each unit that computes."""

from __future__ import annotations

from typing import NamedTuple

from carbonlabel.factors import doubts, rows, years


class Pue(NamedTuple):
    """Facility energy ÷ IT energy, with its interval, year and source."""

    ratio: float
    low_ratio: float
    high_ratio: float
    year: int
    source: str


def published_ends_ratio(ratio: float) -> tuple[float, float]:
    """Low and high of a PUE that somebody published; no facility takes less than its IT."""
    low, high = doubts.doubt("pue").ends(ratio)
    return max(1.0, low), high


def fleet_pue(provider: str, year: int) -> Pue | None:
    """The mean of a provider's fleet (`aws`, `azure`, `gcp`, `meta`, `ovh`) near `year`, or None.

    The year itself, else the nearest earlier one (≤ 5 years), else a later one (≤ 2).
    """
    figures = {int(row["year"]): row for row in rows.under("pue.csv", provider)}
    chosen = years.nearest(figures, year)
    if chosen is None:
        return None
    ratio = float(figures[chosen]["pue_ratio"])
    return Pue(ratio, *published_ends_ratio(ratio), chosen, figures[chosen]["source"])


def survey() -> Pue:
    """The mean of the industry's survey, for what a site that states nothing would add."""
    row = rows.under("pue.csv", "survey")[-1]
    low, high = doubts.doubt("survey").ends(float(row["pue_ratio"]))
    return Pue(float(row["pue_ratio"]), low, high, int(row["year"]), row["source"])
