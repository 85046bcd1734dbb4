"""I read hardware.yaml: the machines of the runs, with what making them cost."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from carbonlabel.errors import MalformedInput, MissingFactor
from carbonlabel.factors import assumed, embodied, sources
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.hardware import Device, Inventory, Kind, MakingMethod
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
from carbonlabel.readers.inventory import parts
from carbonlabel.readers.inventory.kin import Kin, known, known_host, unlisted

KEY: Final = "hardware"
"""The key of `inputs` under which the file is cited."""

_COUNTED: Final = re.compile(r"\s*[0-9]+\s*[x×]\s")
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
_MINERALS = Field(
    "minerals",
    Amount("kgSbeq"),
    "Minerals in one, as abiotic depletion (ADPe): 0.005 kgSbeq, or a mapping.",
)
_SHARE = Field("share", Amount("ratio"), _SHARE_OF.format("the device"))
_AT_WORK: Final = (
    "The part of {} lifetime that is worked, so that the runs bear what stands idle: 85 %."
)
_UTILISATION = Field("utilisation", Amount("ratio"), _AT_WORK.format("its"))
DEVICE: Final = Record(
    (
        *(_NAME, _KIND, _COUNT, _MAKING, _MINERALS, *parts.FIELDS),
        *(_LIFETIME, _UTILISATION, _SHARE),
    )
)
_DEVICES = Field("devices", Many(DEVICE), "The machines.", is_required=True)
_ALL_LIFETIME = Field(
    "lifetime", Amount("s"), "How long each is in use; 4 years (3 to 6) where it is not said."
)
_ALL_SHARE = Field("share", Amount("ratio"), _SHARE_OF.format("the machines"))
_ALL_UTILISATION = Field("utilisation", Amount("ratio"), _AT_WORK.format("their"))
FILE: Final = Record((_DEVICES, _ALL_LIFETIME, _ALL_UTILISATION, _ALL_SHARE))


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
            method=_method(stated, kin.making),
            lifetime=self._lifetime(entry, place),
            utilisation=_ratio(entry, self.top, _UTILISATION, _ALL_UTILISATION),
            minerals=self._minerals(entry, kin, place),
            share=_ratio(entry, self.top, _SHARE, _ALL_SHARE) or 1.0,
        )

    def _kin(self, entry: Entry, name: str) -> Kin:
        kin = self._named(entry, name)
        return parts.host(entry, kin) if parts.are_stated(entry) else kin

    def _named(self, entry: Entry, name: str) -> Kin:
        stated = cast("Kind | None", _KIND.of(entry))
        found = known(name, stated)
        if isinstance(found, MissingFactor):
            return self._unlisted(entry, stated, found)
        if stated not in (None, found.kind):
            raise MalformedInput(
                f"{yamlfile.shown(name)} is no {stated}",
                where=_KIND.place(entry),
                hint=f"the shipped table has it as {found.kind}: leave kind out",
            )
        return found

    def _unlisted(self, entry: Entry, kind: Kind | None, missing: MissingFactor) -> Kin:
        if kind is None:
            hint = f"{missing.hint}; for a machine of another kind state kind: accelerator or host"
            raise MissingFactor(missing.message, where=_NAME.place(entry), hint=hint)
        return unlisted(kind, self._on_one_host())

    def _on_one_host(self) -> int:
        """How many accelerators each host of the file carries; at least 1, for the small host."""
        hosts = sum(_COUNT.of(entry) or 1 for entry in self.entries if _is_host(entry))
        boards = sum(_COUNT.of(entry) or 1 for entry in self.entries if not _is_host(entry))
        return max(1, boards // hosts)

    def _making(self, stated: Quantity | None, known: embodied.Making, place: int) -> Estimate:
        if stated is None or _is_same(stated, known.gco2e):
            return assumed.making(known)
        return stated.estimate("estimated", self._cited(stated, f"{KEY}-making-{place + 1}"))

    def _minerals(self, entry: Entry, kin: Kin, place: int) -> Estimate:
        stated, table = _MINERALS.of(entry), kin.minerals
        if stated is None or _is_same(stated, table.kgsbeq):
            return assumed.minerals(table)
        return stated.estimate("estimated", self._cited(stated, f"{KEY}-minerals-{place + 1}"))

    def _lifetime(self, entry: Entry, place: int) -> Estimate:
        own = _LIFETIME.of(entry)
        stated = own or _ALL_LIFETIME.of(self.top)
        known = embodied.lifetime()
        if stated is None or _is_same(stated, known.value_s):
            return assumed.lifetime(known)
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

    def _note_ambiguous(self, place: int, name: str, kin: Kin) -> None:
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

    def _note_default(self, place: int, name: str, kin: Kin) -> None:
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


def _is_host(entry: Entry) -> bool:
    return _KIND.of(entry) == "host" or known_host(_NAME.need(entry)) is not None


def _is_same(stated: Quantity, known: float) -> bool:
    """Whether a plain figure is the table's own, which then keeps its interval and its source."""
    is_plain = not stated.has_stated_range and stated.source is None
    return is_plain and math.isclose(stated.value, known)


def _method(stated: Quantity | None, known: embodied.Making) -> MakingMethod:
    if stated is None or _is_same(stated, known.gco2e):
        return cast("MakingMethod", known.method)
    return "stated"


def _ratio(entry: Entry, top: Entry, own: Field[Quantity], every: Field[Quantity]) -> float | None:
    """A part of a device, or of all of them, that is above 0 and at most 1; None where not said."""
    mine = own.of(entry)
    stated = mine or every.of(top)
    if stated is not None and not 0 < stated.value <= 1:
        raise MalformedInput(
            f"{stated.value:g} is no {own.name}",
            where=own.place(entry) if mine else every.place(top),
            hint=own.about,
        )
    return stated.value if stated else None


def _works(machines: Iterable[Device]) -> dict[str, Source]:
    """The shipped works that the machines cite."""
    figures: Sequence[Estimate | None] = [
        each for device in machines for each in (device.making, device.lifetime, device.minerals)
    ]
    keys = dict.fromkeys(each.source for each in figures if each and each.basis == "assumed")
    works = {key: sources.source(key) for key in keys if key is not None}
    return {
        key: Source(title=work.title, year=work.year, url=work.url, licence=work.licence)
        for key, work in works.items()
    }
