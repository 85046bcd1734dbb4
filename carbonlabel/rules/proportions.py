"""I ask whether the parts of the electricity are to each other as such parts are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.model.disclosure import Activity, Disclosure, PartName
from carbonlabel.model.provenance import Finding
from carbonlabel.rules.comparison import shown
from carbonlabel.rules.rows import activities, known

_HOST_PERCENT: Final = (1.0, 60.0)
_MOST_FACILITY_RATIO: Final = 2.5
"""Facility energy ÷ that of the accelerators; 1.74 in Olmo 3 (arXiv:2605.01158)."""


def hosts(disclosure: Disclosure) -> Iterator[Finding]:
    """Beside accelerators, CPU and memory take 1 to 60 % of the energy of the machines."""
    for at, activity in activities(disclosure):
        accelerators_kwh, host_kwh = (_kwh(activity, name) for name in ("accelerators", "host"))
        if not accelerators_kwh or not host_kwh:
            continue
        share_percent = 100 * host_kwh / (accelerators_kwh + host_kwh)
        low, high = _HOST_PERCENT
        if not low <= share_percent <= high:
            yield Finding(
                code="host-share-unusual",
                severity="note",
                place=f"{at}/parts",
                message="The share of CPU and memory in the energy is unusual beside accelerators.",
                expected=f"{low:g} % to {high:g} %",
                found=shown(share_percent, "%"),
                suggestion="check whether the tracker saw all accelerators, and the whole host",
            )


def facilities(disclosure: Disclosure) -> Iterator[Finding]:
    """A site takes at most 2.5 times the energy of its accelerators."""
    for at, activity in activities(disclosure):
        accelerators_kwh = _kwh(activity, "accelerators")
        facility_kwh = accelerators_kwh + _kwh(activity, "host") + _kwh(activity, "overhead")
        ratio = facility_kwh / accelerators_kwh if accelerators_kwh else 1.0
        if ratio > _MOST_FACILITY_RATIO:
            yield Finding(
                code="overhead-unusual",
                severity="note",
                place=f"{at}/parts",
                message="Host and cooling take more than is usual beside accelerators.",
                expected=f"at most {_MOST_FACILITY_RATIO:g} times the accelerators' energy",
                found=shown(ratio, "ratio"),
                suggestion="check the PUE, and whether the tracker saw all accelerators",
            )


def _kwh(activity: Activity, name: PartName) -> float:
    return sum(
        each.value for each in known(part.energy for part in activity.parts if part.part == name)
    )
