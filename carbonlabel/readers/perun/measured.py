"""I am what perun says of one run, in its own units, whichever file it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from carbonlabel.model.estimate import Estimate
from carbonlabel.model.hardware import Device
from carbonlabel.model.units import SCALES

_FLOP: Final = SCALES["FLOP"]
PREFIXES: Final = {
    **{unit.removesuffix("W"): scale for unit, scale in SCALES["W"].items()},
    "G": _FLOP["GFLOP"],
    "T": _FLOP["TFLOP"],
}
"""The prefixes of units that perun writes for amounts of this size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One run of an application, its rounds added up."""

    place: str
    """The line, or the file's first."""
    run: str
    """Its id: the time of its start, or what the user called it."""
    duration_s: float | None
    version: str | None = None
    begin: datetime | None = None
    """Local time."""
    energy_j: float | None = None
    """As perun totals it, PUE and overhead of the hosts inside; None where no sensor was read."""
    energy: Estimate | None = None
    """The same where the file gives it rounded, in kWh with its range."""
    gpu_j: float | None = None
    """Without PUE; None where no sensor was read; so for the next one."""
    host_j: float | None = None
    overhead_j: float = 0.0
    """The user's power_overhead per host over the runtime, without PUE."""
    emissions_gco2e: float | None = None
    intensity_gco2e_per_kwh: float | None = None
    pue_ratio: float | None = None
    """None where the file does not say."""
    devices: tuple[Device, ...] = ()
    has_gpu: bool = False
    """Whether any sensor of a GPU was read, if only of its memory."""
    is_whole: bool = False
    """Whether the file gives one energy for all parts."""
    is_mean: bool = False
    """Whether the figures are means over rounds that the file does not count."""
    warmups_count: int = 0
    """Rounds that perun ran before and did not count."""
