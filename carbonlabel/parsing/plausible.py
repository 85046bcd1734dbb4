"""I tell an energy that no machine can use from one that some machine might."""

from __future__ import annotations

from typing import Final

from carbonlabel.model.provenance import Finding
from carbonlabel.model.units import kwh_from_watt_seconds

_MOST_W: Final = 60_000.0
"""No machine draws more: 20 kW for a node full of accelerators, and a PUE of 3."""


def above_a_machine(energy_kwh: float, duration_s: float, tracker: str) -> Finding | None:
    """The finding for one machine's energy in kWh that stands for more than 60 kW; else None."""
    most_kwh = kwh_from_watt_seconds(_MOST_W, duration_s)
    if not duration_s or energy_kwh <= most_kwh:
        return None
    # Without the figures of the run, so that a thousand rows of one file make one finding.
    return Finding(
        code="energy-implausible",
        severity="error",
        place="computing",
        message=f"The energy is more than any one machine can use in the time: {tracker} went "
        "wrong, or the file was edited.",
        expected=f"at most {_MOST_W:.0f} W on average",
        suggestion="leave these runs out, or state rated power and hours in a manual.yaml",
    )
