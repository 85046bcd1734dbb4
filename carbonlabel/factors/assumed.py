"""I am what the tables have of a machine or a site that nobody described, as assumed estimates."""

from __future__ import annotations

from carbonlabel.factors.efficiency import Pue
from carbonlabel.factors.embodied import Lifetime, Making
from carbonlabel.factors.minerals import Minerals
from carbonlabel.method.digits import nine
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.units import Unit


def making(known: Making) -> Estimate:
    """What making one machine emitted, in gCO2e."""
    return _assumed(known.gco2e, known.low_gco2e, known.high_gco2e, "gCO2e", known.source)


def minerals(known: Minerals) -> Estimate:
    """What making one machine used up (ADPe), in kgSbeq."""
    low, high = nine(known.low_kgsbeq), nine(known.high_kgsbeq)
    return _assumed(known.kgsbeq, low, high, "kgSbeq", known.source)


def lifetime(known: Lifetime) -> Estimate:
    """How long a machine is in use, in s."""
    return _assumed(known.value_s, known.low_s, known.high_s, "s", known.source)


def pue(known: Pue) -> Estimate:
    """Facility energy ÷ IT energy."""
    return _assumed(known.ratio, known.low_ratio, known.high_ratio, "ratio", known.source)


def _assumed(value: float, low: float, high: float, unit: Unit, source: str) -> Estimate:
    return Estimate(value=value, low=low, high=high, unit=unit, basis="assumed", source=source)
