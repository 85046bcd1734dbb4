"""I draw the card that stands for a label where a link to it is shared: 1 200 × 630 pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from carbonlabel.documents import bars, breaking, wording
from carbonlabel.documents.canvas import Canvas, Lettering, Letters, Theme
from carbonlabel.documents.drawing import sign
from carbonlabel.documents.face import face as face_of
from carbonlabel.documents.language import say, translated
from carbonlabel.documents.png import described, letters, rasterised
from carbonlabel.documents.sheet import Sheet, fitted

if TYPE_CHECKING:
    from carbonlabel.documents.anatomy import Face
    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.plugins import Options

WIDTH: Final = 500.0
HEIGHT: Final = 262.5
ENLARGED: Final = 2.4
"""Drawn in the units of a label and shown so many times as large: no letter under 21 pixels."""

_LEFT: Final = 22.0
_ROOM: Final = 12.0
_SEPARATOR: Final = " · "
_TITLE: Final = Lettering(30, 800)
_SIZE: Final = Lettering(13, 500)
_MODEL: Final = Lettering(18, 700)
_MODEL_MIN: Final = 10.5
_SERVING: Final = Lettering(11.5, colour="secondary")
_PER: Final = Lettering(11.5, 700)
_PER_MIN: Final = 8.0
_HEADLINE: Final = Lettering(24, 800)
_VALUE: Final = Lettering(46, 800)
_VALUE_MIN: Final = 18.0
_UNIT: Final = Lettering(18, 700)
_LIKELY: Final = Lettering(12, 600)
_QUALITY: Final = Lettering(12, 700)
_PART: Final = Lettering(11)
_PART_VALUE: Final = Lettering(11, 700)
_ABSENT: Final = Lettering(11, colour="secondary")
_SWATCH: Final = 9.0
_SWATCH_ROOM: Final = 13.0
_BETWEEN: Final = (14.0, 9.0)
"""Between the parts, and between many."""
_FOOT: Final = Lettering(10.5, colour="secondary")
_FOOT_MIN: Final = 9.0
_WARNING: Final = Lettering(10.5, 700)
_WARNING_LINES: Final = 2
_WARNING_LEFT: Final = 36.0

_TITLE_LINE, _TITLE_RULE, _MODEL_LINE, _SERVING_LINE = 39.0, 47.0, 67.0, 82.0
_BAR_TOP, _PER_LINE, _HEADLINE_LINE, _STACK_TOP = 89.5, 110.0, 137.0, 134.0
_LIKELY_LINE, _LEGEND_RULE, _LEGEND_LINE = 208.5, 214.5, 228.5
_FOOT_BAR, _FOOT_LINE = 235.0, 252.0


def draw(face: Face, theme: Theme = "light", letters: Letters = "outlined") -> str:
    """The card as an SVG document of 1 200 × 630: model, amount, bar, parts, quality, declarer."""
    canvas = Canvas(WIDTH, theme, letters=letters)
    sheet = Sheet(
        canvas, face.headline == wording.HEADLINES["planned"], left=_LEFT, right=WIDTH - _LEFT
    )
    _head(sheet, face)
    _amount(sheet, face)
    sheet.y = _STACK_TOP
    bars.stack(sheet, face)
    _likely(sheet, face)
    _parts(sheet, face)
    _foot(sheet, face)
    return canvas.document(face.alt, face.description, HEIGHT, enlarged=ENLARGED)


def _head(sheet: Sheet, face: Face) -> None:
    sheet.y = _TITLE_LINE
    end = sheet.put(face.title, _TITLE)
    sheet.put_back(face.size, _SIZE, left=end + _ROOM)
    sheet.y = _TITLE_RULE
    sheet.bar(1)
    sheet.y = _MODEL_LINE
    model, lettering = fitted(face.model, _MODEL, _MODEL_MIN, sheet.measure)
    sheet.put(model, lettering)
    sheet.y = _SERVING_LINE
    sheet.put(_serving(face, sheet.measure), _SERVING)
    sheet.y = _BAR_TOP
    sheet.bar(6)


def _serving(face: Face, measure: float) -> str:
    """What one serving is: as many of its items, in their order, as fit on a line."""
    items = _SEPARATOR.join(face.serving).split(_SEPARATOR)
    lines = (_SEPARATOR.join(items[:count]) for count in range(len(items), 1, -1))
    return next((line for line in lines if _SERVING.width(line) <= measure), items[0])


def _amount(sheet: Sheet, face: Face) -> None:
    sheet.y = _PER_LINE
    right = sheet.right
    if face.value is not None:
        unit_left = right - _UNIT.width(face.unit) - 5
        room = unit_left - sheet.left - _HEADLINE.width(face.headline) - _ROOM
        value, lettering = fitted(face.value, _VALUE, _VALUE_MIN, room)
        right = unit_left - lettering.width(value) - _ROOM
    per, smaller = fitted(face.per, _PER, _PER_MIN, right - sheet.left)
    sheet.put(per, smaller, right=right)
    sheet.y = _HEADLINE_LINE
    sheet.put(face.headline, _HEADLINE)
    if face.value is not None:
        sheet.put_back(face.unit, _UNIT)
        sheet.put_back(value, lettering, unit_left)


def _likely(sheet: Sheet, face: Face) -> None:
    """The range, and how much of the amount was measured."""
    sheet.y = _LIKELY_LINE
    range_ = _range(face)
    left = sheet.put_back(face.quality.word, _QUALITY)
    caption = say("Data quality")
    free = left - 4 - _PART.width(caption) - _ROOM
    if free > sheet.left + _LIKELY.width(range_):
        left = sheet.put_back(caption, _PART, left - 4)
    if range_:
        sheet.put(range_, _LIKELY, right=left - _ROOM)


def _range(face: Face) -> str:
    if face.range_short:
        return say("Likely range {range}", range=face.range)
    # Where nothing is reported, the reason of the quality says so.
    told = face.range or " ".join(face.quality.reason[:1])
    return f"{told[:1].upper()}{told[1:]}"


def _parts(sheet: Sheet, face: Face) -> None:
    """The parts of the bar with their amounts, as many as fit; or what is wrong with them."""
    sheet.y = _LEGEND_RULE
    if face.warnings:
        _warned(sheet, face.warnings[0])
        return
    sheet.hairline()
    sheet.y = _LEGEND_LINE
    entries, between = _fitting(list(_entries(face)), sheet.measure)
    left = sheet.left
    for entry in entries:
        left = _entry(sheet, entry, left) + between
    sheet.y = _FOOT_BAR
    sheet.bar(3)


def _warned(sheet: Sheet, warning: str) -> None:
    """A box in ink in the place of the parts and of the rule below them."""
    foot = _FOOT_BAR + 5.5
    sheet.canvas.box(sheet.left, sheet.y, sheet.measure, foot - sheet.y)
    sign(sheet, sheet.left + 18, (sheet.y + foot) / 2 + 7)
    left, right = sheet.left + _WARNING_LEFT, sheet.right - 8
    lines = breaking.lines(warning, _WARNING, right - left)
    shown = [*lines[: _WARNING_LINES - 1], " ".join(lines[_WARNING_LINES - 1 :])]
    sheet.y += 16.5 if len(lines) == 1 else 11.0
    for line in filter(None, shown):
        sheet.put(line, _WARNING, left, right)
        sheet.down(11.5)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A part in the legend: its name, and its amount if there is room."""

    name: str
    fill: int | None = None
    """1 to 7; 0 where nobody reported it; None for how many there are besides."""
    value: str = ""

    def width(self) -> float:
        """How wide it stands."""
        swatch = 0.0 if self.fill is None else _SWATCH_ROOM
        value = self.lettering.width(self.value) + 4 if self.value else 0.0
        return swatch + _PART.width(self.name) + value

    @property
    def lettering(self) -> Lettering:
        """Of the amount."""
        return _PART_VALUE if self.fill else _ABSENT

    @property
    def bare(self) -> _Entry:
        """The same without its amount."""
        return replace(self, value="")


