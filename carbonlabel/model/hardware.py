"""I am the machines: what, how many, how long they last, and what making them cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from carbonlabel.model.estimate import Carbon, Minerals, Model, Time
from carbonlabel.model.provenance import Finding, Input, Source

Kind = Literal["accelerator", "host"]
MakingMethod = Literal[
    "vendor PCF", "teardown LCA", "proxy", "bottom-up model", "default", "stated"
]
"""Who found what making a machine cost: its vendor, a laboratory that took it apart, a study that
put a similar machine in its place, a model of its parts, nobody for this machine, or the user."""


class Device(Model):
    """One kind of machine and how many of it."""

    name: str
    """Name as nvidia-smi, rocm-smi, the tracker or the user gives it."""
    kind: Kind
    """An accelerator board, or the host without its accelerators."""
    count: Annotated[int, Field(ge=1)]
    """How many of them."""
    making: Carbon | None = None
    """Cradle-to-gate emissions of making one, in gCO2e; absent where none was worked out."""
    method: MakingMethod | None = None
    """How `making` was found; its range spans what the other methods found."""
    lifetime: Time | None = None
    """How long one is in use, in s."""
    utilisation: Annotated[float, Field(gt=0, le=1)] | None = None
    """The part of its lifetime in which it works, 0 to 1, where its idle time is borne by its
    runs; absent where a run bears no more than its own time."""
    minerals: Minerals | None = None
    """Abiotic resource depletion (ADPe) of making one, in kgSbeq; absent where none is known."""
    share: Annotated[float, Field(gt=0, le=1)] | None = None
    """The part of the device that the runs had, 0 to 1: RR/ToR of the SCI."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """The machines of the runs, resolved against the shipped tables."""

    devices: tuple[Device, ...]
    inputs: Mapping[str, Input] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
