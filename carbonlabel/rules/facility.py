"""I ask whether cooling and overhead are counted, once, by a PUE that can be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.provenance import Finding
from carbonlabel.rules.comparison import agree, shown
from carbonlabel.rules.rows import IT_PARTS, activities, known
from carbonlabel.rules.sites import is_cloud

CHOSEN: Final = "not counted"
"""What the reason says where somebody chose to leave the PUE out."""
LEAST_RATIO: Final = 1.03
"""The best data centres publish a little more over a year."""
_CONSTANTS: Final = frozenset({"tracker-pue-replaced", "tracker-pue-removed"})


def stated(disclosure: Disclosure) -> Iterator[Finding]:
    """A PUE is stated, or left out by choice, wherever cooling is not known otherwise."""
    for at, activity in activities(disclosure):
        pue = activity.region.pue
        if isinstance(pue, Missing) and CHOSEN not in pue.reason and _misses_overhead(activity):
            yield Finding(
                code="pue-not-stated",
                severity="warning",
                place=f"{at}/region/pue",
                message="Cooling and overhead are not counted: nothing states the PUE of the site.",
                suggestion="--pue 1.0 for a machine under a desk, or the PUE of the data centre",
            )


def likely(disclosure: Disclosure) -> Iterator[Finding]:
    """A data centre takes some energy besides that of its machines."""
    for at, activity in activities(disclosure):
        pue = activity.region.pue
        if not isinstance(pue, Estimate) or not 1 <= pue.value < LEAST_RATIO:
            continue
        if pue.value > 1 or is_cloud(activity.region.site):
            yield Finding(
                code="pue-unlikely",
                severity="warning",
                place=f"{at}/region/pue",
                message="The PUE is lower than data centres reach over a year.",
                expected=f"at least {LEAST_RATIO:g}, or 1 for a machine that has no data centre",
                found=shown(pue.value, "ratio"),
                suggestion="state the annual mean that the operator publishes, with its source",
            )


def once(disclosure: Disclosure) -> Iterator[Finding]:
    """A PUE that is in the log's energy is taken out before it is put in."""
    replaced = {each.place for each in disclosure.findings if each.code in _CONSTANTS}
    for at, activity in activities(disclosure):
        theirs, place = activity.reported.energy, f"{at}/region/pue"
        if activity.pue_in_energy != "yes" or not isinstance(theirs, Estimate) or not theirs.value:
            continue
        added_kwh = _known_kwh(activity, frozenset({"overhead"}))
        it_kwh = _known_kwh(activity, IT_PARTS)
        if added_kwh and agree(it_kwh, theirs.value) and place not in replaced:
            yield Finding(
                code="pue-counted-twice",
                severity="error",
                place=place,
                message="The log's energy holds cooling and overhead, and they were added again.",
                expected=f"{shown(theirs.value, 'kWh')} with cooling, as in the log",
                found=f"{shown(it_kwh + added_kwh, 'kWh')} = {shown(it_kwh, 'kWh')}"
                f" + {shown(added_kwh, 'kWh')}",
                suggestion="assess the logs again",
            )


def _known_kwh(activity: Activity, names: frozenset[str]) -> float:
    return sum(
        each.value for each in known(part.energy for part in activity.parts if part.part in names)
    )


def _misses_overhead(activity: Activity) -> bool:
    cooling = (part.emissions for part in activity.parts if part.part == "overhead")
    return any(isinstance(each, Missing) and each.missing == "not-stated" for each in cooling)
