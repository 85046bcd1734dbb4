"""I am the label's ledger: where the amount comes from, and what stands around it."""

from __future__ import annotations

from typing import Final, NamedTuple

from carbonlabel.documents import typeface
from carbonlabel.documents.anatomy import Context, Face, Row
from carbonlabel.documents.canvas import Lettering
from carbonlabel.documents.language import say
from carbonlabel.documents.sheet import LEFT, RIGHT, Sheet, fitted
from carbonlabel.documents.wording import BASES

_HEAD: Final = Lettering(10.8, 600, "secondary")
_NOTE: Final = Lettering(10.8, colour="secondary")
_NAME: Final = Lettering(13, 700)
_CHILD_NAME: Final = Lettering(12.5, 600)
_SMALLEST_NAME: Final = 10.5
_RANGE: Final = Lettering(12, tabular=True)
_MISSING: Final = Lettering(12, colour="secondary")
_INDENT: Final = 15.0
_SWATCH: Final = 9.0
_SWATCH_ROOM: Final = 15.0
_RANGE_RIGHT: Final = RIGHT - 42
_VALUE_RIGHT: Final = RIGHT - 98
_ROOM: Final = 8.0

_CONTEXT_RIGHT: Final = RIGHT - 22
_CONTEXT_NAME: Final = Lettering(12, 700)
_CONTEXT_NOTE: Final = Lettering(11, colour="secondary")
_CONTEXT_VALUE: Final = Lettering(12.5, 700)
_CONTEXT_UNIT: Final = Lettering(11.5)
_CONTEXT_MISSING: Final = Lettering(11.5, colour="secondary")


class _Line(NamedTuple):
    """Where the pieces of one part's line begin, and how they are set."""

    left: float
    text_left: float
    name: Lettering

    @classmethod
    def of(cls, row: Row) -> _Line:
        left = LEFT + (_INDENT if row.level == "child" else 0)
        text_left = left if row.level == "sum" else left + _SWATCH_ROOM
        return cls(left, text_left, _CHILD_NAME if row.level == "child" else _NAME)

    @property
    def figures(self) -> Lettering:
        """How the amount is set."""
        return Lettering(self.name.size, self.name.weight, tabular=True)


class _Columns(NamedTuple):
    """Where the amounts end, and whether their ranges are too long to stand beside them."""

    value_right: float
    are_ranges_below: bool

    @classmethod
    def of(cls, face: Face) -> _Columns:
        widest = max((_RANGE.width(row.range) for row in face.rows), default=0.0)
        right = min(_VALUE_RIGHT, _RANGE_RIGHT - widest - _ROOM)
        if all(_has_room(row, right) for row in face.rows):
            return cls(right, are_ranges_below=False)
        return cls(_VALUE_RIGHT, are_ranges_below=True)


def _has_room(row: Row, value_right: float) -> bool:
    """Whether a row's name stands whole before its amount."""
    if row.value is None:
        return True
    line = _Line.of(row)
    name = line.name._replace(size=_SMALLEST_NAME)
    left = value_right - line.figures.width(row.value) - _ROOM
    return line.text_left + name.width(row.name) <= left


def parts(sheet: Sheet, face: Face) -> None:
    """Every part with its amount, range, mark and subline; electricity's own are indented."""
    columns = _Columns.of(face)
    value_right = columns.value_right
    sheet.down(12)
    sheet.put(say("Where it comes from"), _HEAD, right=value_right - _HEAD.width(face.unit) - _ROOM)
    sheet.put_back(face.unit, _HEAD, value_right)
    sheet.put_back(say("range"), _HEAD, _RANGE_RIGHT)
    sheet.put_back(say("basis"), _HEAD)
    sheet.down(6)
    for row in face.rows:
        _part(sheet, row, columns)


def contexts(sheet: Sheet, face: Face) -> None:
    """Energy, grid, use and water, a line each; a note too long for it stands below."""
    for place, context in enumerate(face.contexts):
        if place:
            sheet.hairline()
        _context(sheet, context)


