"""I ask whether the share of making the hardware is one that can be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.provenance import Finding
from carbonlabel.rules.comparison import shown
from carbonlabel.rules.rows import activities

_ALLOWED_RATIO: Final = 0.01
_USUAL_PERCENT: Final = (0.1, 95.0)
"""Which share of a total the making of the hardware has in what was published."""


def lifetimes(disclosure: Disclosure) -> Iterator[Finding]:
    """One run takes no longer than its machines are in use."""
    for at, activity in activities(disclosure):
        duration = activity.duration
        # The hours of several runs may be of several machines: their sum has no bound.
        if activity.runs > 1 or not isinstance(duration, Estimate):
            continue
        for number, device in enumerate(activity.hardware):
            life = device.lifetime
            if life is not None and duration.value > life.value * (1 + _ALLOWED_RATIO):
                yield Finding(
                    code="lifetime-exceeded",
                    severity="error",
                    place=f"{at}/hardware/{number}/lifetime",
                    message="The run lasts longer than the machine is said to be in use.",
                    expected=f"at least {shown(duration.value, 's')}",
                    found=shown(life.value, "s"),
                    suggestion="correct the hours (device-hours?), or lifetime in hardware.yaml",
                )


def shares(disclosure: Disclosure) -> Iterator[Finding]:
    """Making the hardware is between 0.1 and 95 % of the total."""
    made, total = disclosure.totals.manufacture, disclosure.totals.emissions
    if not isinstance(made, Estimate) or not isinstance(total, Estimate) or not total.value:
        return
    share_percent = 100 * made.value / total.value
    low, high = _USUAL_PERCENT
    if not low <= share_percent <= high:
        yield Finding(
            code="manufacture-share-unusual",
            severity="note",
            place="/totals/manufacture",
            message="The share of making the hardware in the total is unusual.",
            expected=f"{low:g} % to {high:g} %",
            found=shown(share_percent, "%"),
            suggestion="check the energy, the duration, and making in hardware.yaml",
        )
