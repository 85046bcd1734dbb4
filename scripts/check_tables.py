"""I say what is wrong with the tables in carbonlabel/factors/data: `build_tables.py --check`."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

Row = Mapping[str, str]


def read(path: Path) -> list[Row]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


KEYS = {
    "grid.csv": ("zone", "scope", "accounting"),
    "pue.csv": ("provider", "year"),
    "water.csv": ("zone", "year"),
    "wue.csv": ("place", "year"),
}
"""Columns that name a row, where it is not the first alone."""

TABLES = (
    *("accelerators.csv", "accelerator_names.csv", "cpus.csv", "doubts.csv", "embodied.csv"),
    *("grid.csv", "minerals.csv", "peaks.csv", "place_names.csv"),
    "places.csv",
    *("positions.csv", "pue.csv", "regions.csv", "sources.csv", "tables.csv", "water.csv"),
    "wue.csv",
)

RANGES = {
    "grid.csv": {"20": (1, 1500)},
    "regions.csv": {"pue_ratio": (1, 2), "intensity_gco2e": (1, 1500), "pue_year": (2015, 2030)},
    "pue.csv": {"pue_ratio": (1, 2), "year": (2015, 2030)},
    "accelerators.csv": {"rated_power_w": (3, 3000), "making_": (5e3, 3e6)},
    "peaks.csv": {"peak_flop_per_s": (1e13, 1e16)},
    "cpus.csv": {"rated_power_w": (0.5, 600), "cores": (1, 300), "year": (1993, 2030)},
    "positions.csv": {"latitude": (-90, 90), "longitude": (-180, 180)},
    "embodied.csv": {"value": (20, 1e9), "low": (20, 1e9), "high": (20, 1e9)},
    "minerals.csv": {"kgsbeq": (1e-6, 1), "other_kgsbeq": (1e-6, 1)},
    "water.csv": {"l_per_kwh": (0.5, 30), "year": (2015, 2030)},
    "wue.csv": {"l_per_kwh": (0, 5), "year": (2015, 2030)},
    "sources.csv": {"year": (2000, 2030)},
}
"""By the start of a column: between which numbers its cells lie, where they are not empty."""


def faults(shipped: Path) -> Iterator[str]:
    """Everything that is wrong with the shipped tables, a sentence each."""
    tables = {name: read(shipped / name) for name in TABLES}
    for name, rows in tables.items():
        yield from faults_of_form(name, rows)
        yield from faults_of_range(name, rows)
    yield from faults_of_sources(tables)
    yield from faults_of_places(tables)
    yield from faults_of_devices(tables)
    yield from faults_of_listing(tables)


def faults_of_form(name: str, rows: list[Row]) -> Iterator[str]:
    """Repeated keys, ragged rows, cells that break a line or pretend to be a number."""
    keys = [tuple(row[column] for column in KEYS.get(name, tuple(row)[:1])) for row in rows]
    yield from (f"{name}: {key} stands twice" for key in set(keys) if keys.count(key) > 1)
    for row in rows:
        cells = list(row.values())
        if None in row or None in cells or any("\n" in cell for cell in cells):
            yield f"{name}: {cells[0]} is ragged or broken"
        elif {cell.strip().lower() for cell in cells} & {"nan", "none", "null", "inf"}:
            yield f"{name}: {cells[0]} holds no number where one is due"


def faults_of_range(name: str, rows: list[Row]) -> Iterator[str]:
    """Numbers that cannot be right, and intervals that do not hold their value."""
    for row in rows:
        for column, (low, high) in bounds(name, row):
            if row[column] and not low <= float(row[column]) <= high:
                yield f"{name}: {column} {row[column]} of {next(iter(row.values()))}"
        for value, low_end, high_end in (
            ("making_gco2e", "making_low_gco2e", "making_high_gco2e"),
            *((("value", "low", "high"),) if name == "embodied.csv" else ()),
        ):
            ends = [float(row.get(end) or math.inf) for end in (low_end, value, high_end)]
            if ends != sorted(ends):
                yield f"{name}: {next(iter(row.values()))} lies outside its interval"


def bounds(name: str, row: Row) -> Iterator[tuple[str, tuple[float, float]]]:
    """Each column of the row that has a range."""
    for start, ends in RANGES.get(name, {}).items():
        columns = (each for each in row if each.startswith(start))
        yield from ((each, ends) for each in columns if not each.endswith(("source", "method")))


def faults_of_sources(tables: Mapping[str, list[Row]]) -> Iterator[str]:
    """Works that are cited and not listed, or listed and not cited."""
    cited = {
        cell
        for rows in tables.values()
        for row in rows
        for column, cell in row.items()
        if column.endswith("source") and cell
    }
    listed = {row["key"] for row in tables["sources.csv"]}
    yield from (f"sources.csv: {key} is cited but not listed" for key in sorted(cited - listed))
    yield from (f"sources.csv: {key} is listed but not cited" for key in sorted(listed - cited))


def faults_of_places(tables: Mapping[str, list[Row]]) -> Iterator[str]:
    """Places that lead nowhere."""
    codes = {row["code"] for row in tables["places.csv"]}
    zones = {row["zone"] for row in tables["grid.csv"]}
    for row in (*tables["places.csv"], *tables["regions.csv"]):
        if row["zone"] and row["zone"] not in zones:
            yield f"{row['code']}: zone {row['zone']} has no figure"
    for row in tables["regions.csv"]:
        if row["country"] not in zones or (row["subdivision"] or row["country"]) not in codes:
            yield f"regions.csv: {row['code']} lies nowhere"
    named = (row["code"] for row in tables["place_names.csv"])
    yield from (f"place_names.csv: {code} is no place" for code in named if code not in codes)


def faults_of_devices(tables: Mapping[str, list[Row]]) -> Iterator[str]:
    """Names that mean no accelerator, and accelerators without a name."""
    ids = {row["id"] for row in tables["accelerators.csv"]}
    meant = {row["id"] for row in tables["accelerator_names.csv"]}
    others = {each for row in tables["accelerator_names.csv"] for each in row["others"].split()}
    yield from (f"accelerator_names.csv: {each} is unknown" for each in (meant | others) - ids)
    yield from (f"accelerators.csv: {each} has no name" for each in ids - meant)
    cards = {row["key"] for row in tables["minerals.csv"] if row["key"] != row["key"].lower()}
    yield from (f"minerals.csv: {each} is no accelerator" for each in cards - ids)


def faults_of_listing(tables: Mapping[str, list[Row]]) -> Iterator[str]:
    """Tables that say nothing of themselves, and regions without a position."""
    listed = {row["table"] for row in tables["tables.csv"]}
    shipped = set(tables) - {"tables.csv"}
    yield from (f"tables.csv: {name} is not listed" for name in sorted(shipped - listed))
    yield from (f"tables.csv: {name} is no table" for name in sorted(listed - shipped))
    codes = {row["code"] for row in (*tables["places.csv"], *tables["regions.csv"])}
    placed = {row["code"] for row in tables["positions.csv"]}
    yield from (f"positions.csv: {code} is no place" for code in sorted(placed - codes))
    for code in sorted(codes - placed):
        if not code.startswith("US-EGRID-"):
            yield f"positions.csv: {code} has no position"
