"""I hold the energy of machines to what they can draw in the time they ran."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.errors import MissingFactor
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
MOST_HOST_W: Final = 20_000.0
"""No node draws more beside its accelerators."""
_POWERED: Final = frozenset({"accelerators", "computing"})
"""The rows that hold the energy of accelerators; the second holds that of the host too."""
_CARRIED_COUNT: Final = 8
_MOST_PUE_RATIO: Final = 3.0
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
    """Accelerators draw 3 to 105 % of their rated power, and their hosts no more than nodes do."""
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
    from carbonlabel.factors import devices  # noqa: PLC0415 - not every run names a board

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
    if row.part.part == "computing" and ratio >= IDLE_RATIO:
        yield from _with_hosts(row, energy, kwh_from_watt_seconds(1.0, duration.value), power_w)
        return
    above = ratio > UNUSUAL_RATIO
    if ratio >= IDLE_RATIO and not above:
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


def _with_hosts(row: Row, energy: Estimate, hours_kwh: float, power_w: float) -> Iterator[Finding]:
    """The energy of accelerators and hosts together is no more than both can draw."""
    most_w = _most_w(row.activity, power_w)
    if energy.value <= most_w * hours_kwh:
        return
    hosts = "20 kW for each host"
    yield Finding(
        code="power-above-rated",
        severity="warning",
        place=f"{row.place}/energy",
        message="The energy is above what the accelerators and their hosts can draw in that time.",
        expected=f"at most {shown(most_w * hours_kwh, 'kWh')}: rated power, and {hosts}",
        found=shown(energy.value, "kWh"),
        suggestion="check the power, the hours and the unit; name all machines in hardware.yaml",
    )


def _most_w(activity: Activity, power_w: float) -> float:
    boards = sum(each.count for each in activity.hardware if each.kind == "accelerator")
    hosts = sum(each.count for each in activity.hardware if each.kind == "host")
    least = -(-boards // _CARRIED_COUNT)
    machines_w = power_w * UNUSUAL_RATIO + max(hosts, least) * MOST_HOST_W
    is_cooled = any(each.part == "overhead" and each.energy for each in activity.parts)
    return machines_w if is_cooled else machines_w * _MOST_PUE_RATIO
