"""I turn the energy of an activity into water: on the site, and at the plants that supply it.

On site = WUE × IT energy, off site = EWIF × the energy that the facility took; where the PUE is
not known that is the IT energy alone, and the formula says so. The two are never added up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from carbonlabel.assessment.electricity import Electricity
from carbonlabel.assessment.ledger import Figure, undated
from carbonlabel.method.basis import sum_basis, weakest
from carbonlabel.method.propagate import Term
from carbonlabel.method.water import off_site, on_site
from carbonlabel.model.disclosure import WaterSide
from carbonlabel.model.estimate import Estimate, Missing

Amounts = Mapping[WaterSide, Figure | Missing]


@dataclass(frozen=True, slots=True)
class Water:
    """The water of one activity."""

    electricity: Electricity
    """Its energies, once its parts are worked out."""

    def amounts(self) -> dict[WaterSide, Figure | Missing]:
        """Water on site and off site in L, each with its reason where it cannot be said."""
        return {"on_site": self._on_site(), "off_site": self._off_site()}

    def quantities(self, amounts: Amounts) -> dict[WaterSide, Estimate | Missing]:
        """The same as quantities of the disclosure."""
        formulas = {"on_site": "it_energy * wue", "off_site": f"{self._taken} * ewif"}
        return {
            side: amount
            if isinstance(amount, Missing)
            else self.electricity.ledger.estimate(amount, "L", formulas[side])
            for side, amount in amounts.items()
        }

    def _on_site(self) -> Figure | Missing:
        wue = self.electricity.region.wue
        if isinstance(wue, Missing):
            return wue
        if self._taken != "it_energy" and "overhead" not in self.electricity.energies:
            return Missing(
                missing="not-stated",
                reason="the energy holds cooling and overhead of unknown size"
                if self._taken == "facility_energy"
                else "nothing says whether the energy holds cooling and overhead",
            )
        energies = self.electricity.energies
        machines = [energy for part, energy in energies.items() if part != "overhead"]
        return self._amount(machines, wue, "wue", on_site)

    def _off_site(self) -> Figure | Missing:
        ewif = self.electricity.region.ewif
        if not isinstance(ewif, Estimate):
            return ewif or Missing(missing="not-assessed", reason="no factor was looked up")
        return self._amount(list(self.electricity.energies.values()), ewif, "ewif", off_site)

    def _amount(
        self,
        energies: Sequence[Figure],
        factor: Estimate,
        name: str,
        formula: Callable[[float, float], float],
    ) -> Figure | Missing:
        if not energies:
            return Missing(missing="not-measured", reason="no energy is known")
        ledger = self.electricity.ledger
        place = f"{self.electricity.at}/region/{name}"
        entered = ledger.enter((name, undated(factor)), place, factor)
        terms = tuple(
            _times(term, entered, formula) for energy in energies for term in energy.terms
        )
        amounts = [(energy.basis, ledger.spread(energy.terms).value) for energy in energies]
        return Figure(terms, weakest(sum_basis(amounts), factor.basis))

    @property
    def _taken(self) -> Literal["facility_energy", "it_energy", "energy"]:
        """What the energies of the activity are together."""
        batch, region = self.electricity.batch, self.electricity.region
        if batch.pue_in_energy == "unknown":
            return "energy"
        inside = batch.pue_in_energy == "yes" and isinstance(batch.runs[0].pue, Missing)
        is_facility = inside and isinstance(region.pue, Missing)
        counted = "overhead" in self.electricity.energies
        return "facility_energy" if is_facility or counted else "it_energy"


def _times(energy: Term, factor: str, formula: Callable[[float, float], float]) -> Term:
    return Term(lambda *at: formula(energy.formula(*at[:-1]), at[-1]), (*energy.uses, factor))
