"""I am the metals and minerals that making the machines used up, in kg of antimony equivalent."""

from __future__ import annotations

import functools
from typing import Literal, NamedTuple

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import devices, doubts, near, rows
from carbonlabel.factors.embodied import LARGE_HOST_FROM_COUNT, Part

Component = Part | Literal["hdd"]


class Minerals(NamedTuple):
    """Cradle-to-gate use of mineral resources (ADPe) by one machine, with its 95 % interval."""

    name: str
    kgsbeq: float
    low_kgsbeq: float
    high_kgsbeq: float
    method: str
    """`bottom-up model` or `default`."""
    source: str
    other_kgsbeq: float | None = None
    """What another study found for the same part, where there is one; the interval holds it."""
    other_source: str | None = None


def of_device(name: str) -> Minerals:
    """ADPe of the accelerator that a driver or a tracker prints as `name`, in kgSbeq.

    Raises:
        MissingFactor: no accelerator has such a name, or nobody worked its ADPe out; the hint has
            near names that have one. Take `unlisted_accelerator()` then, which is assumed.
    """
    match = devices.find(name)
    for device_id in (match.row.id, *match.ambiguous):
        found = of_id(device_id)
        if found is not None:
            return found
    raise MissingFactor(
        f"nobody has published the minerals (ADPe) of {match.row.name}",
        hint=near.hint(near.names(name, _listed()), command="carbonlabel list devices"),
    )


def of_id(device_id: str) -> Minerals | None:
    """ADPe of the accelerator filed under `device_id`, such as `A100-SXM4-80GB`, or None."""
    row = rows.only("minerals.csv", device_id)
    return None if row is None else _minerals(row)


def likeliest(name: str) -> Minerals:
    """ADPe in kgSbeq of the accelerator of that name, or of any accelerator where none is known."""
    try:
        return of_device(name)
    except MissingFactor:
        return unlisted_accelerator()


def unlisted_accelerator() -> Minerals:
    """ADPe of an accelerator that no table lists: 0.005 kgSbeq, assumed."""
    return component("accelerator")


def component(kind: Component | Literal["accelerator", "small-host", "large-host"]) -> Minerals:
    """ADPe of a part in kgSbeq: of one, or of one GB of memory or SSD.

    Raises:
        MissingFactor: no such part is filed.
    """
    row = rows.only("minerals.csv", kind)
    if row is None:
        raise MissingFactor(f"no minerals are filed under {kind[:80]!r}")
    return _minerals(row)


def host_around(accelerator_count: int) -> Minerals:
    """ADPe of one whole host without its accelerators, in kgSbeq.

    Which host, and how many of them, is as for emissions: `embodied.hosts_around`.
    """
    return component("large-host" if accelerator_count >= LARGE_HOST_FROM_COUNT else "small-host")


def _minerals(row: rows.Row) -> Minerals:
    """One row; the interval is the default of such models, widened to hold the other study."""
    value, other = float(row["kgsbeq"]), rows.number(row["other_kgsbeq"])
    name = "minerals-default" if row["method"] == "default" else "minerals"
    ends = (*doubts.doubt(name).ends(value), *(() if other is None else (other,)))
    return Minerals(
        name=row["name"],
        kgsbeq=value,
        low_kgsbeq=min(ends),
        high_kgsbeq=max(ends),
        method=row["method"],
        source=row["source"],
        other_kgsbeq=other,
        other_source=row["other_source"] or None,
    )


@functools.cache
def _listed() -> dict[str, str]:
    """Plain names of the accelerators that have a figure, with how to show them."""
    ids = {row["key"] for row in rows.every("minerals.csv")}
    shown = {row["id"]: row["name"] for row in rows.every("accelerators.csv")}
    return {near.plain(shown[each]): shown[each] for each in sorted(ids) if each in shown}
