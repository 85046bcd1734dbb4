"""I make equivalences.csv, everyday things of known size, from the cited data."""

from __future__ import annotations

from cells import Cells, Row, table, times

CHOSEN = {
    "car_km_eu": ("car-km-eu", "green-algorithms-values"),
    "car_km_us": ("car-km-us", "epa-equivalencies"),
    "train_km": ("train-km", "green-algorithms-values"),
    "flight_km_economy": ("flight-km", "green-algorithms-values"),
    "flight_par_lon": ("flight-paris-london", "green-algorithms-values"),
    "flight_nyc_sfo": ("flight-new-york-san-francisco", "green-algorithms-values"),
    "flight_nyc_mel": ("flight-new-york-melbourne", "green-algorithms-values"),
    "smartphone_charge": ("smartphone-charge", "epa-equivalencies"),
    "tree_seedling_10yr": ("tree-ten-years", "epa-equivalencies"),
    "tree_year": ("tree-year", "green-algorithms-values"),
    "video_streaming_hour": ("video-hour", "carbon-trust"),
    "car_lifetime_us_strubell": ("car-lifetime", "strubell"),
    "kettle_boil_1l": ("kettle", "kettle"),
    "median_gemini_prompt": ("gemini-prompt", "elsworth"),
    "person_water_day_fr": ("water-day-france", "lavie"),
}
"""Rows of the data whose figure was verified, one for each thing; our key, and who said it."""

UNITS = {"kgco2e": ("gCO2e", 1000), "kwh": ("kWh", 1), "l": ("L", 1)}


def equivalences(data: list[Row]) -> str:
    """Key, label, size of one, unit and source."""
    by = {row["key"]: row for row in data}
    rows = (equivalence(by[row], *ours) for row, ours in CHOSEN.items())
    return table(("key", "label", "value", "unit", "source"), rows)


LABELS = {"water-day-france": "days of the water that one person uses in France"}
"""Labels that the data word for another use."""


def equivalence(row: Row, key: str, source: str) -> Cells:
    """One thing, in base units."""
    unit, factor = UNITS[row["value_unit"].partition("_")[0]]
    return key, LABELS.get(key, row["label"]), times(row["value"], factor), unit, source
