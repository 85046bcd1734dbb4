"""I tell what making the machines cost, in emissions and in minerals, by which method."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from carbonlabel.documents import wording
from carbonlabel.documents.anatomy import Context, Method
from carbonlabel.documents.numbers import (
    NO_BREAK_SPACE,
    figure,
    joined,
    reading,
    scaled,
    shortest,
)
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.hardware import Device, MakingMethod
from carbonlabel.model.units import years_from_seconds

if TYPE_CHECKING:
    from carbonlabel.documents.rows import Line

NAMES: Final[Mapping[MakingMethod, str]] = {
    "vendor PCF": "vendor PCF",
    "teardown LCA": "teardown",
    "proxy": "proxy",
    "bottom-up model": "parts model",
    "default": "default",
    "stated": "stated",
}
"""The methods in a word or two, for the line under the row."""
_MOST_NAMED: Final = 2
_GIVEN_DIGITS: Final = 4
_NO_ELECTRICITY: Final = "Those behind the electricity are left out."


def note(activities: Iterable[Activity]) -> str:
    """`share of life: vendor PCF, parts model`; how many methods there are from three on."""
    devices = (device for activity in activities for device in activity.hardware)
    methods = dict.fromkeys(NAMES[each.method] for each in devices if each.method)
    if not methods:
        return "share of the hardware's life"
    named = ", ".join(methods) if len(methods) <= _MOST_NAMED else f"{len(methods)} methods"
    return f"share of life: {named}"


def contexts(disclosure: Disclosure) -> Iterator[Context]:
    """The minerals in the hardware; no line where none are known."""
    used = disclosure.totals.minerals
    if isinstance(used, Estimate):
        told = figure(used)
        yield Context(
            name="Minerals (ADPe)",
            note="hardware",
            value=told.value,
            unit=told.unit,
            range=told.range,
            basis=used.basis,
        )


def methods(disclosure: Disclosure, parts: Sequence[Line]) -> Iterator[Method]:
    """What each machine cost and who says so, first in emissions, then in minerals."""
    for line in parts:
        if line.part == "manufacture":
            texts = _told(disclosure, line.activities, lambda device: device.making, emitted=True)
            gaps = [line.reason] if line.gaps else []
            text = "; ".join((*texts, *gaps)) or "stated"
            yield Method(heading="Hardware manufacture", text=f"{text}.")
    if disclosure.totals.minerals is not None:
        texts = _told(
            disclosure, disclosure.activities, lambda device: device.minerals, emitted=False
        )
        yield Method(heading="Minerals", text=f"{'; '.join(texts)}. {_NO_ELECTRICITY}")


def _told(
    disclosure: Disclosure,
    activities: Iterable[Activity],
    cost: Callable[[Device], Estimate | None],
    *,
    emitted: bool,
) -> list[str]:
    devices = dict.fromkeys(each for activity in activities for each in activity.hardware)
    paid = ((device, cost(device)) for device in devices)
    return [
        _each(disclosure, device, each, emitted=emitted)
        for device, each in paid
        if each is not None
    ]


def _each(disclosure: Disclosure, device: Device, cost: Estimate, *, emitted: bool) -> str:
    method = device.method if emitted and device.method != "stated" else None
    who = ": ".join(filter(None, (method, _title(disclosure, cost))))
    aside = "; ".join(filter(None, (_ends(cost), who)))
    words = (
        f"{device.count} × {wording.named(device.name)}{_share(device)} at {_given(cost)} each",
        _life(device) if emitted else "",
        f"({aside})" if aside else "",
    )
    return " ".join(filter(None, words))


def _share(device: Device) -> str:
    """Where the runs had a part of the machine only, how much."""
    if device.share in {None, 1.0}:
        return ""
    return f", {joined(shortest(100 * (device.share or 1.0), 3), '%')} of it,"


def _given(cost: Estimate) -> str:
    """The figure as it was published, at four digits: its doubt stands beside it."""
    there = scaled(reading(cost), cost.unit)
    return joined(shortest(float(there.reading.value), _GIVEN_DIGITS), there.unit)


def _ends(cost: Estimate) -> str:
    there = scaled(reading(cost), cost.unit).reading
    if there.low is None or there.high is None:
        return ""
    low, high = (shortest(float(end), _GIVEN_DIGITS) for end in (there.low, there.high))
    return f"{low} to {high}"


def _life(device: Device) -> str:
    if device.lifetime is None:
        return ""
    years = shortest(years_from_seconds(device.lifetime.value), 2)
    over = f"over {years}{NO_BREAK_SPACE}years"
    if device.utilisation is None:
        return over
    return f"{over}, of which {joined(shortest(100 * device.utilisation, 3), '%')} at work"


def _title(disclosure: Disclosure, cost: Estimate) -> str:
    """Who says so, with what the range spans; the name of a file of the user's own."""
    key = cost.source or ""
    if key in disclosure.sources:
        return wording.named(disclosure.sources[key].title)
    return wording.named(disclosure.inputs[key].file) if key in disclosure.inputs else ""
