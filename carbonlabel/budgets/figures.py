"""I pick the figure that a budget is about: energy, or the electricity's emissions."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal

from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.rules.comparison import shown

BudgetUnit = Literal["kWh", "gCO2e"]
PLACES: Final[dict[BudgetUnit, str]] = {"kWh": "/totals/energy", "gCO2e": "/totals/electricity"}
"""The JSON pointer of the figure in each unit."""
NAMES: Final[dict[BudgetUnit, str]] = {
    "kWh": "The energy",
    "gCO2e": "What the electricity emits",
}


def figure(disclosure: Disclosure, unit: BudgetUnit) -> Estimate | Missing:
    """Energy in kWh, or the location-based emissions of electricity in gCO2e."""
    totals = disclosure.totals
    return totals.energy if unit == "kWh" else totals.electricity


def told(quantity: Estimate) -> str:
    """`1.8 kWh (1.3 to 2.4)`."""
    amount = shown(quantity.value, quantity.unit)
    if quantity.low is None or quantity.high is None:
        return f"{amount} (range not declared)"
    low, high = (Decimal(f"{end:.3g}") for end in (quantity.low, quantity.high))
    return f"{amount} ({low:f} to {high:f})"
