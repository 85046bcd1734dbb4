"""I read the values that sacct prints: energies, durations, times, trackable resources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.model.units import SCALES, kwh_from_joules, seconds_from_clock
from carbonlabel.parsing import amounts
from carbonlabel.parsing.table import Row

_NO_VALUES: Final = frozenset({0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFE, 0xFFFFFFFFFFFFFFFF})
"""Slurm's NO_VAL and INFINITE of 32 and 64 bits: nothing, and no energy."""
_WHOLE: Final = re.compile(r"\d{1,20}", re.ASCII)
_PREFIXED: Final = re.compile(r"(\d{1,20}(?:\.\d{1,6})?)([KMGTPE]?)", re.ASCII)
_ELAPSED: Final = re.compile(r"(?:(\d{1,5})-)?(?:(\d{1,3}):)?(\d\d):(\d\d(?:\.\d{1,6})?)", re.ASCII)
_EPOCH: Final = re.compile(r"\d{10}", re.ASCII)
_J: Final[dict[str, str]] = {"": "J", "K": "kJ", "M": "MJ", "G": "GJ"}
_HINT: Final = "print it with sacct -P and do not edit it"
_NEVER: Final = frozenset({"", "unknown", "none"})


@dataclass(frozen=True, slots=True)
class Joules:
    """What one row says of energy."""

    energy_kwh: float
    column: str
    """Where it stands."""
    is_rounded: bool = False
    """Whether sacct printed three digits of it only."""


def energy(row: Row) -> Joules | None:
    """The first energy of a row that is above zero; None where there is none.

    Zero and Slurm's numbers for "no value" are what it prints where no plugin reads energy.

    Raises:
        MalformedInput: one of them is no energy.
    """
    whole = _whole(row, "ConsumedEnergyRaw")
    if whole:
        return Joules(kwh_from_joules(whole), "ConsumedEnergyRaw")
    for column in ("TRESUsageInTot", "AllocTRES"):
        used = resources(row, column).get("energy", "")
        joules = _counted(used, row.where(column)) if used else 0
        if joules:
            return Joules(kwh_from_joules(joules), column)
    return _prefixed(row)


def elapsed_s(row: Row) -> float | None:
    """How long a job or step ran, in s; None where the row does not say.

    Raises:
        MalformedInput: it is no duration.
    """
    if row.text("ElapsedRaw"):
        return row.number("ElapsedRaw")
    text = row.text("Elapsed")
    if text is None or text.lower() in _NEVER:
        return None
    match = _ELAPSED.fullmatch(text)
    if match is None:
        raise MalformedInput(
            f"{amounts.quoted(text)} is no duration", where=row.where("Elapsed"), hint=_HINT
        )
    days, hours, minutes, seconds = match.groups()
    clock_s = seconds_from_clock(int(hours or 0), int(minutes), float(seconds))
    return int(days or 0) * SCALES["s"]["d"] + clock_s


def moment(row: Row, column: str) -> datetime | None:
    """A time of the cluster's clock, or of SLURM_TIME_FORMAT="%s"; None where it cannot be read."""
    text = row.text(column) or ""
    try:
        if _EPOCH.fullmatch(text):
            return datetime.fromtimestamp(int(text), UTC)
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def has_begun(row: Row) -> bool:
    """Whether a time stands under Start, readable or not, or the job ran for a while."""
    begun = (row.text("Start") or "").lower() not in _NEVER
    return bool(elapsed_s(row)) or (begun and "Elapsed" not in row.fields)


def resources(row: Row, column: str) -> Mapping[str, str]:
    """Trackable resources by name: `{"cpu": "64", "gres/gpu:a100": "4"}`."""
    pairs = (entry.partition("=") for entry in (row.fields.get(column) or "").split(","))
    return {name.strip(): value.strip() for name, equal, value in pairs if equal}


def count(text: str | None) -> int | None:
    """A count from 1 to a million; None for anything else."""
    if text is None or not _WHOLE.fullmatch(text.strip()):
        return None
    found = int(text.strip())
    return found if 0 < found < _MOST_COUNT else None


def _whole(row: Row, column: str) -> int:
    text = row.text(column)
    return _counted(text, row.where(column)) if text else 0


def _counted(text: str, where: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise MalformedInput(
            f"{amounts.quoted(text)} is no whole number of joules", where=where, hint=_HINT
        )
    found = int(text)
    return 0 if found in _NO_VALUES else found


def _prefixed(row: Row) -> Joules | None:
    text = row.text("ConsumedEnergy")
    match = _PREFIXED.fullmatch(text) if text else None
    if text and match is None:
        raise MalformedInput(
            f"{amounts.quoted(text)} is no energy", where=row.where("ConsumedEnergy"), hint=_HINT
        )
    if match is None or not float(match[1]):
        return None
    if not match[2]:
        joules = float(match[1])
        return None if joules in _NO_VALUES else _found(joules, "J", is_rounded=False)
    if match[2] not in _J:
        # 18.4E is how sacct prints "no value"; no job uses a terajoule either.
        return None
    return _found(float(match[1]), _J[match[2]], is_rounded=True)


def _found(value: float, unit: str, *, is_rounded: bool) -> Joules:
    return Joules(value * SCALES["kWh"][unit], "ConsumedEnergy", is_rounded)


_MOST_COUNT: Final = 10**6
