"""I know what cooling that nobody states may add to published figures."""

from __future__ import annotations

from typing import Final

from carbonlabel.method.operational import implied_intensity, operational
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.provenance import Finding
from carbonlabel.rules.comparison import shown

MOST_OVERHEAD_RATIO: Final = 2.5
"""What a site takes at most for each kWh of its accelerators (1.74 in Olmo 3)."""
_TYPED: Final = "typed"
"""The key of what was stated on the command line."""


def is_stated(disclosure: Disclosure, factor: Estimate | Missing | None) -> bool:
    """Whether a factor of the place stands in a log or a file, and in no table of ours."""
    source = factor.source if isinstance(factor, Estimate) else None
    return source is not None and (source in disclosure.inputs or source.startswith("region-"))


def is_open(disclosure: Disclosure, activity: Activity) -> bool:
    """Whether nobody says the PUE of the site, so that published figures may have another."""
    pue = activity.region.pue
    is_typed = isinstance(pue, Estimate) and pue.source == _TYPED
    return not (is_typed or is_stated(disclosure, pue)) and activity.pue_in_energy != "yes"


def explains(at: str, theirs: Estimate, factor: Estimate, machines: Estimate) -> Finding | None:
    """A warning where published emissions may hold cooling: 1 to 2.5 times machines × grid factor.

    None where they are less than that, or more than any site takes.
    """
    if not machines.value or not factor.value:
        return None
    ratio = implied_intensity(theirs.value, factor.value) / machines.value
    if not 1 < ratio <= MOST_OVERHEAD_RATIO:
        return None
    return Finding(
        code="reported-emissions-mismatch",
        severity="warning",
        place=f"{at}/reported/emissions",
        message=f"The published figure of emissions is {ratio:.3g} times energy × grid "
        "factor, as with cooling that nobody states.",
        expected=f"{shown(operational(machines.value, factor.value), 'gCO2e')}"
        f" = {shown(machines.value, 'kWh')} (IT) × {shown(factor.value, 'gCO2e/kWh')}",
        found=shown(theirs.value, "gCO2e"),
        suggestion="state the PUE that it was published with",
    )
