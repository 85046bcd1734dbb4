"""I make the compact tables in carbonlabel/factors/data from the cited reference data.

    python scripts/build_tables.py DATA             write the tables
    python scripts/build_tables.py DATA --into DIR  write them elsewhere
    python scripts/build_tables.py --check          verify the shipped tables; needs no DATA

DATA is the folder with grid_intensity_annual.csv, cloud_regions.csv, accelerators.csv,
cpus.csv, datacenter_efficiency.csv, embodied_defaults.csv, water_intensity.csv and
adpe_factors.csv. Kept by hand are sources.csv, doubts.csv, place_names.csv and tables.csv;
positions.csv is made by build_positions.py.

Base units: gCO2e, gCO2e/kWh, L/kWh, kgSbeq, W, s. A year is 8 760 h.

Making of an accelerator, one rule for all: the value is the best figure published of the part
(vendor PCF, else teardown LCA, else the proxy of the BLOOM study, else the bottom-up model of the
Boavizta API). The interval spans the figures there are of the part or its sibling: down to the
PCF or LCA (for the A100 80GB that of the A100 40GB, 127.6 kg), up to the bottom-up model (567.7 kg
for the A100 80GB). Where only the bottom-up model exists the low end is a fifth of it, the widest
disagreement of the two kinds of study (B200: 1 415 against 284 kg). No row: the default, 150 kg.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from cells import Cells, Row, keyed, table, times
from check_tables import TABLES, faults, read
from cpu_table import cpu_table
from machine_tables import GRAMS_PER_KILOGRAM, embodied, minerals
from peak_table import peaks
from water_tables import water, wue

from carbonlabel.factors import names

SHIPPED = Path(__file__).resolve().parent.parent / "carbonlabel" / "factors" / "data"

GRID_SOURCES = {
    "Ember": "ember",
    "US EPA eGRID2023 state": "egrid",
    "US EPA eGRID2023 Rev 2": "egrid-subregions",
    "China MEE": "china-mee",
    "Australian National": "nga",
}
POWER_SOURCES = {
    "Epoch AI": "epoch",
    "Hugging Face": "huggingface-tasks",
    "NVIDIA A100 datasheet": "green-algorithms",
    "NVIDIA L40S datasheet": "mlco2-impact",
}
MAKINGS = {
    "bottom-up": ("bottom-up model", "boavizta-accelerator"),
    "teardown": ("teardown LCA", "a100-lca"),
    "proxy": ("proxy", "bloom"),
    "vendor PCF, cradle-to-gate, 1/8 of HGX H100": ("vendor PCF", "hgx-h100"),
    "vendor PCF, cradle-to-gate, 1/8 of HGX B200": ("vendor PCF", "hgx-b200"),
}
FLEETS = ("aws", "azure", "gcp", "meta", "ovh")
"""Providers with a mean of their fleet; Oracle publishes a best case only."""

SUBDIVISIONS = {
    "AU-ACT": "Australian Capital Territory",
    "AU-NSW": "New South Wales",
    "AU-NT": "Northern Territory",
    "AU-WA": "Western Australia",
    "CA-AB": "Alberta",
    "CA-BC": "British Columbia",
    "CA-MB": "Manitoba",
    "CA-NB": "New Brunswick",
    "CA-NL": "Newfoundland and Labrador",
    "CA-NS": "Nova Scotia",
    "CA-NT": "Northwest Territories",
    "CA-NU": "Nunavut",
    "CA-ON": "Ontario",
    "CA-PE": "Prince Edward Island",
    "CA-QC": "Quebec",
    "CA-SK": "Saskatchewan",
    "CA-YT": "Yukon",
    "IN-DL": "Delhi",
    "IN-GJ": "Gujarat",
    "IN-MH": "Maharashtra",
    "IN-TN": "Tamil Nadu",
    "IN-TS": "Telangana",
    "JP-13": "Tokyo",
    "JP-27": "Osaka",
}
"""ISO 3166-2 names where the grid data have none, or name the grid instead."""

SHARED_ZONES = {"AU-ACT": "AU-NSW"}
"""Subdivisions that another one's figure covers by its own words: New South Wales and ACT."""

SAME_PLACE = {"WLD": "World", "AU-NGA": "AU", "US-EGRID-US": "US"}
"""Zones of the data that are another series of a place, or the world."""

NOTES = {
    "V100-SXM3-32GB": "DGX-2 parts run at 350 W, some at 450 W.",
    "A100-SXM4-80GB": "",
    "H100-SXM5-80GB": "",
}
"""Notes that replace those of the data; what a bare name may mean stands in the table of names."""


