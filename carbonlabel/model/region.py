"""I am the place: grid zone, intensity, PUE and WUE, each dated and sourced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from carbonlabel.model.estimate import (
    Estimate,
    Intensity,
    MaybeRatio,
    MaybeWaterUse,
    Missing,
    Model,
)
from carbonlabel.model.provenance import Finding, Input, Source

if TYPE_CHECKING:
    from carbonlabel.model.market import Contract
    from carbonlabel.model.series import GridSeries

Scope = Literal["lifecycle", "direct"]
Accounting = Literal["production", "consumption"]


class Region(Model):
    """Where runs took place, with the factors that count there."""

    country: str | None = None
    """ISO 3166-1 alpha-2 (`FR`) or ISO 3166-2 (`US-CA`) code; absent where no place is known."""
    site: str | None = None
    """Free name of the site, or a cloud region such as `gcp/europe-west1`."""
    given_by: Literal["user", "log", "nobody"]
    """Who named the place."""
    zone: str
    """The row of the grid table that answered, or `stated` for a figure of the user's own."""
    scope: Scope
    """Whether the intensity covers the life cycle of the plants or their stacks only."""
    accounting: Accounting
    """Whether it describes what the zone generates or what it consumes."""
    intensity: Intensity
    """Location-based average intensity of the electricity, in gCO2e/kWh."""
    pue: MaybeRatio
    """Power usage effectiveness of the site: facility energy ÷ IT energy, at least 1."""
    wue: MaybeWaterUse
    """On-site water usage effectiveness, in L for each kWh of IT energy."""
    ewif: MaybeWaterUse | None = None
    """Off-site water of generating the electricity, in L for each kWh of facility energy."""
    residual: Intensity | None = None
    """Market-based intensity of the electricity that no contract covers, in gCO2e/kWh."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What somebody told us of where the runs took place, before the year of the runs is known."""

    code: str | None = None
    """`FR`, `US-CA` or `gcp/europe-west1`; None where the log or nobody tells."""
    site: str | None = None
    """Free name of the site."""
    year: int | None = None
    """The year of the grid figure, where it was pinned; else the year of the runs."""
    pue: Estimate | Missing | None = None
    """The site's PUE as a ratio; Missing where it is not to be counted; None where nobody told."""
    uncounted_pue: Estimate | None = None
    """The site's PUE where it is known and `pue` says that it is not to be counted."""
    wue: Estimate | None = None
    """On-site water, in L/kWh."""
    ewif: Estimate | None = None
    """Off-site water of the electricity, in L/kWh."""
    instruments: tuple[Contract, ...] = ()
    """Contracts for the electricity of the site."""
    residual: Estimate | None = None
    """Market-based intensity of what no contract covers, in gCO2e/kWh."""
    intensity: Estimate | None = None
    """A figure that replaces the table, in gCO2e/kWh."""
    scope: Scope = "lifecycle"
    """Of `intensity`."""
    accounting: Accounting = "production"
    """Of `intensity`."""
    series: GridSeries | None = None
    """Intensities by the hour, which replace both the table and `intensity`."""
    inputs: Mapping[str, Input] = field(default_factory=dict)
    """The file that said so, by the key that the estimates cite."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    """Works that the file cites, by key."""
    findings: tuple[Finding, ...] = ()
    """What was noticed while reading."""
