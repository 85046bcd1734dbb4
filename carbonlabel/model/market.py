"""I am a contract for electricity, on which a market-based figure rests."""

from dataclasses import dataclass
from typing import Literal

from carbonlabel.model.estimate import Carbon, Energy, Estimate, Intensity, Model

InstrumentKind = Literal["ppa", "certificate", "supplier", "tariff"]


class Instrument(Model):
    """What one contract covers of an activity (GHG Protocol Scope 2)."""

    kind: InstrumentKind
    """A power purchase agreement, bare certificates (GO, REC), a supplier's own mix, or a green
    tariff."""
    energy: Energy
    """How much of the activity's electricity it covers, in kWh."""
    contract: Energy | None = None
    """How much electricity the whole contract is for, in kWh; absent where `energy` is all of
    it."""
    zone: str
    """The market in which it was issued: ISO 3166-1 alpha-2 (`FR`) or 3166-2 (`US-CA`)."""
    vintage: int
    """The year in which the electricity was generated."""
    intensity: Intensity
    """What the contract claims for its electricity, in gCO2e/kWh."""
    emissions: Carbon
    """What the covered electricity emits by the contract, in gCO2e."""
    reference: str | None = None
    """Where it can be checked: a registry's number, a contract's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """One contract as its holder states it, before it is known which runs it covers."""

    kind: InstrumentKind
    """A power purchase agreement, certificates, a supplier's own mix, or a green tariff."""
    energy: Estimate
    """How much electricity it is for, in kWh."""
    zone: str
    """ISO 3166-1 alpha-2 (`FR`) or 3166-2 (`US-CA`) code of where it was issued."""
    vintage: int
    """The year in which the electricity was generated."""
    intensity: Estimate
    """What it claims for its electricity, in gCO2e/kWh."""
    reference: str | None = None
    """Where it can be checked."""
