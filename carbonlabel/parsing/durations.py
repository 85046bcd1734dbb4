"""I read times as people type them: "6h30m", "12 days, 5 hours", "6:30:00", "1.3M GPU hours"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from carbonlabel.parsing.quantities import NUMBER, Quantity, quantity

_DAYS_OF_A_WEEK: Final = 7
_UNITS: Final = {"w": "weeks?|wks?|w", "d": "days?|d", "h": "hours?|hrs?|h"} | {
    "min": "minutes?|mins?|m",
    "s": "seconds?|secs?|s",
}
"""The units of a time in parts, the longest first, and how they are written."""
_PART: Final = re.compile(
    rf"(?P<number>{NUMBER})\s*(?:"
    + "|".join(f"(?P<{unit}>{ways})" for unit, ways in _UNITS.items())
    + r")(?![a-z])(?:,?\s*(?:and\s+)?)",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(
    r"(?:(?P<d>[0-9]{1,5})-)?(?P<h>[0-9]{1,7}):(?P<min>[0-5][0-9]):(?P<s>[0-5][0-9])"
)
_TIMES: Final = {"thousand": "e3", "million": "e6", "k": "e3", "m": "e6"}
_MODEL: Final = r"(?:tpu[ -]?)?v[2-9][a-z]?|[a-z]{1,4}-?[0-9]{2,4}[a-z]{0,2}(?:-[0-9]{1,3}gb)?"
_DEVICE: Final = r"(?:gpu|tpu|npu|accelerator|device|card|chip)s?"
_OF_DEVICES: Final = re.compile(
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    rf"\s*(?P<times>{'|'.join(_TIMES)})?(?:[ -]+(?:nvidia|amd|google|tesla))?"
    rf"[ -]*(?:(?:{_MODEL})(?:[ -]+{_DEVICE})?|{_DEVICE})[ -]*"
    r"(?P<unit>hours?|hrs?|h|days?|d|years?)",
    re.IGNORECASE,
)
_LONGEST_COUNT: Final = 80


def duration(text: str, *, where: str) -> Quantity:
    """The time in s that `text` says, as one figure, in parts or as a clock; a plain number is h.

    The interval is half a unit of the last place that was typed.

    >>> duration("6h30m", where="--hours").value
    23400.0

    Raises:
        MalformedInput: it says no time.
    """
    typed = text.strip()[:_LONGEST_COUNT]
    parts = _clock(typed) or _parts(typed)
    if not parts:
        return quantity(text, "s", where=where, bare="h")
    read = [quantity(part, "s", where=where) for part in parts]
    last = read[-1]
    before_s = sum(each.value for each in read[:-1])
    low_s, high_s = (None if end is None else before_s + end for end in (last.low, last.high))
    return Quantity(before_s + last.value, low_s, high_s, "s")


def device_time(text: str, *, where: str) -> Quantity | None:
    """The device time in s that `1.3M GPU hours` or `82,432 A100 GPU-hours` says; None for others.

    >>> device_time("1.5k GPU hours", where="--hours").value
    5400000.0

    Raises:
        MalformedInput: the figure is out of range.
    """
    typed = _OF_DEVICES.fullmatch(text.strip()[:_LONGEST_COUNT])
    if typed is None:
        return None
    number = typed["number"].replace(",", "") + _TIMES.get((typed["times"] or "").lower(), "")
    return quantity(f"{number} {typed['unit'].lower()}", "s", where=where)


def _clock(typed: str) -> list[str]:
    """The parts of "6:30:00" and of "1-12:00:00"; none of "6:30", which may be min and s."""
    found = _CLOCK.fullmatch(typed)
    return (
        [f"{found[unit]} {unit}" for unit in ("d", "h", "min", "s") if found[unit]] if found else []
    )


def _parts(typed: str) -> list[str]:
    """The parts of a time in several units, the longest unit first; none of another text."""
    found = list(_PART.finditer(typed))
    units = [str(each.lastgroup) for each in found]
    order = [list(_UNITS).index(unit) for unit in units]
    is_whole = "".join(each[0] for each in found) == typed
    if not is_whole or not all(first < second for first, second in pairwise(order)):
        return []
    if len(found) == 1 and units != ["w"]:
        return []
    return [_said(each["number"], unit) for each, unit in zip(found, units, strict=True)]


def _said(number: str, unit: str) -> str:
    """One part with a unit that quantities have."""
    return f"{float(number) * _DAYS_OF_A_WEEK:g} d" if unit == "w" else f"{number} {unit}"
