"""I am what making each machine of an activity cost, and the part of it that its runs bear."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, Literal, NamedTuple

from carbonlabel.method.embodied import depleted, embodied, working_life
from carbonlabel.model.disclosure import Activity
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.hardware import Device
from carbonlabel.rules.comparison import shown

Cost = Literal["making", "minerals"]
_SHARED: Final[Mapping[Cost, Callable[..., float]]] = {"making": embodied, "minerals": depleted}


class Paid(NamedTuple):
    """What one kind of machine cost, in emissions or in minerals."""

    number: int
    """Its place among the machines of the activity."""
    device: Device
    cost: Cost
    each: Estimate
    """Of making one."""
    lifetime: Estimate

    def part(self, used_s: float) -> float:
        """What falls on runs of so many s, in the unit of `each`; 0 for a life of no time."""
        life_s = working_life(self.lifetime.value, self.device.utilisation or 1.0)
        if not life_s:
            return 0.0
        share_ratio = 1.0 if self.device.share is None else self.device.share
        return _SHARED[self.cost](self.each.value, self.device.count, share_ratio, used_s, life_s)

    def working(self, used_s: float) -> str:
        """The formula with its numbers."""
        device, life = self.device, shown(self.lifetime.value, "s")
        share = "" if device.share in {None, 1.0} else f" × {device.share:g}"
        at_work = f"({life} × {device.utilisation:g})" if device.utilisation else life
        one = shown(self.each.value, self.each.unit)
        return f"{one} × {device.count}{share} × {shown(used_s, 's')} ÷ {at_work}"


def paid(activity: Activity, cost: Cost) -> Iterator[Paid]:
    """Each machine of which the cost of making and the lifetime are known."""
    for number, device in enumerate(activity.hardware):
        each: Estimate | None = getattr(device, cost)
        if each is not None and device.lifetime is not None:
            yield Paid(number, device, cost, each, device.lifetime)