def _entry(sheet: Sheet, entry: _Entry, left: float) -> float:
    """Draw an entry from `left`; where it ends."""
    if entry.fill:
        sheet.part(left, sheet.y - _SWATCH + 0.5, _SWATCH, _SWATCH, entry.fill)
    elif entry.fill is not None:
        sheet.canvas.rect(left, sheet.y - 4.6, _SWATCH, 1.4, "secondary")
    end = sheet.put(entry.name, _PART, left + (0.0 if entry.fill is None else _SWATCH_ROOM))
    return sheet.put(entry.value, entry.lettering, end + 4) if entry.value else end


def _entries(face: Face) -> Iterator[_Entry]:
    shorts = {str(part): word for part, word in wording.SHORT_NAMES.items()}
    for row in face.rows:
        short = shorts.get(row.part, row.name)
        if row.fill:
            yield _Entry(short, row.fill, row.value or "")
        elif row.value is None and row.level != "sum":
            yield _Entry(short, 0, wording.BASES["not reported"])


def _fitting(entries: Sequence[_Entry], measure: float) -> tuple[Sequence[_Entry], float]:
    """All of them; without their amounts; or the first ones, and how many there are besides."""
    bare = [each.bare for each in entries]
    some = ((*bare[:count], _Entry(f"+ {len(bare) - count}")) for count in _down(len(bare)))
    for chosen in (entries, bare, *some):
        for between in _BETWEEN:
            if sum(each.width() for each in chosen) + between * (len(chosen) - 1) <= measure:
                return chosen, between
    return (), 0.0


def _down(count: int) -> range:
    return range(count - 1, 0, -1)


def _foot(sheet: Sheet, face: Face) -> None:
    sheet.y = _FOOT_LINE
    digest = f"sha256 {wording.fingerprint(face.digest)}"
    # The digest of a verifier's statement stands on the label itself.
    declared = face.declared.partition(" (")[0]
    if _FOOT.width(declared) + _ROOM + _FOOT.width(digest) <= sheet.measure:
        sheet.put_back(digest, _FOOT)
    told, lettering = fitted(declared, _FOOT, _FOOT_MIN, sheet.measure)
    sheet.put(told, lettering)


@dataclass(frozen=True, slots=True)
class Picture:
    """The card in pixels, always 1 200 × 630: platforms take no vector picture."""

    format: str = "social"
    file_name: str = "social.png"
    about: str = "a card of 1200 × 630 pixels, for where a link is shared"
    heeds: tuple[str, ...] = ("language", "theme", "fonts")

    @translated
    def render(self, disclosure: Disclosure, options: Options) -> bytes:
        """The picture; raises `RenderError` as `rasterised` does."""
        finished = face_of(disclosure)
        return described(
            rasterised(draw(finished, options.theme, letters(options)), scale=1), finished
        )


@dataclass(frozen=True, slots=True)
class Source:
    """The card as SVG."""

    format: str = "social-svg"
    file_name: str = "social.svg"
    about: str = "the same card as a vector picture"
    heeds: tuple[str, ...] = ("language", "theme")

    @translated
    def render(self, disclosure: Disclosure, options: Options) -> bytes:
        """The picture in UTF-8."""
        return draw(face_of(disclosure), options.theme).encode()


picture: Final = Picture()
source: Final = Source()
