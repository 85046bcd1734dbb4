"""I say what one serving is: which runs, for how long, on what, where and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from carbonlabel.documents import use, wording
from carbonlabel.documents.language import ENGLISH, say, speaking
from carbonlabel.documents.numbers import grouped
from carbonlabel.model.disclosure import Activity
from carbonlabel.model.estimate import Missing
from carbonlabel.model.hardware import Device

LINE_LENGTH: Final = 56
_SEPARATOR: Final = " · "
_NAME_LENGTH: Final = 48
_WITH_ARTICLE: Final = frozenset(
    {"Bahamas", "Comoros", "Democratic Republic of Congo", "District of Columbia", "Gambia"}
    | {"Maldives", "Netherlands", "Northern Territory", "Northwest Territories", "Philippines"}
    | {"United Arab Emirates", "United Kingdom", "United States"}
)


def serving(activities: Sequence[Activity]) -> tuple[str, ...]:
    """Lines of at most 56 characters: `2 fine-tuning runs · 6.0 s · Intel …`."""
    return tuple(_filled(item for item in _items(activities) if item))


def per(activities: Sequence[Activity]) -> str:
    """What the amounts are for: `Amount for 2 fine-tuning runs`, `Amount per training run`."""
    return say("Amount {scope}", scope=scope(activities))


def scope(activities: Sequence[Activity]) -> str:
    """`for 2 fine-tuning runs`, or `per training run` where there is one."""
    alone = wording.lone_run(activities)
    if alone:
        return say("per {run}", run=alone)
    return say("for {runs}", runs=wording.runs(activities))


def duration(activities: Sequence[Activity]) -> str:
    """Wall time of all runs; empty where one of them does not say."""
    seconds = _sum(activity.duration for activity in activities)
    return "" if seconds is None else wording.duration(seconds)


def machines(devices: Iterable[Device], longest: int | None = None) -> str:
    """Accelerators with their counts, else hosts: `2 × NVIDIA A100-SXM4-80GB`."""
    each = list(dict.fromkeys((device.kind, device.name, device.count) for device in devices))
    kinds = {kind for kind, _, _ in each}
    shown = "accelerator" if "accelerator" in kinds else "host"
    return wording.listed((_machine(*device) for device in each if device[0] == shown), longest)


def places(activities: Sequence[Activity]) -> str:
    """Where the runs took place, each place once."""
    return wording.listed(wording.place_name(activity.region) for activity in activities)


def within(activities: Sequence[Activity]) -> str:
    """The places as they follow "in": English says `the United States`."""
    named = dict.fromkeys(wording.place_name(activity.region) for activity in activities)
    return wording.listed(f"the {each}" if _has_article(each) else each for each in named)


def _has_article(place: str) -> bool:
    """Whether English puts an article before a country that stands without a site."""
    is_named_so = place in _WITH_ARTICLE or place.endswith((" Islands", " Republic"))
    return speaking() == ENGLISH and "," not in place and is_named_so


def dates(activities: Sequence[Activity]) -> str:
    """When the runs took place, in days; empty where one of them does not say."""
    return wording.dates(activity.period for activity in activities)


def _items(activities: Sequence[Activity]) -> Iterator[str]:
    yield wording.runs(activities, LINE_LENGTH)
    yield use.served(activities)
    yield duration(activities)
    yield accelerator_time(activities)
    devices = (device for activity in activities for device in activity.hardware)
    yield machines(devices, LINE_LENGTH)
    yield places(activities)
    yield dates(activities)


def _filled(items: Iterable[str]) -> list[str]:
    lines: list[str] = []
    for item in items:
        longer = f"{lines[-1]}{_SEPARATOR}{item}" if lines else item
        if lines and len(longer) <= LINE_LENGTH:
            lines[-1] = longer
        else:
            lines.append(wording.shortened(item, LINE_LENGTH))
    return lines


def _machine(kind: str, name: str, count: int) -> str:
    shown = wording.named(name, _NAME_LENGTH)
    return shown if kind == "host" and count == 1 else f"{grouped(Decimal(count))} × {shown}"


def accelerator_time(activities: Sequence[Activity]) -> str:
    """Accelerator-hours of all runs; empty without accelerators or without a duration."""
    seconds = 0.0
    for activity in activities:
        count = sum(each.count for each in activity.hardware if each.kind == "accelerator")
        stated = wording.known(activity.compute.device_time) if activity.compute else None
        if stated is None and count and isinstance(activity.duration, Missing):
            return ""
        if stated is not None:
            seconds += stated.value
        elif not isinstance(activity.duration, Missing):
            seconds += count * activity.duration.value
    return wording.accelerator_time(seconds) if seconds else ""


def _sum(durations: Iterable[object]) -> float | None:
    seconds = 0.0
    for duration_s in durations:
        value = getattr(duration_s, "value", None)
        if value is None:
            return None
        seconds += value
    return seconds
