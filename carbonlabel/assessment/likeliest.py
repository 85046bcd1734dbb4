"""I suppose what making the machines of a log cost, where nobody listed them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import assumed, devices, embodied, minerals
from carbonlabel.model.hardware import Device, MakingMethod


def accelerator(device: Device) -> Device:
    """An accelerator of a log, with what making one like it cost."""
    try:
        making = devices.find(device.name).row.making
    except MissingFactor:
        making = None
    known = _with_making(device, making or embodied.unlisted_accelerator(), 1.0)
    return _with_minerals(known, minerals.likeliest(device.name))


def _with_minerals(device: Device, used: minerals.Minerals) -> Device:
    return device.model_copy(update={"minerals": assumed.minerals(used)})


def host(logged: Sequence[Device], accelerators: Sequence[Device]) -> Device:
    """The machine around the accelerators of a log, with what making one like it cost."""
    carried = sum(device.count for device in accelerators)
    hosts = embodied.hosts_around(carried)
    named = next((device.name for device in logged if device.kind == "host"), hosts.making.name)
    around = Device(name=named, kind="host", count=hosts.count)
    known = _with_making(around, hosts.making, hosts.share_ratio)
    return _with_minerals(known, minerals.host_around(carried))


def _with_making(device: Device, making: embodied.Making, share_ratio: float) -> Device:
    return device.model_copy(
        update={
            "making": assumed.making(making),
            "lifetime": assumed.lifetime(embodied.lifetime()),
            "method": cast("MakingMethod", making.method),
            "share": share_ratio,
        }
    )
