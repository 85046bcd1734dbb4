"""I am a host that hardware.yaml describes by its parts: processors, memory and storage."""

from __future__ import annotations

from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.factors.servers import server
from carbonlabel.parsing.capacities import Capacity
from carbonlabel.parsing.fields import Count, Field
from carbonlabel.parsing.yamlfile import Entry
from carbonlabel.readers.inventory.kin import Kin

_USUAL_COUNT: Final = 2
CPUS: Final = Field("cpus", Count(), "How many processors a host has; 2 where it is not said.")
MEMORY: Final = Field("memory", Capacity(), "Main memory of a host: 512 GB.")
SSD: Final = Field("ssd", Capacity(), "Solid-state storage of a host: 3.84 TB.")
FIELDS: Final = (CPUS, MEMORY, SSD)


def are_stated(entry: Entry) -> bool:
    """Whether the entry describes its machine by parts."""
    return any(each.of(entry) is not None for each in FIELDS)


def host(entry: Entry, kin: Kin) -> Kin:
    """The host that is the sum of its parts, with board, chassis, two supplies and assembly.

    Raises:
        MalformedInput: it is an accelerator, or its memory is not said.
    """
    if kin.kind == "accelerator":
        stated = next(each for each in FIELDS if each.of(entry) is not None)
        raise MalformedInput(
            "an accelerator is not described by parts",
            where=stated.place(entry),
            hint="its making holds its memory; describe the machine around it, with kind: host",
        )
    made = server(
        cpu_count=CPUS.of(entry) or _USUAL_COUNT,
        memory_gb=MEMORY.need(entry),
        ssd_gb=SSD.of(entry) or 0.0,
    )
    return Kin("host", made.making, made.minerals)
