"""I tell what making the machines cost, in emissions and in minerals, by which method."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from carbonlabel.documents import wording
from carbonlabel.documents.anatomy import Context, Method
from carbonlabel.documents.language import Words, marked, say
from carbonlabel.documents.numbers import (
    between,
    brief,
    figure,
    grouped,
    joined,
    reading,
    scaled,
)
from carbonlabel.documents.sums import Line
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.hardware import Device, MakingMethod
from carbonlabel.model.units import years_from_seconds

NAMES: Final[Mapping[MakingMethod, str]] = Words(
    {
        "vendor PCF": "vendor PCF",
        "teardown LCA": "teardown",
        "proxy": "proxy",
        "bottom-up model": "parts model",
        "default": "default",
        "stated": "stated",
    }
)
"""The methods in a word or two, for the line under the row."""
IN_FULL: Final[Mapping[MakingMethod, str]] = Words(
    {
        "vendor PCF": "vendor PCF",
        "teardown LCA": "teardown LCA",
        "proxy": "proxy",
        "bottom-up model": "bottom-up model",
        "default": "default",
        "stated": "stated",
    }
)
_MOST_NAMED: Final = 2
_GIVEN_DIGITS: Final = 4
_NO_ELECTRICITY: Final = marked("Those behind the electricity are left out.")
MINERALS: Final = marked("Minerals (ADPe)")


def note(activities: Iterable[Activity]) -> str:
    """`share of life: vendor PCF, parts model`; how many methods there are from three on."""
    devices = (device for activity in activities for device in activity.hardware)
    methods = dict.fromkeys(NAMES[each.method] for each in devices if each.method)
    if not methods:
        return say("share of the hardware's life")
    if len(methods) > _MOST_NAMED:
        return say("share of life: {count} methods", count=len(methods))
    return say("share of life: {methods}", methods=", ".join(methods))


def contexts(disclosure: Disclosure) -> Iterator[Context]:
    """The minerals in the hardware; no line where none are known."""
    used = disclosure.totals.minerals
    if isinstance(used, Estimate):
        told = figure(used)
        yield Context(
            name=say(MINERALS),
            note=say("hardware"),
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
            text = say("; ").join((*texts, *gaps)) or say("stated")
            yield Method(heading=wording.PART_NAMES["manufacture"], text=f"{text}.")
    if disclosure.totals.minerals is not None:
        texts = _told(
            disclosure, disclosure.activities, lambda device: device.minerals, emitted=False
        )
        told = say("; ").join(texts)
        yield Method(heading=say("Minerals"), text=f"{told}. {say(_NO_ELECTRICITY)}")


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
    is_told = emitted and device.method not in {None, "stated"}
    method = IN_FULL[device.method] if is_told and device.method else ""
    who = say(": ").join(filter(None, (method, _title(disclosure, cost))))
    aside = say("; ").join(filter(None, (_ends(cost), who)))
    words = (
        say(
            "{machines}{share} at {amount} each",
            machines=f"{grouped(Decimal(device.count))} × {wording.named(device.name)}",
            share=_share(device),
            amount=_given(cost),
        ),
        _life(device) if emitted else "",
        f"({aside})" if aside else "",
    )
    return " ".join(filter(None, words))


def _share(device: Device) -> str:
    """Where the runs had a part of the machine only, how much."""
    if device.share in {None, 1.0}:
        return ""
    return say(", {percent} of it,", percent=joined(brief(100 * (device.share or 1.0), 3), "%"))


def _given(cost: Estimate) -> str:
    """The figure as it was published, at four digits: its doubt stands beside it."""
    there = scaled(reading(cost), cost.unit)
    return joined(brief(float(there.reading.value), _GIVEN_DIGITS), there.unit)


def _ends(cost: Estimate) -> str:
    there = scaled(reading(cost), cost.unit).reading
    if there.low is None or there.high is None:
        return ""
    low, high = (brief(float(end), _GIVEN_DIGITS) for end in (there.low, there.high))
    return between(low, high)


def _life(device: Device) -> str:
    if device.lifetime is None:
        return ""
    years = brief(years_from_seconds(device.lifetime.value), 2)
    over = say("over {number}\u00a0years", number=years)
    if device.utilisation is None:
        return over
    percent = joined(brief(100 * device.utilisation, 3), "%")
    return say("{span}, of which {percent} at work", span=over, percent=percent)


def _title(disclosure: Disclosure, cost: Estimate) -> str:
    """Who says so, with what the range spans; the name of a file of the user's own."""
    key = cost.source or ""
    if key in disclosure.sources:
        return wording.named(disclosure.sources[key].title)
    return wording.named(disclosure.inputs[key].file) if key in disclosure.inputs else ""
