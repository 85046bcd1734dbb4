"""I am the small drawings inside a page: its bars, swatches and marks, each with a title."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from markupsafe import Markup, escape

from carbonlabel.documents import typeface
from carbonlabel.documents.anatomy import Axis, Face, Quality, Row, RowBasis
from carbonlabel.documents.canvas import THEMES, Colour, number
from carbonlabel.documents.language import say
from carbonlabel.documents.speech import FAILS
from carbonlabel.documents.wording import BASES, HEADLINES

FAMILY: Final = "Label, system-ui, sans-serif"
"""The page's fonts: Inter under a name of our own, so that no other Inter takes its place."""

MEASURE: Final = 332.0
"""The width of a bar; a page scales it."""

_BAR: Final = 16.0
_TRACK: Final = 13.0
_SCALE: Final = 17.0
_SHARES: Final = 9.0
_SWATCH: Final = 9.0
_MARK: Final = 4.2
_GAP: Final = 0.75
_SLIVER: Final = 1.0
_HATCHES: Final[Mapping[int, tuple[float, float, bool, Colour]]] = {
    4: (5.66, 1.4, False, "s1"),
    5: (7.07, 2.5, True, "s2"),
}
"""Distance between strokes, their width, whether they fall, and their colour."""
_STRIPES: Final[Mapping[int, tuple[float, float, bool, Colour]]] = {
    6: (3.0, 1.0, True, "s1"),
    7: (4.0, 2.0, False, "s2"),
}
"""Distance between upright or level strokes, their width, whether upright, and their colour."""

_TICK_SIZE: Final = 10.5
_TICK_ROOM: Final = 4.0


def bar(face: Face) -> Markup:
    """The parts end to end from zero, the interval on a track of its own, and the axis."""
    if face.axis is None:
        return _drawing(MEASURE, _BAR, _bar_title(face), _boxed(0, 0, MEASURE, _BAR, "hairline"))
    is_planned = face.headline == HEADLINES["planned"]
    # What is narrow is drawn last, so that no neighbour covers it.
    rows = sorted(face.rows, key=lambda row: row.start_ratio - row.end_ratio)
    segments = "".join(_segment(row, outlined=is_planned) for row in rows if row.fill)
    has_range = face.axis.low_ratio is not None
    foot = _BAR + (_TRACK if has_range else 0) + 3
    drawn = f"{segments}{_interval(face.axis)}{_scale(face.axis, foot)}"
    return _drawing(MEASURE, foot + _SCALE, _bar_title(face), drawn)


def shares(quality: Quality) -> Markup:
    """What was measured, estimated and assumed of the total: full, half full and empty."""
    title = ", ".join(f"{percent} % {BASES[basis]}" for basis, percent in quality.shares)
    if not quality.shares:
        empty = _boxed(0, 0, MEASURE, _SHARES, "hairline")
        return _drawing(MEASURE, _SHARES, say("Empty bar: no shares"), empty)
    return _drawing(
        MEASURE,
        _SHARES,
        say("Bar of the shares: {shares}", shares=title),
        "".join(_shares(quality)),
    )


def mark(basis: RowBasis) -> Markup:
    """The mark of a basis: a full, half or empty disc, or a dash where nothing is reported."""
    middle, radius = number(_MARK + 0.8), number(_MARK)
    size = 2 * (_MARK + 0.8)
    if basis == "not reported":
        dash = _filled(0.8, _MARK + 0.1, 2 * _MARK, 1.4, "secondary")
        return _drawing(size, size, BASES[basis], dash, "mark")
    disc = f'<circle cx="{middle}" cy="{middle}" r="{radius}"'
    inside = {
        "measured": f"{disc} {_fill('ink')}/>",
        "estimated": f'<path d="M{middle} 0.8a{radius} {radius} 0 0 0 0 8.4z" {_fill("ink")}/>',
        "assumed": "",
    }
    return _drawing(
        size, size, BASES[basis], f"{inside[basis]}{disc} {_stroke('ink', 1.3)}/>", "mark"
    )


