"""I hold device-hours to the devices and their hours."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.provenance import Finding
from carbonlabel.rules import slips
from carbonlabel.rules.comparison import said, shown, slip
from carbonlabel.rules.rows import activities
from carbonlabel.rules.tolerance import LOG_RATIO

_KINDS: Final = frozenset[slips.Kind]({"count", "time"})


def device_hours(disclosure: Disclosure) -> Iterator[Finding]:
    """Device-hours are the devices × the time that they ran, each counted once."""
    for at, activity in activities(disclosure):
        claimed = activity.compute.device_time if activity.compute else None
        expected_s = _device_s(activity)
        if not isinstance(claimed, Estimate) or not expected_s:
            continue
        if not _near(expected_s, claimed.value):
            guess = slip(claimed.value, partial(_near, expected_s), activity, _KINDS)
            yield Finding(
                code="device-hours-mismatch",
                severity="error",
                place=f"{at}/compute/device_time",
                message=said("The device-hours are not devices × hours", guess),
                expected=f"{shown(expected_s, 's')} = {_working(activity)}",
                found=shown(claimed.value, "s"),
                suggestion="state either hours and count, or device_hours alone",
            )


def _device_s(activity: Activity) -> float:
    if not isinstance(activity.duration, Estimate):
        return 0.0
    return _count(activity) * activity.duration.value


def _count(activity: Activity) -> float:
    boards = (each for each in activity.hardware if each.kind == "accelerator")
    return sum(each.count * (each.share or 1.0) for each in boards)


def _working(activity: Activity) -> str:
    duration = activity.duration
    time = shown(duration.value, "s") if isinstance(duration, Estimate) else ""
    return f"{_count(activity):g} devices × {time}"


def _near(expected_s: float, found_s: float) -> bool:
    return abs(found_s - expected_s) <= LOG_RATIO * expected_s
