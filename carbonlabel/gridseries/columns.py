"""I know from a table's header which column holds times, and which intensities in what unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.region import Accounting, Scope
from carbonlabel.model.series import Kind
from carbonlabel.model.units import SCALES
from carbonlabel.parsing.samples import shown

_TIME: Final = re.compile(r"(datetime|date_?time|begin|start|timestamp|time)[ _]*(\(?utc\)?)?")
_INTENSITY: Final = re.compile(r"(carbon|grid)?[ _]?intensity\b|intensity_|_intensity")
_UNIT: Final = re.compile(
    r"(?<![a-z])(?P<mass>mg|kg|g|t|lb)s?[ _]?(co2-?(eq?)?)?[ _]*(/|per)[ _]*(?P<energy>[km]wh)"
)
_DIRECT: Final = re.compile(r"(?<![a-z])direct(?![a-z])")
_LIFECYCLE: Final = re.compile(r"(?<![a-z])(life[ _-]?cycle|lca)(?![a-z])")
_CONSUMPTION: Final = re.compile(r"(?<![a-z])consumption(?![a-z])")
_MARGINAL: Final = re.compile(r"(?<![a-z])(marginal|moer)(?![a-z])")
_SPELLED: Final = {"kwh": "kWh", "mwh": "MWh"}
_UNITS: Final = SCALES["gCO2e/kWh"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of intensities."""

    name: str
    """As the header spells it."""
    scale: float
    """How many gCO2e/kWh one of its unit is."""
    scope: Scope | None
    """None where the header does not say it."""
    accounting: Accounting
    kind: Kind


@dataclass(frozen=True, slots=True)
class Header:
    """Where times, zones and intensities stand."""

    time: str
    """Name of the column of times."""
    is_utc: bool
    """Whether the header says that they are UTC."""
    zone: str | None
    """Name of the column of zones, where there is one."""
    intensity: Column
    """The intensities; the life-cycle column where there are several."""


def first_line(log: Log) -> Sequence[str]:
    """The names in the first line that is not blank; the file's name does not count."""
    lines = log.head.decode("utf-8", "replace").splitlines()
    first = next((line for line in lines if line.strip()), "")
    return [name.strip().strip('"').strip() for name in first.split(",")]


def plain(name: str) -> str:
    """A name of a column in lower case, with an ordinary 2 for the small one of CO₂."""
    return name.strip().lower().replace("₂", "2")


def is_series(names: Sequence[str]) -> bool:
    """Whether these are names of a table of intensities over time."""
    return _named(names, _TIME, is_whole=True) != [] and _named(names, _INTENSITY) != []


def is_publishers(names: Sequence[str]) -> bool:
    """Whether the table names its zone by id, as Electricity Maps does."""
    return is_series(names) and "zone id" in map(plain, names)


def header(names: Sequence[str], *, where: str) -> Header:
    """The columns of a table with these names.

    Raises:
        MalformedInput: no column holds times or intensities, or one does not say its unit.
    """
    times = _named(names, _TIME, is_whole=True)
    if not times or not _named(names, _INTENSITY):
        raise MalformedInput(
            "the header names no column of times, or none of intensities",
            where=where,
            hint="such as: datetime,intensity lifecycle (gCO2e/kWh)",
        )
    columns = [_column(name, where) for name in _named(names, _INTENSITY)]
    zones = [name for name in names if plain(name) in {"zone id", "zone", "zone_id"}]
    return Header(
        time=times[0],
        is_utc=plain(times[0]).strip("()").endswith("utc"),
        zone=zones[0] if zones else None,
        intensity=min(columns, key=_rank),
    )


def _named(names: Sequence[str], pattern: re.Pattern[str], *, is_whole: bool = False) -> list[str]:
    match = pattern.fullmatch if is_whole else pattern.search
    return [name for name in names if match(plain(name))]


def _column(name: str, where: str) -> Column:
    words = plain(name)
    unit = _UNIT.search(words)
    spelled = f"{unit['mass']}CO2e/{_SPELLED[unit['energy']]}" if unit else ""
    if spelled not in _UNITS:
        raise MalformedInput(
            f"{shown(name)} does not say its unit, or one that is not known",
            where=where,
            hint=f"such as: intensity lifecycle (gCO2e/kWh); known are {', '.join(_UNITS)}",
        )
    is_direct, is_lifecycle = bool(_DIRECT.search(words)), bool(_LIFECYCLE.search(words))
    return Column(
        name=name,
        scale=_UNITS[spelled],
        scope="direct" if is_direct else "lifecycle" if is_lifecycle else None,
        accounting="consumption" if _CONSUMPTION.search(words) else "production",
        kind="marginal" if _MARGINAL.search(words) else "average",
    )


def _rank(column: Column) -> tuple[bool, bool]:
    return column.kind == "marginal", column.scope != "lifecycle"
