"""I am the sheet a label is drawn on: rectangles, letters and marks in, one SVG document out."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, Literal, NamedTuple

from carbonlabel.documents import typeface
from carbonlabel.documents.language import speaking
from carbonlabel.documents.typeface import Weight
from carbonlabel.errors import RenderError

Theme = Literal["light", "dark"]
Anchor = Literal["start", "middle", "end"]
Letters = Literal["outlined", "coded", "live"]
Mark = Literal["measured", "estimated", "assumed", "none"]
Colour = Literal[
    "ground", "ink", "secondary", "hairline", "interval",
    "s1", "s2", "s3", "badge-left", "badge-right", "badge-edge",
]  # fmt: skip

THEMES: Final[Mapping[Theme, Mapping[Colour, str]]] = {
    "light": {
        "ground": "#ffffff",
        "ink": "#111111",
        "secondary": "#4d4d4d",
        "hairline": "#8a8a8a",
        "interval": "#9a3412",
        "s1": "#111111",
        "s2": "#767676",
        "s3": "#c4c4c4",
        "badge-left": "#24292f",
        "badge-right": "#f6f8fa",
        "badge-edge": "#57606a",
    },
    "dark": {
        "ground": "#0d1117",
        "ink": "#f0f3f6",
        "secondary": "#b1bac4",
        "hairline": "#6e7681",
        "interval": "#ffa657",
        "s1": "#f0f3f6",
        "s2": "#8d96a0",
        "s3": "#59636e",
        "badge-left": "#24292f",
        "badge-right": "#f6f8fa",
        "badge-edge": "#57606a",
    },
}
"""Text is at least 7:1 on its ground, graphics at least 3:1."""


class _Hatch(NamedTuple):
    """Parallel strokes on the ground."""

    colour: Colour
    angle: int
    pitch: float
    stroke: float


_PARTS: Final[Mapping[int, tuple[Colour, Colour | _Hatch | None]]] = {
    1: ("s1", None),
    2: ("s2", None),
    3: ("s2", "s3"),
    4: ("s2", _Hatch("s1", angle=45, pitch=4, stroke=1.4)),
    5: ("s2", _Hatch("s2", angle=-45, pitch=5, stroke=2.5)),
    6: ("s2", _Hatch("s1", angle=0, pitch=3, stroke=1)),
    7: ("s2", _Hatch("s2", angle=90, pitch=4, stroke=2)),
}
"""Edge and inside of each part's fill: luminance first, then hatching, never hues."""

