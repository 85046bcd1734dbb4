"""I hold what is told over time and by stage to the sums that it is a part of."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.profile import Profile
from carbonlabel.model.provenance import Finding
from carbonlabel.rules.comparison import agree, shown
from carbonlabel.rules.rows import activities, known

_ROWS: Final = frozenset({"accelerators", "host", "computing"})
_ENOUGH_RATIO: Final = 0.95


def profiles(disclosure: Disclosure) -> Iterator[Finding]:
    """Hours add up to the IT energy, and their intensities to the mean; stages to the whole."""
    for at, activity in activities(disclosure):
        if activity.profile is not None:
            yield from _energy(at, activity, activity.profile)
            yield from _intensity(at, activity, activity.profile)
        yield from _stages(at, activity)


def _energy(at: str, activity: Activity, profile: Profile) -> Iterator[Finding]:
    rows = (part.energy for part in activity.parts if part.part in _ROWS)
    expected_kwh = math.fsum(each.value for each in known(rows))
    found_kwh = math.fsum(energy_kwh for _, energy_kwh in profile.energy)
    if not agree(found_kwh, expected_kwh):
        yield _mismatch(
            f"{at}/profile/energy",
            "The energy over time does not add up to that of the rows.",
            shown(expected_kwh, "kWh"),
            shown(found_kwh, "kWh"),
        )


def _intensity(at: str, activity: Activity, profile: Profile) -> Iterator[Finding]:
    """The mean by energy; where much of the time has no figure, nothing is expected."""
    weights = dict(profile.energy)
    told = [(weights.get(begin, 0.0), each) for begin, each in profile.intensity or ()]
    covered_kwh = math.fsum(weight for weight, _ in told)
    if covered_kwh < _ENOUGH_RATIO * math.fsum(weights.values()) or not covered_kwh:
        return
    found = math.fsum(weight / covered_kwh * each for weight, each in told)
    expected = activity.region.intensity.value
    # An hour of which the series knows a part only counts by that part.
    if abs(found - expected) > (1 - _ENOUGH_RATIO) * expected:
        yield _mismatch(
            f"{at}/profile/intensity",
            "The intensities over time are not those that the mean is of.",
            shown(expected, "gCO2e/kWh"),
            shown(found, "gCO2e/kWh"),
        )


def _stages(at: str, activity: Activity) -> Iterator[Finding]:
    if activity.stages is None:
        return
    share_ratio = math.fsum(activity.stages.values())
    counts = activity.stage_runs or {}
    runs = sum(counts.values())
    if not agree(share_ratio, 1.0) or runs != activity.runs or set(counts) != set(activity.stages):
        yield _mismatch(
            f"{at}/stages",
            "The stages do not add up to the activity.",
            f"1, of {activity.runs} runs",
            f"{share_ratio:.6g}, of {runs} runs",
        )


def _mismatch(place: str, message: str, expected: str, found: str) -> Finding:
    return Finding(
        code="profile-mismatch",
        severity="error",
        place=place,
        message=message,
        expected=expected,
        found=found,
        suggestion="assess the logs again; what is told over time is never typed",
    )
