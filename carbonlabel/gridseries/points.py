"""I turn readings in any order into points that follow each other, and count those without one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise, zip_longest
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.model.series import Point
from carbonlabel.parsing.samples import shown

_NO_FIGURE: Final = -1
_HIGHEST_GCO2E_PER_KWH: Final = 5000.0
_MOST: Final = 2**20
_YEARS: Final = range(2000, 2100)
_MOMENT: Final = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?( ?(Z|UTC|[+-]\d\d:?\d\d))?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One moment of a file, with or without a figure."""

    begin: datetime
    """Aware, in UTC."""
    length_s: float | None
    """How long it holds, in s; None where the file leaves it to the distance of the next."""
    intensity_gco2e_per_kwh: float | None
    """None where the file says that there is no figure."""
    where: str
    """`FR_2024_hourly.csv:17`, for errors."""


@dataclass(frozen=True, slots=True)
class Course:
    """Points in order of time, and how many moments had no figure."""

    points: tuple[Point, ...]
    dropped_count: int


def moment(text: str, *, where: str, is_utc: bool = False) -> datetime:
    """The time that `text` says, in UTC; with `is_utc` it may leave its zone out.

    Raises:
        MalformedInput: it is no time from 2000 to 2099, or does not say its offset from UTC.
    """
    plain = text.strip().upper()
    try:
        found = datetime.fromisoformat(_spelled(plain)) if _MOMENT.fullmatch(plain) else None
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        raise MalformedInput(
            f"{shown(text)} is no time", where=where, hint="write it like 2026-11-03T09:00:00Z"
        )
    if found.tzinfo is None and not is_utc:
        raise MalformedInput(
            f"{shown(text)} does not say its zone",
            where=where,
            hint="add the offset from UTC: 2026-11-03T09:00:00Z, or +01:00 instead of Z",
        )
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def _spelled(text: str) -> str:
    # Python 3.11 knows fractions of 3 or 6 digits and no space before an offset.
    fraction = re.sub(r"\.(\d+)", lambda found: f".{found[1]:0<6.6}", text)
    return fraction.replace("UTC", "Z").replace(" Z", "Z").replace(" +", "+").replace(" -", "-")


def intensity(number: Decimal | float | None, scale: float, *, where: str) -> float | None:
    """A figure in gCO2e/kWh, `scale` of them being one of the file's unit; None for none and −1.

    Raises:
        MalformedInput: it is negative, or more than any plant emits.
    """
    if number is None or number == _NO_FIGURE:
        return None
    value = float(number) * scale
    if not 0 <= value <= _HIGHEST_GCO2E_PER_KWH:
        raise MalformedInput(
            f"{float(number):g} is no grid intensity",
            where=where,
            hint=f"it lies between 0 and {_HIGHEST_GCO2E_PER_KWH:g} gCO2e/kWh: is the unit right?",
        )
    return value


def course(readings: Iterable[Reading], *, file: str, alone_s: float | None = None) -> Course:
    """The readings in order, each for as long as it says, else as the commonest step of all.

    `alone_s` is the length in s of a reading that stands alone and does not say one.

    Raises:
        MalformedInput: there is no figure, there are two for one time, or more than a million.
    """
    found = _in_order(readings, file)
    step_s = _step(found) or alone_s
    points = tuple(_points(found, step_s))
    if not points:
        raise MalformedInput(
            "the series holds no figure", where=file, hint="every value is empty, null or −1"
        )
    return Course(points, sum(each.intensity_gco2e_per_kwh is None for each in found))


def _in_order(readings: Iterable[Reading], file: str) -> Sequence[Reading]:
    found: dict[datetime, Reading] = {}
    for each in readings:
        twin = found.setdefault(each.begin, each)
        if twin.intensity_gco2e_per_kwh != each.intensity_gco2e_per_kwh:
            raise MalformedInput(
                f"a second figure for {each.begin:%Y-%m-%d %H:%M} UTC",
                where=each.where,
                hint="keep one zone and one signal in a file",
            )
        if len(found) > _MOST:
            raise MalformedInput("the series holds more than a million moments", where=file)
    return [found[begin] for begin in sorted(found)]


def _step(found: Sequence[Reading]) -> float | None:
    """The commonest distance of two readings in s, of equally common ones the shortest."""
    steps = Counter((second.begin - first.begin) for first, second in pairwise(found))
    return min(steps, key=lambda step: (-steps[step], step)).total_seconds() if steps else None


def _points(found: Sequence[Reading], step_s: float | None) -> Iterator[Point]:
    following = (each.begin for each in found[1:])
    for each, after in zip_longest(found, following):
        length_s = _length(each, step_s)
        if after is not None and each.begin + timedelta(seconds=length_s) > after:
            _refuse_overlap(each)
            length_s = (after - each.begin).total_seconds()
        if each.intensity_gco2e_per_kwh is not None:
            yield Point(each.begin, length_s, each.intensity_gco2e_per_kwh)


def _length(each: Reading, step_s: float | None) -> float:
    length_s = each.length_s or step_s
    if length_s is None:
        raise MalformedInput(
            "one figure alone does not say for how long it holds",
            where=each.where,
            hint="give the series of all hours of the run",
        )
    return length_s


def _refuse_overlap(each: Reading) -> None:
    if each.length_s is not None:
        raise MalformedInput(
            "the next figure begins before this one ends",
            where=each.where,
            hint="times must be the begins of the intervals: some tools write when a figure was "
            "updated instead; export the series from its publisher",
        )
