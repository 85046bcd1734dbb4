"""I list the accelerators and CPUs that are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from carbonlabel.catalogue.columns import Fact, cited, columns, right
from carbonlabel.catalogue.searching import fitting
from carbonlabel.factors import cpus, devices, minerals, rows
from carbonlabel.factors import near as naming
from carbonlabel.model import units

_HEADS: Final = ("device", "kind", "power", "size", "making, kg", "minerals, g")
_MOST_CPUS_COUNT: Final = 200
_UNKNOWN: Final = "–"
_MEANING: Final = (
    "Making: emissions from cradle to gate, kg CO2e; minerals: ADPe, g Sb eq; in",
    "brackets 95 % intervals. – nobody has published it: a default is taken.",
)
_KG: Final = units.SCALES["gCO2e"]["kgCO2e"]
_G: Final = units.SCALES["kgSbeq"]["gSbeq"]

Device = devices.DeviceRow | cpus.Cpu


def facts(words: Sequence[str]) -> list[Fact]:
    """All that the tables have of each device, accelerators first.

    Names, ids, kinds, memory and what drivers and trackers print are looked at.
    """
    aliases = _aliases() if words else {}
    every: tuple[Device, ...] = (*devices.list_devices(), *cpus.every())
    return [_fact(each) for each in fitting(every, words, lambda each: _told(each, aliases))]


def table(listed: Sequence[Fact]) -> list[str]:
    """A line each, and below them what the columns mean; of many CPUs their count alone."""
    processors = [fact for fact in listed if fact["kind"] == "cpu"]
    shown = listed if len(processors) <= _MOST_CPUS_COUNT else _accelerators(listed)
    lines = _lines(shown)
    if len(shown) < len(listed):
        lines.append(f"… and {len(processors)} CPUs: say more of a name, such as epyc 7763")
    meaning = _MEANING if _accelerators(shown) else ()
    return [*lines, "", *meaning, "--json has all facts and sources."]


def _lines(shown: Sequence[Fact]) -> list[str]:
    """The columns; those of making are left out where nothing in the list has one."""
    if not shown:
        return []
    heads = _HEADS if _accelerators(shown) else _HEADS[:4]
    cells = [_cells(fact)[: len(heads)] for fact in shown]
    powers = right([_HEADS[2], *(row[2] for row in cells)])
    rows_shown = [(*row[:2], power, *row[3:]) for row, power in zip(cells, powers[1:], strict=True)]
    return columns((*heads[:2], powers[0], *heads[3:]), rows_shown, gives_way=0)


def near(text: str) -> tuple[str, ...]:
    """Devices that are called nearly so."""
    known = (*(row.name for row in devices.list_devices()), *(cpu.name for cpu in cpus.every()))
    return naming.names(text, {naming.plain(name): name for name in known})


def _accelerators(listed: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in listed if fact["kind"] != "cpu"]


def _aliases() -> dict[str, list[str]]:
    """The names of each accelerator in the form in which the table files them."""
    found: dict[str, list[str]] = {}
    for row in rows.every("accelerator_names.csv"):
        found.setdefault(row["id"], []).append(row["name"])
    return found


def _told(device: Device, aliases: dict[str, list[str]]) -> Iterable[str]:
    """Every text that a search looks at."""
    if isinstance(device, cpus.Cpu):
        return (device.name, "cpu")
    return (
        *(device.name, device.id, device.kind, device.memory or ""),
        (device.memory or "").replace(" ", ""),
        *aliases.get(device.id, ()),
    )


def _fact(device: Device) -> Fact:
    return _cpu(device) if isinstance(device, cpus.Cpu) else _accelerator(device)


def _cpu(cpu: cpus.Cpu) -> Fact:
    return {
        "device": cpu.name,
        "kind": "cpu",
        "rated_power_w": cpu.rated_power_w,
        "cores_count": cpu.cores_count,
        "year": cpu.year,
        "power_source": cited(cpu.source),
    }


def _accelerator(row: devices.DeviceRow) -> Fact:
    used_up = minerals.of_id(row.id)
    return {
        "device": row.name,
        "kind": row.kind,
        "id": row.id,
        "memory": row.memory,
        "rated_power_w": row.rated_power_w,
        "power_source": cited(row.power_source),
        "making": None if row.making is None else _cited(row.making._asdict()),
        "minerals": None if used_up is None else _cited(used_up._asdict()),
        "note": row.note,
    }


def _cited(figure: dict[str, object]) -> Fact:
    """A figure with its sources written out."""
    keys = [name for name in figure if name.endswith("source") and figure[name] is not None]
    return figure | {name: cited(str(figure[name])) for name in keys}


def _cells(fact: Fact) -> tuple[str, ...]:
    power, making, used_up = fact["rated_power_w"], fact.get("making"), fact.get("minerals")
    cores = fact.get("cores_count")
    return (
        str(fact["device"]),
        str(fact["kind"]),
        f"{power:g} W" if power is not None else _UNKNOWN,
        f"{cores} cores" if cores else str(fact.get("memory") or ""),
        _ranged(making, "gco2e", _KG, 0) if isinstance(making, dict) else _absent(fact),
        _ranged(used_up, "kgsbeq", _G, 1) if isinstance(used_up, dict) else _absent(fact),
    )


def _absent(fact: Fact) -> str:
    return "" if fact["kind"] == "cpu" else _UNKNOWN


def _ranged(figure: dict[str, float], name: str, scale: float, digits: int) -> str:
    """A value with its ends, for people: 150 (128–568)."""
    value, low, high = (figure[f"{end}{name}"] / scale for end in ("", "low_", "high_"))
    return f"{value:.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"
