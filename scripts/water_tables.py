"""I make water.csv (L/kWh at power plants) and wue.csv (L/kWh on site) from the cited data."""

from __future__ import annotations

from cells import Cells, Row, keyed, table

GRID_SOURCES = {"WRI, Reig": "wri", "OLMo 2": "olmo2"}
SITE_SOURCES = {
    "onsite:aws:2023": "aws-wue-2023",
    "onsite:aws:2024": "aws-wue-2024",
    "onsite:azure:2021": "azure-wue-2021",
    "onsite:azure:2024": "azure-wue-2024",
    "onsite:azure:2025": "azure-wue-2025",
    "onsite:google:2025": "gcp-wue-2025",
    "onsite:google:ecologits": "gcp-wue-2024",
    "onsite:ovh:2022": "ovh-wue-2022",
}
"""Fleets; the data's row of one customer of a provider and the survey's are left out."""

PROVIDERS = {"google": "gcp"}

GLOBAL_FIGURES = {("aws", "2022", "0.19")}
"""Figures of a whole fleet that the collection repeats for each of its regions."""


def water(data: list[Row]) -> str:
    """Off-site water by zone; a country goes by its alpha-2 code."""
    zones = {"grid:WOR": "World", "grid:US-IA": "US-IA"}
    rows = (
        (
            zones.get(row["key"], row["country_alpha2"]),
            row["source_year"],
            row["value"],
            keyed(row["source"], GRID_SOURCES),
        )
        for row in data
        if row["kind"] in {"electricity_country", "electricity_state"}
    )
    return table(("zone", "year", "l_per_kwh", "source"), sorted(rows))


def wue(data: list[Row], regions: list[Row]) -> str:
    """On-site water: fleets by year, then the regions that publish their own."""
    fleets = [fleet(row) for row in data if row["key"] in SITE_SOURCES]
    repeated = [(house, year, cell, "real-time-cloud-wue") for house, year, cell in GLOBAL_FIGURES]
    own = (site(row) for row in regions if row["region_wue_l_per_kwh"])
    rows = (*fleets, *repeated, *(row for row in own if row is not None))
    return table(("place", "year", "l_per_kwh", "source"), sorted(rows))


def fleet(row: Row) -> Cells:
    """The mean of a provider's fleet in one year."""
    _, house, _ = row["key"].split(":")
    return PROVIDERS.get(house, house), row["year"], row["value"], SITE_SOURCES[row["key"]]


def site(row: Row) -> Cells | None:
    """The figure of one region; None where it is that of the whole fleet."""
    figure = (row["region_wue_year"], row["region_wue_l_per_kwh"])
    if (row["provider"], *figure) in GLOBAL_FIGURES:
        return None
    return f"{row['provider']}/{row['region_id'].lower()}", *figure, "real-time-cloud-wue"
