"""I hold the energy of machines to what they can draw in the time they ran."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import devices
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.provenance import Finding
from carbonlabel.model.units import kwh_from_watt_seconds
from carbonlabel.rules import slips
from carbonlabel.rules.comparison import said, shown, slip
from carbonlabel.rules.rows import BESIDE, IT_PARTS, Row, activities, rows, rows_of

IMPOSSIBLE_RATIO: Final = 1.10
UNUSUAL_RATIO: Final = 1.05
IDLE_RATIO: Final = 0.03
_POWERED: Final = frozenset({"accelerators", "computing"})
"""The rows that hold the energy of accelerators; the second holds that of the host too."""
_TYPICAL_RATIO: Final = (0.3, 1.0)
"""Where a machine at work lies: a slip of units is believed only if it leads in here."""


def idle_machines(disclosure: Disclosure) -> Iterator[Finding]:
    """No machine runs on no energy."""
    for row in rows(disclosure):
        energy, duration = row.part.energy, row.activity.duration
        if row.part.part not in IT_PARTS - BESIDE or not isinstance(energy, Estimate):
            continue
        if energy.value == 0 and isinstance(duration, Estimate) and duration.value > 0:
            yield Finding(
                code="zero-energy",
                severity="error",
                place=f"{row.place}/energy",
                message=f"The {row.part.part} ran on no energy at all.",
                expected="more than 0 kWh, or missing with the reason",
                found=f"0 kWh in {shown(duration.value, 's')}",
                suggestion="the tracker could not read the power: leave the figure missing",
            )


def rated_power(disclosure: Disclosure) -> Iterator[Finding]:
    """Accelerators draw between 3 and 105 % of their rated power; with their host, at least 3 %."""
    for at, activity in activities(disclosure):
        power_w = _rated_power_w(activity)
        for row in rows_of(at, activity):
            energy = row.part.energy
            if power_w and row.part.part in _POWERED and isinstance(energy, Estimate):
                yield from _bounded(row, energy, power_w)


def _rated_power_w(activity: Activity) -> float | None:
    # One accelerator that is not in the table leaves the sum without a bound.
    total_w = 0.0
    for device in activity.hardware:
        if device.kind == "accelerator":
            rated_w = _rated_w(device.name)
            if rated_w is None:
                return None
            total_w += device.count * rated_w
    return total_w


def _rated_w(name: str) -> float | None:
    try:
        match = devices.find(name)
    except MissingFactor:
        return None
    meant = (match.row, *map(devices.by_id, match.ambiguous))
    return max((each.rated_power_w for each in meant if each.rated_power_w), default=None)


def _is_typical(ratio: float) -> bool:
    return _TYPICAL_RATIO[0] <= ratio <= _TYPICAL_RATIO[1]


def _bounded(row: Row, energy: Estimate, power_w: float) -> Iterator[Finding]:
    duration = row.activity.duration
    if not isinstance(duration, Estimate) or not energy.value:
        return
    most_kwh = kwh_from_watt_seconds(power_w, duration.value)
    if not most_kwh:
        return
    ratio = energy.value / most_kwh
    above = ratio > UNUSUAL_RATIO
    if ratio >= IDLE_RATIO and not (above and row.part.part == "accelerators"):
        return
    slipped = slip(ratio, _is_typical, row.activity, slips.POWER)
    side = "above" if above else "far below"
    yield Finding(
        code="power-above-rated" if above else "power-below-rated",
        severity="error" if ratio > IMPOSSIBLE_RATIO else "warning",
        place=f"{row.place}/energy",
        message=said(f"The accelerators' energy is {side} their rated power × duration", slipped),
        expected=f"3 % to 105 % of {shown(most_kwh, 'kWh')} = "
        f"{shown(power_w, 'W')} × {shown(duration.value, 's')}",
        found=f"{shown(energy.value, 'kWh')}, {shown(100 * ratio, '%')}",
        suggestion="check the device count, the duration and whose energy the tracker read",
    )
