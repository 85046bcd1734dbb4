"""I draw the card that stands for a label where a link to it is shared: 1 200 × 630 pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from carbonlabel.documents import bars, wording
from carbonlabel.documents.canvas import Canvas, Lettering, Letters, Theme
from carbonlabel.documents.drawing import sign
from carbonlabel.documents.face import face as face_of
from carbonlabel.documents.language import say, translated
from carbonlabel.documents.png import letters, rasterised
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
_MODEL_MIN: Final = 12.0
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
_SWATCH: Final = 9.0
_SWATCH_ROOM: Final = 13.0
_BETWEEN: Final = 14.0
_FOOT: Final = Lettering(10.5, colour="secondary")
_FOOT_MIN: Final = 9.0
_WARNING: Final = Lettering(12, 700)

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
    sheet.y = _LIKELY_LINE
    left = sheet.put_back(face.quality.word, _QUALITY)
    if face.range:
        sheet.put(say("Likely range {range}", range=face.range), _LIKELY, right=left - _ROOM)
    sheet.y = _LEGEND_RULE
    sheet.hairline()


def _parts(sheet: Sheet, face: Face) -> None:
    """The parts of the bar with their amounts, as many as fit; or what is wrong with them."""
    sheet.y = _LEGEND_LINE
    if face.warnings:
        sign(sheet, sheet.left + 8, sheet.y + 1.5)
        sheet.put(face.warnings[0], _WARNING, sheet.left + 22)
        return
    entries = _fitting(list(_entries(face)), sheet.measure)
    left = sheet.left
    for fill, name, value in entries:
        if fill:
            sheet.part(left, sheet.y - _SWATCH + 0.5, _SWATCH, _SWATCH, fill)
            left += _SWATCH_ROOM
        left = sheet.put(name, _PART, left)
        left = sheet.put(value, _PART_VALUE, left + 4) if value else left
        left += _BETWEEN


def _entries(face: Face) -> Iterator[tuple[int | None, str, str]]:
    shorts = {str(part): word for part, word in wording.SHORT_NAMES.items()}
    for row in face.rows:
        if row.fill:
            short = shorts.get(row.part, row.name)
            yield row.fill, short, row.value or ""


def _fitting(
    entries: Sequence[tuple[int | None, str, str]], measure: float
) -> Sequence[tuple[int | None, str, str]]:
    """All of them; without their amounts; or the first ones, and how many there are besides."""
    bare = [(fill, name, "") for fill, name, _ in entries]
    if _width(entries) <= measure:
        return entries
    if _width(bare) <= measure:
        return bare
    for count in range(len(entries) - 1, 0, -1):
        some = [*bare[:count], (None, f"+ {len(bare) - count}", "")]
        if _width(some) <= measure:
            return some
    return ()


def _width(entries: Sequence[tuple[int | None, str, str]]) -> float:
    each = (
        (_SWATCH_ROOM if fill else 0)
        + _PART.width(name)
        + (_PART_VALUE.width(value) + 4 if value else 0)
        for fill, name, value in entries
    )
    return sum(each) + _BETWEEN * (len(entries) - 1)


def _foot(sheet: Sheet, face: Face) -> None:
    sheet.y = _FOOT_BAR
    sheet.bar(3)
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
        return rasterised(draw(face_of(disclosure), options.theme, letters(options)), scale=1)


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
