"""I am perun's tree: an application, its runs, their rounds, hosts, groups of devices, sensors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.hardware import Device
from carbonlabel.parsing import jsontext
from carbonlabel.parsing.jsontext import Value
from carbonlabel.parsing.samples import figure
from carbonlabel.parsing.table import amount, words
from carbonlabel.readers.perun.measured import Measured

_APP: Final = 1
_HOST_PARTS: Final = ("cpu_energy", "dram_energy", "other_energy")
_UNITS: Final = {"runtime": "s", "co2": "g", "power": "W"}
_JOULE: Final = "J"


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the tree; its id stays inside: a host's is its name."""

    where: str
    """File and place, without foreign names: `app.json run 1`."""
    fields: Mapping[str, Value]

    @property
    def id(self) -> str:
        """A stranger's words."""
        return words(str(self.fields.get("id"))) or "unnamed"

    @property
    def metadata(self) -> Mapping[str, Value]:
        """What is known of it beside its figures."""
        return _mapping(self.fields.get("metadata") or {}, f"{self.where} metadata")

    def nodes(self, kind: str) -> Iterator[Node]:
        """Those below it; perun 1.0 writes them as a list of objects of one key."""
        told = self.fields.get("nodes") or []
        for group in told if isinstance(told, list) else [told]:
            for fields in _mapping(group, f"{self.where} nodes").values():
                where = f"{self.where} {kind}"
                yield Node(where, _mapping(fields, where))

    def metric(self, name: str) -> float | None:
        """A figure in its unit without prefix; None where perun measured none.

        Raises:
            MalformedInput: it is no figure, or in another unit.
        """
        metrics = _mapping(self.fields.get("metrics") or {}, f"{self.where} metrics")
        if name not in metrics:
            return None
        where = f"{self.where} {name}"
        told = _mapping(metrics[name], where)
        about = _mapping(told.get("metric_md") or {}, where)
        if about.get("unit") != _UNITS.get(name, _JOULE):
            raise MalformedInput("is in an unknown unit", where=where, hint="upgrade carbonlabel")
        value = _number(told.get("value"), where)
        if value == about.get("fill") and value != 0:
            return None
        return amount(value * _number(about.get("mag"), where), where=where)

    def setting(self, name: str) -> float | None:
        """A setting of perun as a number; None where it is not stored.

        Raises:
            MalformedInput: it is no number.
        """
        told = self.metadata.get(name)
        where = f"{self.where} {name}"
        found = figure(str(told), where=where) if told is not None else None
        return None if found is None else amount(float(found), where=where)


def tree(log: Log) -> Sequence[Measured]:
    """Every run of the application, its rounds added up.

    Raises:
        MalformedInput: the file is no tree of perun's, or a figure in it is wrong.
    """
    root = Node(log.name, _mapping(jsontext.value(log.document(), where=log.name), log.name))
    if root.fields.get("type") != _APP:
        raise MalformedInput(
            "the top of the tree is no application",
            where=log.name,
            hint="give the whole file that perun export … json writes",
        )
    found = [_run(node, f"{log.name}:1") for node in root.nodes("run")]
    if not found:
        raise MalformedInput(
            "the file holds no run", where=log.name, hint="did perun monitor reach its end?"
        )
    return found


def _run(node: Node, place: str) -> Measured:
    rounds = list(node.nodes("round"))
    hosts = [host for each in rounds for host in each.nodes("host")]
    sensors = [sensor for host in hosts for sensor in _sensors(host)]
    overhead_w = node.setting("post-processing.power_overhead") or 0.0
    energy_j = _sum(each.metric("energy") for each in rounds)
    return Measured(
        place=place,
        run=node.id,
        version=words(str(node.metadata.get("perun_version"))),
        begin=_begin(node),
        duration_s=_sum(each.metric("runtime") for each in rounds),
        energy_j=energy_j,
        gpu_j=_known(each.metric("gpu_energy") for each in rounds),
        host_j=_known(each.metric(part) for each in rounds for part in _HOST_PARTS),
        overhead_j=sum(_overhead_j(host, overhead_w) for host in hosts),
        emissions_gco2e=_sum(each.metric("co2") for each in rounds),
        intensity_gco2e_per_kwh=node.setting("post-processing.emissions_factor"),
        pue_ratio=_pue(node),
        devices=tuple(_devices(sensors, rounds)),
        has_gpu=any(sensor.fields.get("deviceType") == "gpu" for sensor in sensors),
        warmups_count=int(node.setting("benchmarking.warmup_rounds") or 0),
    )


def _overhead_j(host: Node, overhead_w: float) -> float:
    if not overhead_w or host.metric("power") is None:
        return 0.0
    return overhead_w * (host.metric("runtime") or 0.0)


def _pue(node: Node) -> float | None:
    pue_ratio = node.setting("post-processing.pue")
    if pue_ratio is not None and pue_ratio < 1:
        raise MalformedInput(
            f"a PUE of {pue_ratio:g} is below 1",
            where=f"{node.where} post-processing.pue",
            hint="PUE is facility energy divided by IT energy: at least 1",
        )
    return pue_ratio


def _begin(node: Node) -> datetime | None:
    try:
        return datetime.fromisoformat(str(node.metadata.get("execution_dt"))).replace(tzinfo=None)
    except ValueError:
        return None


def _sensors(host: Node) -> Iterator[Node]:
    for group in host.nodes("device group"):
        yield from group.nodes("sensor")


def _devices(sensors: Sequence[Node], rounds: Sequence[Node]) -> Iterator[Device]:
    boards = {
        str(about["uuid"]): words(str(about["name"]))
        for about in (sensor.metadata for sensor in sensors)
        if "uuid" in about and "name" in about
    }
    for name, count in Counter(name for name in boards.values() if name).items():
        yield Device(name=name, kind="accelerator", count=count)
    for each in rounds[:1]:
        processor = words(str(each.metadata.get("processor")))
        hosts_count = sum(1 for _ in each.nodes("host"))
        if processor and hosts_count:
            yield Device(name=processor, kind="host", count=hosts_count)


def _sum(amounts: Iterator[float | None]) -> float | None:
    """The sum; None as soon as one is not known, or where there are none."""
    told = list(amounts)
    known = [each for each in told if each is not None]
    return sum(known) if known and len(known) == len(told) else None


def _known(amounts: Iterator[float | None]) -> float | None:
    """The sum of those that are known; None where none is."""
    known = [each for each in amounts if each is not None]
    return sum(known) if known else None


def _mapping(value: Value, where: str) -> Mapping[str, Value]:
    if not isinstance(value, dict):
        raise MalformedInput("is no JSON object", where=where, hint="was the file edited?")
    return value


def _number(value: Value, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise MalformedInput("holds no figure", where=where, hint="was the file edited?")
    return float(value)