_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_BEFORE: Final[Mapping[Anchor, float]] = {"start": 0.0, "middle": 0.5, "end": 1.0}
_CODE_EDGE, _CODE_RISE, _CODE_DROP, _CODE_SIZE = 0.05, 0.76, 0.1, 0.4
"""Of the box for a character without an outline, in em: stroke, height over and under the baseline,
and its digits."""
_CODE_LINES: Final = (-0.37, 0.01)
_TONGUES: Final = (
    ("ja", re.compile("[\u3040-\u30ff\uff66-\uff9f]")),
    ("ko", re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")),
)
"""Han letters alone may be of any of three languages, so they name none."""
_OUTLINE: Final = 1.0
_STROKE: Final = 1.3
_FRAME: Final = 2.0


class Lettering(NamedTuple):
    """How text is set; `tabular` gives digits one width, for numeric columns only."""

    size: float
    weight: Weight = 400
    colour: Colour = "ink"
    tabular: bool = False

    def width(self, text: str) -> float:
        """How wide `text` is when set like this."""
        return typeface.width(text, self.size, self.weight, tabular=self.tabular)


def number(value: float) -> str:
    """A coordinate with at most two decimals and no superfluous zero.

    Raises:
        RenderError: the coordinate is infinite or not a number.

    >>> number(12.50), number(-0.001), number(360)
    ('12.5', '0', '360')
    """
    return _decimal(value, 2)


@dataclass(slots=True)
class Canvas:
    """An SVG drawing in px, `width` wide; x goes right, y goes down.

    `automatic` adds a style that turns the drawing dark where the reader's system is; where the
    style is lost, the attributes of `theme` hold. `letters` says what becomes of text: `outlined`
    draws outlines, and live text where a line has a character without one; `coded` draws a box
    with the character's code instead, so that no font is asked for; `live` draws live text alone.
    """

    width: float
    theme: Theme = "light"
    automatic: bool = False
    letters: Letters = "outlined"
    has_codes: bool = field(default=False, init=False)
    """Whether a box with a code stands somewhere for a character."""
    _elements: list[str] = field(default_factory=list, init=False, repr=False)
    _outlines: dict[str, str] = field(default_factory=dict, init=False, repr=False)
    _hatches: dict[_Hatch, str] = field(default_factory=dict, init=False, repr=False)

    def rect(self, x: float, y: float, width: float, height: float, colour: Colour = "ink") -> None:
        """Fill a rectangle; one without area draws nothing."""
        self._fill(x, y, width, height, self._paint(colour))

    def box(self, x: float, y: float, width: float, height: float) -> None:
        """Outline a rectangle in ink, the stroke inside its edges."""
        across, down = width - _STROKE, height - _STROKE
        self._fill(x + _STROKE / 2, y + _STROKE / 2, across, down, self._ring())

    def part(self, x: float, y: float, width: float, height: float, *, part_number: int) -> None:
        """Fill a rectangle as the bar's part 1 to 7: plain, from the third outlined, then hatched.

        Raises:
            RenderError: there is no such fill.
        """
        if part_number not in _PARTS:
            raise RenderError(
                f"no fill for part {part_number}", hint=f"draw at most {len(_PARTS)} parts"
            )
        edge, inside = _PARTS[part_number]
        self.rect(x, y, width, height, edge)
        if inside:
            across, down = width - 2 * _OUTLINE, height - 2 * _OUTLINE
            paint = self._hatched(inside) if isinstance(inside, _Hatch) else self._paint(inside)
            self._fill(x + _OUTLINE, y + _OUTLINE, across, down, paint)

    def path(self, data: str, colour: Colour = "ink") -> None:
        """Fill an SVG path; `data` is ours, its coordinates written by `number`."""
        self._elements.append(f'<path d="{data}" {self._paint(colour)}/>')

    def mark(self, x: float, y: float, basis: Mark, radius: float = 4.2) -> None:
        """Draw the mark of a basis around its centre: full, half or empty disc, or a dash."""
        if basis == "none":
            self.rect(x - radius, y - 0.7, 2 * radius, 1.4, "secondary")
            return
        disc = f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
        self._elements.append(f"{disc} {self._ring()}/>")
        if basis == "measured":
            self._elements.append(f"{disc} {self._paint('ink')}/>")
        if basis == "estimated":
            r, top, bottom = number(radius), number(y - radius), number(y + radius)
            self.path(f"M{number(x)} {top}A{r} {r} 0 0 0 {number(x)} {bottom}z")

    def text(
        self, x: float, y: float, text: str, lettering: Lettering, anchor: Anchor = "start"
    ) -> float:
        """Write one line on the baseline `y` and return its width, estimated if not outlined."""
        line = typeface.plain(text)
        width = lettering.width(line)
        left = x - width * _BEFORE[anchor]
        if self.letters != "live" and typeface.covers(line):
            self._write_outlined(left, y, line, lettering)
        elif self.letters == "coded":
            self._write_coded(left, y, line, lettering)
        else:
            self._write_live(x, y, line, lettering, anchor)
        return width

    def document(
        self, title: str, desc: str, height: float, *, framed: bool = True, enlarged: float = 1.0
    ) -> str:
        """The whole SVG, `title` and `desc` for those who do not see it; drawn on is not changed.

        A frame of 2 px and the ground are laid under all else unless `framed` is false. Shown by
        itself it is `enlarged` times as large as it was drawn.
        """
        across, down = number(self.width), number(height)
        shown = f'width="{number(self.width * enlarged)}" height="{number(height * enlarged)}"'
        size = f'{shown} viewBox="0 0 {across} {down}"'
        return "".join(
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" {size} xml:lang="{speaking()}"',
                ' role="img" aria-labelledby="t d">',
                f'<title id="t">{_words(title)}</title><desc id="d">{_words(desc)}</desc>',
                _style() if self.automatic else "",
                f"<defs>{self._definitions()}</defs>",
                self._frame(height) if framed else "",
                *self._elements,
                "</svg>\n",
            )
        )

    def _write_outlined(self, x: float, y: float, line: str, lettering: Lettering) -> None:
        drawn = typeface.run(line, lettering.weight, tabular=lettering.tabular)
        self._outlines |= {glyph.name: glyph.path for glyph in drawn.glyphs}
        uses = "".join(
            f'<use href="#{glyph.name}"' + (f' x="{glyph.x}"/>' if glyph.x else "/>")
            for glyph in drawn.glyphs
        )
        # Sizes have two decimals, the grid three: five decimals lose nothing.
        scale = _decimal(lettering.size / typeface.units_per_em(), 5)
        place = f'transform="translate({number(x)} {number(y)}) scale({scale})"'
        self._elements.append(f"<g {self._paint(lettering.colour)} {place}>{uses}</g>")

    def _write_coded(self, x: float, y: float, line: str, lettering: Lettering) -> None:
        """Outlines, and a box for each character that has none."""
        for is_covered, letters in groupby(line, typeface.covers):
            word = "".join(letters)
            if is_covered:
                self._write_outlined(x, y, word, lettering)
                x += sum(typeface.cell_em(each, lettering.weight) for each in word) * lettering.size
                continue
            for letter in word:
                cell = typeface.cell_em(letter, lettering.weight) * lettering.size
                if cell:
                    self.has_codes = True
                    self._code(x, y, cell, letter, lettering)
                x += cell

    def _code(self, x: float, y: float, cell: float, letter: str, lettering: Lettering) -> None:
        """A box `cell` wide with the hexadecimal code of a character in two rows."""
        size, colour, edge = lettering.size, lettering.colour, lettering.size * _CODE_EDGE
        left, top, foot = x + edge, y - size * _CODE_RISE, y + size * _CODE_DROP
        across = cell - 2 * edge
        for height in (top, foot - edge):
            self.rect(left, height, across, edge, colour)
        for side in (left, left + across - edge):
            self.rect(side, top, edge, foot - top, colour)
        rows = _code_rows(letter)
        tight = Lettering(size * _CODE_SIZE, 600, colour)
        fit = min(1.0, (across - 3 * edge) / max(map(tight.width, rows)))
        digits = Lettering(tight.size * fit, 600, colour)
        for row, baseline in zip(rows, _CODE_LINES, strict=True):
            inset = (across - digits.width(row)) / 2
            self._write_outlined(left + inset, y + size * baseline, row, digits)

    def _write_live(
        self, x: float, y: float, line: str, lettering: Lettering, anchor: Anchor
    ) -> None:
        fonts = f'font-family="{typeface.FAMILY}" font-size="{number(lettering.size)}"'
        place = f'x="{number(x)}" y="{number(y)}" text-anchor="{anchor}"'
        figures = ' style="font-variant-numeric:tabular-nums"' if lettering.tabular else ""
        self._elements.append(
            f"<text {place} {self._paint(lettering.colour)} {fonts} "
            f'font-weight="{lettering.weight}"{figures}{_tongue(line)}>{_words(line)}</text>'
        )

    def _fill(self, x: float, y: float, width: float, height: float, paint: str) -> None:
        across, down = number(width), number(height)
        if width > 0 < height and "0" not in {across, down}:
            place = f'x="{number(x)}" y="{number(y)}"'
            self._elements.append(f'<rect {place} width="{across}" height="{down}" {paint}/>')

    def _hatched(self, hatch: _Hatch) -> str:
        name = f"h{len(self._hatches) + 1}"
        name = self._hatches.setdefault(hatch, name)
        return f'fill="url(#{name})"'

    def _paint(self, colour: Colour) -> str:
        return f'class="{colour}" fill="{THEMES[self.theme][colour]}"'

    def _ring(self) -> str:
        stroke = THEMES[self.theme]["ink"]
        return f'class="ring" fill="none" stroke="{stroke}" stroke-width="{number(_STROKE)}"'

    def _frame(self, height: float) -> str:
        ground, ink = THEMES[self.theme]["ground"], THEMES[self.theme]["ink"]
        size = f'width="{number(self.width - _FRAME)}" height="{number(height - _FRAME)}"'
        return (
            f'<rect x="{number(_FRAME / 2)}" y="{number(_FRAME / 2)}" {size} class="ground ring" '
            f'fill="{ground}" stroke="{ink}" stroke-width="{number(_FRAME)}"/>'
        )

    def _definitions(self) -> str:
        paths = (f'<path id="{name}" d="{path}"/>' for name, path in self._outlines.items())
        hatches = (self._pattern(name, hatch) for hatch, name in self._hatches.items())
        return "".join((*paths, *hatches))

    def _pattern(self, name: str, hatch: _Hatch) -> str:
        pitch, stroke = number(hatch.pitch), number(hatch.stroke)
        return (
            f'<pattern id="{name}" width="{pitch}" height="{pitch}" '
            f'patternUnits="userSpaceOnUse" patternTransform="rotate({hatch.angle})">'
            f'<rect width="{pitch}" height="{pitch}" {self._paint("ground")}/>'
            f'<rect width="{stroke}" height="{pitch}" {self._paint(hatch.colour)}/></pattern>'
        )


def _style() -> str:
    fills = "".join(f".{name}{{fill:{colour}}}" for name, colour in THEMES["dark"].items())
    ring = f".ring{{stroke:{THEMES['dark']['ink']}}}"
    return f"<style>@media (prefers-color-scheme:dark){{{fills}{ring}}}</style>"


def _tongue(line: str) -> str:
    """The language of kana or Hangul, so that a font of many tongues takes the right shapes."""
    for language, letters in _TONGUES:
        if letters.search(line):
            return f' xml:lang="{language}"'
    return ""


def _code_rows(letter: str) -> tuple[str, str]:
    """The code of a character in two rows.

    >>> _code_rows("北"), _code_rows("🌱")
    (('53', '17'), ('01F', '331'))
    """
    digits = f"{ord(letter):04X}"
    half = (len(digits) + 1) // 2
    return digits[:-half].zfill(half), digits[-half:]


def _decimal(value: float, places_count: int) -> str:
    if not math.isfinite(value):
        raise RenderError(f"a coordinate is {value}", hint="check the figures of the disclosure")
    digits = f"{value:.{places_count}f}".rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def _words(text: str) -> str:
    return typeface.plain(text).translate(_ESCAPES)