MORE_NAMES = {
    "Huawei-Ascend-910A": ("Ascend 910A",),
    "Huawei-Ascend-910B": ("Ascend 910B",),
    "Huawei-Ascend-910C": ("Ascend 910C",),
    "Gaudi2": ("Habana Gaudi2",),
    "Gaudi3": ("Habana Gaudi3",),
    "Jetson-AGX-Orin-64GB": ("Jetson AGX Orin",),
    "TPU-v6e": ("TPU v6",),
}
"""What people call accelerators besides the names of the data."""


# grid.csv: a line for each zone and series, a column for each year


def grid(data: list[Row]) -> str:
    """Annual intensities in gCO2e/kWh."""
    years = sorted({row["year"] for row in data})
    series: dict[tuple[str, ...], dict[str, str]] = {}
    for row in data:
        if row["zone_id"] != "EU27":
            series.setdefault(series_key(row), {})[row["year"]] = row["intensity_gco2e_per_kwh"]
    columns = ("zone", "name", "scope", "accounting", "gases", "source", *years)
    rows = ((*key, *(by.get(year, "") for year in years)) for key, by in sorted(series.items()))
    return table(columns, rows)


def series_key(row: Row) -> tuple[str, ...]:
    """What stands before the years."""
    return (
        SAME_PLACE.get(row["zone_id"], row["zone_id"]),
        zone_name(row),
        row["emissions_basis"],
        row["accounting_boundary"],
        row["gas_scope"],
        keyed(row["source"], GRID_SOURCES),
    )


def zone_name(row: Row) -> str:
    """The name of a zone for people: a state stands with its country."""
    country = {"US": "United States", "AU": "Australia", "CN": "China"}.get(row["country_alpha2"])
    if row["zone_type"] in {"country", "aggregate"}:
        return row["zone_name"]
    if row["zone_id"] in SAME_PLACE:
        return str(country)
    prefix = "eGRID " if row["zone_type"] == "egrid_subregion" else ""
    return f"{prefix}{row['zone_name']}, {country}"


# places.csv and regions.csv


def places(data: list[Row]) -> str:
    """Countries, subdivisions and eGRID subregions: code, alpha-3, name, zone that answers."""
    rows = {code: ("", name, SHARED_ZONES.get(code, "")) for code, name in SUBDIVISIONS.items()}
    for row in data:
        code = row["zone_id"]
        if row["zone_type"] == "country":
            rows[code] = (row["country_alpha3"], row["zone_name"], "")
        elif row["zone_type"] == "egrid_subregion":
            rows[code] = ("", f"eGRID {row['zone_name']}", "")
        elif row["subdivision_code"]:
            rows.setdefault(code, ("", row["zone_name"], ""))
    return table(
        ("code", "alpha3", "name", "zone"), ((code, *row) for code, row in sorted(rows.items()))
    )


def regions(data: list[Row]) -> str:
    """Cloud regions: where they are, their PUE, and the provider's own gCO2e/kWh."""
    columns = (
        *("code", "location", "country", "subdivision", "zone"),
        *("pue_ratio", "pue_year", "pue_source"),
        *("intensity_gco2e_per_kwh", "intensity_year", "intensity_source"),
    )
    return table(columns, sorted(map(region, data)))


def region(row: Row) -> Cells:
    """One cloud region; the eGRID subregion goes before the state, as the EPA advises."""
    subregion = row["egrid_subregion"]
    return (
        f"{row['provider']}/{row['region_id'].lower()}",
        row["location_name"],
        row["country_alpha2"],
        row["subdivision_code"],
        f"US-EGRID-{subregion}" if subregion else "",
        row["region_pue"],
        row["region_pue_year"],
        "real-time-cloud" if row["region_pue"] else "",
        row["provider_grid_gco2e_per_kwh"],
        row["provider_grid_year"],
        "gcp-region-carbon" if row["provider_grid_gco2e_per_kwh"] else "",
    )


# accelerators.csv and accelerator_names.csv


def accelerators(data: list[Row]) -> str:
    """Rated power in W, making in gCO2e, and what to know before using either."""
    columns = (
        *("id", "name", "kind", "memory", "rated_power_w", "power_source"),
        *("making_gco2e", "making_low_gco2e", "making_high_gco2e"),
        *("making_method", "making_source", "note"),
    )
    return table(columns, sorted(map(accelerator, data)))


def accelerator(row: Row) -> Cells:
    """One accelerator, in base units."""
    method = row["embodied_method"]
    making = next((said for start, said in MAKINGS.items() if method.startswith(start)), ("", ""))
    ends = ("embodied_kgco2e", "embodied_kgco2e_low", "embodied_kgco2e_high")
    return (
        row["accelerator_id"],
        row["name"],
        row["kind"],
        f"{row['memory_gb']} GB" if row["memory_gb"] else "",
        row["tdp_w"],
        keyed(row["tdp_source"], POWER_SOURCES),
        *(times(row[end], GRAMS_PER_KILOGRAM) for end in ends),
        *making,
        note(row),
    )


