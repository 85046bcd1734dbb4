"""I am what one Carbontracker log tells of its run, before anything is concluded from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from carbonlabel.model.units import kwh_from_watt_seconds

_COUNTER: Final = re.compile(r"(?:intel-rapl|cpu|dram|package)\S{0,32}:\d+", re.IGNORECASE)
_APPLE: Final = ("GPU", "ANE")


@dataclass(slots=True)
class Component:
    """The GPUs or the CPUs, as Carbontracker lumps them."""

    devices: tuple[str, ...] = ()
    """Names as logged, one for each device."""
    energy_kwh: float = 0.0
    """Σ watts × seconds of the epochs, as logged: without PUE, devices perhaps averaged."""
    figures_count: int = 0
    """Powers in one line: one for each device, or a single one for all."""
    power_w: float | None = None
    """Power of the latest epoch that has one."""
    waiting_s: float = 0.0
    """Duration of the epochs before the first that has a power."""

    @property
    def is_apple(self) -> bool:
        """Whether it is the graphics of an Apple chip: two names, one figure that holds both."""
        return self.devices == _APPLE

    @property
    def is_counted(self) -> bool:
        """Whether every device is a RAPL zone: a counter, and no brand name at TDP ÷ 2."""
        return bool(self.devices) and all(map(_COUNTER.fullmatch, self.devices))

    def spend(self, power_w: float | None, duration_s: float) -> None:
        """Add an epoch; one without a power takes the one before, else the one after it."""
        if power_w is not None:
            self.energy_kwh += kwh_from_watt_seconds(power_w, self.waiting_s)
            self.power_w, self.waiting_s = power_w, 0.0
        if self.power_w is None:
            self.waiting_s += duration_s
        else:
            self.energy_kwh += kwh_from_watt_seconds(self.power_w, duration_s)


@dataclass(frozen=True, slots=True)
class Block:
    """One result that Carbontracker printed: Actual or Predicted."""

    where: str
    """`file:line`."""
    epochs_count: int | None
    """Epochs that it says it covers; None where it does not say."""
    duration_s: float
    """Time, rounded to the second."""
    energy_kwh: float
    """Energy with the tracker's PUE."""
    emissions_gco2e: float | None
    """CO2eq in g; None where it is not a number."""


@dataclass(slots=True)
class Epoch:
    """The epoch that is being read."""

    where: str
    """`file:line`."""
    duration_s: float | None = None
    """None until its line was read."""
    powers_w: dict[str, float | None] = field(default_factory=dict)
    """By component; None where it was too short for a sample."""


@dataclass(slots=True)
class Account:
    """What one log tells; both kinds of log fill the same account, each its half."""

    version: str | None = None
    """As logged: `2.4.7`."""
    release: tuple[int, int, int] | None = None
    """The version as numbers."""
    pue_ratio: float | None = None
    """The constant that the PUE line states."""
    components: dict[str, Component] = field(default_factory=dict)
    """By lower-case name: gpu, cpu."""
    is_inventoried: bool = False
    """Whether the line that lists the components was read."""
    begin: datetime | None = None
    """First message; then the start of the monitoring thread."""
    end: datetime | None = None
    """Last message."""
    epoch: Epoch | None = None
    """The epoch under way."""
    epochs_count: int = 0
    """Finished epochs with a power line for each component."""
    epochs_where: str | None = None
    """`file:line` of the first of them."""
    duration_s: float = 0.0
    """Σ of their durations."""
    planned_count: int | None = None
    """Epochs of the line about an interruption; None for -1."""
    actual: Block | None = None
    """What was measured."""
    predicted: Block | None = None
    """What was forecast."""
    intensity_gco2e_per_kwh: float | None = None
    """Average during training."""
    country: str | None = None
    """Two-letter code at the end of the detected address; the rest of it is dropped."""
    fallback: str | None = None
    """`world` or `EU-28`, where a line says that its mean was the default."""
    is_shared: bool = False
    """Whether later trackers wrote into the same file."""
    is_output: bool = False
    """Whether it holds messages of an output log."""
    is_known: bool = False
    """Whether any message was one of Carbontracker's."""

    def close(self) -> None:
        """End the epoch under way; without a duration and all its powers it does not count."""
        epoch, self.epoch = self.epoch, None
        if epoch is None or epoch.duration_s is None:
            return
        # Every component has a line in every epoch, if only of None: else the log was cut there.
        if not epoch.powers_w or epoch.powers_w.keys() < self.components.keys():
            return
        self.epochs_count += 1
        self.epochs_where = self.epochs_where or epoch.where
        self.duration_s += epoch.duration_s
        for name, component in self.components.items():
            component.spend(epoch.powers_w.get(name), epoch.duration_s)
