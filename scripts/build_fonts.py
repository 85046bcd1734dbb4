"""I make what stands in carbonlabel/fonts from Inter's OpenType files: outlines, and subset fonts.

Run me once per release of Inter, in an environment of my own:

    pip install uharfbuzz fonttools brotli
    python scripts/build_fonts.py FONT_DIR
    python scripts/build_fonts.py                 (outlines-more.json alone, from the shipped fonts)

FONT_DIR holds Inter-Regular.otf, Inter-Medium.otf, Inter-SemiBold.otf, Inter-Bold.otf and
Inter-ExtraBold.otf (the shipped files were made from Inter 3.19). The same fonts and the same
versions of the three packages give the same bytes.
"""

from __future__ import annotations

import io
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import uharfbuzz as hb
from fontTools import subset
from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "carbonlabel" / "fonts"
STYLES = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold", 800: "ExtraBold"}
EMBEDDED = (400, 600, 700, 800)

GRID = 1000
"""Units per em of the outlines: half a unit is 0.026 px in the largest line, the 52 px title."""

SYMBOLS = "ẞȘșȚț‐‑‒–—―‘’‚“”„†‡•…‰′″‹›⁄₀₁₂₃₄₅₆₇₈₉€→−√∞≈≠≤≥\u2002\u2003\u2009\u200a\u202f"
LETTERS = (
    *(chr(code) for code in range(0x20, 0x7F)),
    *(chr(code) for code in range(0xA0, 0x180) if code not in {0xAD, 0x149}),
    *sorted(SYMBOLS),
)
"""What is drawn as outlines: ASCII, Latin-1, Latin Extended-A, and what a label needs besides."""

MORE = (
    *(chr(code) for code in range(0x386, 0x3CF) if code not in {0x387, 0x38B, 0x38D, 0x3A2}),
    *(chr(code) for code in (*range(0x400, 0x460), 0x490, 0x491)),
    *(chr(code) for code in range(0x1EA0, 0x1EFA)),
)
"""What outlines-more.json holds, for the names of strangers: Greek, Cyrillic, Vietnamese.

They are read only where a name needs them, and cost the wheel 54 kB. What is not here (Chinese,
Arabic …) has no light answer: the smallest font of Chinese alone is 30 times as large.
"""

STAND_INS = {"\ufffd": "◆"}
"""Inter has no replacement character: its diamond stands for one."""

KEPT = (
    *(range(0x20, 0x7F)),
    *(range(0xA0, 0x180)),  # Latin-1, Latin Extended-A
    *(range(0x218, 0x21C)),  # Romanian comma letters
    *(range(0x300, 0x32A)),  # combining accents
    *(range(0x370, 0x400)),  # Greek
    *(range(0x400, 0x530)),  # Cyrillic
    *(range(0x1EA0, 0x1EFA)),  # Vietnamese, which stacks its accents
    *map(ord, SYMBOLS + "№◆●○" + "⁰⁴⁵⁶⁷⁸⁹⁻"),
)
"""What the fonts for HTML and PDF keep besides: Greek and Cyrillic, for the names of strangers, and
the raised figures of powers of ten."""


