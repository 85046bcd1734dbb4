"""I am the label's two bars: the parts on their axis with its interval, and the quality shares."""

from __future__ import annotations

from typing import Final

from carbonlabel.documents.anatomy import Axis, Face, Quality, Row
from carbonlabel.documents.canvas import Lettering, number
from carbonlabel.documents.sheet import Sheet
from carbonlabel.documents.wording import BASES

_BAR_HEIGHT: Final = 16.0
_INTERVAL_HEIGHT: Final = 13.0
_SHARES_HEIGHT: Final = 9.0
_GAP: Final = 0.75
_SLIVER: Final = 1.0
_LINE: Final = 1.8
_CAP: Final = 8.4
_ARROW: Final = 8.0
_DIAMOND: Final = 4.6
_TICK: Final = 4.0
_TICK_TEXT: Final = Lettering(10.5, colour="secondary")
_TICK_ROOM: Final = 4.0
_LEGEND: Final = Lettering(11)
_LEGEND_COUNT: Final = Lettering(11, 700)


def stack(sheet: Sheet, face: Face) -> None:
    """The parts laid end to end from zero, the interval on a track of its own, and the axis."""
    sheet.down(14)
    if face.axis is None:
        sheet.track(_BAR_HEIGHT)
        sheet.down(_BAR_HEIGHT)
        return
    # What is narrow is drawn last, so that no neighbour covers it.
    for row in sorted(face.rows, key=_length, reverse=True):
        _segment(sheet, row)
    sheet.down(_BAR_HEIGHT)
    _interval(sheet, face.axis)
    _scale(sheet, face.axis)


def shares(sheet: Sheet, quality: Quality) -> None:
    """How much was measured, estimated and assumed: full, half full and empty, with a legend."""
    if not quality.shares:
        sheet.track(_SHARES_HEIGHT)
        sheet.down(_SHARES_HEIGHT)
        return
    before = 0
    for basis, percent in quality.shares:
        left = sheet.place(before / 100) + (_GAP if before else 0)
        _share(sheet, basis, left, sheet.place((before + percent) / 100) - left)
        before += percent
    sheet.down(_SHARES_HEIGHT)
    _legend(sheet, quality)


def _length(row: Row) -> float:
    return row.end_ratio - row.start_ratio


def _segment(sheet: Sheet, row: Row) -> None:
    if row.fill is None or not _length(row):
        return
    left = sheet.place(row.start_ratio) + (_GAP if row.start_ratio else 0)
    width = max(sheet.place(row.end_ratio) - left, _SLIVER)
    sheet.part(left, sheet.y, width, _BAR_HEIGHT, row.fill)


def _interval(sheet: Sheet, axis: Axis) -> None:
    if axis.low_ratio is None or axis.high_ratio is None:
        return
    low, high, middle = sheet.place(axis.low_ratio), sheet.place(axis.high_ratio), sheet.y + 7.5
    end = high - _ARROW if axis.is_open else high
    sheet.canvas.rect(low, middle - _LINE / 2, end - low, _LINE, "interval")
    caps = [min(low, sheet.right - _LINE)]
    if axis.is_open:
        tip = f"M{number(high)} {number(middle)}l-{number(_ARROW)} -{number(_CAP / 2)}"
        sheet.canvas.path(f"{tip}v{number(_CAP)}z", "interval")
    else:
        caps.append(max(high - _LINE, sheet.left))
    for cap in caps:
        sheet.canvas.rect(cap, middle - _CAP / 2, _LINE, _CAP, "interval")
    top = f"M{number(sheet.place(axis.value_ratio))} {number(middle - _DIAMOND)}"
    half = number(_DIAMOND)
    sheet.canvas.path(f"{top}l{half} {half}l-{half} {half}l-{half} -{half}z", "interval")
    sheet.down(_INTERVAL_HEIGHT)


def _scale(sheet: Sheet, axis: Axis) -> None:
    sheet.down(3)
    sheet.hairline()
    free = sheet.left
    for ratio, text in axis.ticks:
        tick = min(sheet.place(ratio), sheet.right - _GAP)
        sheet.canvas.rect(tick, sheet.y, _GAP, _TICK, "hairline")
        free = _tick_text(sheet, sheet.place(ratio), text, free)
    sheet.down(13)


def _tick_text(sheet: Sheet, place: float, text: str, free: float) -> float:
    """Centre a number under its tick, inside the measure; none where its neighbour stands."""
    width = _TICK_TEXT.width(text)
    left = min(max(place - width / 2, sheet.left), sheet.right - width)
    if left < free:
        return free
    sheet.canvas.text(left, sheet.y + 13, text, _TICK_TEXT)
    return left + width + _TICK_ROOM


def _share(sheet: Sheet, basis: str, left: float, width: float) -> None:
    if width <= 0:
        return
    if basis == "measured":
        sheet.canvas.rect(left, sheet.y, width, _SHARES_HEIGHT)
        return
    sheet.canvas.box(left, sheet.y, width, _SHARES_HEIGHT)
    if basis == "estimated":
        sheet.canvas.rect(left, sheet.y + _SHARES_HEIGHT / 2, width, _SHARES_HEIGHT / 2)


def _legend(sheet: Sheet, quality: Quality) -> None:
    sheet.down(14)
    x = sheet.left
    for basis, percent in quality.shares:
        sheet.canvas.mark(x + 4.5, sheet.y - 3.8, basis)
        x = sheet.put(f"{percent}\u00a0%", _LEGEND_COUNT, x + 13) + 4
        x = sheet.put(BASES[basis], _LEGEND, x) + 16
