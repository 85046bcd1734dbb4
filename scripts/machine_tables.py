"""I make embodied.csv and minerals.csv from the cited data: the making of machines."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from cells import Cells, Row, table, times

GRAMS_PER_KILOGRAM = 1000
SECONDS_PER_YEAR = 8760 * 3600

PARTS = {
    "cpu": ("cpu_default", "server CPU"),
    "memory-per-gb": ("ram_per_gb", "1 GB of memory"),
    "ssd-per-gb": ("ssd_per_gb", "1 GB of SSD"),
}
"""Parts of a host whose making has a published range."""

FRAME = {
    "motherboard": ("motherboard_unit", "motherboard"),
    "rack-chassis": ("chassis_rack", "rack chassis"),
    "power-supply": ("psu_per_kg", "power supply of 2.99 kg"),
    "assembly": ("assembly_server", "assembly of a server"),
}
"""Parts that every host has; their range is taken in proportion to that of the 2-socket server."""

SUPPLY_KG = Decimal("2.99")
"""Mass of one power supply, the default of the Boavizta API, which counts it per kg."""

MINERAL_PARTS = {
    **PARTS,
    "hdd": ("hdd_unit", "hard disk"),
    **FRAME,
    "small-host": ("server_2s_rack_no_gpu", "2-socket server"),
    "large-host": ("server_8gpu_no_gpu_ecologits", "8-GPU server without GPUs"),
}

STUDIES = {
    "A100-SXM4-80GB": ("0.00509", "ecologits"),
    "A100-PCIe-40GB": ("0.0069", "ademe-gpu"),
}
"""ADPe of accelerators in kgSbeq as a study other than the Boavizta API has it."""

MORE_MINERALS = {"gpu:AMD_Radeon_PRO_V620": "Radeon-Pro-V620"}
"""Accelerators whose ADPe stands in the table of ADPe alone."""


BOTTOM_UP = ("bottom-up model", "boavizta-parts")


def one(part: str, cell: str) -> str:
    """The figure of one piece, where the data have it per kg."""
    return format((Decimal(cell) * SUPPLY_KG).normalize(), "f") if part == "psu_per_kg" else cell


def in_proportion(cell: str, like: Row) -> Cells:
    """Value and ends in kg; the ends are as far from the value as those of another machine."""
    middle = Decimal(like["value"])
    ends = (Decimal(cell) * Decimal(like[f"value_{end}"]) / middle for end in ("low", "high"))
    return (cell, *(format(round(end, 2), "f") for end in ends))


def embodied(data: list[Row]) -> str:
    """Defaults: an unlisted accelerator, the hosts without accelerators, parts, the lifetime."""
    by = {row["key"]: row for row in data}
    gpu, small, large = by["gpu_default"], by["server_2s_rack_no_gpu"], by["server_8gpu_bloom"]
    ends = ("value", "value_low", "value_high")
    bare = by["server_8gpu_no_gpu_ecologits"]
    years = ("lifetime_gpu_olmo", "lifetime_server_ecologits", "lifetime_server_bloom")
    large_ends = (large["value"], small["value"], bare["value"])
    rows = (
        ("accelerator", "accelerator", *grams(gpu[end] for end in ends), "default"),
        ("small-host", "2-socket server", *grams(small[end] for end in ends), "default"),
        ("large-host", "8-GPU server without GPUs", *grams(large_ends), "proxy"),
        ("lifetime", "", *(times(by[key]["value"], SECONDS_PER_YEAR) for key in years), "s", ""),
    )
    sources = ("bloom-accelerator", "boavizta", "bloom-host", "lifetimes")
    parts = (
        (key, name, *grams(by[part][end] for end in ends), *BOTTOM_UP)
        for key, (part, name) in PARTS.items()
    )
    frame = (
        (key, name, *grams(in_proportion(one(part, by[part]["value"]), small)), *BOTTOM_UP)
        for key, (part, name) in FRAME.items()
    )
    columns = ("key", "name", "value", "low", "high", "unit", "method", "source")
    cited = ((*row, source) for row, source in zip(rows, sources, strict=True))
    return table(columns, (*cited, *parts, *frame))


def grams(cells_kg: Iterable[str]) -> Cells:
    """Numbers in kg as numbers in g, and their unit."""
    return (*(times(cell, GRAMS_PER_KILOGRAM) for cell in cells_kg), "gCO2e")


def minerals(devices: list[Row], parts: list[Row], more: list[Row]) -> str:
    """ADPe in kgSbeq of accelerators, then of parts, hosts and an unlisted accelerator."""
    name = {row["accelerator_id"]: row["name"] for row in devices}
    known = {row["accelerator_id"]: row["adpe_kgsbeq"] for row in devices if row["adpe_kgsbeq"]}
    known |= {MORE_MINERALS[row["key"]]: row["adpe"] for row in more if row["key"] in MORE_MINERALS}
    cards = (
        (each, name[each], known[each], "bottom-up model", "boavizta-minerals", *study(each))
        for each in sorted(known)
    )
    by = {row["key"]: plain(row["adpe_kgsbeq"]) for row in parts}
    pieces = (
        (key, said, one(part, by[part]), *BOTTOM_UP, "", "")
        for key, (part, said) in MINERAL_PARTS.items()
    )
    default = ("accelerator", "accelerator", by["gpu_default"], "default", "boavizta-minerals")
    columns = ("key", "name", "kgsbeq", "method", "source", "other_kgsbeq", "other_source")
    return table(columns, (*cards, *pieces, (*default, "", "")))


def study(device: str) -> Cells:
    """What another study found for the accelerator, and which."""
    return STUDIES.get(device, ("", ""))


def plain(cell: str) -> str:
    """A number without an exponent."""
    return times(cell, 1)
