"""I am the columns of an nvidia-smi table: where time, power and identity of a board stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from carbonlabel.errors import MalformedInput

# An average over the second before says more of the time between two samples than an instant.
_POWERS: Final = ("power.draw.average", "power.draw", "power.draw.instant")
_IDENTITIES: Final = ("uuid", "gpu_uuid", "pci.bus_id", "gpu_bus_id", "index")
_BESIDE: Final = ("gpu", "gpu_id", "gpu_index", "device", "node", "host", "hostname")
"""What scripts write before the columns of nvidia-smi to tell boards or machines apart."""
_NAMES: Final = ("name", "gpu_name")
_QUERY: Final = "--query-gpu=timestamp,uuid,name,power.draw --format=csv"


@dataclass(frozen=True, slots=True)
class Columns:
    """Places in a row, from 0."""

    header: tuple[str, ...]
    time: int
    power: int
    identity: int | None
    """What tells one board from another; None where nothing does."""
    name: int | None
    beside: tuple[int, ...] = ()
    """What a script may have written to tell boards or machines apart; nvidia-smi knows none."""


def cells_of(line: str) -> list[str]:
    """The cells of a line, without blanks and quotation marks around them."""
    return [cell.strip(' \t"') for cell in line.split(",")]


def columns(line: str, *, where: str) -> Columns:
    """The columns that a header line names; a unit behind a name, `[W]`, is no part of it.

    Raises:
        MalformedInput: it has no time or no power, or is no header.
    """
    header = tuple(cells_of(line))
    names = [name.partition("[")[0].strip() for name in header]
    if "timestamp" not in names and line.lstrip()[:1].isdigit():
        raise MalformedInput(
            "there is no header line",
            where=where,
            hint="record without noheader, or put the queried names in a first line",
        )
    time, power = _first(names, ("timestamp",)), _first(names, _POWERS)
    if time is None or power is None:
        raise MalformedInput(
            "the header names no column timestamp or no column power.draw",
            where=where,
            hint=f"commas between the columns, as {_QUERY} writes them",
        )
    _refuse_unit(header[power], where)
    beside = tuple(names.index(name) for name in _BESIDE if name in names)
    return Columns(header, time, power, _first(names, _IDENTITIES), _first(names, _NAMES), beside)


def _first(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((names.index(name) for name in wanted if name in names), None)


def _refuse_unit(title: str, where: str) -> None:
    unit = title.partition("[")[2].rstrip("] ")
    if unit not in ("", "W"):
        raise MalformedInput("the power is not in W", where=where, hint="nvidia-smi writes [W]")
