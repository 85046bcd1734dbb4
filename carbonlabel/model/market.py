"""I am a contract for electricity, on which a market-based figure rests."""

from __future__ import annotations

from typing import Literal

from carbonlabel.model.estimate import Energy, Intensity, Model

InstrumentKind = Literal["ppa", "certificate", "supplier", "tariff"]


class Instrument(Model):
    """One contractual instrument: what it covers, where, of which year (GHG Protocol Scope 2)."""

    kind: InstrumentKind
    """A power purchase agreement, bare certificates (GO, REC), or a supplier's own mix."""
    energy: Energy
    """How much electricity it covers, in kWh."""
    zone: str
    """The market in which it was issued."""
    vintage: int
    """The year in which the electricity was generated."""
    intensity: Intensity
    """What the contract claims for its electricity, in gCO2e/kWh."""
    reference: str | None = None
    """Where it can be checked: a registry's number, a contract's name."""