def note(row: Row) -> str:
    """What to know of the rated power; that of the Hugging Face list stands with the source."""
    if "publishes no TDP" in row["tdp_source"]:
        return " ".join((row["notes"], "Google publishes no rated power: an estimate.")).strip()
    said = row["notes"].replace("HF lists max sustained power for the highest variant; ", "")
    said = said.replace("TFLOPS approximate.", "").replace("TDP", "rated power")
    return NOTES.get(row["accelerator_id"], said)


def accelerator_names(data: list[Row]) -> str:
    """Every name by its key: the accelerator it means, and the others that it may mean."""
    spoken = {row["accelerator_id"]: spellings(row) for row in data}
    owner = {names.key(each): device for device, each_of in spoken.items() for each in each_of}
    first = {names.key(each): each for each_of in spoken.values() for each in each_of}
    rows = (
        (key, device, " ".join(others(first[key], device, spoken)))
        for key, device in sorted(owner.items())
    )
    return table(("name", "id", "others"), rows)


def spellings(row: Row) -> tuple[str, ...]:
    """All names of an accelerator."""
    more = MORE_NAMES.get(row["accelerator_id"], ())
    short = row["name"].removeprefix("Apple ")
    # "M4" alone is also a Tesla; "M4 Max" is nobody else's.
    if row["vendor"] == "Apple" and short.endswith((" Pro", " Max", " Ultra")):
        more = (*more, short)
    return (*row["aliases"].split("|"), *more, row["name"], row["accelerator_id"])


def others(name: str, device: str, spoken: Mapping[str, Cells]) -> tuple[str, ...]:
    """The accelerators that differ from this name only by how they are mounted or by memory."""
    said = telling(name)
    fit = (
        each
        for each, each_of in spoken.items()
        if each != device and any(is_variant(said, telling(other)) for other in each_of)
    )
    shape = {word for word in telling(device) if names.is_shape(word)}
    return tuple(sorted(fit, key=lambda each: (not shape <= telling(each), each)))


def is_variant(said: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the other name says the same and, more precisely, the mount or the memory."""
    more = other - said
    return said < other and all(names.is_shape(word) or names.is_memory(word) for word in more)


def telling(name: str) -> frozenset[str]:
    """The words of a name that tell accelerators apart."""
    words = (
        word for word in names.words(name) if word.startswith("hbm") or not names.is_silent(word)
    )
    return frozenset(words)


# pue.csv


def pue(data: list[Row]) -> str:
    """PUE of fleets by year, and the mean of the survey."""
    fleets = [
        (row["provider"], row["year"], row["pue"], f"{row['provider']}-{row['year']}")
        for row in data
        if row["provider"] in FLEETS
    ]
    survey = next(row for row in data if row["key"] == "uptime_survey:2024")
    rows = (*fleets, ("survey", survey["year"], survey["pue"], "uptime"))
    return table(("provider", "year", "pue_ratio", "source"), rows)


def build(data: Path) -> dict[str, str]:
    """Each table made here, by the name of its file."""
    grids = read(data / "grid_intensity_annual.csv")
    clouds = read(data / "cloud_regions.csv")
    devices = read(data / "accelerators.csv")
    parts = read(data / "embodied_defaults.csv")
    site_water = read(data / "water_intensity.csv")
    return {
        "grid.csv": grid(grids),
        "places.csv": places(grids),
        "regions.csv": regions(clouds),
        "accelerators.csv": accelerators(devices),
        "accelerator_names.csv": accelerator_names(devices),
        "peaks.csv": peaks(devices),
        "pue.csv": pue(read(data / "datacenter_efficiency.csv")),
        "cpus.csv": cpu_table(read(data / "cpus.csv")),
        "embodied.csv": embodied(parts),
        "minerals.csv": minerals(devices, parts, read(data / "adpe_factors.csv")),
        "water.csv": water(site_water),
        "wue.csv": wue(site_water, clouds),
    }


def check() -> int:
    """Print what is wrong with the shipped tables; 1 if anything is."""
    found = list(faults(SHIPPED))
    print(*found, f"{len(found)} faults in {len(TABLES)} tables", sep="\n")
    return 1 if found else 0


def main() -> int:
    """Build or check, as the command line says."""
    parser = argparse.ArgumentParser(description="Make or check the shipped reference tables.")
    parser.add_argument("data", type=Path, nargs="?", help="folder with the cited data")
    parser.add_argument("--into", type=Path, default=SHIPPED, help="folder to write to")
    parser.add_argument("--check", action="store_true", help="verify the shipped tables")
    asked = parser.parse_args()
    if asked.check:
        return check()
    if asked.data is None:
        parser.error("name the folder with the cited data, or ask for --check")
    for name, text in build(asked.data).items():
        (asked.into / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"{name:24} {text.count(chr(10)) - 1:5} rows {len(text.encode()):7} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
