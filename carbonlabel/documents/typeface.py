"""I am Inter, the label's typeface: how wide words are, how they break, how they are drawn."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import Any, Final, Literal, NamedTuple

from carbonlabel.documents import direction
from carbonlabel.errors import RenderError
from carbonlabel.resources import font

Weight = Literal[400, 500, 600, 700, 800]

FAMILY: Final = "Inter, 'Noto Sans', 'Noto Sans CJK SC', system-ui, sans-serif"
"""Fonts for live text, whose characters the outlines do not cover."""

REPLACEMENT: Final = "\ufffd"
"""What stands for a character that must not be drawn; its outline is a diamond."""

ELLIPSIS: Final = "…"

EMBEDDED: Final[Mapping[int, str]] = {
    400: "Inter-Regular.woff2",
    600: "Inter-SemiBold.woff2",
    700: "Inter-Bold.woff2",
    800: "Inter-ExtraBold.woff2",
}
"""The font file of each weight that HTML and PDF carry inside."""

_BREAKS: Final = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
_JOINERS: Final = frozenset("\u200c\u200d")
_MARKS_MAX_COUNT: Final = 4
_WIDE_EM: Final = 1.0
_OTHER_EM: Final = 0.6
_EMOJI_EM: Final = 1.3
_EMOJI_FROM: Final = 0x1F000
_SIZE_STEPS: Final = 100


class Glyph(NamedTuple):
    """One outline of a run: its name in the whole document, its SVG path, and its place."""

    name: str
    path: str
    x: int


class Run(NamedTuple):
    """The outlines of one line of text and its advance, in units of the outlines' grid."""

    glyphs: tuple[Glyph, ...]
    advance: int


class _Cut(NamedTuple):
    """One weight: a glyph is [advance, x, y, contour, x, y, contour, …], y downward."""

    contours: Sequence[str]
    glyphs: Mapping[str, Sequence[int]]
    kerning: Mapping[str, Mapping[str, int]]

    def path(self, letter: str) -> str:
        """The SVG path of a letter; empty for a space."""
        pieces = iter(self.glyphs[letter][1:])
        return "".join(
            f"M{x} {y}{self.contours[contour]}z"
            for x, y, contour in zip(pieces, pieces, pieces, strict=True)
        )

    def advances(self, letters: str) -> Iterator[int]:
        """How far each letter moves the pen, kerned with the next."""
        glyphs, kerning = self.glyphs, self.kerning  # every letter of a label comes by here
        for left, right in pairwise(f"{letters}\0"):
            row = kerning.get(left)
            yield glyphs[left][0] + (row.get(right, 0) if row else 0)


def plain(text: str) -> str:
    """`text` as one line that is safe to draw beside others; drawing what is plain changes nothing.

    Line breaks and tabs become one space. Control and private-use characters, lone surrogates and
    invisible format characters (bidi overrides among them) become U+FFFD; the joiners U+200C and
    U+200D, which scripts need, stay, and so does a pair of U+2068 and U+2069, which keeps what is
    between them from turning what is around them. Of combining marks on one letter the first four
    stay, so that no name paints over the next row. The result is in Unicode normal form C.
    """
    if covers(text):
        return text
    line = _BREAKS.sub(" ", text)
    shown = "".join(REPLACEMENT if _is_hidden(letter) else letter for letter in line)
    return _unstacked(unicodedata.normalize("NFC", direction.balanced(shown)))


def covers(text: str) -> bool:
    """Whether every character of `text` has an outline: Latin, Greek, Cyrillic, Vietnamese."""
    return _latin().issuperset(text) or _letters().issuperset(text)


