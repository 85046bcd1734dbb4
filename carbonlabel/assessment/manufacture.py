"""I share out what making the machines of an activity cost, from an inventory or from the log.

Each device: making × count × share × duration ÷ lifetime (ISO/IEC 21031, term M).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from carbonlabel.assessment.citations import Citations
from carbonlabel.assessment.ledger import Figure, Ledger
from carbonlabel.errors import MissingFactor
from carbonlabel.factors import devices, embodied
from carbonlabel.method.basis import sum_basis, weakest
from carbonlabel.method.embodied import embodied as embodied_of
from carbonlabel.method.propagate import Term
from carbonlabel.model.disclosure import Part
from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.hardware import Device, Inventory

_FORMULA = "making * count * share * duration / lifetime"


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
    assumed = (*map(_assumed, accelerators), _assumed_host(logged, accelerators))
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
    for quantity in (*makings, *lifetimes):
        key = quantity.source if quantity is not None else None
        if key is not None and key not in citations.inputs:
            citations.cite(key, own)


def _assumed(device: Device) -> Device:
    try:
        making = devices.find(device.name).row.making
    except MissingFactor:
        making = None
    return _with_making(device, making or embodied.unlisted_accelerator(), 1.0)


def _assumed_host(logged: Sequence[Device], accelerators: Sequence[Device]) -> Device:
    hosts = embodied.hosts_around(sum(device.count for device in accelerators))
    named = next((device.name for device in logged if device.kind == "host"), hosts.making.name)
    host = Device(name=named, kind="host", count=hosts.count)
    return _with_making(host, hosts.making, hosts.share_ratio)


def _with_making(device: Device, making: embodied.Making, share_ratio: float) -> Device:
    life = embodied.lifetime()
    return device.model_copy(
        update={
            "making": Estimate(
                value=making.gco2e,
                low=making.low_gco2e,
                high=making.high_gco2e,
                unit="gCO2e",
                basis="assumed",
                source=making.source,
            ),
            "lifetime": Estimate(
                value=life.value_s,
                low=life.low_s,
                high=life.high_s,
                unit="s",
                basis="assumed",
                source=life.source,
            ),
            "share": share_ratio,
        }
    )


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
        terms = []
        for place, device in enumerate(self.machines):
            if device.making is not None and device.lifetime is not None:
                terms.append(self._term(place, device, device.making, device.lifetime))
        if not terms:
            return Missing(missing="not-stated", reason=self._why_not())
        if isinstance(self.duration, Missing):
            return Missing(missing="not-assessed", reason=self.duration.reason)
        if not self.duration.value:
            # No time is no share of a lifetime, and zero would claim that there is none.
            return Missing(missing="not-assessed", reason="the log says that the runs took no time")
        return Figure(tuple(term for term, _ in terms), sum_basis(basis for _, basis in terms))

    def part(self, figure: Figure | Missing) -> Part:
        """The row, from its figure."""
        if isinstance(figure, Missing):
            return Part(part="manufacture", emissions=figure)
        emitted = self.ledger.estimate(figure, "gCO2e", _FORMULA)
        return Part(part="manufacture", emissions=emitted)

    def _why_not(self) -> str:
        if self.inventoried:
            return "the inventory says nothing of making the machines"
        return "no hardware inventory was given"

    def _term(
        self, place: int, device: Device, making: Estimate, lifetime: Estimate
    ) -> tuple[Term, tuple[Basis, float]]:
        """The device's summand, and its basis with its amount."""
        at = f"{self.at}/hardware/{place}"
        duration = self.duration if isinstance(self.duration, Estimate) else None
        used_s = duration.value if duration else 0.0
        count, share_ratio = device.count, device.share or 1.0
        term = Term(
            lambda making_gco2e, lifetime_s: embodied_of(
                making_gco2e, count, share_ratio, used_s, lifetime_s
            ),
            (
                self.ledger.enter(("making", device.name, making), f"{at}/making", making),
                self.ledger.enter(("lifetime", lifetime), f"{at}/lifetime", lifetime),
            ),
        )
        basis = weakest(making.basis, lifetime.basis, duration.basis if duration else "assumed")
        return term, (basis, term.formula(making.value, lifetime.value))
