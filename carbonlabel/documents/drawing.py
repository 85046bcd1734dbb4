"""I am the label's rows from top to bottom, in the one order they may have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from carbonlabel.documents import bars, breaking, ledger
from carbonlabel.documents.anatomy import Face
from carbonlabel.documents.canvas import Lettering, number
from carbonlabel.documents.language import marked, say
from carbonlabel.documents.sheet import LEFT, MEASURE, RIGHT, Sheet, fitted
from carbonlabel.documents.wording import BASES

_TITLE: Final = Lettering(52, 800)
_TITLE_MIN: Final = 20.0
_OVERHANG: Final = 2.0
_HANGING: Final = frozenset("gjpqyQ,;₂")
"""What reaches below the line, as in `CO₂-Angaben`, by this share of its size."""
_DESCENT: Final = 0.22
_MODEL: Final = Lettering(15, 700)
_MODEL_MIN: Final = 11.0
_MODEL_SMALL: Final = Lettering(_MODEL_MIN, 700)
_MODEL_LEADING: Final = 14.0
_SIZE: Final = Lettering(12, 500)
_SIZE_MEASURE: Final = 146.0
_SERVING: Final = Lettering(11.5)
_PER: Final = Lettering(11, 700)
_HEADLINE: Final = Lettering(30, 800)
_LONG_HEADLINE: Final = Lettering(22, 800)
_SHORT_LENGTH: Final = 6
_VALUE: Final = Lettering(42, 800)
_VALUE_MIN: Final = 18.0
_UNIT: Final = Lettering(17, 700)
_LIKELY: Final = Lettering(11.5, 600)
_UNKNOWN: Final = Lettering(11.5, colour="secondary")
_LEFT_OUT: Final = Lettering(11, 700)
_ITEMS: Final = Lettering(11)
_ITEMS_LEFT: Final = LEFT + 58
_NEAR: Final = 6.0
_CLEAR: Final = 6.0
"""Between what an amount is for and a number whose top would touch it."""
_SIGN_ROOM: Final = 28.0
_QUALITY: Final = Lettering(12.5, 700)
_REASON: Final = Lettering(10.8)
_FOOTNOTE: Final = Lettering(10.5, colour="secondary")
_WARNING: Final = Lettering(10.8, 600)
_WARNING_LEFT: Final = LEFT + 32
_WARNING_RIGHT: Final = RIGHT - 10
_EXCLAMATION: Final = Lettering(9.5, 800, "ground")
_BOXES: Final = marked("Boxes hold the Unicode codes of letters this picture lacks.")
_ROOM: Final = 12.0

DrawnRow = Callable[[Sheet, Face], None]


def panel(sheet: Sheet, face: Face) -> None:
    """Draw every row of the face; the cursor ends where the label does."""
    for row in _ROWS:
        row(sheet, face)


def _title(sheet: Sheet, face: Face) -> None:
    # Capitals begin and end inside their advance: the overhang sets ink flush with the rule.
    title, lettering = fitted(face.title, _TITLE, _TITLE_MIN, MEASURE + 2 * _OVERHANG)
    sheet.down(10 + lettering.size * 0.8)
    sheet.canvas.text(LEFT - _OVERHANG, sheet.y, title, lettering)
    hangs = not _HANGING.isdisjoint(title)
    sheet.down(lettering.size * _DESCENT + 3 if hangs else 10)
    sheet.bar(1)


def _identity(sheet: Sheet, face: Face) -> None:
    """Model and size; a model too long to stand beside its size takes two lines."""
    sheet.down(17)
    beside = MEASURE - min(_SIZE.width(face.size), _SIZE_MEASURE) - _ROOM if face.size else MEASURE
    if _MODEL_SMALL.width(face.model) > beside:
        _long_identity(sheet, face, beside)
    else:
        sheet.put_back(face.size, _SIZE, left=RIGHT - _SIZE_MEASURE)
        sheet.put(*fitted(face.model, _MODEL, _MODEL_MIN, beside))
    sheet.down(2)


def _long_identity(sheet: Sheet, face: Face, beside: float) -> None:
    """The model in two lines, its size at the end of the second, or below where that is full."""
    first, second = breaking.halves(face.model, _MODEL_SMALL, (MEASURE, beside))
    is_full = _MODEL_SMALL.width(second or first) > beside
    if is_full and second:
        first, second = breaking.halves(face.model, _MODEL_SMALL, (MEASURE, MEASURE))
    if second:
        sheet.put(first, _MODEL_SMALL)
        sheet.down(_MODEL_LEADING)
    sheet.put(second or first, _MODEL_SMALL)
    if is_full and face.size:
        sheet.down(_MODEL_LEADING)
        sheet.put(face.size, _SIZE)
    else:
        sheet.put_back(face.size, _SIZE, left=RIGHT - _SIZE_MEASURE)


def _serving(sheet: Sheet, face: Face) -> None:
    for line in face.serving:
        sheet.lines(line, _SERVING, 15)
    sheet.down(9)


def _thick(sheet: Sheet, _: Face) -> None:
    sheet.bar(10)


def _thin(sheet: Sheet, _: Face) -> None:
    sheet.bar(5)


def _headline(sheet: Sheet, face: Face) -> None:
    is_large = face.value is None or len(face.headline) < _SHORT_LENGTH
    word = _HEADLINE if is_large else _LONG_HEADLINE
    unit_left = RIGHT - _UNIT.width(face.unit) - 5
    room = unit_left - LEFT - word.width(face.headline) - _ROOM
    value, lettering = fitted(face.value or "", _VALUE, _VALUE_MIN, room)
    _per(sheet, face, unit_left - lettering.width(value) if value else RIGHT)
    sheet.down(36)
    sheet.put(face.headline, word)
    if value:
        sheet.put_back(face.unit, _UNIT)
        sheet.put_back(value, lettering, unit_left)


def _per(sheet: Sheet, face: Face, value_left: float) -> None:
    """What the amount is for, which makes room for a number that stands under its end."""
    right = RIGHT - _SIGN_ROOM if face.warnings else RIGHT
    lines = breaking.lines(face.per, _PER, right - LEFT)
    end = LEFT
    for line in lines:
        sheet.down(14)
        end = sheet.put(line, _PER)
    if face.warnings:
        sign(sheet, end + _SIGN_ROOM / 2, sheet.y + 2)
        end += _SIGN_ROOM
    if end + _NEAR > value_left:
        sheet.down(_CLEAR)


def _likely(sheet: Sheet, face: Face) -> None:
    sheet.down(16)
    end = sheet.put(say("Likely range"), _LIKELY)
    if _LIKELY.width(face.range) > sheet.right - end - _ROOM:
        sheet.lines(face.range, _LIKELY, 14)
    elif face.range:
        sheet.put_back(face.range, _LIKELY, left=end + _ROOM)
    else:
        sheet.put_back(BASES["not reported"], _UNKNOWN)
    sheet.down(8)


def _left_out(sheet: Sheet, face: Face) -> None:
    sheet.hairline()
    sheet.down(15)
    end = sheet.put(say("Left out"), _LEFT_OUT)
    first = sheet.y
    sheet.down(-14)
    left = max(_ITEMS_LEFT, end + _NEAR)
    sheet.lines(", ".join(face.left_out), _ITEMS, 14, left)
    # A name of blanks alone writes no line, and still has the room of one.
    sheet.y = max(sheet.y, first) + 7


def _quality(sheet: Sheet, face: Face) -> None:
    sheet.down(14)
    end = sheet.put(say("Data quality"), _QUALITY)
    sheet.put_back(face.quality.word, _QUALITY, left=end + _ROOM)
    sheet.down(9)
    bars.shares(sheet, face.quality)
    sheet.down(1)
    for sentence in face.quality.reason:
        sheet.lines(sentence, _REASON, 14)
    sheet.down(9)


def _notes(sheet: Sheet, face: Face) -> None:
    if face.warnings:
        _warned(sheet, face.warnings)
    else:
        sheet.hairline()
    sheet.down(1.5)
    if sheet.canvas.has_codes:
        sheet.lines(say(_BOXES), _FOOTNOTE, 13.5)
    for footnote in face.footnotes:
        sheet.lines(footnote, _FOOTNOTE, 13.5)
    sheet.down(14.5)


def _warned(sheet: Sheet, warnings: Sequence[str]) -> None:
    """A box in ink with a sign: it is seen without colour."""
    top = sheet.y
    sign(sheet, LEFT + 16, top + 20)
    for warning in warnings:
        sheet.down(3)
        sheet.lines(warning, _WARNING, 14, _WARNING_LEFT, _WARNING_RIGHT)
    sheet.down(9)
    sheet.canvas.box(LEFT, top, MEASURE, sheet.y - top)
    sheet.down(4)


def sign(sheet: Sheet, x: float, foot: float) -> None:
    """A triangle with an exclamation mark, its middle at `x`: something is wrong."""
    sheet.canvas.path(f"M{number(x)} {number(foot - 13)}l8 14h-16z")
    sheet.canvas.text(x, foot - 0.5, "!", _EXCLAMATION, "middle")


_ROWS: Final[Sequence[DrawnRow]] = (
    _title,
    _identity,
    _serving,
    _thick,
    _headline,
    bars.stack,
    _likely,
    _thin,
    ledger.parts,
    _left_out,
    _thick,
    ledger.contexts,
    _thin,
    _quality,
    _notes,
)