def width(text: str, size: float, weight: Weight, *, tabular: bool = False) -> float:
    """The advance of `text` in the unit of `size`, kerned; `tabular` gives digits one width.

    Where a character has no outline the width is an estimate: East Asian wide characters count
    1 em, emoji 1.3 em, combining marks nothing, other uncovered characters 0.6 em.
    """
    line = plain(text)
    if covers(line):
        cut = _cut_for(line, weight)
        return sum(cut.advances(_set(line, tabular=tabular))) * size / units_per_em()
    return sum(cell_em(letter, weight) for letter in line) * size


def cell_em(letter: str, weight: Weight) -> float:
    """How wide a character stands in a line that is not wholly covered, in em and unkerned."""
    if covers(letter):
        return _cut_for(letter, weight).glyphs[letter][0] / units_per_em()
    if _is_attached(letter) or letter in direction.ISOLATES:
        return 0.0
    if ord(letter) >= _EMOJI_FROM:
        return _EMOJI_EM
    return _WIDE_EM if unicodedata.east_asian_width(letter) in {"W", "F"} else _OTHER_EM


def run(text: str, weight: Weight, *, tabular: bool = False) -> Run:
    """The outlines of `text`, which must be covered.

    Raises:
        RenderError: a character has no outline, or the weight is not shipped.
    """
    if not covers(text):
        raise RenderError(f"no outline for a character of {text!r}", hint="draw it as live text")
    letters = _set(text, tabular=tabular)
    *places, advance = accumulate(_cut_for(text, weight).advances(letters), initial=0)
    return Run(
        tuple(
            Glyph(f"g{weight}-{ord(letter):x}", path, x)
            for letter, x in zip(letters, places, strict=True)
            if (path := _path(letter, weight))
        ),
        advance,
    )


def fit(
    text: str, size_max: float, size_min: float, weight: Weight, measure: float
) -> tuple[str, float]:
    """The words and the size at which `text` fits `measure`: smaller first, then shortened.

    The size is cut to hundredths; at `size_min` the middle gives way to an ellipsis.
    """
    line, measure = plain(text), max(measure, 0.0)
    if width(line, size_max, weight) <= measure:
        return line, size_max
    size = math.floor(measure / width(line, 1, weight) * _SIZE_STEPS) / _SIZE_STEPS
    if size >= size_min:
        return line, size
    return shorten(line, size_min, weight, measure), size_min


def wrap(text: str, size: float, weight: Weight, measure: float) -> list[str]:
    """The lines of `text`, each filled with as many words as `measure` takes.

    Only ordinary spaces break. A word longer than the measure is shortened in its middle.
    """
    lines: list[str] = []
    for word in filter(None, plain(text).split(" ")):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, weight) <= measure:
            lines[-1] = longer
        else:
            lines.append(shorten(word, size, weight, measure))
    return lines


def shorten(text: str, size: float, weight: Weight, measure: float) -> str:
    """`text` if it fits `measure`; else as much of its head and tail as does, around an ellipsis.

    A measure too small for anything gets the ellipsis alone.
    """
    line = plain(text)
    if width(line, size, weight) <= measure:
        return line
    fitting = ELLIPSIS
    for shorter in _shortened(_clusters(line)):
        if width(shorter, size, weight) > measure:
            break
        fitting = shorter
    return fitting


def units_per_em() -> int:
    """The grid of the outlines."""
    units: int = _file()["units_per_em"]
    return units


@cache
def font_faces() -> str:
    """The @font-face rules of the embedded weights, as data: URIs; the same bytes every time."""
    return "\n".join(
        f"@font-face{{font-family:Inter;font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{b64encode(font(name)).decode()}) format('woff2')}}"
        for weight, name in EMBEDDED.items()
    )


@cache
def _file() -> Mapping[str, Any]:
    # Our own file: about 2 ms for all weights, once.
    file: Mapping[str, Any] = json.loads(font("outlines.json"))
    return file


@cache
def _tabular_forms() -> Mapping[int, str]:
    return {ord(letter): form for letter, form in _file()["tabular"].items()}


def _set(text: str, *, tabular: bool) -> str:
    return text.translate(_tabular_forms()) if tabular else text


