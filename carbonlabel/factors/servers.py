"""I am a server put together from its parts: processors, memory, storage, and what holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from carbonlabel.factors import embodied, minerals
from carbonlabel.factors.embodied import Making, Part
from carbonlabel.factors.minerals import Minerals
from carbonlabel.method.digits import nine

FRAME: Final[dict[Part, int]] = {
    "motherboard": 1,
    "rack-chassis": 1,
    "power-supply": 2,
    "assembly": 1,
}
"""What every server has beside processors, memory and storage, and how many."""


@dataclass(frozen=True, slots=True)
class Server:
    """One server without accelerators: what making it emitted and used up."""

    making: Making
    minerals: Minerals


def server(*, cpu_count: int, memory_gb: float, ssd_gb: float) -> Server:
    """A server with so many processors, so much memory and storage, without accelerators.

    Each figure is the sum over the parts of amount × figure of one; the ends of the ranges are
    added up as well, because whoever counts one part high counts them all high.

    >>> round(server(cpu_count=2, memory_gb=512, ssd_gb=4000).making.gco2e)
    1621574
    """
    amounts: dict[Part, float] = {
        **FRAME,
        "cpu": cpu_count,
        "memory-per-gb": memory_gb,
        "ssd-per-gb": ssd_gb,
    }
    return Server(_making(amounts), _minerals(amounts))


def _making(amounts: dict[Part, float]) -> Making:
    parts = [(amount, embodied.part(part)) for part, amount in amounts.items()]
    return Making(
        name="server of its parts",
        gco2e=nine(sum(amount * part.gco2e for amount, part in parts)),
        low_gco2e=nine(sum(amount * part.low_gco2e for amount, part in parts)),
        high_gco2e=nine(sum(amount * part.high_gco2e for amount, part in parts)),
        method=parts[0][1].method,
        source=parts[0][1].source,
    )


def _minerals(amounts: dict[Part, float]) -> Minerals:
    parts = [(amount, minerals.component(part)) for part, amount in amounts.items()]
    return Minerals(
        name="server of its parts",
        kgsbeq=nine(sum(amount * part.kgsbeq for amount, part in parts)),
        low_kgsbeq=nine(sum(amount * part.low_kgsbeq for amount, part in parts)),
        high_kgsbeq=nine(sum(amount * part.high_kgsbeq for amount, part in parts)),
        method=parts[0][1].method,
        source=parts[0][1].source,
    )