class Outline(BasePen):
    """The closed contours of a glyph in whole units: where each starts, and its relative path."""

    def __init__(self) -> None:
        """Start with no contour."""
        super().__init__(None)
        self.contours: list[tuple[int, int, str]] = []
        self._at = (0, 0)
        self._path = ""

    def _step(self, command: str, *points: tuple[float, float]) -> None:
        whole = [(round(x), round(y)) for x, y in points]
        numbers = [n - at for point in whole for n, at in zip(point, self._at, strict=True)]
        self._path += command + "".join(
            f" {n}" if n >= 0 and place else str(n) for place, n in enumerate(numbers)
        )
        self._at = whole[-1]

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - fontTools names it
        self._at = self._start = (round(pt[0]), round(pt[1]))
        self._path = ""

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - fontTools names it
        across, down = (round(n) - at for n, at in zip(pt, self._at, strict=True))
        if across and down:
            self._step("l", pt)
        elif across or down:
            self._path += f"h{across}" if across else f"v{down}"
            self._at = (self._at[0] + across, self._at[1] + down)

    def _curveToOne(  # noqa: N802 - fontTools names it
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self._step("c", pt1, pt2, pt3)

    def _closePath(self) -> None:  # noqa: N802 - fontTools names it
        self.contours.append((*self._start, self._path))


class Shaper:
    """One weight of Inter as HarfBuzz sees it: kerning on, contextual alternates off."""

    def __init__(self, source: bytes) -> None:
        """Open an OpenType file."""
        self._font = hb.Font(hb.Face(hb.Blob(source)))
        self._drawn = TTFont(io.BytesIO(source))
        self._units = self._drawn["head"].unitsPerEm

    def shape(self, text: str, *, tabular: bool = False) -> list[tuple[str, int]]:
        """Name and advance in font units of every glyph of `text`."""
        line = hb.Buffer()
        line.add_str(text)
        line.guess_segment_properties()
        hb.shape(self._font, line, {"kern": True, "calt": False, "tnum": tabular})
        if any(place.x_offset or place.y_offset for place in line.glyph_positions):
            raise SystemExit(f"{text!r}: a glyph is shifted, which outlines.json cannot say")
        return [
            (self._font.glyph_to_string(glyph.codepoint), place.x_advance)
            for glyph, place in zip(line.glyph_infos, line.glyph_positions, strict=True)
        ]

    def scaled(self, font_units: int) -> int:
        """A length on our grid."""
        return round(font_units * GRID / self._units)

    def contours(self, glyph: str) -> list[tuple[int, int, str]]:
        """The contours of a glyph on our grid, y downward."""
        pen, scale = Outline(), GRID / self._units
        glyphs = self._drawn.getGlyphSet()
        glyphs[glyph].draw(TransformPen(pen, (scale, 0, 0, -scale, 0, 0)))
        return pen.contours


def tabular_forms(shaper: Shaper) -> dict[str, str]:
    """The private-use character of the tabular form of each character that has one."""
    forms = {}
    for letter in LETTERS:
        ((plain, _),) = shaper.shape(letter)
        ((tabular, _),) = shaper.shape(letter, tabular=True)
        if tabular != plain:
            # Inter names a glyph for its code: uniE071 is also reached as U+E071.
            forms[letter] = chr(int(tabular.removeprefix("uni"), 16))
    return forms


def kerning(shaper: Shaper, letters: tuple[str, ...]) -> list[list[object]]:
    """All non-zero pairs: [left letters, [[units, right letters], …]], equal rows folded."""
    rows: dict[str, list[str]] = defaultdict(list)
    for left in letters:
        row = kerning_row(shaper, left, letters)
        if row:
            rows[json.dumps(row)].append(left)
    return [["".join(lefts), json.loads(row)] for row, lefts in rows.items()]


def kerning_row(shaper: Shaper, left: str, rights: tuple[str, ...]) -> list[list[object]]:
    """The pairs that begin with `left`: [[units, right letters], …]."""
    ((_, alone),) = shaper.shape(left)
    row: dict[int, list[str]] = defaultdict(list)
    for right in rights:
        (_, together), _second = shaper.shape(left + right)
        if units := shaper.scaled(together - alone):
            row[units].append(right)
    return [[units, "".join(letters)] for units, letters in sorted(row.items())]


def weight_table(shaper: Shaper, tabular: Mapping[str, str]) -> dict[str, object]:
    """One weight; a glyph is [advance, x, y, contour, x, y, contour, …].

    An accented letter shares its contours with its base letter and its accent: a third saved.
    """
    numbers: dict[str, int] = {}
    glyphs = {}
    for letter in (*LETTERS, *STAND_INS, *tabular.values()):
        ((name, advance),) = shaper.shape(STAND_INS.get(letter, letter))
        glyphs[letter] = [shaper.scaled(advance)]
        for x, y, contour in shaper.contours(name):
            glyphs[letter] += [x, y, numbers.setdefault(contour, len(numbers))]
    for digit in "0123456789":
        # Inter 3.19 draws its tabular 4 up to 2/1000 em narrower than the other digits.
        glyphs[tabular[digit]][0] = glyphs[tabular["0"]][0]
    return {
        "contours": list(numbers),
        "glyphs": glyphs,
        "kerning": kerning(shaper, (*LETTERS, *tabular.values())),
    }


def outlines(folder: Path) -> bytes:
    """The whole of outlines.json, one weight a line."""
    shapers = {
        weight: Shaper((folder / f"Inter-{style}.otf").read_bytes())
        for weight, style in STYLES.items()
    }
    tabular = tabular_forms(shapers[400])
    lines = [
        f'"{weight}":{compact(weight_table(shaper, tabular))}' for weight, shaper in shapers.items()
    ]
    head = f'{{"units_per_em":{GRID},"tabular":{compact(tabular)},"weights":{{'
    return (head + "\n" + ",\n".join(lines) + "\n}}\n").encode()


def more_outlines() -> bytes:
    """The whole of outlines-more.json, one weight a line, drawn from the shipped WOFF2 files."""
    lines = []
    for weight in EMBEDDED:
        font = TTFont(FONTS / f"Inter-{STYLES[weight]}.woff2")
        font.flavor = None
        plain = io.BytesIO()
        font.save(plain)
        lines.append(f'"{weight}":{compact(more_table(Shaper(plain.getvalue())))}')
    return ('{"weights":{\n' + ",\n".join(lines) + "\n}}\n").encode()


def more_table(shaper: Shaper) -> dict[str, object]:
    """One weight of the letters beyond Latin, numbered by itself."""
    numbers: dict[str, int] = {}
    glyphs = {}
    for letter in MORE:
        ((name, advance),) = shaper.shape(letter)
        glyphs[letter] = [shaper.scaled(advance)]
        for x, y, contour in shaper.contours(name):
            glyphs[letter] += [x, y, numbers.setdefault(contour, len(numbers))]
    return {"contours": list(numbers), "glyphs": glyphs, "kerning": kerning(shaper, MORE)}


def compact(table: object) -> str:
    """JSON without a blank."""
    return json.dumps(table, ensure_ascii=False, separators=(",", ":"))


def embedded(source: Path) -> bytes:
    """A WOFF2 of the kept characters, with kerning and tabular figures; dates as in the source."""
    options = subset.Options(
        layout_features=["kern", "tnum", "ccmp", "locl", "mark", "mkmk"],
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 7, 9, 13, 14],
        hinting=False,
        desubroutinize=True,
        notdef_outline=True,
        recalc_timestamp=False,
        flavor="woff2",
    )
    font = subset.load_font(str(source), options)
    font.recalcTimestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=KEPT)
    subsetter.subset(font)
    packed = io.BytesIO()
    font.flavor = "woff2"
    font.save(packed)
    return packed.getvalue()


def files(folder: Path | None) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file to write; each is written before the next is made."""
    if folder is not None:
        yield "outlines.json", outlines(folder)
        for weight in EMBEDDED:
            name = f"Inter-{STYLES[weight]}"
            yield f"{name}.woff2", embedded(folder / f"{name}.otf")
    yield "outlines-more.json", more_outlines()


if __name__ == "__main__":
    for file_name, content in files(Path(sys.argv[1]) if len(sys.argv) > 1 else None):
        (FONTS / file_name).write_bytes(content)
        print(f"{len(content):>8} bytes  {file_name}")
