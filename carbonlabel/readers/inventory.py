"""I read hardware.yaml: the machines of the runs, with what making them cost."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, cast

from carbonlabel.errors import MalformedInput, MissingFactor
from carbonlabel.factors import devices, embodied, near, sources
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.hardware import Device, Inventory, Kind
from carbonlabel.model.provenance import Finding, Input, Source
from carbonlabel.parsing import yamlfile
from carbonlabel.parsing.fields import (
    Amount,
    Choice,
    Count,
    Field,
    Many,
    Record,
    Schema,
    Words,
    published,
)
from carbonlabel.parsing.quantities import Quantity
from carbonlabel.parsing.yamlfile import Entry

KEY: Final = "hardware"
"""The key of `inputs` under which the file is cited."""

_COUNTED: Final = re.compile(r"\s*[0-9]+\s*[x×]\s")
_CARRIED_COUNT: Final = embodied.ACCELERATORS_PER_HOST_COUNT
_SHARE_OF: Final = "The part of {} that the runs had: 0.5 or 50 %, above 0 and at most 1."
_NAME = Field(
    "name", Words(), "As nvidia-smi, rocm-smi or the tracker prints it.", is_required=True
)
_KIND = Field(
    "kind",
    Choice({"accelerator": "accelerator", "host": "host"}),
    "accelerator, or host: the machine without its accelerators; needed where the name is unknown.",
)
_COUNT = Field("count", Count(), "How many of them; 1 where it is not said.")
_MAKING = Field(
    "making", Amount("gCO2e"), "Cradle-to-gate emissions of making one: 900 kgCO2e, or a mapping."
)
_LIFETIME = Field("lifetime", Amount("s"), "How long one is in use: 4 years, or a mapping.")
_SHARE = Field("share", Amount("ratio"), _SHARE_OF.format("the device"))
DEVICE: Final = Record((_NAME, _KIND, _COUNT, _MAKING, _LIFETIME, _SHARE))
_DEVICES = Field("devices", Many(DEVICE), "The machines.", is_required=True)
_ALL_LIFETIME = Field(
    "lifetime", Amount("s"), "How long each is in use; 4 years (3 to 6) where it is not said."
)
_ALL_SHARE = Field("share", Amount("ratio"), _SHARE_OF.format("the machines"))
FILE: Final = Record((_DEVICES, _ALL_LIFETIME, _ALL_SHARE))


def schema() -> Schema:
    """The JSON Schema of hardware.yaml."""
    return published(FILE, "inventory", "Hardware inventory")


def load_inventory(log: Log) -> Inventory:
    """The machines that hardware.yaml lists, resolved against the shipped tables.

    A known name brings its making (basis assumed); a figure that the file states replaces it
    (basis estimated), unless it is the table's own, which then keeps its interval and its source.

    Raises:
        InputError: the file is not what it should be.
        MissingFactor: a name is not known and its kind is not said.
    """
    top = FILE.read(yamlfile.load(log))
    bench = _Bench(top, _DEVICES.need(top))
    machines = bench.devices()
    return Inventory(
        devices=machines,
        inputs={KEY: Input(file=log.name, sha256=log.sha256, format="inventory")},
        sources={**_works(machines), **bench.sources},
        findings=tuple(bench.findings),
    )


@dataclass(frozen=True, slots=True)
class _Kin:
    """What the tables know of a name."""

    kind: Kind
    making: embodied.Making
    is_default: bool = False
    """Whether the making is that of any machine of this kind."""
    taken: str = ""
    """The device that the name was taken for."""
    others: tuple[str, ...] = ()
    """The devices that it may mean as well."""


@dataclass(slots=True)
class _Bench:
    """Where machines are put together, and what is noticed on the way."""

    top: Entry
    entries: tuple[Entry, ...]
    findings: list[Finding] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)

    def devices(self) -> tuple[Device, ...]:
        return tuple(self._device(entry, place) for place, entry in enumerate(self.entries))

    def _device(self, entry: Entry, place: int) -> Device:
        name = _NAME.need(entry)
        kin = self._kin(entry, name)
        if kin.kind == "accelerator" and _COUNTED.match(name):
            raise MalformedInput(
                "the name begins with a count",
                where=_NAME.place(entry),
                hint="say how many in a field of its own: count: 8",
            )
        stated = _MAKING.of(entry)
        if kin.others:
            self._note_ambiguous(place, name, kin)
        if kin.is_default and stated is None:
            self._note_default(place, name, kin)
        return Device(
            name=name,
            kind=kin.kind,
            count=_COUNT.of(entry) or 1,
            making=self._making(stated, kin.making, place),
            lifetime=self._lifetime(entry, place),
            share=_share(entry, self.top),
        )

    def _kin(self, entry: Entry, name: str) -> _Kin:
        stated = cast("Kind | None", _KIND.of(entry))
        known = _known(name, stated)
        if isinstance(known, MissingFactor):
            return self._unlisted(entry, stated, known)
        if stated not in (None, known.kind):
            raise MalformedInput(
                f"{yamlfile.shown(name)} is no {stated}",
                where=_KIND.place(entry),
                hint=f"the shipped table has it as {known.kind}: leave kind out",
            )
        return known

    def _unlisted(self, entry: Entry, kind: Kind | None, missing: MissingFactor) -> _Kin:
        if kind is None:
            hint = f"{missing.hint}; for a machine of another kind state kind: accelerator or host"
            raise MissingFactor(missing.message, where=_NAME.place(entry), hint=hint)
        if kind == "accelerator":
            return _Kin(kind, embodied.unlisted_accelerator(), is_default=True)
        return _Kin(kind, embodied.hosts_around(self._on_one_host()).making, is_default=True)

    def _on_one_host(self) -> int:
        """How many accelerators each host of the file carries; at least 1, for the small host."""
        hosts = sum(_COUNT.of(entry) or 1 for entry in self.entries if _is_host(entry))
        boards = sum(_COUNT.of(entry) or 1 for entry in self.entries if not _is_host(entry))
        return max(1, boards // hosts)

    def _making(self, stated: Quantity | None, known: embodied.Making, place: int) -> Estimate:
        if stated is None or _is_same(stated, known.gco2e):
            return Estimate(
                value=known.gco2e,
                low=known.low_gco2e,
                high=known.high_gco2e,
                unit="gCO2e",
                basis="assumed",
                source=known.source,
            )
        return stated.estimate("estimated", self._cited(stated, f"{KEY}-making-{place + 1}"))

    def _lifetime(self, entry: Entry, place: int) -> Estimate:
        own = _LIFETIME.of(entry)
        stated = own or _ALL_LIFETIME.of(self.top)
        known = embodied.lifetime()
        if stated is None or _is_same(stated, known.value_s):
            return Estimate(
                value=known.value_s,
                low=known.low_s,
                high=known.high_s,
                unit="s",
                basis="assumed",
                source=known.source,
            )
        if not stated.value or stated.low == 0:
            where = _LIFETIME.place(entry) if own else _ALL_LIFETIME.place(self.top)
            raise MalformedInput("a machine lasts longer than 0 s", where=where)
        key = f"{KEY}-lifetime-{place + 1}" if own else f"{KEY}-lifetime"
        return stated.estimate("estimated", self._cited(stated, key))

    def _cited(self, stated: Quantity, key: str) -> str:
        """The key of what the file cites for a figure, or of the file itself."""
        if stated.source is None:
            return KEY
        self.sources[key] = Source(title=stated.source)
        return key

    def _note_ambiguous(self, place: int, name: str, kin: _Kin) -> None:
        self.findings.append(
            Finding(
                code="device-ambiguous",
                severity="warning",
                place=f"/activities/0/hardware/{place}/name",
                message=f"{yamlfile.shown(name)} may be several devices; the likeliest was taken.",
                expected=f"one of {', '.join((kin.taken, *kin.others))}",
                found=kin.taken,
                suggestion="write the name as nvidia-smi -L or rocm-smi prints it",
            )
        )

    def _note_default(self, place: int, name: str, kin: _Kin) -> None:
        self.findings.append(
            Finding(
                code="making-not-known",
                severity="note",
                place=f"/activities/0/hardware/{place}/making",
                message=f"No figure for making {yamlfile.shown(name)} is known; "
                f"that of any {kin.kind} was taken, with its wide range.",
                found=kin.making.name,
                suggestion="state making, from the manufacturer's product carbon footprint",
            )
        )


def _known(name: str, stated: Kind | None) -> _Kin | MissingFactor:
    host = _known_host(name)
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
    return _Kin(
        "accelerator",
        making or embodied.unlisted_accelerator(),
        is_default=making is None,
        taken=match.row.name,
        others=tuple(devices.by_id(other).name for other in match.ambiguous),
    )


def _known_host(name: str) -> _Kin | None:
    hosts = (embodied.hosts_around(count).making for count in (1, _CARRIED_COUNT))
    plain = near.plain(name)
    return next((_Kin("host", each) for each in hosts if near.plain(each.name) == plain), None)


def _is_host(entry: Entry) -> bool:
    return _KIND.of(entry) == "host" or _known_host(_NAME.need(entry)) is not None


def _is_same(stated: Quantity, known: float) -> bool:
    """Whether a plain figure is the table's own, which then keeps its interval and its source."""
    is_plain = not stated.has_stated_range and stated.source is None
    return is_plain and math.isclose(stated.value, known)


def _share(entry: Entry, top: Entry) -> float:
    own = _SHARE.of(entry)
    stated = own or _ALL_SHARE.of(top)
    if stated is None:
        return 1.0
    if not 0 < stated.value <= 1:
        raise MalformedInput(
            f"{stated.value:g} is no share",
            where=_SHARE.place(entry) if own else _ALL_SHARE.place(top),
            hint="above 0 and at most 1: the part of the machines that the runs had",
        )
    return stated.value


def _works(machines: Iterable[Device]) -> dict[str, Source]:
    """The shipped works that the machines cite."""
    figures = (each for device in machines for each in (device.making, device.lifetime))
    keys = dict.fromkeys(each.source for each in figures if each and each.basis == "assumed")
    works = {key: sources.source(key) for key in keys if key is not None}
    return {
        key: Source(title=work.title, year=work.year, url=work.url, licence=work.licence)
        for key, work in works.items()
    }
