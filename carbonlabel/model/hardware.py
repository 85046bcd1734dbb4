"""I am the machines: what, how many, how long they last, and what making them cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from carbonlabel.model.estimate import Carbon, Minerals, Model, Time
from carbonlabel.model.provenance import Finding, Input, Source

Kind = Literal["accelerator", "host"]


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
    lifetime: Time | None = None
    """How long one is in use, in s."""
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
