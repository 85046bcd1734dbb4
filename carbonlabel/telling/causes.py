"""I know which given figures are in error together, and how far each may be off."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache
from typing import Final

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import doubts
from carbonlabel.method.propagate import Interval
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.market import Instrument
from carbonlabel.model.region import Region
from carbonlabel.record.pointers import steps_of

_ENERGY: Final = re.compile(r"/activities/[0-9]+/parts/[0-9]+/energy")
_METERED: Final = re.compile(r"/activities/[0-9]+/reported/energy")
_SENSORS: Final = ("tracker", "model", "rated")
_SAME_RATIO: Final = 1e-7
_EXACT: Final = frozenset({"duration"})
"""Quantities whose range, where they have one, the method does not carry on."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One source of doubt: figures that share it move together."""

    key: Hashable
    """The same for all that are in error together."""
    place: str
    """JSON pointer of the first of them, as the split of the doubt names it."""
    interval: Interval
    """The figure with its ends."""


def cause(
    disclosure: Disclosure, place: str, quantity: Estimate, *, apart: bool = False
) -> Cause | None:
    """What puts the given figure at a place in doubt; None where it counts as exact.

    Everything that one tracker's counters read shares a scale error, as does every row that one
    tracker models alike; with `apart` each row has its own.
    """
    field = steps_of(place)[-1]
    if field in _EXACT:
        return None
    if _METERED.fullmatch(place):
        return _metered(disclosure, place, quantity)
    if _ENERGY.fullmatch(place):
        return _energy(disclosure, place, quantity, apart=apart)
    interval = Interval(quantity.value, quantity.low, quantity.high)
    return Cause(_identity(disclosure, place, field, quantity), place, interval)


def sensor(quantity: Estimate) -> str | None:
    """The default whose range a given energy has: `tracker`, `model` or `rated`."""
    if quantity.low is None or quantity.high is None or not quantity.value:
        return None
    low, high = quantity.low / quantity.value, quantity.high / quantity.value
    return _sensor_of(low, high)


def _sensor_of(low_ratio: float, high_ratio: float) -> str | None:
    for name in _SENSORS:
        low, high = _default(name)
        if math.isclose(low_ratio, low, rel_tol=_SAME_RATIO) and math.isclose(
            high_ratio, high, rel_tol=_SAME_RATIO
        ):
            return name
    return None


@cache
def _default(name: str) -> tuple[float, float]:
    try:
        return doubts.doubt(name).ends(1.0)
    except MissingFactor:
        return math.nan, math.nan


def _identity(disclosure: Disclosure, place: str, field: str, quantity: Estimate) -> Hashable:
    """A factor that is cited twice is one; a grid and a machine are told apart by name as well.

    What one source says of one grid is in error alike in all years, and so is what was typed once.
    """
    match steps_of(place):
        case ("activities", number, "region", _):
            return field, _of_region(disclosure.activities[int(number)].region, field, quantity)
        case ("activities", number, "hardware", device, "making" | "minerals"):
            machine = disclosure.activities[int(number)].hardware[int(device)]
            return field, machine.name, quantity
        case ("activities", number, "instruments", place_of, _):
            listed = disclosure.activities[int(number)].instruments or ()
            return _of_contract(listed[int(place_of)], field)
        case ("activities", _, "hardware", *_):
            return field, quantity
        case _:
            return place


def _of_region(region: Region, field: str, quantity: Estimate) -> Hashable:
    is_open = quantity.low is None or quantity.high is None
    if field == "intensity":
        return region.zone, quantity.source, is_open
    if field == "residual":
        return quantity.source, is_open
    return quantity.model_copy(update={"year": None})


def _of_contract(each: Instrument, field: str) -> Hashable:
    """A contract that several activities share is one, whatever part each of them has."""
    whole = each.contract or each.energy
    said = each.kind, each.zone, each.vintage, each.reference, whole, each.intensity
    return ("intensity" if field == "intensity" else "contract", *said)


def _energy(disclosure: Disclosure, place: str, quantity: Estimate, *, apart: bool) -> Cause:
    interval = Interval(quantity.value, quantity.low, quantity.high)
    kind = None if apart else sensor(quantity)
    if kind is None:
        return Cause(place, place, interval)
    _, number, _, row, _ = steps_of(place)
    part = disclosure.activities[int(number)].parts[int(row)].part
    key = _log(disclosure, quantity)
    tracker = disclosure.inputs[key].tracker if key in disclosure.inputs else None
    if kind == "tracker":
        return Cause(("counter", tracker), f"/inputs/{key}" if key else place, interval)
    return Cause((tracker, part, kind), place, interval)


def _log(disclosure: Disclosure, quantity: Estimate) -> str | None:
    """The key of the file that a figure is from; of a sum over several, of the first."""
    if quantity.source is not None:
        return quantity.source
    return next((key for key in disclosure.inputs if key.partition("-")[0] == "log"), None)


def _metered(disclosure: Disclosure, place: str, quantity: Estimate) -> Cause:
    """What a log says the facility took: its range shows only in the row it was turned into."""
    number = int(steps_of(place)[1])
    if quantity.low is not None or not quantity.value:
        return Cause(place, place, Interval(quantity.value, quantity.low, quantity.high))
    activity = disclosure.activities[number]
    for row, part in enumerate(activity.parts):
        energy = part.energy
        if isinstance(energy, Estimate) and "facility_energy" in (energy.formula or ""):
            at = f"/activities/{number}/parts/{row}/energy"
            return _behind(disclosure, at, energy, quantity)
    return Cause(place, place, Interval(quantity.value))


def _behind(disclosure: Disclosure, at: str, energy: Estimate, metered: Estimate) -> Cause:
    """The doubt of a meter, from that of the row its figure was turned into."""
    _, number, _, row, _ = steps_of(at)
    activity = disclosure.activities[int(number)]
    low, high = _without_pue(energy, activity)
    ends = Interval(metered.value, metered.value * low, metered.value * high)
    kind, key = _sensor_of(low, high), _log(disclosure, metered)
    tracker = disclosure.inputs[key].tracker if key in disclosure.inputs else None
    if kind == "tracker":
        return Cause(("counter", tracker), f"/inputs/{key}" if key else at, ends)
    return Cause((tracker, activity.parts[int(row)].part, kind) if kind else at, at, ends)


def _without_pue(energy: Estimate, activity: Activity) -> tuple[float, float]:
    """The ends of a meter as ratios, from a row's range after the doubt of the PUE is taken out."""
    pue = activity.region.pue
    if energy.low is None or energy.high is None or not energy.low or not isinstance(pue, Estimate):
        return math.nan, math.nan
    down = _rest(energy.value / energy.low, (pue.high or pue.value) / pue.value)
    up = _rest(energy.high / energy.value, pue.value / (pue.low or pue.value))
    return 1 / down, up


def _rest(whole_ratio: float, known_ratio: float) -> float:
    """What is left of a deviation when one of two causes is taken out of it."""
    square = math.log(whole_ratio) ** 2 - math.log(known_ratio) ** 2
    return math.exp(math.sqrt(max(square, 0.0)))
