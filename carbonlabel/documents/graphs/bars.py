"""I draw amounts of one kind as bars from zero, each with its name, its words and its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from markupsafe import Markup

from carbonlabel.documents.canvas import number
from carbonlabel.documents.graphs.ink import (
    HAIRLINE,
    MEASURE,
    SIZE,
    Words,
    box,
    drawing,
    line,
    width,
)
from carbonlabel.documents.language import say
from carbonlabel.documents.numbers import Reading

_ROOM: Final = 8.0
_PITCH: Final = 20.0
_BAR: Final = 11.0
_BASELINE: Final = 13.5
_MOST_NAME: Final = 150.0
_SLIVER: Final = 1.0
_CAP: Final = 3.2


@dataclass(frozen=True, slots=True)
class Bar:
    """One amount; all bars of a chart are in one unit."""

    name: str
    reading: Reading
    words: str
    """The amount with its unit, rounded."""


def bars(title: str, rows: Sequence[Bar]) -> Markup | None:
    """The chart of some amounts, in their order; None where all of them are zero or there is none.

    An interval is a line through the end of its bar.
    """
    reach = max((_reach(each.reading) for each in rows), default=Decimal(0))
    if not reach:
        return None
    left = min(_MOST_NAME, max(width(each.name) for each in rows)) + _ROOM
    right = MEASURE - max(width(each.words) for each in rows) - _ROOM
    said = ", ".join(f"{each.name} {each.words}" for each in rows)
    drawn = (
        piece
        for place, each in enumerate(rows)
        for piece in _row(each, place * _PITCH, (left, right), reach)
    )
    height = len(rows) * _PITCH
    axis = line(f"M{number(left)} 0V{number(height)}", "hairline", HAIRLINE)
    return drawing(height, f"{title}{say(': ')}{said}", _described(rows), (*drawn, axis))


def _reach(reading: Reading) -> Decimal:
    return max(reading.value, reading.high or reading.value)


def _described(rows: Sequence[Bar]) -> str:
    largest = max(rows, key=lambda each: each.reading.value)
    return say(
        "{count} bars from zero; the longest is {name}, {amount}.",
        count=len(rows),
        name=largest.name,
        amount=largest.words,
    )


def _row(bar: Bar, top: float, across: tuple[float, float], reach: Decimal) -> Iterator[str]:
    left, right = across
    measure = right - left

    def at(value: Decimal) -> float:
        return left + float(value / reach) * measure

    end = at(bar.reading.value)
    if bar.reading.value:
        end = max(end, left + _SLIVER)
    middle = top + _BASELINE - SIZE / 2 + 1.2
    yield Words(0, top + _BASELINE, bar.name, left - _ROOM).drawn()
    yield box(left, middle - _BAR / 2, end - left, _BAR, "s2")
    if bar.reading.low is not None and bar.reading.high is not None:
        yield _interval(at(bar.reading.low), at(bar.reading.high), middle)
    yield Words(MEASURE, top + _BASELINE, bar.words, anchor="end", weight=600).drawn()


def _interval(low: float, high: float, y: float) -> str:
    caps = "".join(f"M{number(each)} {number(y - _CAP)}v{number(2 * _CAP)}" for each in (low, high))
    return line(f"M{number(low)} {number(y)}H{number(high)}{caps}", "interval", 1.4)
