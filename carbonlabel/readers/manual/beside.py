"""I turn what a person says of idle machines and shared nodes into energies of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import Sensor
from carbonlabel.parsing.fields import Field
from carbonlabel.parsing.yamlfile import Entry
from carbonlabel.readers.manual.energy import drawn, stated
from carbonlabel.readers.manual.fields import IDLE, POWER, SHARED, VALUE, Stated
from carbonlabel.readers.manual.times import times

_BLIND_SPOTS: Final = {
    "idle": "idle time of the machine",
    "runs": "failed and earlier runs",
    "shared": "storage and network",
}


@dataclass(frozen=True, slots=True)
class Beside:
    """What a run is charged with beside what its machines drew at work."""

    energies: Mapping[str, Estimate]
    """For idle and shared, where they are declared: kWh."""

    @property
    def sensors(self) -> Mapping[str, Sensor]:
        """How each of them came about."""
        return dict.fromkeys(self.energies, "stated")

    @property
    def unseen(self) -> tuple[str, ...]:
        """What stays under "Left out" because nobody declared it."""
        return tuple(what for row, what in _BLIND_SPOTS.items() if row not in self.energies)


def beside(entry: Entry) -> Beside:
    """Idle time and shared nodes of a run; nothing that is not declared.

    Raises:
        MalformedInput: a mapping says neither an energy nor a power with its hours, or both.
    """
    found = {each.name: _energy(each, entry) for each in (IDLE, SHARED)}
    return Beside({row: energy for row, energy in found.items() if energy is not None})


def _energy(row: Field[Stated], entry: Entry) -> Estimate | None:
    said = row.of(entry)
    if said is None:
        return None
    if not isinstance(said, Entry):
        return said.estimate("estimated", "log")
    return _of_mapping(said)


def _of_mapping(said: Entry) -> Estimate:
    power, has_value = POWER.of(said), VALUE.name in said.fields
    if power is not None and has_value:
        raise MalformedInput(
            "value and power both say how much", where=POWER.place(said), hint="leave one out"
        )
    if power is not None:
        return drawn(said, power, times(said))
    if not has_value:
        raise MalformedInput(
            "nothing says how much electricity it took",
            where=said.where,
            hint="state value; or power with hours and count; or power with device_hours",
        )
    return stated(said)
