"""I note what a benchmark used for each unit of its work, until a disclosure has a field for it."""

from __future__ import annotations

from typing import Final

from carbonlabel.model.provenance import Finding
from carbonlabel.model.units import SCALES

_UNITS: Final = ("kWh", "Wh", "mWh")


def per_unit(found: str, place: str, message: str) -> Finding:
    """The finding that keeps a figure such as `2.3 Wh per 1 000 queries`; nothing is scaled."""
    return Finding(
        code="inference-per-unit", severity="note", place=place, message=message, found=found
    )


def energy_text(energy_kwh: float) -> str:
    """An energy for a message, in a unit in which it is at least 1 where there is one.

    >>> energy_text(0.0000283)
    '28.3 mWh'
    """
    scale = SCALES["kWh"]
    unit = next((unit for unit in _UNITS if abs(energy_kwh) >= scale[unit]), _UNITS[-1])
    return f"{energy_kwh / scale[unit]:.4g} {unit}"
