"""I share out what making the machines of an activity cost, from an inventory or from the log.

Each device: making × count × share × duration ÷ lifetime (ISO/IEC 21031, term M), and its minerals
in the same way. Where a utilisation is stated, the lifetime counts that part of itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from carbonlabel.assessment.citations import Citations
from carbonlabel.assessment.ledger import Figure, Ledger
from carbonlabel.method.basis import sum_basis, weakest
from carbonlabel.method.embodied import depleted, working_life
from carbonlabel.method.embodied import embodied as embodied_of
from carbonlabel.method.propagate import Term
from carbonlabel.model.disclosure import Part
from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.hardware import Device, Inventory

_SHARED: Final = {
    "making": "making * count * share * duration / lifetime",
    "minerals": "minerals * count * share * duration / lifetime",
}
_SHARED_AT_WORK: Final = {
    "making": "making * count * share * duration / (lifetime * utilisation)",
    "minerals": "minerals * count * share * duration / (lifetime * utilisation)",
}
_Cost = Literal["making", "minerals"]
_SHARES: Final[dict[_Cost, Callable[..., float]]] = {"making": embodied_of, "minerals": depleted}


def hardware(
    runs: Sequence[Evidence], inventory: Inventory | None, citations: Citations
) -> tuple[Device, ...]:
    """The machines of an activity, with what making them cost where that can be said."""
    if inventory is not None:
        _cite(inventory.devices, citations, inventory)
        return inventory.devices
    logged = _most(device for run in runs for device in run.devices)
    accelerators = [device for device in logged if device.kind == "accelerator"]
    if not accelerators:
        return tuple(logged)
    from carbonlabel.assessment import likeliest  # noqa: PLC0415 - not every run names a board

    host = likeliest.host(logged, accelerators)
    assumed = (*map(likeliest.accelerator, accelerators), host)
    _cite(assumed, citations, None)
    return assumed


def _most(named: Iterable[Device]) -> list[Device]:
    # Two runs on one machine are one machine: the largest count of each name counts.
    found: dict[tuple[str, str], Device] = {}
    for device in named:
        key = device.kind, device.name
        if key not in found or device.count > found[key].count:
            found[key] = device
    return list(found.values())


def _cite(machines: Sequence[Device], citations: Citations, inventory: Inventory | None) -> None:
    if inventory is not None:
        citations.take(inventory.inputs, {})
    own = inventory.sources if inventory is not None else {}
    makings = [device.making for device in machines]
    lifetimes = [device.lifetime for device in machines]
    for quantity in (*makings, *lifetimes, *(device.minerals for device in machines)):
        key = quantity.source if quantity is not None else None
        if key is not None and key not in citations.inputs:
            citations.cite(key, own)


@dataclass(frozen=True, slots=True)
class Manufacture:
    """The manufacture row of one activity."""

    machines: tuple[Device, ...]
    duration: Estimate | Missing
    at: str
    """JSON pointer of the activity."""
    ledger: Ledger
    inventoried: bool

    def figure(self) -> Figure | Missing:
        """What making the machines cost these runs, in gCO2e, or why that cannot be said."""
        terms = self._terms("making")
        if not terms:
            return Missing(missing="not-stated", reason=self._why_not())
        if isinstance(self.duration, Missing):
            return Missing(missing="not-assessed", reason=self.duration.reason)
        if not self.duration.value:
            # No time is no share of a lifetime, and zero would claim that there is none.
            return Missing(missing="not-assessed", reason="the log says that the runs took no time")
        return _together(terms)

    def minerals(self) -> Figure | None:
        """The minerals in them that these runs used up, in kgSbeq; None where none are known."""
        terms = self._terms("minerals") if isinstance(self.figure(), Figure) else []
        return _together(terms) if terms else None

    def part(self, figure: Figure | Missing, minerals_used: Figure | None = None) -> Part:
        """The row, from its figures."""
        if isinstance(figure, Missing):
            return Part(part="manufacture", emissions=figure)
        at_work = any(device.utilisation is not None for device in self.machines)
        formulas = _SHARED_AT_WORK if at_work else _SHARED
        return Part(
            part="manufacture",
            emissions=self.ledger.estimate(figure, "gCO2e", formulas["making"]),
            minerals=self.ledger.estimate(minerals_used, "kgSbeq", formulas["minerals"])
            if minerals_used
            else None,
        )

    def _why_not(self) -> str:
        if self.inventoried:
            return "the inventory says nothing of making the machines"
        return "no hardware inventory was given"

    def _terms(self, cost: _Cost) -> list[tuple[Term, tuple[Basis, float]]]:
        """Each device's summand, and its basis with its amount."""
        return [
            self._term(place, device, cost, paid, device.lifetime)
            for place, device in enumerate(self.machines)
            if (paid := getattr(device, cost)) is not None and device.lifetime is not None
        ]

    def _term(
        self, place: int, device: Device, cost: _Cost, paid: Estimate, lifetime: Estimate
    ) -> tuple[Term, tuple[Basis, float]]:
        at, share = f"{self.at}/hardware/{place}", _SHARES[cost]
        duration = self.duration if isinstance(self.duration, Estimate) else None
        used_s = duration.value if duration else 0.0
        count, share_ratio = device.count, device.share or 1.0
        utilisation_ratio = device.utilisation or 1.0
        term = Term(
            lambda whole, lifetime_s: share(
                whole, count, share_ratio, used_s, working_life(lifetime_s, utilisation_ratio)
            ),
            (
                self.ledger.enter((cost, device.name, paid), f"{at}/{cost}", paid),
                self.ledger.enter(("lifetime", lifetime), f"{at}/lifetime", lifetime),
            ),
        )
        basis = weakest(paid.basis, lifetime.basis, duration.basis if duration else "assumed")
        return term, (basis, term.formula(paid.value, lifetime.value))


def _together(terms: Sequence[tuple[Term, tuple[Basis, float]]]) -> Figure:
    return Figure(tuple(term for term, _ in terms), sum_basis(basis for _, basis in terms))