@cache
def _latin() -> frozenset[str]:
    # The tabular forms live on private-use codes, which no text may claim.
    return frozenset(_cut(400).glyphs).difference(_tabular_forms().values())


@cache
def _letters() -> frozenset[str]:
    return _latin().union(_more()["400"]["glyphs"])


@cache
def _more() -> Mapping[str, Any]:
    # Only names of strangers need these: a label without them does not read the file.
    weights: Mapping[str, Any] = json.loads(font("outlines-more.json"))["weights"]
    return weights


def _cut_for(text: str, weight: Weight) -> _Cut:
    return _cut(weight) if _latin().issuperset(text) else _whole_cut(weight)


@cache
def _whole_cut(weight: Weight) -> _Cut:
    """A weight with the letters beyond Latin, whose contours are numbered after the others."""
    # The weight 500 sets no name of a stranger; if it must, its neighbour lends the letters.
    table, latin = _more()[str(weight if weight in EMBEDDED else 600)], _cut(weight)
    first = len(latin.contours)
    glyphs = {
        letter: [
            number + first if place and place % 3 == 0 else number
            for place, number in enumerate(glyph)
        ]
        for letter, glyph in table["glyphs"].items()
    }
    return _Cut(
        [*latin.contours, *table["contours"]],
        {**latin.glyphs, **glyphs},
        {**latin.kerning, **_kerning(table["kerning"])},
    )


@cache
def _cut(weight: Weight) -> _Cut:
    table = _file()["weights"].get(str(weight))
    if table is None:
        raise RenderError(f"no outlines of weight {weight}", hint="use 400, 500, 600, 700 or 800")
    return _Cut(table["contours"], table["glyphs"], _kerning(table["kerning"]))


def _kerning(rows: Iterable[tuple[str, list[tuple[int, str]]]]) -> Mapping[str, Mapping[str, int]]:
    kerning: dict[str, Mapping[str, int]] = {}
    for lefts, pairs in rows:
        row = {right: units for units, rights in pairs for right in rights}
        kerning |= dict.fromkeys(lefts, row)
    return kerning


@cache
def _path(letter: str, weight: Weight) -> str:
    latin = _cut(weight)
    return (latin if letter in latin.glyphs else _whole_cut(weight)).path(letter)


def _is_hidden(letter: str) -> bool:
    category = unicodedata.category(letter)
    if category == "Cf":
        return letter not in _JOINERS and letter not in direction.ISOLATES
    return category in {"Cc", "Co", "Cs"} or _is_noncharacter(ord(letter))


def _is_noncharacter(code: int) -> bool:
    # XML forbids U+FFFE and U+FFFF; Unicode says the same of the other 64.
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # noqa: PLR2004 - Unicode 23.7


def _is_attached(letter: str) -> bool:
    return letter in _JOINERS or unicodedata.category(letter) in {"Mn", "Me"}


def _unstacked(text: str) -> str:
    kept, stacked_count = [], 0
    for letter in text:
        stacked_count = stacked_count + 1 if _is_attached(letter) else 0
        if stacked_count <= _MARKS_MAX_COUNT:
            kept.append(letter)
    return "".join(kept)


def _clusters(text: str) -> list[str]:
    """Letters with the marks that sit on them, which must not be parted."""
    starts = [
        place
        for place, letter in enumerate(text)
        if not (place and (_is_attached(letter) or text[place - 1] == "\u200d"))
    ]
    return [text[start:end] for start, end in pairwise((*starts, len(text)))]


def _shortened(clusters: Sequence[str]) -> Iterator[str]:
    """Head and tail around an ellipsis, longer and longer, the head never shorter."""
    for kept_count in range(1, len(clusters)):
        head = clusters[: (kept_count + 1) // 2]
        tail = clusters[len(clusters) - kept_count // 2 :]
        yield "".join((*head, ELLIPSIS, *tail))