def absent() -> Markup:
    """A dash in the place of a patch: the part is not in the bar."""
    dash = _filled(0, _SWATCH / 2 - 0.7, _SWATCH, 1.4, "secondary")
    return _drawing(_SWATCH, _SWATCH, BASES["not reported"], dash, "swatch")


def sign() -> Markup:
    """A triangle with an exclamation mark: something is wrong with the figures."""
    mark = f'<path d="M7.1 4.6h1.8l-.3 5h-1.2zM7.1 10.8h1.8v1.7h-1.8z" {_fill("ground")}/>'
    triangle = f'<path d="M8 0l8 14h-16z" {_fill("ink")}/>'
    return _drawing(16, 14, say(FAILS), f"{triangle}{mark}", "sign")


def swatch(fill: int, *, outlined: bool = False) -> Markup:
    """A patch in the fill of the bar's part 1 to 7."""
    patch = _patch(0, 0, _SWATCH, _SWATCH, 0 if outlined else fill)
    return _drawing(_SWATCH, _SWATCH, say("part {number} of the bar", number=fill), patch, "swatch")


def _bar_title(face: Face) -> str:
    if face.value is None:
        return say("Empty bar: nothing is reported")
    parts = (f"{row.name} {row.value}" for row in face.rows if row.fill)
    listed = ", ".join(parts) or say("nothing to draw at {value}", value=face.value)
    title = say("Bar of the parts in {unit}: {parts}", unit=face.unit, parts=listed)
    return (
        say("{bar}; likely range {range}", bar=title, range=face.range)
        if face.range_short
        else title
    )


def _segment(row: Row, *, outlined: bool) -> str:
    if row.end_ratio <= row.start_ratio:
        return ""
    left = row.start_ratio * MEASURE + (_GAP if row.start_ratio else 0)
    width = max(row.end_ratio * MEASURE - left, _SLIVER)
    return _patch(left, 0, width, _BAR, 0 if outlined else row.fill or 0)


def _patch(x: float, y: float, width: float, height: float, fill: int) -> str:
    """Luminance first, then hatching, never hues; 0 is a mere outline."""
    match fill:
        case 1:
            return _filled(x, y, width, height, "s1")
        case 2:
            return _filled(x, y, width, height, "s2")
        case 3:
            return _filled(x, y, width, height, "s3") + _boxed(x, y, width, height, "s2")
        case 4 | 5:
            return _hatched(x, y, width, height, fill) + _boxed(x, y, width, height, "s2")
        case 6 | 7:
            return _striped(x, y, width, height, fill) + _boxed(x, y, width, height, "s2")
        case _:
            return _boxed(x, y, width, height, "ink")


def _hatched(x: float, y: float, width: float, height: float, fill: int) -> str:
    """Slanting strokes, each cut to the rectangle: no pattern whose name two drawings share."""
    step, stroke, is_falling, colour = _HATCHES[fill]
    strokes = []
    for index in range(int((width + height) / step) + 1):
        reach = (index + 0.5) * step
        ends = (min(reach, width), max(0.0, reach - width)), (max(0.0, reach - height), 0.0)
        (right, top), (left, _) = ends
        bottom = min(reach, height)
        if left < right:
            across = (width - left, width - right) if is_falling else (left, right)
            start, end = (number(x + each) for each in across)
            strokes.append(f"M{start} {number(y + bottom)}L{end} {number(y + top)}")
    return f'<path d="{"".join(strokes)}" {_stroke(colour, stroke)}/>'


def _striped(x: float, y: float, width: float, height: float, fill: int) -> str:
    """Upright or level strokes inside the rectangle."""
    step, stroke, is_upright, colour = _STRIPES[fill]
    first, across = (x, width) if is_upright else (y, height)
    places = (number(first + (index + 0.5) * step) for index in range(int(across / step)))
    strokes = (
        f"M{place} {number(y)}v{number(height)}"
        if is_upright
        else f"M{number(x)} {place}h{number(width)}"
        for place in places
    )
    return f'<path d="{"".join(strokes)}" {_stroke(colour, stroke)}/>'