def _part(sheet: Sheet, row: Row, columns: _Columns) -> None:
    line = _Line.of(row)
    sheet.hairline(line.left)
    sheet.down(16)
    _swatch(sheet, row, line.left)
    shown = row._replace(range="") if columns.are_ranges_below else row
    _name(sheet, row, line, _amount(sheet, shown, line, columns.value_right))
    sheet.mark(row.basis)
    if columns.are_ranges_below and row.range:
        sheet.down(14)
        sheet.put_back(row.range, _RANGE, _RANGE_RIGHT, line.text_left)
    sheet.lines(row.note or row.reason, _NOTE, 14, line.text_left)
    sheet.down(6)


def _swatch(sheet: Sheet, row: Row, left: float) -> None:
    if row.fill is not None:
        sheet.part(left, sheet.y - _SWATCH + 0.5, _SWATCH, _SWATCH, row.fill)
    elif row.value is None and row.level != "sum":
        sheet.canvas.rect(left, sheet.y - 4.6, _SWATCH, 1.4, "secondary")


def _amount(sheet: Sheet, row: Row, line: _Line, value_right: float) -> float:
    """Write value and range; where they begin."""
    if row.value is None:
        return sheet.put_back(BASES["not reported"], _MISSING, _RANGE_RIGHT)
    sheet.put_back(row.range, _RANGE, _RANGE_RIGHT)
    return sheet.put_back(row.value, line.figures, value_right)


def _name(sheet: Sheet, row: Row, line: _Line, right: float) -> None:
    measure = right - _ROOM - line.text_left
    name, lettering = fitted(row.name, line.name, _SMALLEST_NAME, measure)
    sheet.put(name, lettering, line.text_left)


def _context(sheet: Sheet, context: Context) -> None:
    sheet.down(16)
    smallest = _CONTEXT_NAME._replace(size=_SMALLEST_NAME)
    is_range_below = smallest.width(context.name) > _context_measure(context)
    shown = context._replace(range="") if is_range_below else context
    measure = _context_measure(shown)
    name, lettering = fitted(context.name, _CONTEXT_NAME, _SMALLEST_NAME, measure)
    end = sheet.put(name, lettering)
    right = _context_amount(sheet, shown, end + _ROOM)
    sheet.mark(context.basis)
    left = end + 6
    if _CONTEXT_NOTE.width(typeface.plain(context.note)) <= right - _ROOM - left:
        sheet.put(context.note, _CONTEXT_NOTE, left)
    else:
        sheet.lines(context.note, _NOTE, 14)
    if is_range_below and context.range:
        sheet.down(14)
        sheet.put_back(f"({context.range})", _CONTEXT_NOTE, _CONTEXT_RIGHT)
    sheet.down(6)


def _context_measure(context: Context) -> float:
    """The room for a name before the amount."""
    return _CONTEXT_RIGHT - _amount_width(context) - _ROOM - LEFT


def _amount_width(context: Context) -> float:
    if context.value is None:
        return _CONTEXT_MISSING.width(BASES["not reported"])
    span = _CONTEXT_NOTE.width(f"({context.range})") + 4 if context.range else 0.0
    unit = _CONTEXT_UNIT.width(context.unit) + 4 if context.unit else 0.0
    return _CONTEXT_VALUE.width(context.value) + unit + span


def _context_amount(sheet: Sheet, context: Context, left: float) -> float:
    """Write value, unit and range; where they begin."""
    if context.value is None:
        return sheet.put_back(BASES["not reported"], _CONTEXT_MISSING, _CONTEXT_RIGHT, left)
    right = _CONTEXT_RIGHT
    if context.range:
        right = sheet.put_back(f"({context.range})", _CONTEXT_NOTE, right, left) - 4
    if context.unit:
        right = sheet.put_back(context.unit, _CONTEXT_UNIT, right, left) - 4
    return sheet.put_back(context.value, _CONTEXT_VALUE, right, left)
