"""I guess which one unit or factor slipped, where a figure is not what it should be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, Literal, NamedTuple

from carbonlabel.model.disclosure import Activity
from carbonlabel.model.estimate import Missing
from carbonlabel.model.units import SCALES

Kind = Literal["prefix", "joule", "time", "pound", "count", "pue"]
Slip = tuple[Kind, float, str]
"""What slipped, by what to multiply the figure to undo it, and how to say so."""

ALL: Final[frozenset[Kind]] = frozenset({"prefix", "joule", "time", "pound", "count", "pue"})
"""Every slip that is known; a figure that is known exactly is held to all of them."""
INTENSITY: Final[frozenset[Kind]] = frozenset({"prefix", "pound"})
"""What slips in a grid factor."""
POWER: Final[frozenset[Kind]] = ALL - {"pound"}
"""What slips in an energy that is held to a rated power."""
WATER: Final[frozenset[Kind]] = frozenset({"prefix", "joule", "count", "pue"})
"""What slips in litres that are held to an energy."""

_IN_KWH: Final = SCALES["kWh"]
_IN_S: Final = SCALES["s"]
_POUND: Final = SCALES["gCO2e/kWh"]["lbCO2e/MWh"]
_UNITS: Final[tuple[Slip, ...]] = (
    (
        "prefix",
        _IN_KWH["MWh"],
        "1000 times too small, as where kg are taken for g or MWh for kWh",
    ),
    ("prefix", _IN_KWH["Wh"], "1000 times too large, as where g are taken for kg or Wh for kWh"),
    (
        "prefix",
        _IN_KWH["GWh"],
        "a million times too small, as where t are taken for g or GWh for kWh",
    ),
    (
        "prefix",
        _IN_KWH["mWh"],
        "a million times too large, as where mg are taken for kg or mWh for kWh",
    ),
    ("joule", 1 / _IN_KWH["MJ"], "3.6 times too small, as where kWh are taken for MJ"),
    ("joule", _IN_KWH["MJ"], "3.6 times too large, as where MJ are taken for kWh"),
    ("time", _IN_S["min"], "60 times too small, as where minutes are taken for seconds"),
    ("time", 1 / _IN_S["min"], "60 times too large, as where seconds are taken for minutes"),
    ("time", _IN_S["h"], "3600 times too small, as where hours are taken for seconds"),
    ("time", 1 / _IN_S["h"], "3600 times too large, as where seconds are taken for hours"),
    (
        "pound",
        _POUND,
        "2.2 times too large, as where lb are taken for kg or lb/MWh for kg/MWh",
    ),
    (
        "pound",
        1 / _POUND,
        "2.2 times too small, as where kg are taken for lb or kg/MWh for lb/MWh",
    ),
)


class Named(NamedTuple):
    """The one slip that explains a figure."""

    factor: float
    """What to multiply the figure by."""
    words: str
    """How to say it: `1000 times too small, as where …`."""


def named(
    fits: Callable[[float], bool],
    found: float,
    *,
    activity: Activity | None = None,
    kinds: frozenset[Kind] = ALL,
) -> Named | None:
    """The one slip of these kinds that explains a figure; None where none or several do.

    A device count and a PUE are those of the activity. Nothing is ever corrected by it.

    >>> named(lambda value: 10 <= value <= 1300, 0.36, kinds=INTENSITY).factor
    1000.0
    """
    fitting = [
        Named(factor, words)
        for kind, factor, words in _slips(activity)
        if kind in kinds and fits(found * factor)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _slips(activity: Activity | None) -> Iterator[Slip]:
    yield from _UNITS
    if activity is not None:
        yield from _of_devices(activity)
        yield from _of_pue(activity)


def _of_devices(activity: Activity) -> Iterator[Slip]:
    count = sum(each.count for each in activity.hardware if each.kind == "accelerator")
    if count > 1:
        left, twice = "the device count is left out", "the device count enters twice"
        yield "count", count, f"{count} times too small, as where {left}"
        yield "count", 1 / count, f"{count} times too large, as where {twice}"


def _of_pue(activity: Activity) -> Iterator[Slip]:
    pue = activity.region.pue
    if not isinstance(pue, Missing) and pue.value > 1:
        yield "pue", pue.value, f"{pue.value:g} times too small, as where the PUE is left out"
        yield "pue", 1 / pue.value, f"{pue.value:g} times too large, as where the PUE enters twice"
