"""I am what making the machines emitted, where no better figure of them is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import rows

Part = Literal[
    "cpu",
    "memory-per-gb",
    "ssd-per-gb",
    "motherboard",
    "rack-chassis",
    "power-supply",
    "assembly",
]

ACCELERATORS_PER_HOST_COUNT = 8
"""How many accelerators one large host carries."""

LARGE_HOST_FROM_COUNT = 4
"""From how many accelerators on we assume large hosts instead of one small one."""


class Making(NamedTuple):
    """Cradle-to-gate emissions of one machine, with how they were found."""

    name: str
    gco2e: float
    low_gco2e: float
    high_gco2e: float
    method: str
    """`vendor PCF`, `teardown LCA`, `proxy`, `bottom-up model` or `default`."""
    source: str


class Lifetime(NamedTuple):
    """How long a machine is in use."""

    value_s: float
    low_s: float
    high_s: float
    source: str


@dataclass(frozen=True, slots=True)
class Hosts:
    """The hosts around some accelerators: `count` of them, and the share of each that counts."""

    making: Making
    count: int
    share_ratio: float


def _default(key: str, unit: str) -> rows.Row:
    row = rows.only("embodied.csv", key)
    if row is None or row["unit"] != unit:
        raise MissingFactor(f"no default in {unit} is filed under {key!r}")
    return row


def _making(key: str) -> Making:
    row = _default(key, "gCO2e")
    value, low, high = (float(row[column]) for column in ("value", "low", "high"))
    return Making(row["name"], value, low, high, row["method"], row["source"])


def unlisted_accelerator() -> Making:
    """Making of an accelerator that the table does not list: 150 kg, 60 to 600, in gCO2e."""
    return _making("accelerator")


def part(kind: Part) -> Making:
    """Making of a part of a host, in gCO2e: of one CPU, or of one GB of memory or SSD."""
    return _making(kind)


def hosts_around(accelerator_count: int) -> Hosts:
    """The hosts that carry so many accelerators, without them.

    From 4 accelerators on: an eighth of a large host for each. Fewer: one 2-socket server.

    >>> hosts_around(12).count, hosts_around(12).share_ratio
    (2, 0.75)
    """
    if accelerator_count < LARGE_HOST_FROM_COUNT:
        return Hosts(_making("small-host"), count=1, share_ratio=1.0)
    count = -(-accelerator_count // ACCELERATORS_PER_HOST_COUNT)
    share_ratio = accelerator_count / (count * ACCELERATORS_PER_HOST_COUNT)
    return Hosts(_making("large-host"), count=count, share_ratio=share_ratio)


def lifetime() -> Lifetime:
    """How long a machine is in use when nobody told: 4 years, 3 to 6, in s."""
    row = _default("lifetime", "s")
    value, low, high = (float(row[column]) for column in ("value", "low", "high"))
    return Lifetime(value, low, high, row["source"])
