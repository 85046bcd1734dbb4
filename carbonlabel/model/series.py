"""I am what the electricity of one zone emitted, moment by moment, as a file tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from carbonlabel.model.provenance import Finding, Input
from carbonlabel.model.region import Accounting, Scope

Kind = Literal["average", "marginal"]


class Point(NamedTuple):
    """One figure and the time for which it holds."""

    begin: datetime
    """Aware, in UTC."""
    length_s: float
    """How long it holds, in s; never beyond the begin of the next point."""
    intensity_gco2e_per_kwh: float
    """Emissions of each kWh in that time, in gCO2e/kWh."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridSeries:
    """The intensity of one grid zone over time, in the order of time."""

    zone: str | None
    """The zone as the file names it: `FR`, `US-CAL-CISO`; None where it names none."""
    scope: Scope
    """Whether the figures cover the life cycle of the plants or their stacks only."""
    accounting: Accounting
    """Whether they describe what the zone generates or what it consumes."""
    kind: Kind
    """Average of all plants, or marginal: of the plants that answer to one more kWh."""
    is_forecast: bool = False
    """Whether the file says what will be, not what was: for a choice of time, never for a label."""
    points: tuple[Point, ...]
    """At least one, sorted, none overlapping another."""
    dropped_count: int = 0
    """How many moments of the file hold no figure (empty, null or −1)."""
    input: Input
    """The file."""
    title: str
    """Who published the figures, as far as the format tells."""
    findings: tuple[Finding, ...] = ()
    """What the reader noticed; the place is filled in where the series is used."""
