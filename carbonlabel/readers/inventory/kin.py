"""I am what the shipped tables know of a machine's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import devices, embodied, minerals, near
from carbonlabel.model.hardware import Kind
from carbonlabel.parsing import yamlfile

_CARRIED_COUNT: Final = embodied.ACCELERATORS_PER_HOST_COUNT


@dataclass(frozen=True, slots=True)
class Kin:
    """What making a machine cost, as the tables or a sum over its parts have it."""

    kind: Kind
    making: embodied.Making
    minerals: minerals.Minerals
    is_default: bool = False
    """Whether the making is that of any machine of this kind."""
    taken: str = ""
    """The device that the name was taken for."""
    others: tuple[str, ...] = ()
    """The devices that it may mean as well."""


def known(name: str, stated: Kind | None) -> Kin | MissingFactor:
    """The machine that the name means, or that there is none; `stated` is what the user says."""
    host = known_host(name)
    if host is not None:
        return host
    try:
        match = devices.find(name)
    except MissingFactor as missing:
        return missing
    if stated == "host" and not devices.is_known(name):
        # "A100 node" holds the name of an accelerator, but the file says that it means the host.
        return MissingFactor(f"no host is known as {yamlfile.shown(name)}")
    making = match.row.making
    return Kin(
        "accelerator",
        making or embodied.unlisted_accelerator(),
        minerals.likeliest(name),
        is_default=making is None,
        taken=match.row.name,
        others=tuple(devices.by_id(other).name for other in match.ambiguous),
    )


def known_host(name: str) -> Kin | None:
    """The small or the large server of the table, where the name is its own."""
    hosts = (_host(carried) for carried in (1, _CARRIED_COUNT))
    return next((each for each in hosts if near.plain(each.making.name) == near.plain(name)), None)


def unlisted(kind: Kind, carried_count: int) -> Kin:
    """Any machine of a kind; a host after how many accelerators it carries."""
    if kind == "host":
        host = _host(carried_count)
        return Kin("host", host.making, host.minerals, is_default=True)
    making, used = embodied.unlisted_accelerator(), minerals.unlisted_accelerator()
    return Kin("accelerator", making, used, is_default=True)


def _host(carried_count: int) -> Kin:
    making = embodied.hosts_around(carried_count).making
    return Kin("host", making, minerals.host_around(carried_count))
