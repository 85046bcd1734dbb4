"""I draw one figure of all sides as bars from zero, each with its interval on a track of its own.

The reader's own model is ink, the others are grey; nobody is ranked, and nothing is drawn that does
not compare.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from carbonlabel.documents.canvas import Canvas, Colour, Lettering, Letters, Theme, number
from carbonlabel.documents.comparing.anatomy import Amounts, Bar, Line, Scale, Sheaf
from carbonlabel.documents.language import marked, say
from carbonlabel.documents.sheet import LEFT, MEASURE, RIGHT, WIDTH, Sheet, fitted
from carbonlabel.errors import InputError, RenderError

NO_RANGE: Final = marked("without range")
"""Of an amount whose doubt nobody knows."""
_TITLE: Final = Lettering(20, 800)
_TITLE_MIN: Final = 13.0
_SCOPE: Final = Lettering(11, colour="secondary")
_MARK: Final = Lettering(11, 700)
_NAME: Final = Lettering(13, 600)
_MINE: Final = Lettering(13, 800)
_NOTE: Final = Lettering(10.8, colour="secondary")
_UNIT: Final = Lettering(11.5)
_AGAINST: Final = Lettering(10.8)
_TICK_TEXT: Final = Lettering(10.5, colour="secondary")
_FOOTNOTE: Final = Lettering(10.5, colour="secondary")
_NAME_MEASURE: Final = 178.0
_BESIDE_MARK: Final = 22.0
_BAR_HEIGHT: Final = 11.0
_TRACK: Final = 12.0
_LINE: Final = 1.8
_CAP: Final = 8.4
_DIAMOND: Final = 4.2
_HAIRLINE: Final = 0.75
_SLIVER: Final = 1.0
_TICK_ROOM: Final = 4.0


def chosen(sheaf: Sheaf, key: str | None = None) -> Amounts:
    """The figure to draw: the one that is asked for, else electricity, else the first.

    Raises:
        RenderError: nothing compares, so that nothing may be drawn.
        InputError: there is no such figure that compares; the hint lists those that do.
    """
    found = {each.key: each for each in reversed(sheaf.amounts)}
    if not found:
        raise RenderError("nothing compares, so that no strip is drawn", hint=_why(sheaf))
    if key is None:
        electric = (each for each in sheaf.amounts if each.key.endswith("/electricity"))
        return next(electric, sheaf.amounts[0])
    if key not in found:
        known = ", ".join(each.key for each in sheaf.amounts)
        raise InputError(f"{key[:60]!r} does not compare", where="--figure", hint=f"one of {known}")
    return found[key]


def draw(
    sheaf: Sheaf,
    amounts: Amounts,
    theme: Theme = "light",
    *,
    automatic: bool = False,
    letters: Letters = "outlined",
) -> str:
    """The strip as an SVG document, 360 px wide; `automatic` turns it dark where the system is."""
    sheet = Sheet(Canvas(WIDTH, theme, automatic, letters))
    _head(sheet, sheaf, amounts)
    for line in amounts.lines:
        _line(sheet, line, amounts.scale)
    if amounts.scale is not None:
        _axis(sheet, amounts.scale)
    _notes(sheet, sheaf, amounts)
    return sheet.canvas.document(alt(amounts), description(sheaf, amounts), math.ceil(sheet.y))


def alt(amounts: Amounts) -> str:
    """The picture in one sentence, for those who do not see it."""
    told = say("; ").join(f"{each.name} {each.value} {each.unit}" for each in amounts.lines)
    return f"{amounts.title}{say(': ')}{told}"


def description(sheaf: Sheaf, amounts: Amounts) -> str:
    """All that the picture says."""
    lines = (
        f"{each.name}{say(': ')}{each.value} {each.unit}, {_span(each)}, {each.obtained}"
        f"{f', {each.against}' if each.against else ''}."
        for each in amounts.lines
    )
    return " ".join(filter(None, (f"{amounts.scope}.", sheaf.mark, *lines, *amounts.sentences)))


def _why(sheaf: Sheaf) -> str:
    reasons = (*sheaf.reasons, *(each for matter in sheaf.matters for each in matter.broken))
    return "; ".join(dict.fromkeys(each.because for each in reasons))


def _span(line: Line) -> str:
    return line.range or say(NO_RANGE)


def _head(sheet: Sheet, sheaf: Sheaf, amounts: Amounts) -> None:
    sheet.down(27)
    title, lettering = fitted(amounts.title, _TITLE, _TITLE_MIN, MEASURE)
    sheet.put(title, lettering)
    sheet.down(3)
    sheet.lines(amounts.scope, _SCOPE, 14)
    if sheaf.mark:
        sheet.down(2)
        sheet.lines(sheaf.mark, _MARK, 14)
    sheet.down(9)
    sheet.bar(5)


def _line(sheet: Sheet, line: Line, scale: Scale | None) -> None:
    sheet.down(18)
    sheet.mark(line.basis)
    unit = sheet.put_back(line.unit, _UNIT, RIGHT - _BESIDE_MARK)
    value = sheet.put_back(line.value, _MINE if line.is_mine else _NAME, unit - 4)
    name, lettering = fitted(
        line.name, _MINE if line.is_mine else _NAME, 11.0, min(_NAME_MEASURE, value - LEFT - 8)
    )
    end = sheet.put(name, lettering)
    if line.note and end + _NOTE.width(line.note) + 14 < value:
        sheet.put(line.note, _NOTE, end + 6)
    sheet.down(6)
    if scale is not None:
        _bar(sheet, line, scale)
    if line.against:
        sheet.lines(f"{line.against[:1].upper()}{line.against[1:]}", _AGAINST, 14)
    sheet.down(7)
    sheet.hairline()


def _bar(sheet: Sheet, line: Line, scale: Scale) -> None:
    height = _BAR_HEIGHT + (_TRACK if line.bar.low_ratio is not None else 0.0)
    for ratio, _ in scale.ticks:
        sheet.canvas.rect(_inside(ratio), sheet.y, _HAIRLINE, height, "hairline")
    width = line.bar.value_ratio * MEASURE
    if width:
        colour: Colour = "s1" if line.is_mine else "s2"
        sheet.canvas.rect(LEFT, sheet.y, max(width, _SLIVER), _BAR_HEIGHT, colour)
    sheet.down(_BAR_HEIGHT)
    _interval(sheet, line.bar)


def _interval(sheet: Sheet, bar: Bar) -> None:
    if bar.low_ratio is None or bar.high_ratio is None:
        return
    low, high = (LEFT + each * MEASURE for each in (bar.low_ratio, bar.high_ratio))
    middle = sheet.y + _TRACK / 2 + 1
    sheet.canvas.rect(low, middle - _LINE / 2, high - low, _LINE, "interval")
    for cap in (min(low, RIGHT - _LINE), max(high - _LINE, LEFT)):
        sheet.canvas.rect(cap, middle - _CAP / 2, _LINE, _CAP, "interval")
    top = f"M{number(LEFT + bar.value_ratio * MEASURE)} {number(middle - _DIAMOND)}"
    half = number(_DIAMOND)
    sheet.canvas.path(f"{top}l{half} {half}l-{half} {half}l-{half} -{half}z", "interval")
    sheet.down(_TRACK)


def _inside(ratio: float) -> float:
    return min(LEFT + ratio * MEASURE, RIGHT - _HAIRLINE)


def _axis(sheet: Sheet, scale: Scale) -> None:
    """Numbers under their ticks; the last, which has the unit, goes before its neighbours."""
    *others, (end, text) = scale.ticks
    last = f"{text} {scale.unit}"
    limit = RIGHT - _TICK_TEXT.width(last) - _TICK_ROOM
    sheet.canvas.rect(_inside(end), sheet.y, _HAIRLINE, 4, "hairline")
    sheet.canvas.text(RIGHT, sheet.y + 14, last, _TICK_TEXT, "end")
    free = LEFT
    for ratio, each in others:
        free = _tick(sheet, ratio, each, (free, limit))
    sheet.down(20)
    sheet.hairline()


def _tick(sheet: Sheet, ratio: float, text: str, room: tuple[float, float]) -> float:
    """A number under its tick, where there is room for it; where the next may begin."""
    sheet.canvas.rect(_inside(ratio), sheet.y, _HAIRLINE, 4, "hairline")
    width = _TICK_TEXT.width(text)
    left = max(LEFT + ratio * MEASURE - width / 2, LEFT)
    if left < room[0] or left + width > room[1]:
        return room[0]
    sheet.canvas.text(left, sheet.y + 14, text, _TICK_TEXT)
    return left + width + _TICK_ROOM


def _notes(sheet: Sheet, sheaf: Sheaf, amounts: Amounts) -> None:
    sheet.down(2)
    for sentence in _told(sheaf, amounts):
        sheet.lines(sentence, _FOOTNOTE, 13.5)
    sheet.down(14.5)


def _told(sheaf: Sheaf, amounts: Amounts) -> Iterator[str]:
    if any(each.bar.low_ratio is not None for each in amounts.lines):
        yield say("Line: 95 % interval; diamond: the estimate. Bars start at zero.")
    else:
        yield say("Bars start at zero.")
    yield from amounts.sentences
    yield from _narrowed(sheaf, amounts)
    digests = (f"{each.name} {each.digest}" for each in sheaf.parties)
    yield say("By sha256: {digests}.", digests=say("; ").join(digests))
    yield _ended(sheaf.footnotes)


def _narrowed(sheaf: Sheaf, amounts: Amounts) -> Iterator[str]:
    """What is cut off of this figure so that the sides compare."""
    name = amounts.key.rpartition("/")[2]
    for matter in sheaf.matters:
        cut = matter.narrowed if amounts in matter.amounts else ()
        yield from (
            f"{each.title}{say(': ')}{each.because}." for each in cut if name in each.touches
        )


def _ended(footnotes: Sequence[str]) -> str:
    return " ".join(each if each.endswith(".") else f"{each}." for each in footnotes[2:])