def _interval(axis: Axis) -> str:
    if axis.low_ratio is None or axis.high_ratio is None:
        return ""
    low, high, value = (
        number(ratio * MEASURE) for ratio in (axis.low_ratio, axis.high_ratio, axis.value_ratio)
    )
    diamond = f"M{value} 18.9l4.6 4.6l-4.6 4.6l-4.6-4.6z"
    if axis.is_open:
        line = f"M{low} 23.5H{number(MEASURE - 7)}M{low} 19.3v8.4"
        diamond += f"M{number(MEASURE)} 23.5l-8-4.2v8.4z"
    else:
        line = f"M{low} 23.5H{high}M{low} 19.3v8.4M{high} 19.3v8.4"
    return f'<path d="{line}" {_stroke("interval", 1.8)}/><path d="{diamond}" {_fill("interval")}/>'


def _scale(axis: Axis, foot: float) -> str:
    y = number(foot)
    ticks = "".join(f"M{_inside(ratio)} {y}v4" for ratio, _ in axis.ticks)
    line = f'<path d="M0 {y}H{number(MEASURE)}{ticks}" {_stroke("hairline", _GAP)}/>'
    font = f'font-family="{FAMILY}" font-size="{number(_TICK_SIZE)}" {_fill("secondary")}'
    return f"{line}<g {font}>{''.join(_tick_texts(axis, foot + 13))}</g>"


def _inside(ratio: float) -> str:
    return number(min(max(ratio * MEASURE, _GAP / 2), MEASURE - _GAP / 2))


def _tick_texts(axis: Axis, y: float) -> Iterator[str]:
    """Each number under its tick, inside the measure; none where its neighbour stands."""
    free = 0.0
    for ratio, text in axis.ticks:
        width = typeface.width(text, _TICK_SIZE, 400)
        left = min(max(ratio * MEASURE - width / 2, 0.0), MEASURE - width)
        if left >= free:
            free = left + width + _TICK_ROOM
            yield f'<text x="{number(left)}" y="{number(y)}">{escape(text)}</text>'


def _shares(quality: Quality) -> Iterator[str]:
    before = 0
    for basis, percent in quality.shares:
        left = before / 100 * MEASURE + (_GAP if before else 0)
        width = (before + percent) / 100 * MEASURE - left
        before += percent
        if width <= 0:
            continue
        if basis == "measured":
            yield _filled(left, 0, width, _SHARES, "ink")
        else:
            yield _boxed(left, 0, width, _SHARES, "ink")
        if basis == "estimated":
            yield _filled(left, _SHARES / 2, width, _SHARES / 2, "ink")


def _filled(x: float, y: float, width: float, height: float, colour: Colour) -> str:
    return f"<rect {_place(x, y, width, height)} {_fill(colour)}/>"


def _boxed(x: float, y: float, width: float, height: float, colour: Colour) -> str:
    """An outline of 1 unit inside the edges of its rectangle."""
    place = _place(x + 0.5, y + 0.5, max(width - 1, 0.01), height - 1)
    return f"<rect {place} {_stroke(colour, 1)}/>"


def _place(x: float, y: float, width: float, height: float) -> str:
    return f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'


def _fill(colour: Colour) -> str:
    # Attributes hold where no style does (in the PDF); a page's style turns the classes dark.
    return f'class="f-{colour}" fill="{THEMES["light"][colour]}"'


def _stroke(colour: Colour, width: float) -> str:
    paint = f'class="l-{colour}" fill="none" stroke="{THEMES["light"][colour]}"'
    return f'{paint} stroke-width="{number(width)}"'


def _drawing(width: float, height: float, title: str, drawn: str, kind: str = "chart") -> Markup:
    box = f'viewBox="0 0 {number(width)} {number(height)}"'
    size = "" if kind == "chart" else f' width="{number(width)}" height="{number(height)}"'
    said = escape(typeface.plain(title))
    return Markup(  # noqa: S704 - figures are ours, words are escaped
        f'<svg class="{kind}" {box}{size} role="img"><title>{said}</title>{drawn}</svg>'
    )
