"""I am what charts are drawn with: filled boxes, strokes, words, and the drawing around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from markupsafe import Markup, escape

from carbonlabel.documents import typeface
from carbonlabel.documents.canvas import THEMES, Colour, number
from carbonlabel.documents.chart import FAMILY

MEASURE: Final = 440.0
"""The width of a chart in its own units, which are px; a page scales it."""
SIZE: Final = 10.5
"""The size of its letters."""
HAIRLINE: Final = 0.75

Anchor = Literal["start", "middle", "end"]
_ANCHORS: Final = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text at its baseline, at most `measure` wide."""

    x: float
    y: float
    text: str
    measure: float = MEASURE
    anchor: Anchor = "start"
    colour: Colour = "ink"
    weight: typeface.Weight = 400

    def drawn(self) -> str:
        """The line, shortened where it is too long, inside the drawing."""
        line = typeface.shorten(typeface.plain(self.text), SIZE, self.weight, self.measure)
        width = typeface.width(line, SIZE, self.weight)
        left = min(max(self.x - width * _ANCHORS[self.anchor], 0.0), MEASURE - width)
        bold = f' font-weight="{self.weight}"' if self.weight != 400 else ""  # noqa: PLR2004 - the usual weight
        place = f'x="{number(left)}" y="{number(self.y)}"'
        return f"<text {place}{bold} {fill(self.colour)}>{escape(line)}</text>"


def width(text: str) -> float:
    """How wide a line of usual weight is."""
    return typeface.width(typeface.plain(text), SIZE, 400)


def box(x: float, y: float, across: float, down: float, colour: Colour) -> str:
    """A filled rectangle; one without area draws nothing."""
    if across <= 0 or down <= 0:
        return ""
    size = f'width="{number(across)}" height="{number(down)}"'
    return f'<rect x="{number(x)}" y="{number(y)}" {size} {fill(colour)}/>'


def line(path: str, colour: Colour, thickness: float = HAIRLINE) -> str:
    """A stroke along an SVG path whose coordinates were written by `number`; none along no path."""
    if not path:
        return ""
    paint = f'class="l-{colour}" fill="none" stroke="{THEMES["light"][colour]}"'
    return f'<path d="{path}" {paint} stroke-width="{number(thickness)}"/>'


def fill(colour: Colour) -> str:
    """The attributes of what is filled; a page's style turns the class dark."""
    return f'class="f-{colour}" fill="{THEMES["light"][colour]}"'


def drawing(height: float, title: str, description: str, drawn: Iterable[str]) -> Markup:
    """The whole chart; title and description are for those who do not see it."""
    view = f'viewBox="0 0 {number(MEASURE)} {number(height)}"'
    font = f'font-family="{FAMILY}" font-size="{number(SIZE)}"'
    said = f"<title>{_said(title)}</title><desc>{_said(description)}</desc>"
    return Markup(  # noqa: S704 - figures are ours, words are escaped
        f'<svg class="graph" {view} role="img">{said}<g {font}>{"".join(drawn)}</g></svg>'
    )


def _said(text: str) -> Markup:
    return escape(typeface.plain(text))
