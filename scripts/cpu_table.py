"""I make cpus.csv, the rated power of CPUs, from the cited data."""

from __future__ import annotations

from cells import Cells, Row, table

from carbonlabel.factors import cpus, names

NO_CPUS = ("I/O", "EP80579", "ARMv8", "IOP")
"""Controllers, and what a kernel prints where it knows no name."""

MISJOINED = {"Intel Xeon CPU Max 9460"}
"""Rows of the data whose cores and year are those of another CPU (6 cores, 2010)."""


def cpu_table(data: list[Row]) -> str:
    """Name, TDP in W, cores and year of each CPU, by name; see `named` and `merged`."""
    found: dict[str, list[Cells]] = {}
    for row in data:
        for name in filter(None, (named(row), *row["aliases"].split("|"))):
            said = cpus.spoken(name)
            facts = ("", "") if row["name"] in MISJOINED else (row["cores"], row["release_year"])
            cells = (said, row["tdp_w"], *facts)
            found.setdefault(names.key(said), []).append(cells)
    return table(("name", "rated_power_w", "cores", "year"), sorted(map(merged, found.values())))


def named(row: Row) -> str:
    """The name with its maker; empty where the data have a bare number, or no CPU."""
    name = row["name"]
    if any(word in name for word in NO_CPUS):
        return ""
    if row["vendor"] == "AMD" or "Gen " in name or name.startswith(("E1", "E2")):
        return f"AMD {name.replace('AMD ', '')}"
    if row["vendor"] != "other":
        return name
    return name if name.startswith("Cortex") else ""


def merged(same: list[Cells]) -> Cells:
    """One row for one name: the highest TDP that goes by it, and what any of them tells."""
    power = max((cells[1] for cells in same), key=float)
    cores, year = (next(filter(None, column), "") for column in list(zip(*same, strict=True))[2:])
    return same[0][0], power.removesuffix(".0"), cores, year
