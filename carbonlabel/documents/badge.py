"""I draw a badge: one figure in one line, for the head of a README."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from carbonlabel.documents.badgewords import Badge, badge
from carbonlabel.documents.canvas import THEMES, Canvas, Colour, Lettering, Letters, Mark, number
from carbonlabel.documents.language import translated
from carbonlabel.documents.numbers import plainly_spaced

if TYPE_CHECKING:
    from carbonlabel.documents.anatomy import RowBasis
    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.plugins import Options

HEIGHT: Final = 20.0
MARKS: Final[dict[RowBasis, str]] = {
    "measured": "●",
    "estimated": "◐",
    "assumed": "○",
    "not reported": "–",
}

_LEFT: Final = Lettering(11, 500, "badge-right")
_RIGHT: Final = Lettering(11, 700)
_BASELINE: Final = 14.0
_PAD: Final = 8.0
_MARK_ROOM: Final = 12.0
_RADIUS: Final = 3.6
_CORNER: Final = 3.0
_EDGE: Final = 1.0


def draw(words: Badge, letters: Letters = "outlined") -> str:
    """The badge as SVG, 20 px high: its edge and its two grounds stand on light and on dark."""
    split = 2 * _PAD + _LEFT.width(words.scope)
    right = 2 * _PAD + _MARK_ROOM + _RIGHT.width(words.figure)
    canvas = Canvas(split + right, letters=letters)
    _ground(canvas, split)
    canvas.text(_PAD, _BASELINE, words.scope, _LEFT)
    mark: Mark = "none" if words.basis == "not reported" else words.basis
    canvas.mark(split + _PAD + _RADIUS, HEIGHT / 2, mark, _RADIUS)
    canvas.text(split + _PAD + _MARK_ROOM, _BASELINE, words.figure, _RIGHT)
    return canvas.document(words.aloud, words.aloud, HEIGHT, framed=False)


def _ground(canvas: Canvas, split: float) -> None:
    """Two grounds inside an edge, the outer corners round."""
    edges: tuple[tuple[float, float, float, float, Colour], ...] = (
        (0, canvas.width, _CORNER, _CORNER, "badge-edge"),
        (_EDGE, split, _CORNER - _EDGE, 0, "badge-left"),
        (split, canvas.width - _EDGE, 0, _CORNER - _EDGE, "badge-right"),
    )
    for left, right, begin, end, colour in edges:
        inset = 0 if colour == "badge-edge" else _EDGE
        canvas.path(_rounded(left, right, inset, (begin, end)), colour)


def _rounded(left: float, right: float, inset: float, corners: tuple[float, float]) -> str:
    """A rectangle whose left and right corners have these radii."""
    (begin, end), tall = corners, HEIGHT - 2 * inset
    top = f"M{number(left + begin)} {number(inset)}H{number(right - end)}"
    right_side = f"{_turn(end, 1, 1)}v{number(tall - 2 * end)}{_turn(end, -1, 1)}"
    left_side = f"{_turn(begin, -1, -1)}v{number(2 * begin - tall)}{_turn(begin, 1, -1)}"
    return f"{top}{right_side}H{number(left + begin)}{left_side}z"


def _turn(radius: float, across: int, down: int) -> str:
    r = number(radius)
    return f"a{r} {r} 0 0 1 {number(across * radius)} {number(down * radius)}" if radius else ""


@dataclass(frozen=True, slots=True)
class Picture:
    """The badge as SVG."""

    format: str = "badge"
    file_name: str = "badge.svg"
    about: str = "one figure for the head of a README, as SVG (--scope)"
    heeds: tuple[str, ...] = ("language", "scope")

    @translated
    def render(self, disclosure: Disclosure, options: Options) -> bytes:
        """The picture in UTF-8; raises `RenderError` where a figure cannot be."""
        return draw(badge(disclosure, options.scope)).encode()


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The badge as JSON of the endpoint of shields.io, which draws it."""

    format: str = "badge-json"
    file_name: str = "badge.json"
    about: str = "the same for the endpoint of shields.io, as JSON in English (--scope)"
    heeds: tuple[str, ...] = ("scope",)

    def render(self, disclosure: Disclosure, options: Options) -> bytes:
        """The object in UTF-8; raises `RenderError` where a figure cannot be."""
        words = badge(disclosure, options.scope)
        message = f"{MARKS[words.basis]} {words.figure}"
        colours = THEMES["light"]
        said = {
            "schemaVersion": 1,
            "label": words.scope,
            "message": plainly_spaced(message),
            "labelColor": colours["badge-left"].removeprefix("#"),
            "color": colours["badge-right"].removeprefix("#"),
        }
        return f"{json.dumps(said, ensure_ascii=False)}\n".encode()


picture: Final = Picture()
endpoint: Final = Endpoint()
